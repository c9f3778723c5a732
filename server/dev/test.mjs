import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { browserForTests } from "./browser.mjs";
import { installWhatIsMissing, projectFolder, run } from "./install.mjs";

/* npm test: install what is missing, check the types, build the product, find a browser, run every test. */
installWhatIsMissing();
const browser = await browserForTests();
run(process.execPath, "node_modules/typescript/bin/tsc", "-p", ".");
run("npm", "run", "--silent", "build");

const cache = join(projectFolder, ".cache");
const report = join(cache, "tests.json");
mkdirSync(cache, { recursive: true });
rmSync(report, { force: true });
const { status } = spawnSync(
  process.execPath,
  [
    "node_modules/vitest/vitest.mjs",
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile=${report}`,
    ...process.argv.slice(2),
  ],
  { cwd: projectFolder, stdio: "inherit", env: { ...process.env, CHROMIUM_PATH: browser } },
);
const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(report, "utf8"));
// A file that cannot even be loaded has no tests to count, and is a failure all the same.
const failed = Math.max(numFailedTests, numFailedTestSuites > 0 || status !== 0 ? 1 : 0);
console.log(`${numPassedTests} passed, ${failed} failed`);
process.exit(failed === 0 && numPassedTests > 0 ? 0 : 1);
