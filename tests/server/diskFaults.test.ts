import { mkdirSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, describe, expect, test } from "vitest";
import { programToRun } from "../support/builtServer.ts";
import {
  type Fault,
  holdDatabase,
  mountHangingDisk,
  mountSmallDisk,
  tryWriteProtection,
  writeProtect,
} from "../support/faultyDisk.ts";
import { openRawClient } from "../support/rawClient.ts";
import { createDataDir, createTestWorkshop, firstGroup, until } from "../support/relayServer.ts";
import { type ServerProcess, startServerProcess } from "../support/serverProcess.ts";
import { openStayingClient, type StayingClient } from "../support/stayingClient.ts";

/*
 * The real server on disks that really fail, while people go on working: nobody is told *saved* while it lasts, edits
 * travel between people as if nothing was the matter, and when the disk is back everything they kept is there.
 */

const databaseName = "collaboration-tree.sqlite";
/** A disk that fails for longer sends people away. */
const patienceMs = 10_000;

type Figures = {
  readonly probes: number;
  readonly probeP50: number;
  readonly probeP95: number;
  readonly healthP95: number;
  readonly rowsMax: number;
  readonly redAfterMs: number;
  readonly sentAwayAfterMs: number | null;
  readonly backAfterMs: number;
};

const p = (values: readonly number[], part: number) =>
  Math.round(([...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * part)] ?? 0) * 10) / 10;

async function timed<T>(work: () => Promise<T>): Promise<readonly [T, number]> {
  const start = performance.now();
  const value = await work();
  return [value, performance.now() - start];
}

const wordsOf = ({ doc }: Pick<StayingClient, "doc">) => [...doc.getMap("words").keys()].sort();

/** Lives through a fault that lasts so long, and checks everything that must hold; gives what it measured. */
async function liveThrough(name: string, dataDir: string, fault: Fault, lastsMs: number): Promise<Figures> {
  let server: ServerProcess = await startServerProcess(dataDir, { program: programToRun() });
  const { boardId, keys } = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));
  const address = { socketUrl: server.socketUrl, boardId, key: keys.contribute };
  const alice = openStayingClient(address);
  const bob = openStayingClient(address);
  const everybody = [alice, bob];
  try {
    await until(() => everybody.every((one) => one.isSaved()), "Alice and Bob are in");
    alice.doc.getMap("words").set("before", 0);
    await until(() => everybody.every((one) => one.isSaved()) && wordsOf(bob).length === 1, "all is saved");

    const firsts = everybody.map((one) => one.connection());
    const savedBefore = firsts.map((connection) => connection.saved());
    const [probes, health, rows]: [number[], number[], number[]] = [[], [], []];
    const lies: string[] = [];
    let redAfterMs: number | null = null;
    bob.doc.getMap<number>("words").observe(({ keysChanged }, { local }) => {
      if (local) return;
      for (const key of keysChanged) {
        probes.push(performance.now() - (bob.doc.getMap<number>("words").get(key) ?? Number.NaN));
      }
    });

    fault.begin();
    const beganAt = performance.now();
    const asking = new Set<Promise<void>>();
    const ask = (work: () => Promise<void>) => {
      const asked = work()
        .catch((error: unknown) => void lies.push(`no answer: ${String(error)}`))
        .finally(() => asking.delete(asked));
      asking.add(asked);
    };
    for (let step = 0; performance.now() - beganAt < lastsMs; step += 1) {
      alice.doc.getMap("words").set(`alice-${step}`, performance.now());
      if (step % 7 === 0) bob.doc.getMap("words").set(`bob-${step}`, performance.now());
      if (step % 5 === 0) {
        ask(async () => {
          const [status, ms] = await timed(async () => (await fetch(`${server.url}/healthz`)).status);
          health.push(ms);
          if (status === 503) redAfterMs ??= performance.now() - beganAt;
          else if (redAfterMs !== null) lies.push(`healthz said ${status}`);
        });
        ask(async () => {
          const headers = { authorization: `Bearer ${keys.contribute}` };
          const [, ms] = await timed(() => fetch(`${server.url}/api/boards/${boardId}`, { headers }));
          rows.push(ms);
        });
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
      for (const [index, one] of everybody.entries()) {
        const { saved } = one.connection();
        const allowed = one.connection() === firsts[index] ? savedBefore[index] : 0;
        if (saved() !== allowed) lies.push(`saved ${saved()} where ${allowed} was`);
      }
    }
    await Promise.all(asking);
    const sentAway = everybody.map(({ goodbyes }) => goodbyes[0] ?? null);
    if (lastsMs > patienceMs) {
      const chen = openRawClient(address);
      await until(() => chen.closeCode() === 1013, `${name}: newcomers are sent away too`);
    }
    fault.end();
    const endedAt = performance.now();
    await until(() => everybody.every((one) => one.isSaved()), `${name}: Alice and Bob are saved`, 12_000);
    const backAfterMs = performance.now() - endedAt;
    await until(async () => (await fetch(`${server.url}/healthz`)).ok, `${name}: health is green`);
    await until(() => wordsOf(alice).length === wordsOf(bob).length, `${name}: both have everything`);

    await server.end("SIGKILL");
    const database = new Database(join(dataDir, databaseName));
    expect(database.pragma("integrity_check", { simple: true })).toBe("ok");
    database.close();
    server = await startServerProcess(dataDir, { program: programToRun() });
    const fresh = openRawClient({ ...address, socketUrl: server.socketUrl });
    await until(fresh.isSynced, `${name}: a fresh client is in`);

    expect(lies).toEqual([]);
    expect(wordsOf(fresh)).toEqual(wordsOf(alice));
    expect(wordsOf(fresh)).toEqual(wordsOf(bob));
    expect(wordsOf(fresh).length).toBeGreaterThan(lastsMs / 80);
    fresh.close();
    for (const goodbye of sentAway) {
      if (lastsMs <= patienceMs) expect(goodbye).toBeNull();
      else expect(goodbye).toMatchObject({ code: 1013, word: "storeFailing" });
    }
    const awayAt = sentAway[0]?.at;
    const figures: Figures = {
      probes: probes.length,
      probeP50: p(probes, 0.5),
      probeP95: p(probes, 0.95),
      healthP95: p(health, 0.95),
      rowsMax: p(rows, 1),
      redAfterMs: Math.round(redAfterMs ?? Number.NaN),
      sentAwayAfterMs: awayAt === undefined ? null : Math.round(awayAt - beganAt),
      backAfterMs: Math.round(backAfterMs),
    };
    console.log(JSON.stringify({ diskFault: name, seconds: lastsMs / 1000, ...figures }));
    return figures;
  } finally {
    fault.end();
    for (const one of everybody) one.close();
    console.log(name, [
      ...new Set(
        server
          .said()
          .split("\n")
          .map((l) => /"error":"[^"]*"/.exec(l)?.[0]),
      ),
    ]);
    await server.end("SIGKILL");
  }
}

