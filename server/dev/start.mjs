import { spawn } from "node:child_process";
import { installWhatIsMissing, projectFolder, run } from "./install.mjs";

/*
 * npm start: install what is missing, build, serve. --demo also makes the demo workshop and prints its links; --dev
 * serves the client from its source with live reload, and restarts the server when its source changes.
 */
installWhatIsMissing();
const isDev = process.argv.includes("--dev");
const parameters = process.argv.includes("--demo") ? ["--demo"] : [];

const children = [];
function start(...command) {
  const child = spawn(process.execPath, command, { cwd: projectFolder, stdio: "inherit" });
  children.push(child);
  child.on("exit", (code) => {
    for (const other of children) if (other !== child) other.kill("SIGTERM");
    process.exitCode = code ?? 1;
  });
}

if (isDev) {
  process.env.PUBLIC_URL ??= "http://localhost:5173";
  start("node_modules/tsx/dist/cli.mjs", "watch", "server/main.ts", ...parameters);
  start("node_modules/vite/bin/vite.js");
} else {
  run("npm", "run", "--silent", "build");
  start("dist/server/main.js", ...parameters);
}
for (const signal of ["SIGTERM", "SIGINT"]) {
  process.on(signal, () => {
    for (const child of children) child.kill(signal);
  });
}
