import { afterAll, beforeAll, expect, test } from "vitest";
import type { WorkshopCreated } from "../../shared/workshop/api.ts";
import { programToRun } from "../support/builtServer.ts";
import { type Inspector, openInspector } from "../support/inspector.ts";
import { seeBoard } from "../support/person.ts";
import { openRawClient } from "../support/rawClient.ts";
import { createDataDir, createTestWorkshop, until } from "../support/relayServer.ts";
import { metricOf, readServerMetrics } from "../support/serverMetrics.ts";
import { type ServerProcess, startServerProcess } from "../support/serverProcess.ts";
import { holdSession, type SessionFigures } from "./session.ts";
import { encodeTimeOfLargest, fileBytes, readStoredSizes, type StoredSizes } from "./storedBoards.ts";
import { planHalf, workdayOf } from "./workday.ts";

/*
 * A day's work, or a share of it, in minutes: boards are opened, worked on and left, and the server must look in the
 * end as it did at half time. SOAK_SHARE says how much of a day; 1 is all of it. Below a tenth there is no time to wait
 * until empty boards have left memory: then both halves use the same boards.
 */

const share = Number(process.env.SOAK_SHARE ?? 0.02);
const day = workdayOf(share);
const waitsForRooms = share >= 0.1;
/** Boards that are open at the same time. */
const atOnce = 12;
const longestMs = 15 * 60_000;
const heapGrowthLimit = 0.1;
/** The thread that makes snapshots stays a minute in case there is more to do. */
const threadsStaying = waitsForRooms ? 0 : 1;
const logSlackBytes = 1_000_000;
const documentLimitBytes = 2_000_000;
const encodeLimitMs = 50;

let dataDir: ReturnType<typeof createDataDir>;
let server: ServerProcess;
let inspector: Inspector;

beforeAll(async () => {
  dataDir = createDataDir();
  server = await startServerProcess(dataDir.path, {
    program: programToRun(),
    nodeFlags: ["--inspect=127.0.0.1:0"],
    environment: { LIMIT_BOARDS_BURST: "1000" },
  });
  if (server.inspectorUrl === null) throw new Error("the server has no inspector");
  inspector = await openInspector(server.inspectorUrl);
});

afterAll(async () => {
  inspector.close();
  await server.end("SIGTERM");
  dataDir.remove();
});

/** What a server has open and holds when nobody is there. */
type Rest = {
  readonly heapBytes: number;
  readonly rssBytes: number;
  readonly rooms: number;
  readonly timers: readonly string[];
  readonly sockets: number;
  readonly resources: number;
  readonly handles: number;
};

async function comeToRest(): Promise<Rest> {
  const isQuiet = async () => {
    const metrics = await readServerMetrics(server.url);
    return (
      metricOf(metrics, "members") === 0 &&
      metricOf(metrics, "unsaved_updates") === 0 &&
      (!waitsForRooms || metricOf(metrics, "rooms") === 0)
    );
  };
  await until(isQuiet, "everybody and everything has left", 60_000);
  await inspector.collectGarbage();
  const metrics = await readServerMetrics(server.url);
  return {
    heapBytes: metricOf(metrics, "nodejs_heap_size_used_bytes"),
    rssBytes: metricOf(metrics, "process_resident_memory_bytes"),
    rooms: metricOf(metrics, "rooms"),
    // Node's own, which keeps the date of HTTP answers for a second.
    timers: (await inspector.timers()).filter((timer) => !timer.endsWith(" resetCache")),
    sockets: await inspector.countSockets(),
    resources: metricOf(metrics, "nodejs_active_resources_total"),
    handles: metricOf(metrics, "nodejs_active_handles_total"),
  };
}