function expectGood(figures: Figures): void {
  expect(figures.probes).toBeGreaterThan(40);
  expect(figures.probeP95).toBeLessThan(100);
  expect(figures.healthP95).toBeLessThan(100);
  expect(figures.redAfterMs).toBeLessThan(5_000);
  if (figures.sentAwayAfterMs !== null) {
    expect(figures.sentAwayAfterMs).toBeGreaterThan(patienceMs - 100);
    expect(figures.sentAwayAfterMs).toBeLessThan(patienceMs + 4_000);
  }
}

const removals: (() => void)[] = [];
afterEach(() => {
  for (const remove of removals.splice(0)) remove();
});

describe("[R4]", { timeout: 60_000 }, () => {
  test("a disk that is full for twelve seconds", async ({ skip }) => {
    const disk = mountSmallDisk(12);
    if (!disk.ok) return skip(`no disk to fill: ${disk.error}`);
    removals.push(disk.value.remove);

    expectGood(await liveThrough("full disk", disk.value.path, disk.value, 12_500));
  });

  for (const seconds of [3, 12.5]) {
    test(`somebody else holds the database for ${seconds} seconds`, async () => {
      const dataDir = createDataDir();
      removals.push(dataDir.remove);
      const fault = holdDatabase(join(dataDir.path, databaseName));

      expectGood(await liveThrough("busy database", dataDir.path, fault, seconds * 1000));
    });
  }

  test("a disk that may not be written for twelve seconds", async ({ skip }) => {
    const dataDir = createDataDir();
    removals.push(dataDir.remove);
    const protection = tryWriteProtection(dataDir.path);
    if (!protection.ok) return skip(`no write protection: ${protection.error}`);
    const files = ["", "-wal", "-shm"].map((end) => join(dataDir.path, databaseName + end));

    expectGood(await liveThrough("read-only disk", dataDir.path, writeProtect(files), 12_500));
  });

  test("a disk that hangs for twelve seconds", async ({ skip }) => {
    const disk = mountHangingDisk(24);
    if (!disk.ok) return skip(`no disk to freeze: ${disk.error}`);
    removals.push(disk.value.remove);
    const dataDir = join(disk.value.path, "data");
    mkdirSync(dataDir);

    expectGood(await liveThrough("hanging disk", dataDir, disk.value, 12_500));
  });
});
