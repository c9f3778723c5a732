import { afterAll, beforeAll, expect, test } from "vitest";
import { programToRun } from "../support/builtServer.ts";
import { type Inspector, openInspector } from "../support/inspector.ts";
import { type LoadClient, openLoadClient } from "../support/loadClient.ts";
import { partOf } from "../support/percentile.ts";
import { areDocumentsEqual } from "../support/person.ts";
import { openRawClient } from "../support/rawClient.ts";
import { createDataDir, createTestWorkshop, until } from "../support/relayServer.ts";
import { metricOf, readServerMetrics } from "../support/serverMetrics.ts";
import { type ServerProcess, startServerProcess } from "../support/serverProcess.ts";
import { slopeOf } from "../support/slope.ts";
import { openProbe } from "./probe.ts";

/*
 * Three members stop reading while others send: the server must not keep what it cannot deliver, must let go of them,
 * and nobody else may notice. SLOW_READER=long offers 250 MB to each, for so long that the ups and downs of collections
 * say nothing any more; the short form 32 MB, of which the kernels at both ends take more than ten before the relay can
 * notice anything.
 */

const isLong = process.env.SLOW_READER === "long";
const offeredBytes = isLong ? 250_000_000 : 32_000_000;
const offerMs = isLong ? 100_000 : 8_000;
const warmUpMs = isLong ? 15_000 : 3_000;
const loaders = 4;
const slowReaders = 3;
const valueBytes = 20_000;
const sendEveryMs = 25;
const bytesPerTurn = (offeredBytes / offerMs) * sendEveryMs;

/** What the network may owe one member before it is let go: as the settings have it. */
const mostOwedBytes = 4_000_000;
/** What the kernels on both ends of a connection take, with what is offered between two looks. */
const kernelBytes = 20_000_000;
const slopeLimit = 1_000_000;
const tooSlow = 'refusals_total{reason="tooSlow"}';
/** What may be left of them in memory after a collection once they are gone: what else happens in a busy server. */
const leftLimitBytes = 12_000_000;
const probeLimitMs = 100;
const comeBackMs = 5_000;

let dataDir: ReturnType<typeof createDataDir>;
let server: ServerProcess;
let inspector: Inspector;

beforeAll(async () => {
  dataDir = createDataDir();
  server = await startServerProcess(dataDir.path, {
    program: programToRun(),
    nodeFlags: ["--inspect=127.0.0.1:0"],
    environment: {
      LIMIT_FRAMES_PER_SECOND: "10000",
      LIMIT_FRAMES_BURST: "10000",
      LIMIT_DOCUMENT_BYTES: "2000000000",
    },
  });
  if (server.inspectorUrl === null) throw new Error("the server has no inspector");
  inspector = await openInspector(server.inspectorUrl);
});

afterAll(async () => {
  inspector.close();
  await server.end("SIGTERM");
  dataDir.remove();
});

/** Bytes that a collection leaves, in the heap and beside it, where what waits for a network lies. */
async function bytesKept(): Promise<number> {
  await inspector.collectGarbage();
  const metrics = await readServerMetrics(server.url);
  return metricOf(metrics, "nodejs_heap_size_used_bytes") + metricOf(metrics, "nodejs_external_memory_bytes");
}

/** Sends at a steady rate until it is stopped. */
function sendSteadily(clients: readonly LoadClient[]): () => void {
  let turn = 0;
  let owedBytes = 0;
  const sending = setInterval(() => {
    owedBytes += bytesPerTurn;
    for (; owedBytes >= valueBytes; owedBytes -= valueBytes) {
      const client = clients[turn % clients.length];
      client?.doc.getMap("load").set(`${turn % 16}`, `${turn} ${"x".repeat(valueBytes)}`);
      turn += 1;
    }
    if (turn % 2 === 0) for (const client of clients) client.movePointer();
  }, sendEveryMs);
  return () => clearInterval(sending);
}

