import { type Result, refuse, succeed } from "../shared/result.ts";

export type Command =
  | { readonly kind: "serve"; readonly hasDemo: boolean }
  | { readonly kind: "backup"; readonly folder: string }
  | { readonly kind: "help" };

export const usage = `Usage: node dist/server/main.js            starts the server
       node dist/server/main.js --demo     also makes the demo workshop and prints its links
       node dist/server/main.js backup <folder>
       node dist/server/main.js --help
Settings are environment variables; .env.example lists them.`;

/** Whatever is not understood is refused: a slip of the hand must not start a server beside the one that runs. */
export function readCommand(words: readonly string[]): Result<Command, string> {
  const [first, second = "", third] = words;
  const surplus = first === "backup" ? third : words[1];
  if (surplus !== undefined) return refuse(`${surplus} is too much`);
  switch (first) {
    case undefined:
      return succeed({ kind: "serve", hasDemo: false });
    case "--demo":
      return succeed({ kind: "serve", hasDemo: true });
    case "backup":
      return succeed({ kind: "backup", folder: second });
    case "--help":
    case "-h":
    case "help":
      return succeed({ kind: "help" });
    default:
      return refuse(`there is no ${first}`);
  }
}
