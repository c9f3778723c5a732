import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RandomBytes } from "../../shared/board/ids.ts";
import { Secret, StartError } from "../settings.ts";

/** The secret of this data folder, made at the first start, readable by its owner only. */
export function readOrMakeSecret(dataDir: string, randomBytes: RandomBytes): Secret {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, "secret");
  try {
    const made = Buffer.from(randomBytes(32)).toString("base64url");
    writeFileSync(file, `${made}\n`, { flag: "wx", mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  const secret = readFileSync(file, "utf8").trim();
  // A file that was cut short would silently change every link.
  if (secret.length < 32)
    throw new StartError(`${file} is too short to be a secret; put back the one from a backup`);
  return new Secret(secret);
}
