import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { WebSocket } from "ws";
import type { WorkshopCreated } from "../../shared/workshop/api.ts";
import { hostileFrame } from "../support/hostileFrames.ts";
import { openRawClient, type RawClient } from "../support/rawClient.ts";
import { createDataDir, createTestWorkshop, until } from "../support/relayServer.ts";
import { type ServerProcess, startServerProcess } from "../support/serverProcess.ts";
import { upgradeStatus } from "../support/upgradeStatus.ts";
import { brokenHandshakes, openBareSocket, openTcp, violations } from "../support/websocketViolations.ts";
import { openProbe } from "./probe.ts";

/*
 * Everything that nobody should send, to the real server as a process of its own, while people work on the same board
 * and on another. FUZZ_FRAMES says how many frames for each of FUZZ_SEEDS; a failure names its seed and frame.
 */

const framesPerSeed = Number(process.env.FUZZ_FRAMES ?? 1_500);
const seeds = (process.env.FUZZ_SEEDS ?? "1,2").split(",").map(Number);
const slowestProbeMs = 50;
/** Soon after it is over: while it lasts, what was used waits in memory for as long as there is room. */
const mostMemoryMore = 60_000_000;
const letGoWithinMs = 15_000;

type Group = WorkshopCreated["groups"][number];

type Setting = {
  readonly server: ServerProcess;
  readonly here: Group;
  readonly there: Group;
  readonly join: (group: Group, key?: string) => RawClient;
  readonly restart: () => Promise<ServerProcess>;
  readonly end: () => Promise<void>;
};

async function setUp(environment: Readonly<Record<string, string>> = {}): Promise<Setting> {
  const dataDir = createDataDir();
  let server = await startServerProcess(dataDir.path, { environment });
  const { groups } = await createTestWorkshop(server.url, ["Groep 1", "Groep 2"]);
  const [here, there] = groups;
  if (here === undefined || there === undefined) throw new Error("two groups");
  return {
    server,
    here,
    there,
    join: ({ boardId, keys }, key = keys.contribute) =>
      openRawClient({ socketUrl: server.socketUrl, boardId, key }),
    async restart() {
      expect(await server.end("SIGTERM")).toBe(0);
      server = await startServerProcess(dataDir.path, { environment });
      return server;
    },
    async end() {
      await server.end("SIGTERM");
      dataDir.remove();
    },
  };
}

function residentBytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) * 1024;
}

function inMegabytes(bytes: number): number {
  return Math.round(bytes / 1e5) / 10;
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
}

/** Until the server has read everything sent so far, or has hung up: otherwise most frames would meet a closed door. */
function answered(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    function done(): void {
      socket.off("pong", done);
      socket.off("close", done);
      resolve();
    }
    socket.on("pong", done);
    socket.on("close", done);
    socket.ping();
  });
}

/** Sends all of a seed, coming back whenever it is cut off; gives how often that was. */
async function sendHostile(url: string, { boardId, keys }: Group, seed: number): Promise<number> {
  let mallory: WebSocket | null = null;
  let cutOff = 0;
  for (const frame of fc.sample(hostileFrame, { numRuns: framesPerSeed, seed })) {
    if (mallory === null || mallory.readyState !== WebSocket.OPEN) {
      cutOff += mallory === null ? 0 : 1;
      const socket: WebSocket = new WebSocket(`${url}/${boardId}`, ["y-websocket", `key.${keys.contribute}`]);
      socket.on("error", () => undefined);
      await new Promise((resolve) => socket.once("open", resolve));
      mallory = socket;
    }
    mallory.send(frame);
    await answered(mallory);
  }
  mallory?.terminate();
  return cutOff;
}

test(`[R9] ${framesPerSeed} hostile frames × ${seeds.length} seeds: nobody else notices, latecomers are let in, every board loads after a restart`, {
  timeout: 60_000 + framesPerSeed * seeds.length * 10,
}, async () => {
  const setting = await setUp({ LIMIT_FRAMES_PER_SECOND: "100000", LIMIT_FRAMES_BURST: "100000" });
  const { server, here, there, join, restart, end } = setting;
  const [alice, probe] = [join(here), await openProbe(server.socketUrl, there)];
  await until(alice.isSynced, "Alice is in");
  const memoryBefore = residentBytes(server.pid);
  let cutOff = 0;
  const entries: number[] = [];

  for (const seed of seeds) {
    cutOff += await sendHostile(server.socketUrl, here, seed);
    alice.doc.getMap("words").set(`after seed ${seed}`, true);
    await until(alice.isSaved, `Alice is saved after seed ${seed}`);
    const start = performance.now();
    const dina = join(here, here.keys.view);
    await until(dina.isSynced, `a latecomer is in after seed ${seed}`);
    entries.push(performance.now() - start);
    expect(dina.doc.getMap("words").has(`after seed ${seed}`)).toBe(true);
    dina.close();
  }

  const waits = probe.takeWaits();
  await until(probe.isWhole, "the other board has everything");
  probe.stop();
  const p95 = percentile(waits, 0.95);
  const memoryMore = () => residentBytes(server.pid) - memoryBefore;
  const memoryRightAfter = memoryMore();
  await until(() => memoryMore() < mostMemoryMore, "memory is let go of", letGoWithinMs);
  console.log(
    JSON.stringify({
      frames: framesPerSeed * seeds.length,
      cutOff,
      probes: waits.length,
      probeP95Ms: Math.round(p95 * 10) / 10,
      slowestEntryMs: Math.round(Math.max(...entries)),
      memoryMoreMb: { rightAfter: inMegabytes(memoryRightAfter), whenCalm: inMegabytes(memoryMore()) },
    }),
  );
  expect([alice.closeCode(), waits.length > 10]).toEqual([null, true]);
  expect(p95).toBeLessThan(slowestProbeMs);
  expect(Math.max(...entries)).toBeLessThan(1_000);
  // The noise was noise: much of it was refused.
  expect(cutOff).toBeGreaterThan((framesPerSeed * seeds.length) / 50);

  const { socketUrl } = await restart();
  for (const { boardId, keys } of [here, there]) {
    const chen = openRawClient({ socketUrl, boardId, key: keys.contribute });
    await until(chen.isSynced, "every board loads");
    if (boardId === here.boardId) {
      expect(chen.doc.getMap("words").size).toBe(seeds.length);
      expect([chen.doc.store.pendingStructs, chen.doc.store.pendingDs]).toEqual([null, null]);
    }
    chen.close();
  }
  await end();
});

