import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const built = "dist/server/main.js";

/** The built server when it is newer than every file it was built from, because it starts faster; else the source. */
export function programToRun(): string {
  const { SERVER_PROGRAM } = process.env;
  if (SERVER_PROGRAM !== undefined) return SERVER_PROGRAM;
  if (!existsSync(join(root, built))) return "server/main.ts";
  const sources = ["server", "shared"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) =>
      join(root, folder, name),
    ),
  );
  const latest = Math.max(...sources.map((source) => statSync(source).mtimeMs));
  return statSync(join(root, built)).mtimeMs > latest ? built : "server/main.ts";
}
