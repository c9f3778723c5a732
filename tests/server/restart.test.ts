import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { compactBoard } from "../../server/relay/compactor.ts";
import { openSqlStore } from "../../server/store/sqlStore.ts";
import { addBoards } from "../contracts/workshopRows.ts";
import { programToRun } from "../support/builtServer.ts";
import { type ClientKind, type Device, installFakeBrowser, openDevice } from "../support/deviceClient.ts";
import { partOf } from "../support/percentile.ts";
import { openRawClient } from "../support/rawClient.ts";
import { createDataDir, createTestWorkshop, firstGroup, until } from "../support/relayServer.ts";
import { startServerProcess } from "../support/serverProcess.ts";
import { createWriter, mustWork, newNote } from "../support/writers.ts";

/* A restart is boring: the new server is up in a moment, and who was there hardly notices. */

/** Beside other tests this machine has more to do than this server: `npm run reliability:crash` measures alone. */
const isAlone = process.env.CRASH_ROUNDS !== undefined;
const longestStartMs = isAlone ? 1_000 : 6_000;
const longestStopMs = 5_000;
const boardCount = 1_000;

/** Boards with thirty notes each, of which most are in a snapshot. */
async function fillDatabase(dataDir: string): Promise<void> {
  const writer = createWriter();
  const updates: Uint8Array[] = [];
  writer.doc.on("update", (update: Uint8Array) => updates.push(update));
  for (let index = 0; index < 30; index += 1) mustWork(writer.addNote(newNote(`briefje ${index}`)));
  const snapshot = compactBoard({ snapshot: null, updates: updates.slice(0, 25) });
  const store = await openSqlStore(join(dataDir, "collaboration-tree.sqlite"));
  for (let workshop = 1; workshop <= boardCount / 20; workshop += 1) {
    const boards = await addBoards(store, workshop, 20);
    await store.appendUpdates(
      boards.flatMap((boardId) =>
        updates.map((bytes, index) => ({ boardId, participant: null, receivedAt: index, bytes })),
      ),
    );
    for (const boardId of boards) await store.storeSnapshot(boardId, 25, snapshot, 1);
  }
  await store.close();
}

test(`[R44] a server with ${boardCount} boards is up within ${longestStartMs / 1000} s`, {
  timeout: 60_000,
}, async ({ onTestFinished }) => {
  const dataDir = createDataDir();
  onTestFinished(dataDir.remove);
  mkdirSync(dataDir.path, { recursive: true });
  await fillDatabase(dataDir.path);

  const startsMs: number[] = [];
  for (let start = 0; start < 3; start += 1) {
    const startedAt = performance.now();
    const server = await startServerProcess(dataDir.path, { program: programToRun() });
    const { ok } = await fetch(`${server.url}/healthz`);
    startsMs.push(Math.round(performance.now() - startedAt));
    expect(ok).toBe(true);
    await server.end("SIGTERM");
  }

  console.log(JSON.stringify({ startMs: startsMs, boards: boardCount }));
  expect(partOf(startsMs, 0.5)).toBeLessThan(longestStartMs);
});

test("[R5] forty people under load are told to come back, and are, with everything, when a new server starts", {
  timeout: 60_000,
}, async ({ onTestFinished }) => {
  const browser = installFakeBrowser();
  onTestFinished(browser.remove);
  const dataDir = createDataDir();
  onTestFinished(dataDir.remove);
  const program = programToRun();
  const first = await startServerProcess(dataDir.path, { program });
  onTestFinished(async () => void (await first.end("SIGKILL")));
  const { boardId, keys } = firstGroup(await createTestWorkshop(first.url, ["Groep 1"]));
  const address = { socketUrl: first.socketUrl, boardId, key: keys.contribute };
  const devices = Array.from({ length: 40 }, (_, index) => {
    const kind: ClientKind = index % 2 === 0 ? "ours" : "stock";
    return {
      kind,
      name: `${kind}-${index}`,
      device: openDevice(kind, { ...address, participantToken: null }),
    };
  });
  onTestFinished(() => {
    for (const { device } of devices) device.close();
  });
  const witness = openRawClient(address);
  await until(() => devices.every(({ device }) => device.isIn()) && witness.isSaved(), "all are in");
  let step = 0;
  const typing = setInterval(() => {
    const { name, device } = devices[step % devices.length] ?? { name: "nobody", device: null };
    device?.doc.getMap("words").set(`${name}-${step}`, step);
    step += 1;
  }, 5);
  onTestFinished(() => clearInterval(typing));
  await until(() => step > 300, "they are at work");

  const askedAt = performance.now();
  const exitCode = await first.end("SIGTERM");
  const stopMs = Math.round(performance.now() - askedAt);
  const { port } = new URL(first.url);
  const second = await startServerProcess(dataDir.path, { program, environment: { PORT: port } });
  onTestFinished(async () => void (await second.end("SIGKILL")));
  const upMs = Math.round(performance.now() - askedAt);
  // Whoever gets this is back, and hears what others do.
  const news = openRawClient(address);
  await until(news.isSynced, "somebody new is in");
  news.doc.getMap("words").set("news", 0);
  const backMs = new Map<string, number>();
  await until(() => {
    for (const { name, device } of devices) {
      if (!backMs.has(name) && device.doc.getMap("words").has("news")) {
        backMs.set(name, performance.now() - askedAt);
      }
    }
    return backMs.size === devices.length;
  }, "all are back");
  clearInterval(typing);
  await until(() => devices.every(({ device }) => isSame(device, news.doc)), "all have everything of all");

  const gaps = (kind: ClientKind) =>
    [...backMs].filter(([name]) => name.startsWith(kind)).map(([, ms]) => ms);
  const figures = (kind: ClientKind) => ({ p50: partOf(gaps(kind), 0.5), max: partOf(gaps(kind), 1) });
  console.log(JSON.stringify({ restart: { stopMs, upMs, ours: figures("ours"), stock: figures("stock") } }));
  expect([exitCode, witness.closeCode()]).toEqual([0, 1012]);
  expect(witness.told).toContainEqual({ kind: "draining" });
  expect(stopMs).toBeLessThan(longestStopMs);
  expect(news.doc.getMap("words").size).toBe(step + 1);
  expect(figures("ours").max).toBeLessThan(upMs + 3_000);
  expect(figures("stock").max).toBeLessThan(upMs + 4_000);
});

function isSame({ doc }: Pick<Device, "doc">, other: Y.Doc): boolean {
  return Y.equalSnapshots(Y.snapshot(doc), Y.snapshot(other));
}