/** What goes by itself gets its time: sockets of finished requests, a thread that waits for more work. */
async function comeToRestLike(reference: Rest): Promise<Rest> {
  const end = performance.now() + (waitsForRooms ? 180_000 : 5_000);
  for (;;) {
    const rest = await comeToRest();
    const isLike =
      rest.resources <= reference.resources + threadsStaying && newTimers(reference, rest).length === 0;
    if (isLike || performance.now() > end) return rest;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** Kinds of timers of which there are more than before; while rooms linger, one of a kind may be at any point. */
function newTimers(before: Rest, after: Rest): readonly string[] {
  const kindOf = (timer: string) => timer.replace(/^\S+ ms /, "");
  const countIn = (rest: Rest, kind: string) => rest.timers.filter((timer) => kindOf(timer) === kind).length;
  const some = waitsForRooms ? 0 : 1;
  return [...new Set(after.timers.map(kindOf))].filter(
    (kind) => countIn(after, kind) > Math.max(some, countIn(before, kind)),
  );
}

type Group = WorkshopCreated["groups"][number];

async function makeGroups(count: number): Promise<Group[]> {
  const groups: Group[] = [];
  while (groups.length < count) {
    const names = Array.from({ length: Math.min(30, count - groups.length) }, (_, index) => `Groep ${index}`);
    groups.push(...(await createTestWorkshop(server.url, names)).groups);
  }
  return groups;
}

/** All sessions of one half, a few at the same time. */
async function workHalf(groups: readonly Group[], boards: readonly number[]): Promise<SessionFigures[]> {
  const waiting = planHalf(day, boards);
  const done: SessionFigures[] = [];
  const workOn = async () => {
    for (let plan = waiting.shift(); plan !== undefined; plan = waiting.shift()) {
      const group = groups[plan.board];
      if (group === undefined) throw new Error(`no board ${plan.board}`);
      done.push(await holdSession(server.socketUrl, group, plan));
      boardsInTheEnd.set(group, done.at(-1)?.board ?? "");
    }
  };
  await Promise.all(Array.from({ length: atOnce }, workOn));
  return done;
}

const boardsInTheEnd = new Map<Group, string>();

function isLogShort({ logBytes, snapshotBytes }: StoredSizes): boolean {
  return logBytes <= 2 * snapshotBytes + logSlackBytes;
}

test(`[R32] after ${share} of a day's work the server holds no more than at half time`, {
  timeout: longestMs + 300_000,
}, async () => {
  const groups = await makeGroups(day.boards);
  const numbers = groups.map((_, index) => index);
  const middle = Math.ceil(numbers.length / 2);
  const halves = waitsForRooms ? [numbers.slice(0, middle), numbers.slice(middle)] : [numbers, numbers];
  const atStart = await comeToRest();
  const startedAt = performance.now();

  const first = await workHalf(groups, halves[0] ?? []);
  const atHalf = await comeToRest();
  const second = await workHalf(groups, halves[1] ?? []);
  const tookMs = performance.now() - startedAt;
  const reference = waitsForRooms ? atStart : atHalf;
  const atEnd = await comeToRestLike(reference);
  await until(() => readStoredSizes(dataDir.path).every(isLogShort), "every log is short", 15_000).catch(
    () => undefined,
  );
  const sizes = readStoredSizes(dataDir.path);

  const sessions = [...first, ...second];
  const sum = (of: (session: SessionFigures) => number) =>
    sessions.reduce((total, session) => total + of(session), 0);
  const done = {
    updates: sum(({ updates }) => updates),
    presenceFrames: sum(({ presenceFrames }) => presenceFrames),
    joins: sum(({ joins }) => joins),
    clumsyJoins: sum(({ clumsyJoins }) => clumsyJoins),
    sessions: sessions.length,
  };
  const heapGrowth = atEnd.heapBytes / atHalf.heapBytes - 1;
  const longest = sizes.reduce((a, b) => (b.logBytes > a.logBytes ? b : a));
  const largest = sizes.reduce((a, b) => (b.snapshotBytes > a.snapshotBytes ? b : a));
  const encodeMs = largest.snapshotBytes > 0 ? encodeTimeOfLargest(dataDir.path) : 0;
  console.log(
    JSON.stringify({
      soak: { share, tookMs, done, atStart, atHalf, atEnd, heapGrowth, longest, largest, encodeMs },
      fileBytes: fileBytes(dataDir.path),
    }),
  );

  expect(done).toMatchObject({
    updates: day.updates,
    presenceFrames: day.presenceFrames,
    joins: day.joins,
  });
  expect(tookMs).toBeLessThan(longestMs);
  expect(heapGrowth).toBeLessThan(heapGrowthLimit);
  if (waitsForRooms) expect(atEnd.rooms).toBe(0);
  expect(newTimers(reference, atEnd)).toEqual([]);
  expect(atEnd.sockets).toBeLessThanOrEqual(atStart.sockets);
  expect(atEnd.resources).toBeLessThanOrEqual(reference.resources + threadsStaying);
  expect(atEnd.handles).toBeLessThanOrEqual(reference.handles + threadsStaying);
  expect(sizes).toHaveLength(groups.length);
  expect(sizes.filter((size) => !isLogShort(size))).toEqual([]);
  expect(largest.snapshotBytes).toBeLessThan(documentLimitBytes);
  expect(encodeMs).toBeLessThan(encodeLimitMs);
  // A board is as its group left it; the heavy one of each half, and a few more.
  const looked = [...boardsInTheEnd].filter((_, index) => index % 10 === 0).slice(0, 40);
  for (const [group, board] of looked) {
    const fresh = openRawClient({
      socketUrl: server.socketUrl,
      boardId: group.boardId,
      key: group.keys.view,
    });
    await until(fresh.isSynced, "a fresh client is in");
    expect(JSON.stringify(seeBoard(fresh.doc).notes)).toBe(board);
    fresh.socket.terminate();
  }
});