test("[R41] who does not read is let go, and costs nobody memory or time", { timeout: 300_000 }, async () => {
  const { groups } = await createTestWorkshop(server.url, ["Groep 1", "Groep 2"]);
  const [here, elsewhere] = groups;
  if (here === undefined || elsewhere === undefined) throw new Error("two groups expected");
  const board = { socketUrl: server.socketUrl, boardId: here.boardId, key: here.keys.contribute };
  const senders: LoadClient[] = [];
  for (let index = 0; index < loaders; index += 1) senders.push(await openLoadClient(board));
  const probes = [await openProbe(server.socketUrl, here), await openProbe(server.socketUrl, elsewhere)];

  // The same load without slow readers first, so that what grows later is because of them.
  const stopSending = sendSteadily(senders);
  await new Promise((resolve) => setTimeout(resolve, warmUpMs));
  const before = probes.map((probe) => partOf(probe.takeWaits(), 0.95));
  const keptBefore = await bytesKept();
  const slow = Array.from({ length: slowReaders }, () => openRawClient(board));
  await until(() => slow.every((client) => client.isSynced() && client.isSaved()), "the slow ones are in");
  for (const { socket } of slow) socket.pause();
  for (const probe of probes) probe.takeWaits();

  const start = performance.now();
  // Somebody honest on the same board is sent exactly what the slow ones are offered.
  let offeredSoFar = 0;
  probes[0]?.reader.socket.on("message", (data: Buffer) => {
    offeredSoFar += data.length;
  });
  const memory: { readonly x: number; readonly y: number }[] = [];
  let cut: { readonly afterMs: number; readonly offeredBytes: number } | null = null;
  while (performance.now() - start < offerMs || offeredSoFar < offeredBytes) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    const metrics = await readServerMetrics(server.url);
    const passed = performance.now() - start;
    memory.push({ x: passed / 1000, y: metricOf(metrics, "process_resident_memory_bytes") });
    if (cut === null && (metrics.get(tooSlow) ?? 0) >= slowReaders) {
      cut = { afterMs: Math.round(passed), offeredBytes: offeredSoFar };
    }
    if (passed > offerMs * 2) throw new Error(`only ${offeredSoFar} bytes were offered`);
  }
  const waits = probes.map((probe) => probe.takeWaits());
  const leftBytes = (await bytesKept()) - keptBefore;
  stopSending();
  for (const probe of probes) probe.stop();
  await until(
    () =>
      probes.every((probe) => probe.isWhole()) && senders.every((client) => client.saved() === client.sent()),
    "all that was sent is saved and has arrived",
  );

  // They wake up, find that they were let go, and come back with what they have.
  for (const { socket } of slow) {
    if (cut === null) socket.terminate();
    else socket.resume();
  }
  await until(() => slow.every((client) => client.closeCode() !== null), "they notice that they were let go");
  const cameBackAt = performance.now();
  const back = slow.map(({ doc }) => openRawClient({ ...board, doc }));
  const [probeHere] = probes;
  const honest = probeHere?.reader.doc;
  if (honest === undefined) throw new Error("nobody to compare with");
  await until(
    () => areDocumentsEqual([honest, ...back.map(({ doc }) => doc)]),
    "the slow ones have everything",
  );
  const backMs = Math.round(performance.now() - cameBackAt);
  const refusals = await readServerMetrics(server.url);

  const slope = slopeOf(memory.slice(Math.floor(memory.length / 5)));
  const p95 = waits.map((values) => partOf(values, 0.95));
  console.log(
    JSON.stringify({
      slowReader: {
        offeredMB: offeredSoFar / 1e6,
        cut,
        rssMB: memory.map(({ y }) => Math.round(y / 1e6)),
        slopeMBPerSecond: slope / 1e6,
        leftMB: leftBytes / 1e6,
        probeP95Ms: { before, here: p95[0], elsewhere: p95[1], count: waits.map(({ length }) => length) },
        backMs,
        tooSlow: refusals.get(tooSlow),
        closeCodes: slow.map((client) => client.closeCode()),
      },
    }),
  );

  expect(cut, "all three were let go while others sent").not.toBeNull();
  expect(cut?.offeredBytes).toBeLessThan(mostOwedBytes + kernelBytes);
  expect(leftBytes).toBeLessThan(leftLimitBytes);
  // In a few seconds the heap of a process that just started grows whatever it does.
  if (isLong) expect(slope).toBeLessThan(slopeLimit);
  for (const [index, value] of p95.entries()) {
    // Tests share this machine with others: then it counts that slow readers made it no worse.
    expect(value).toBeLessThan(isLong ? probeLimitMs : Math.max(probeLimitMs, 3 * (before[index] ?? 0)));
  }
  expect(waits.every(({ length }) => length > offerMs / 200)).toBe(true);
  expect(senders.every((client) => client.refused() === 0)).toBe(true);
  expect(backMs).toBeLessThan(comeBackMs);
});
