import type { Column } from "../tables.ts";
import { type Capacity, findCapacity, quickEditMs } from "./capacity.ts";
import { type FanOutFigures, measureFanOut, othersShareOf } from "./fanOut.ts";
import {
  idleConnections,
  manyBoards,
  measureIdleConnections,
  prepareBoardMemory,
  smallBoardSize,
} from "./memory.ts";
import {
  bigBoardSize,
  createOpeningBoard,
  type OpeningFigures,
  prepareOpening,
  stormClients,
} from "./opening.ts";
import { keepingTitleOf, tableOf, titleOf } from "./report.ts";
import { keepingServers, type ServerName } from "./servers.ts";

/* What is measured, of whom, and which table it makes. The servers take turns in every round. */

export type Bench = {
  readonly rounds: number;
  readonly seconds: number;
  readonly servers: readonly ServerName[];
};

export type Scenario = {
  readonly name: string;
  /** Lines of markdown. */
  readonly run: (bench: Bench) => Promise<readonly string[]>;
};

/** One failure spoils one round of one server, not half an hour of others. */
async function attempt<Figures>(
  what: string,
  measure: () => Promise<Figures>,
  into: Figures[] | undefined,
): Promise<void> {
  try {
    const figures = await measure();
    into?.push(figures);
    const short = (_key: string, value: unknown) =>
      typeof value === "number" ? Math.round(value * 1000) / 1000 : value;
    console.log(what, JSON.stringify(figures, short));
  } catch (error) {
    console.log(what, "failed:", error instanceof Error ? error.message : String(error));
  }
}

/** What a server that has been running costs; how many people it holds is asked of one that just began. */
const warmUpSeconds = 8;

const fanOutColumns: readonly Column<FanOutFigures>[] = [
  { title: "edit p50, ms", of: ({ editP50 }) => editP50, digits: 1 },
  { title: "edit p99, ms", of: ({ editP99 }) => editP99, digits: 0, better: "lower" },
  { title: "cursor p50, ms", of: ({ cursorP50 }) => cursorP50, digits: 0 },
  { title: "cursors, 1/s", of: ({ cursorsPerSecond }) => cursorsPerSecond, digits: 1 },
  { title: "saved p50, ms", of: ({ savedP50 }) => savedP50, digits: 0 },
  { title: "saved p95, ms", of: ({ savedP95 }) => savedP95, digits: 0 },
  { title: "processor, s/s", of: ({ cpu }) => cpu, digits: 2, better: "lower" },
  { title: "load, s/s", of: ({ loadCpu }) => loadCpu, digits: 2 },
  { title: "others, s/s", of: othersShareOf, digits: 2 },
  {
    title: "edits missing",
    of: ({ missedByReaders, missedByNewcomers }) => missedByReaders + missedByNewcomers,
    digits: 0,
  },
  { title: "cut off", of: ({ closed }) => closed, digits: 0 },
  { title: "saved but lost by kill -9", of: ({ lostAfterKill }) => lostAfterKill, digits: 0 },
];

function fanOutScenario(name: string, clients: number, boards: number): Scenario {
  return {
    name,
    async run({ rounds, seconds, servers }) {
      const runs = new Map<ServerName, FanOutFigures[]>(servers.map((server) => [server, []]));
      for (let round = 0; round < rounds; round += 1) {
        for (const server of servers) {
          const measure = () => measureFanOut({ name: server, clients, boards, seconds, warmUpSeconds });
          await attempt(`${name} ${server}`, measure, runs.get(server));
        }
      }
      return tableOf({
        title: `${clients} clients on ${boards === 1 ? "one board" : `${boards} boards`}`,
        rounds: runs,
        columns: fanOutColumns,
        nameOf: titleOf,
      });
    },
  };
}

const coarse = { start: 50, step: 1.6 };
const fineStep = 1.15;

const capacityScenario: Scenario = {
  name: "capacity",
  async run({ rounds, seconds, servers }) {
    const runs = new Map<ServerName, Capacity[]>(servers.map((server) => [server, []]));
    for (let round = 0; round < rounds; round += 1) {
      for (const name of servers) {
        const before = runs.get(name)?.at(-1)?.held ?? 0;
        const where = before > 0 ? { start: before, step: fineStep } : coarse;
        const onRun = (clients: number, figures: FanOutFigures, failure: string | null) =>
          console.log(
            [
              `  ${name} ${clients}: ${failure ?? "held"}`,
              `p99 ${figures.editP99?.toFixed(0)} ms`,
              `server ${figures.cpu.toFixed(2)}`,
              `load ${figures.loadCpu.toFixed(2)}`,
              `others ${othersShareOf(figures).toFixed(2)}`,
            ].join(", "),
          );
        await attempt(
          `capacity ${name}`,
          () => findCapacity({ name, seconds, ...where, onRun }),
          runs.get(name),
        );
      }
    }
    return tableOf({
      title: `How many clients one board holds (edit p99 under ${quickEditMs} ms, everything delivered, nobody cut off)`,
      rounds: runs,
      columns: [
        { title: "clients", of: ({ held }) => held, digits: 0, better: "higher" },
        { title: "edit p99 there, ms", of: ({ atHeld }) => atHeld?.editP99 ?? null, digits: 0 },
        { title: "cursors there, 1/s", of: ({ atHeld }) => atHeld?.cursorsPerSecond ?? null, digits: 1 },
        { title: "cursor p50 there, ms", of: ({ atHeld }) => atHeld?.cursorP50 ?? null, digits: 0 },
        { title: "processor there, s/s", of: ({ atHeld }) => atHeld?.cpu ?? null, digits: 2 },
        { title: "load there, s/s", of: ({ atHeld }) => atHeld?.loadCpu ?? null, digits: 2 },
      ],
      remark: {
        title: "no more, because (last round)",
        of: ({ failed, alsoFull }) =>
          failed === null
            ? "no more were tried"
            : `${failed.clients}: ${failed.reason}${alsoFull === null ? "" : `, limited by ${alsoFull}`}`,
      },
      nameOf: titleOf,
    });
  },
};

