import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder, wherever this is started from. */
export const projectFolder = fileURLToPath(new URL("../..", import.meta.url));

/** Runs a program to its end in the project's folder; stops everything when it fails. */
export function run(program, ...parameters) {
  const { status } = spawnSync(program, parameters, {
    cwd: projectFolder,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) process.exit(status ?? 1);
}

/** Installs what the lock file names, unless exactly that is there already. */
export function installWhatIsMissing() {
  const lock = readFileSync(join(projectFolder, "package-lock.json"));
  const wanted = createHash("sha256").update(lock).update(process.version).digest("hex");
  const stamp = join(projectFolder, "node_modules", ".installed");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  console.log("Installing what is missing (once; a minute or two)…");
  run("npm", "ci", "--include=dev", "--no-audit", "--no-fund");
  writeFileSync(stamp, wanted);
}
