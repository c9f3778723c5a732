import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { programToRun } from "../support/builtServer.ts";
import { type FakeBrowser, installFakeBrowser } from "../support/deviceClient.ts";
import { createSeededRandom } from "../support/random.ts";
import { createDataDir, createTestWorkshop, until } from "../support/relayServer.ts";
import { metricOf, readServerMetrics } from "../support/serverMetrics.ts";
import { type ServerProcess, startServerProcess } from "../support/serverProcess.ts";
import { openTcpProxy, type TcpProxy } from "../support/tcpProxy.ts";
import { gatherParty, type Party } from "./partyOnBoard.ts";
import { allTroubles, shortTroubles } from "./weathers.ts";

/*
 * The real server, a network that fails in every way that networks do, and people who go on working: three with our
 * client on one board, three with a stock y-websocket client on another. PARTITION=long runs everything;
 * PARTITION_LONG_CUT_SECONDS says how long the longest break is.
 */

const isLong = process.env.PARTITION === "long";
const ghostMs = 1_000;
const longCutMs = Number(process.env.PARTITION_LONG_CUT_SECONDS ?? 600) * 1000;
const troubles = isLong ? allTroubles(longCutMs) : shortTroubles;

/** Both sides find out within this that a connection is dead. */
const halfOpenMs = 30_000;
/** A stock client only looks every three seconds whether it heard nothing for thirty. */
const stockHalfOpenMs = 36_000;
/** The longest that a stock client waits before it tries again; ours has to be faster. */
const stockWaitMs = 2_500;
const wakeMs = 3_000;
const backInSightMs = 2_000;

let dataDir: ReturnType<typeof createDataDir>;
let server: ServerProcess;
let browser: FakeBrowser;
let proxy: TcpProxy;
let parties: readonly Party[] = [];
const figures: Record<string, unknown>[] = [];

beforeAll(async () => {
  dataDir = createDataDir();
  server = await startServerProcess(dataDir.path, { program: programToRun() });
  browser = installFakeBrowser();
});

afterAll(async () => {
  browser.remove();
  await server.end("SIGTERM");
  dataDir.remove();
  console.log(JSON.stringify({ partition: figures }));
});

beforeEach(async () => {
  proxy = await openTcpProxy({
    targetPort: Number(new URL(server.url).port),
    random: createSeededRandom(42),
  });
  const { groups } = await createTestWorkshop(server.url, ["Groep 1", "Groep 2"]);
  const [ours, stock] = groups;
  if (ours === undefined || stock === undefined) throw new Error("two groups expected");
  const urls = {
    url: server.url,
    socketUrl: server.socketUrl,
    badSocketUrl: `ws://127.0.0.1:${proxy.port}/rooms`,
  };
  parties = await Promise.all([
    gatherParty({ kind: "ours", group: ours, ...urls }),
    gatherParty({ kind: "stock", group: stock, ...urls }),
  ]);
  await work(1_000);
  await until(() => parties.every((party) => party.isTogether() && party.areBackInSight()), "all is well");
});

afterEach(async () => {
  for (const party of parties) party.close();
  await proxy.close();
});

/** Everybody goes on for so long: at most eighty changes each, so that the board stays readable. */
async function work(forMs: number): Promise<void> {
  const everyMs = Math.max(100, forMs / 80);
  for (let passed = 0; passed < forMs; passed += everyMs) {
    for (const party of parties) party.act();
    await new Promise((resolve) => setTimeout(resolve, Math.min(everyMs, forMs - passed)));
  }
}

/** Milliseconds from `start`; at the latest when the limit is long over, so that a figure says how far off it was. */
async function timeUntil(start: number, limitMs: number, isTrue: () => boolean): Promise<number> {
  await until(isTrue, `all see the same, ${limitMs} ms allowed`, limitMs * 2 + 20_000);
  return Math.round(performance.now() - start);
}

const partyOf = (kind: Party["kind"]) => parties.filter((party) => party.kind === kind);