type OpeningRound = OpeningFigures & { readonly firstMs: number | null; readonly encodedBytes: number };

const openingScenario: Scenario = {
  name: "opening",
  async run({ rounds, servers }) {
    const names = servers.filter((name) => keepingServers.includes(name));
    const runs = new Map<ServerName, OpeningRound[]>(names.map((name) => [name, []]));
    const big = createOpeningBoard();
    const prepared: {
      readonly name: ServerName;
      readonly bench: Awaited<ReturnType<typeof prepareOpening>>;
    }[] = [];
    for (const name of names) {
      await attempt(
        `opening ${name}, built`,
        async () => ({ name, bench: await prepareOpening(name, big) }),
        prepared,
      );
    }
    for (let round = 0; round < rounds; round += 1) {
      for (const { name, bench } of prepared) {
        const { firstMs, encodedBytes } = bench;
        const measure = async () => ({ ...(await bench.measure()), firstMs, encodedBytes });
        await attempt(`opening ${name}`, measure, runs.get(name));
      }
    }
    for (const { bench } of prepared) bench.close();
    const { notes, edits } = bigBoardSize;
    return tableOf({
      title: `A board of ${notes} notes with ${edits} edits behind it, ${(big.whole.length / 1e6).toFixed(2)} MB encoded`,
      rounds: runs,
      columns: [
        { title: "cold, ms", of: ({ coldMs }) => coldMs, digits: 0, better: "lower" },
        { title: "cold after kill -9, ms", of: ({ coldAfterKillMs }) => coldAfterKillMs, digits: 0 },
        { title: "first after building, ms", of: ({ firstMs }) => firstMs, digits: 0, better: "lower" },
        { title: "warm, ms", of: ({ warmMs }) => warmMs, digits: 0, better: "lower" },
        { title: "difference, ms", of: ({ differenceMs }) => differenceMs, digits: 0, better: "lower" },
        { title: `${stormClients} at once, ms`, of: ({ stormMs }) => stormMs, digits: 0, better: "lower" },
        { title: "bytes cold, MB", of: ({ coldBytes }) => coldBytes / 1e6, digits: 2 },
        {
          title: "bytes / encoded",
          of: ({ coldBytes, encodedBytes }) => coldBytes / encodedBytes,
          digits: 3,
        },
        { title: "bytes difference, kB", of: ({ differenceBytes }) => differenceBytes / 1e3, digits: 0 },
      ],
      nameOf: keepingTitleOf,
    });
  },
};

type MemoryRound = { readonly perConnection: number; readonly madeThere: number; readonly opened: number };

const memoryScenario: Scenario = {
  name: "memory",
  async run({ rounds, servers }) {
    const names = servers.filter((name) => keepingServers.includes(name));
    const runs = new Map<ServerName, MemoryRound[]>(names.map((name) => [name, []]));
    const prepared: {
      readonly name: ServerName;
      readonly bench: Awaited<ReturnType<typeof prepareBoardMemory>>;
    }[] = [];
    for (const name of names) {
      await attempt(
        `memory ${name}, built`,
        async () => ({ name, bench: await prepareBoardMemory(name) }),
        prepared,
      );
    }
    for (let round = 0; round < rounds; round += 1) {
      for (const { name, bench } of prepared) {
        const measure = async () => ({
          perConnection: await measureIdleConnections(name),
          opened: await bench.measure(),
          madeThere: bench.madeThere,
        });
        await attempt(`memory ${name}`, measure, runs.get(name));
      }
    }
    for (const { bench } of prepared) bench.close();
    const { notes, edits } = smallBoardSize;
    return tableOf({
      title: `Memory: ${idleConnections} idle connections; ${manyBoards} boards of ${notes} notes and ${edits} edits`,
      rounds: runs,
      columns: [
        { title: "per connection, kB", of: ({ perConnection }) => perConnection, digits: 1, better: "lower" },
        { title: "per board opened, MB", of: ({ opened }) => opened, digits: 2, better: "lower" },
        { title: "per board made there, MB", of: ({ madeThere }) => madeThere, digits: 2, better: "lower" },
      ],
      nameOf: keepingTitleOf,
    });
  },
};

export const scenarios: readonly Scenario[] = [
  fanOutScenario("8", 8, 1),
  fanOutScenario("100", 100, 1),
  fanOutScenario("350", 350, 1),
  capacityScenario,
  fanOutScenario("50x8", 400, 50),
  fanOutScenario("125x8", 1_000, 125),
  openingScenario,
  memoryScenario,
];
