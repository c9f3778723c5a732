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
mkdirSync(cache, { recursive: true });

/** Runs vitest with these arguments; how many tests passed and failed. */
function runTests(name, args) {
  const report = join(cache, `tests-${name}.json`);
  rmSync(report, { force: true });
  const { status } = spawnSync(
    process.execPath,
    [
      "node_modules/vitest/vitest.mjs",
      "run",
      "--reporter=default",
      "--reporter=json",
      `--outputFile=${report}`,
      ...args,
    ],
    { cwd: projectFolder, stdio: "inherit", env: { ...process.env, CHROMIUM_PATH: browser } },
  );
  const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(report, "utf8"));
  // A file that cannot even be loaded has no tests to count, and is a failure all the same.
  const failed = Math.max(numFailedTests, numFailedTestSuites > 0 || status !== 0 ? 1 : 0);
  return { passed: numPassedTests, failed };
}

const wanted = process.argv.slice(2);
// Browsers and whole servers have the machine to themselves: what they wait for is people's patience, not each other.
const alone = ["tests/browser", "tests/reliability"];
// Of these, what only looks at screens, or waits for most of its time, does not mind company.
const inCompany = ["screens", "looks", "listStates", "pictures", "export", "offline", "wall", "locks"];
const looking = inCompany.map((name) => `tests/browser/${name}.test.ts`);
const runs =
  wanted.length > 0
    ? [runTests("wanted", wanted)]
    : [
        runTests("together", [...alone.map((folder) => `--exclude=${folder}/**`), "--maxWorkers=2"]),
        runTests("looking", [...looking, "--maxWorkers=2"]),
        runTests("alone", [...alone, ...looking.map((file) => `--exclude=${file}`), "--no-file-parallelism"]),
      ];
const passed = runs.reduce((sum, run) => sum + run.passed, 0);
const failed = runs.reduce((sum, run) => sum + run.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