test("[R9] bytes against the rules of websockets end their own connection, before and after the handshake", async () => {
  const { server, here, there, join, end } = await setUp();
  const [alice, probe] = [join(here), await openProbe(server.socketUrl, there)];
  await until(alice.isSynced, "Alice is in");
  const target = {
    port: Number(new URL(server.url).port),
    path: `/rooms/${here.boardId}`,
    protocols: `y-websocket, key.${here.keys.contribute}`,
  };
  const survived: string[] = [];

  for (const [what, bytes] of Object.entries(violations)) {
    const socket = await openBareSocket(target);
    const isOver = new Promise((resolve) => socket.once("close", resolve));
    socket.write(bytes);
    // What only never goes on is found by the heartbeat, not here.
    if (what === "a frame that never ends") socket.destroy();
    await Promise.race([isOver, until(() => socket.destroyed, what, 5_000)]).catch(() => survived.push(what));
  }
  for (const broken of Object.values(brokenHandshakes)) {
    const socket = await openTcp(target.port);
    socket.write(broken(target));
    socket.end();
    await new Promise((resolve) => socket.resume().once("close", resolve));
  }
  alice.doc.getMap("words").set("after all", true);
  await until(alice.isSaved, "Alice goes on");
  const waits: number[] = [];
  await until(() => waits.push(...probe.takeWaits()) > 10, "the other board goes on");
  await until(probe.isWhole, "the other board has everything");
  probe.stop();

  expect(survived).toEqual([]);
  expect(percentile(waits, 0.95)).toBeLessThan(slowestProbeMs);
  expect(alice.closeCode()).toBeNull();
  await end();
});

test("[J3] a thousand changes of each kind over a view link change nothing, and are not shown to anybody", async () => {
  const { here, join, end } = await setUp({ LIMIT_FRAMES_BURST: "5000" });
  const [alice, viewer] = [join(here), join(here, here.keys.view)];
  alice.doc.getMap("words").set("respect", true);
  await until(() => alice.isSaved() && viewer.doc.getMap("words").has("respect"), "both see it");
  const before = alice.doc.getMap("words").toJSON();

  for (let index = 0; index < 1_000; index += 1) {
    viewer.doc.getMap("words").set(`by a viewer ${index}`, index);
    viewer.doc.getMap("words").delete(index % 2 === 0 ? "respect" : `by a viewer ${index}`);
    viewer.sendPresence([{ clientId: viewer.doc.clientID, clock: index, json: '{"pointer":{"x":1,"y":1}}' }]);
  }
  const refused = () => viewer.told.filter(({ kind }) => kind === "refused").length;
  await until(() => refused() >= 1_500, "everything is refused");
  const chen = join(here);
  await until(chen.isSynced, "Chen is in");

  expect(chen.doc.getMap("words").toJSON()).toEqual(before);
  expect(alice.doc.getMap("words").toJSON()).toEqual(before);
  expect([alice.presence, chen.presence]).toEqual([[], []]);
  expect(viewer.isSaved()).toBe(false);
  await end();
});

test("[J1] a thousand wrong keys open nothing, and nothing of one board is let out by the key of another", async () => {
  const { server, here, there, join, end } = await setUp();
  const alice = join(here);
  alice.doc.getMap("words").set("only here", true);
  await until(alice.isSaved, "Alice is saved");
  const knock = (boardId: string, key: string) =>
    upgradeStatus(`${server.url}/rooms/${boardId}`, ["y-websocket", `key.${key}`]);
  const right = here.keys.contribute;
  const statuses = new Set<number>();

  for (let index = 0; index < 1_000; index += 1) {
    const turned = `${right.slice(0, index % right.length)}${index % 10}${right.slice((index % right.length) + 1)}`;
    const wrong = turned === right ? `${right}x` : turned;
    statuses.add(await knock(here.boardId, wrong));
  }
  statuses.add(await knock(here.boardId, there.keys.contribute));
  statuses.add(await knock(there.boardId, here.keys.view));

  expect([...statuses]).toEqual([404]);
  expect(await knock(here.boardId, right)).toBe(101);
  await end();
});