describe("[R29] after a break everybody has everything once, and soon", () => {
  test.for(troubles)(
    "$name",
    { timeout: 90_000 + longCutMs },
    async ({ name, course, staysBad, isApart, limitMs }) => {
      for (const { weather, forMs } of course) {
        proxy.setWeather(weather);
        await work(forMs);
      }
      if (isApart) for (const party of parties) expect(party.toldBehindTheNetwork()).not.toContain("saved");
      for (const party of parties) await party.expectSavedIsThere();

      const start = performance.now();
      if (!staysBad) proxy.setWeather({ kind: "fair" });
      const times = await Promise.all(
        parties.map(async (party) => ({
          kind: party.kind,
          togetherMs: await timeUntil(start, limitMs, party.isTogether),
          visibleMs: await timeUntil(start, limitMs, party.areBackInSight),
        })),
      );
      figures.push({ name, times });

      for (const party of parties) await party.expectWhole();
      for (const { kind, togetherMs, visibleMs } of times) {
        const allowed = limitMs + (kind === "stock" ? stockWaitMs : 0);
        expect(`${kind} ${togetherMs <= allowed}`, `${kind} together in ${togetherMs} ms`).toBe(
          `${kind} true`,
        );
        expect(`${kind} ${visibleMs <= allowed}`, `${kind} visible in ${visibleMs} ms`).toBe(`${kind} true`);
      }
    },
  );
});

test("[R13] [R15] who was cut off is no ghost for the others, and is back in sight with the connection", {
  timeout: 60_000,
}, async () => {
  const start = performance.now();
  proxy.setWeather({ kind: "cut" });
  const goneMs = await timeUntil(start, ghostMs, () =>
    parties.every((party) => party.othersSeenByChen() === 0),
  );
  const healedAt = performance.now();
  proxy.setWeather({ kind: "fair" });
  const backMs = await timeUntil(healedAt, backInSightMs, () =>
    parties.every((party) => party.areBackInSight()),
  );
  figures.push({ name: "ghosts", goneMs, backMs });

  expect(goneMs).toBeLessThanOrEqual(ghostMs);
  expect(backMs).toBeLessThanOrEqual(backInSightMs);
});

test("[R30] a laptop that wakes with a dead connection is back within three seconds", {
  timeout: 60_000,
}, async () => {
  const ours = partyOf("ours");
  proxy.forgetConnections();
  await work(300);

  const start = performance.now();
  browser.wake();
  const togetherMs = await timeUntil(start, wakeMs, () => ours.every((party) => party.isTogether()));
  const visibleMs = await timeUntil(start, wakeMs, () => ours.every((party) => party.areBackInSight()));
  figures.push({ name: "waking", togetherMs, visibleMs });

  for (const party of ours) await party.expectWhole();
  expect(togetherMs).toBeLessThanOrEqual(wakeMs);
  expect(visibleMs).toBeLessThanOrEqual(wakeMs);
});

test.runIf(isLong)(
  "[R30] a connection that died silently is found on both sides, and takes nobody's presence along",
  { timeout: 150_000 },
  async () => {
    const everybody = metricOf(await readServerMetrics(server.url), "members");
    const start = performance.now();
    proxy.forgetConnections();
    await work(2_000);
    for (const party of parties) expect(party.toldBehindTheNetwork()).not.toContain("saved");

    const times = await Promise.all([
      ...parties.map(async (party) => {
        const limit = party.kind === "ours" ? halfOpenMs : stockHalfOpenMs;
        return { side: party.kind, ms: await timeUntil(start, limit, party.isTogether) };
      }),
      timeUntil(start, halfOpenMs, () => proxy.forgottenHeldByServer() === 0).then((ms) => ({
        side: "server",
        ms,
      })),
    ]);
    figures.push({ name: "half open", times });

    for (const party of parties) await party.expectWhole();
    await until(
      async () => metricOf(await readServerMetrics(server.url), "members") === everybody,
      "the server counts nobody twice",
    );
    // The late end of the old connection does not take along the presence of the new one.
    expect(parties.every((party) => party.areBackInSight())).toBe(true);
    const [ours, stock, relay] = times;
    expect(ours?.ms).toBeLessThanOrEqual(halfOpenMs);
    expect(stock?.ms).toBeLessThanOrEqual(stockHalfOpenMs);
    expect(relay?.ms).toBeLessThanOrEqual(halfOpenMs);
  },
);
