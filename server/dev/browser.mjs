import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { projectFolder } from "./install.mjs";

const names = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "microsoft-edge",
  "microsoft-edge-stable",
];
const places = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

function findBrowser() {
  const given = process.env.CHROMIUM_PATH;
  if (given !== undefined && existsSync(given)) return given;
  const onPath = (process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  return [...onPath, ...places].find((file) => existsSync(file));
}

async function downloadedBrowser() {
  const { chromium } = await import("playwright-core");
  return existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined;
}

function attempt(program, ...parameters) {
  return spawnSync(program, parameters, { cwd: projectFolder, stdio: "inherit" }).status === 0;
}

/** A browser for the tests: one that is there, else playwright's own download, else the package manager's. */
export async function browserForTests() {
  const present = findBrowser() ?? (await downloadedBrowser());
  if (present !== undefined) return present;
  console.log("No Chromium, Chrome or Edge found: fetching one (once)…");
  attempt(process.execPath, "node_modules/playwright-core/cli.js", "install", "chromium");
  const downloaded = await downloadedBrowser();
  if (downloaded !== undefined) return downloaded;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    attempt("apt-get", "update");
    attempt("apt-get", "install", "-y", "chromium");
  }
  const installed = findBrowser();
  if (installed !== undefined) return installed;
  console.error(
    "The browser tests need a browser: install Chromium, Google Chrome or Microsoft Edge, and run npm test again.",
  );
  process.exit(1);
}
