import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { readCommand } from "../../server/commandLine.ts";
import { createDataDir } from "../support/relayServer.ts";

test("[R51] a command is understood whole or refused", () => {
  const understood = [[], ["--demo"], ["backup", "/backup/x"], ["--help"], ["backup"]].map((words) =>
    readCommand(words),
  );
  const refused = [["bakcup", "/tmp/x"], ["--dmeo"], ["backup", "one", "two"], ["--demo", "now"], [""]].map(
    (words) => readCommand(words),
  );

  expect(understood).toEqual(
    [
      { kind: "serve", hasDemo: false },
      { kind: "serve", hasDemo: true },
      { kind: "backup", folder: "/backup/x" },
      { kind: "help" },
      { kind: "backup", folder: "" },
    ].map((value) => ({ ok: true, value })),
  );
  expect(refused.every(({ ok }) => !ok)).toBe(true);
});

test("[R51] help and a slip of the hand start no server; exit codes say which it was", {
  timeout: 60_000,
}, ({ onTestFinished }) => {
  const dataDir = createDataDir();
  onTestFinished(dataDir.remove);
  const run = (word: string) =>
    spawnSync(process.execPath, ["--import", "tsx", "server/main.ts", word], {
      env: { PATH: process.env.PATH, HOST: "127.0.0.1", PORT: "0", DATA_DIR: dataDir.path },
      encoding: "utf8",
      timeout: 25_000,
    });

  const help = run("--help");
  const slip = run("--dmeo");

  expect([help.status, help.stderr]).toEqual([0, ""]);
  expect(help.stdout).toContain("Usage: ");
  expect([slip.status, slip.stdout]).toEqual([64, ""]);
  expect(slip.stderr).toContain("Usage: ");
});
