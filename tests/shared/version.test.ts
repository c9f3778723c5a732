import { expect, test } from "vitest";
import packageFile from "../../package.json" with { type: "json" };
import { appName, appVersion } from "../../shared/version.ts";

test("the version that exports name is the one of package.json", () => {
  expect(appVersion).toBe(packageFile.version);
  expect(appName).toBe(packageFile.name);
});
