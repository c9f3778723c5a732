import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { programToRun } from "../support/builtServer.ts";
import {
  holdDatabase,
  mountHangingDisk,
  mountSmallDisk,
  tryWriteProtection,
  writeProtect,
} from "../support/faultyDisk.ts";
import { openRawClient } from "../support/rawClient.ts";
import { createDataDir, createTestWorkshop, firstGroup, until } from "../support/relayServer.ts";
import { startServerProcess } from "../support/serverProcess.ts";
import { type FaultOptions, patienceMs, workThroughFault } from "../support/workThroughFault.ts";

/*
 * The real server on disks that really fail: full, locked by another process, write-protected, hanging. Nobody is told
 * *saved* while it lasts, edits travel between people as if nothing was the matter, people are sent away after ten
 * seconds, and when the disk is back everything they kept arrives, without a restart. All at once, because each takes
 * longer than ten seconds and does almost nothing.
 */

const database = "collaboration-tree.sqlite";
const longMs = 12_500;
/** Beside other tests this machine has more to do than this server: `npm run reliability:crash` measures alone. */
const promptMs = process.env.CRASH_ROUNDS === undefined ? 250 : 100;

async function expectWorkGoesOn(options: FaultOptions): Promise<void> {
  const figures = await workThroughFault(options);

  console.log(JSON.stringify({ diskFault: options.name, ...figures }));
  expect(figures.probes).toBeGreaterThan(40);
  expect(figures.probeP95).toBeLessThan(promptMs);
  expect(figures.healthP95).toBeLessThan(promptMs);
  expect(figures.redAfterMs).toBeLessThan(5_000);
  expect(figures.backAfterMs).toBeLessThan(4_000);
  if (figures.sentAwayAfterMs === null) return;
  expect(figures.sentAwayAfterMs).toBeGreaterThan(patienceMs - 100);
  expect(figures.sentAwayAfterMs).toBeLessThan(patienceMs + 4_000);
}

describe.concurrent("disk faults", { timeout: 60_000 }, () => {
  test("[R4] a disk that is full for twelve seconds", async ({ skip, onTestFinished }) => {
    const disk = mountSmallDisk(12);
    if (!disk.ok) return skip(`no disk to fill: ${disk.error}`);
    onTestFinished(disk.value.remove);

    await expectWorkGoesOn({
      name: "full disk",
      dataDir: disk.value.path,
      fault: disk.value,
      lastsMs: longMs,
      isReadable: true,
      complaint: /database or disk is full/,
      onFinished: onTestFinished,
    });
  });

  for (const lastsMs of [3_000, longMs]) {
    test(`[R4] another process that keeps the database for ${lastsMs / 1000} seconds`, async ({
      onTestFinished,
    }) => {
      const dataDir = createDataDir();
      onTestFinished(dataDir.remove);

      await expectWorkGoesOn({
        name: "busy database",
        dataDir: dataDir.path,
        fault: holdDatabase(join(dataDir.path, database)),
        lastsMs,
        isReadable: true,
        complaint: /database is locked/,
        onFinished: onTestFinished,
      });
    });
  }

  test("[R4] a disk that may not be written for twelve seconds", async ({ skip, onTestFinished }) => {
    const dataDir = createDataDir();
    onTestFinished(dataDir.remove);
    const protection = tryWriteProtection(dataDir.path);
    if (!protection.ok) return skip(`no write protection: ${protection.error}`);

    await expectWorkGoesOn({
      name: "read-only disk",
      dataDir: dataDir.path,
      fault: writeProtect(["", "-wal"].map((end) => join(dataDir.path, database + end))),
      lastsMs: longMs,
      isReadable: true,
      complaint: /disk I\/O error/,
      onFinished: onTestFinished,
    });
  });

  test("[R4] a disk that hangs for twelve seconds", async ({ skip, onTestFinished }) => {
    const disk = mountHangingDisk(24);
    if (!disk.ok) return skip(`no disk to freeze: ${disk.error}`);
    onTestFinished(disk.value.remove);
    const dataDir = join(disk.value.path, "data");
    mkdirSync(dataDir);

    await expectWorkGoesOn({
      name: "hanging disk",
      dataDir,
      fault: disk.value,
      lastsMs: longMs,
      isReadable: false,
      // Nothing failed, it only never ended.
      complaint: null,
      onFinished: onTestFinished,
    });
  });

  test("[R5] a stop while the disk fails says goodbye in time, and never said saved", async ({
    onTestFinished,
  }) => {
    const dataDir = createDataDir();
    onTestFinished(dataDir.remove);
    const server = await startServerProcess(dataDir.path, { program: programToRun() });
    onTestFinished(async () => void (await server.end("SIGKILL")));
    const { boardId, keys } = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));
    const alice = openRawClient({ socketUrl: server.socketUrl, boardId, key: keys.contribute });
    await until(alice.isSaved, "Alice is in");
    const savedBefore = alice.saved();
    const fault = holdDatabase(join(dataDir.path, database));
    onTestFinished(fault.end);

    fault.begin();
    alice.doc.getMap("words").set("respect", 1);
    await until(async () => (await fetch(`${server.url}/healthz`)).status === 503, "health is red");
    const askedAt = performance.now();
    const exitCode = await server.end("SIGTERM");
    const tookMs = performance.now() - askedAt;
    await until(() => alice.closeCode() !== null, "Alice is told");

    expect([exitCode, alice.closeCode(), alice.saved()]).toEqual([0, 1012, savedBefore]);
    expect(tookMs).toBeLessThan(5_000);
  });

  test("[R46] a server that cannot start on its disk says so in one sentence", ({ skip, onTestFinished }) => {
    const disk = mountSmallDisk(4);
    if (!disk.ok) return skip(`no disk to fill: ${disk.error}`);
    onTestFinished(disk.value.remove);
    const program = programToRun();
    const start = () => {
      const { status, stderr } = spawnSync(
        process.execPath,
        [...(program.endsWith(".ts") ? ["--import", "tsx"] : []), program],
        { env: { PATH: process.env.PATH, HOST: "127.0.0.1", PORT: "0", DATA_DIR: disk.value.path } },
      );
      return [status, stderr.toString().trim()];
    };

    disk.value.begin();
    const onFull = start();

    expect(onFull).toEqual([1, `The server cannot start: the disk of ${disk.value.path} is full`]);
  });
});
