import { join } from "node:path";
import Database from "better-sqlite3";
import { expect } from "vitest";
import { programToRun } from "./builtServer.ts";
import type { Fault } from "./faultyDisk.ts";
import { partOf } from "./percentile.ts";
import { openRawClient } from "./rawClient.ts";
import { createTestWorkshop, firstGroup, until } from "./relayServer.ts";
import { startServerProcess } from "./serverProcess.ts";
import { openStayingClient, type StayingClient } from "./stayingClient.ts";

/*
 * Two people work on a board of the real server while its disk fails, and go on when it is back. What must hold
 * whatever the fault is checked here; what depends on the fault is measured.
 */

export type FaultFigures = {
  readonly seconds: number;
  /** Milliseconds that an edit took to the other person, while both were there. */
  readonly probes: number;
  readonly probeP50: number;
  readonly probeP95: number;
  /** Milliseconds of a request that needs no disk, and of one that does. */
  readonly healthP95: number;
  readonly rowsMax: number;
  readonly redAfterMs: number;
  readonly sentAwayAfterMs: number | null;
  readonly backAfterMs: number;
};

export type FaultOptions = {
  readonly name: string;
  readonly dataDir: string;
  readonly fault: Fault;
  readonly lastsMs: number;
  /** Whether the disk can still be read, so that newcomers can be told why they have to wait. */
  readonly isReadable: boolean;
  /** What the log says about it. */
  readonly complaint: RegExp | null;
  readonly onFinished: (cleanUp: () => void | Promise<void>) => void;
};

const databaseName = "collaboration-tree.sqlite";
/** A disk that fails for longer sends people away. */
export const patienceMs = 10_000;

export async function workThroughFault(options: FaultOptions): Promise<FaultFigures> {
  const { name, dataDir, fault, lastsMs, isReadable, complaint, onFinished } = options;
  const server = await startServerProcess(dataDir, { program: programToRun() });
  onFinished(async () => void (await server.end("SIGKILL")));
  const { boardId, keys } = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));
  const address = { socketUrl: server.socketUrl, boardId, key: keys.contribute };
  const [alice, bob] = [openStayingClient(address), openStayingClient(address)];
  const everybody = [alice, bob];
  onFinished(async () => {
    fault.end();
    for (const one of everybody) one.close();
  });
  await until(() => everybody.every((one) => one.isSaved()), "Alice and Bob are in");
  wordsIn(alice).set("before", 0);
  await until(() => everybody.every((one) => one.isSaved()) && wordsOf(bob).length === 1, "all is saved");

  const firsts = everybody.map((one) => one.connection());
  const savedBefore = firsts.map((connection) => connection.saved());
  const [probes, health, rows]: [number[], number[], number[]] = [[], [], []];
  const lies: string[] = [];
  let redAfterMs = Number.POSITIVE_INFINITY;
  wordsIn(bob).observe(({ keysChanged }, { local }) => {
    // Who was sent away gets nothing until they are back.
    if (local || everybody.some(({ goodbyes }) => goodbyes.length > 0)) return;
    for (const key of keysChanged) probes.push(performance.now() - (wordsIn(bob).get(key) ?? 0));
  });

  fault.begin();
  const beganAt = performance.now();
  const asking: Promise<unknown>[] = [];

  async function askHealth(): Promise<void> {
    const start = performance.now();
    const { status } = await fetch(`${server.url}/healthz`);
    health.push(performance.now() - start);
    if (status === 503) redAfterMs = Math.min(redAfterMs, performance.now() - beganAt);
    else if (redAfterMs < start - beganAt) lies.push(`health said ${status}`);
  }

  async function askRows(): Promise<void> {
    const start = performance.now();
    await fetch(`${server.url}/api/boards/${boardId}`, {
      headers: { authorization: `Bearer ${keys.contribute}` },
    });
    rows.push(performance.now() - start);
  }

  for (let step = 0; performance.now() - beganAt < lastsMs; step += 1) {
    wordsIn(alice).set(`alice-${step}`, performance.now());
    if (step % 7 === 0) wordsIn(bob).set(`bob-${step}`, performance.now());
    if (step % 5 === 0) {
      for (const ask of [askHealth, askRows]) {
        asking.push(ask().catch((error: unknown) => lies.push(`no answer: ${String(error)}`)));
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
    for (const [index, one] of everybody.entries()) {
      const connection = one.connection();
      const allowed = connection === firsts[index] ? savedBefore[index] : 0;
      if (connection.saved() !== allowed) lies.push(`${connection.saved()} saved where ${allowed} were`);
    }
  }
  const sentAway = everybody.map(({ goodbyes }) => goodbyes[0] ?? null);
  if (lastsMs > patienceMs && isReadable) {
    const chen = openRawClient(address);
    await until(() => chen.closeCode() === 1013, `${name}: newcomers are sent away too`);
  }

  fault.end();
  const endedAt = performance.now();
  await until(() => everybody.every((one) => one.isSaved()), `${name}: Alice and Bob are saved`, 12_000);
  const backAfterMs = Math.round(performance.now() - endedAt);
  await Promise.all(asking);
  await until(async () => (await fetch(`${server.url}/healthz`)).ok, `${name}: health is green`);
  await until(() => wordsOf(alice).length === wordsOf(bob).length, `${name}: both have everything`);
  await server.end("SIGKILL");
  checkDatabase(dataDir);
  const kept = await wordsServed(dataDir, address, onFinished);

  expect(lies).toEqual([]);
  expect(kept).toEqual(wordsOf(alice));
  expect(kept).toEqual(wordsOf(bob));
  expect(kept.length).toBeGreaterThan(lastsMs / 100);
  if (complaint !== null) expect(server.said()).toMatch(complaint);
  for (const goodbye of sentAway) {
    if (lastsMs <= patienceMs) expect(goodbye).toBeNull();
    else expect(goodbye).toMatchObject({ code: 1013, word: "storeFailing" });
  }
  const awayAt = sentAway[0]?.at;
  return {
    seconds: lastsMs / 1000,
    probes: probes.length,
    probeP50: partOf(probes, 0.5),
    probeP95: partOf(probes, 0.95),
    healthP95: partOf(health, 0.95),
    rowsMax: partOf(rows, 1),
    redAfterMs: Math.round(redAfterMs),
    sentAwayAfterMs: awayAt === undefined ? null : Math.round(awayAt - beganAt),
    backAfterMs,
  };
}

/** What a fresh client gets from a fresh server on this folder. */
async function wordsServed(
  dataDir: string,
  address: { readonly boardId: string; readonly key: string },
  onFinished: FaultOptions["onFinished"],
): Promise<readonly string[]> {
  const server = await startServerProcess(dataDir, { program: programToRun() });
  onFinished(async () => void (await server.end("SIGKILL")));
  const fresh = openRawClient({ ...address, socketUrl: server.socketUrl });
  await until(fresh.isSynced, "a fresh client is in");
  fresh.close();
  return wordsOf(fresh);
}

/** The database of a server that is not running is whole. */
export function checkDatabase(dataDir: string): void {
  const database = new Database(join(dataDir, databaseName));
  expect(database.pragma("integrity_check", { simple: true })).toBe("ok");
  expect(database.pragma("foreign_key_check")).toEqual([]);
  database.close();
}

const wordsIn = ({ doc }: Pick<StayingClient, "doc">) => doc.getMap<number>("words");
const wordsOf = (one: Pick<StayingClient, "doc">) => [...wordsIn(one).keys()].sort();
