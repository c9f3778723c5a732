import * as Y from "yjs";
import { type BigBoard, createBigBoard } from "./bigBoard.ts";
import { openBoard } from "./boardClient.ts";
import { buildBoard } from "./building.ts";
import type { BenchBoard } from "./dialects.ts";
import { joinStorm } from "./joinStorm.ts";
import { untilQuiet } from "./machine.ts";
import { createDataFolder, makeBoards, type Server, type ServerName, startServer } from "./servers.ts";

/*
 * How long a large board with a long history takes to open, until the document of a real client is complete. It is built
 * once per server, through the server; every cold opening is the first one after a new start on the same data.
 */

export type OpeningFigures = {
  readonly coldMs: number | null;
  readonly coldBytes: number;
  /** Cold again after kill -9, for who claims to stand that. */
  readonly coldAfterKillMs: number | null;
  readonly warmMs: number | null;
  /** For a client that has all but the last hundred edits. */
  readonly differenceMs: number | null;
  readonly differenceBytes: number;
  /** Forty clients at once at a cold server, until the last has everything. */
  readonly stormMs: number | null;
};

export type OpeningBench = {
  readonly encodedBytes: number;
  /** The first opening after the board was built, with whatever tidying that takes. */
  readonly firstMs: number | null;
  readonly measure: () => Promise<OpeningFigures>;
  readonly close: () => void;
};

export const bigBoardSize = { notes: 2_000, edits: 50_000 };
export const stormClients = 40;
const patienceMs = 60_000;
const settlePatienceMs = 60_000;
const warmOpenings = 3;
const practiceRuns = 8;

export function createOpeningBoard(): BigBoard {
  const big = createBigBoard({ ...bigBoardSize, editsPerUpdate: 1 });
  // The client's own code has to be warm before it is measured against.
  for (let run = 0; run < practiceRuns; run += 1) Y.applyUpdate(new Y.Doc(), big.whole);
  return big;
}

export async function prepareOpening(name: ServerName, big: BigBoard): Promise<OpeningBench> {
  const folder = createDataFolder();
  const start = () => startServer({ name, dataDir: folder.path, keeps: true, mayFlood: true });
  let board: BenchBoard;
  let firstMs: number | null;
  try {
    board = await during(await start(), async (server) => {
      const [made] = await makeBoards(server, 1);
      if (made === undefined) throw new Error("no board");
      await buildBoard({ server, board: made, updates: big.updates, isComplete: big.isComplete });
      await untilQuiet(server.pid, settlePatienceMs);
      return made;
    });
    firstMs = await during(await start(), async (server) => {
      const first = await open(server, board, new Y.Doc());
      first.close();
      await untilQuiet(server.pid, settlePatienceMs);
      return first.ms;
    });
  } catch (error) {
    folder.remove();
    throw error;
  }

  function open({ dialect, port }: Server, on: BenchBoard, doc: Y.Doc) {
    return openBoard({ dialect, port, board: on, doc, isComplete: big.isComplete, patienceMs });
  }

  async function measureCold(server: Server) {
    const cold = await open(server, board, new Y.Doc());
    const warm: (number | null)[] = [];
    for (let run = 0; run < warmOpenings; run += 1) {
      const opened = await open(server, board, new Y.Doc());
      opened.close();
      warm.push(opened.ms);
    }
    const doc = new Y.Doc();
    Y.applyUpdate(doc, big.almost);
    const difference = await open(server, board, doc);
    difference.close();
    cold.close();
    return {
      coldMs: cold.ms,
      coldBytes: cold.bytes,
      warmMs: warm.includes(null) ? null : (warm.flatMap((ms) => ms ?? []).sort((a, b) => a - b)[1] ?? null),
      differenceMs: difference.ms,
      differenceBytes: difference.bytes,
    };
  }

  return {
    encodedBytes: big.whole.length,
    firstMs,
    async measure() {
      const isOurs = name === "ours";
      const figures = await during(await start(), measureCold, isOurs ? "SIGKILL" : "SIGTERM");
      const coldAfterKillMs = isOurs
        ? await during(await start(), async (server) => {
            const opened = await open(server, board, new Y.Doc());
            opened.close();
            return opened.ms;
          })
        : null;
      const stormMs = await during(await start(), ({ dialect, port }) =>
        joinStorm({ dialect, port, board, clients: stormClients, big, patienceMs }),
      );
      return { ...figures, coldAfterKillMs, stormMs };
    },
    close: folder.remove,
  };
}

/** Ends the server whatever happens. */
async function during<T>(
  server: Server,
  act: (server: Server) => Promise<T>,
  signal: "SIGTERM" | "SIGKILL" = "SIGTERM",
): Promise<T> {
  try {
    return await act(server);
  } finally {
    await server.stop(signal);
  }
}
