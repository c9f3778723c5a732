import { createBigBoard } from "./bigBoard.ts";
import { buildBoard } from "./building.ts";
import { type BenchBoard, helloMessages, pathOf, protocolsOf } from "./dialects.ts";
import { pause, rssMegabytesOf, untilQuiet } from "./machine.ts";
import { openRawSocket, type RawSocket } from "./rawSocket.ts";
import { createDataFolder, makeBoards, type Server, type ServerName, startServer } from "./servers.ts";

/* What connections and boards cost in memory while nothing happens: differences of the process's resident size. */

export const idleConnections = 1_000;
const firstConnections = 1_000;
export const manyBoards = 60;
export const smallBoardSize = { notes: 300, edits: 3_000 };
const settleMs = 8_000;
const baseMs = 3_000;
const buildPatienceMs = 60_000;

/** Kilobytes for each of the second thousand connections that look at one empty board. */
export async function measureIdleConnections(name: ServerName): Promise<number> {
  const folder = createDataFolder();
  const server = await startServer({ name, dataDir: folder.path, keeps: false, mayFlood: false });
  const sockets: RawSocket[] = [];
  try {
    const [board] = await makeBoards(server, 1);
    if (board === undefined) throw new Error("no board");
    // A young process still gives back what starting took: what a crowd costs is asked of one that has had a crowd.
    for (let index = 0; index < firstConnections; index += 1) sockets.push(await look(server, board));
    await pause(settleMs);
    const before = rssMegabytesOf(server.pid);
    for (let index = 0; index < idleConnections; index += 1) sockets.push(await look(server, board));
    await pause(settleMs);
    return ((rssMegabytesOf(server.pid) - before) * 1024) / idleConnections;
  } finally {
    for (const socket of sockets) socket.close();
    await server.stop("SIGTERM");
    folder.remove();
  }
}

export type BoardMemoryBench = {
  /** Megabytes per board in the process in which they were made, somebody looking at each. */
  readonly madeThere: number;
  /** Megabytes per board that somebody opened after a new start. */
  readonly measure: () => Promise<number>;
  readonly close: () => void;
};

export async function prepareBoardMemory(name: ServerName): Promise<BoardMemoryBench> {
  const { updates, isComplete } = createBigBoard({ ...smallBoardSize, editsPerUpdate: 10 });
  const folder = createDataFolder();
  const start = () => startServer({ name, dataDir: folder.path, keeps: true, mayFlood: true });

  /** Megabytes that the server grew by per board, with a client on each. */
  async function grownBy(open: (server: Server) => Promise<readonly BenchBoard[]>): Promise<{
    readonly boards: readonly BenchBoard[];
    readonly megabytes: number;
  }> {
    const server = await start();
    const sockets: RawSocket[] = [];
    try {
      await pause(baseMs);
      const before = rssMegabytesOf(server.pid);
      const boards = await open(server);
      for (const board of boards) sockets.push(await look(server, board));
      await pause(settleMs);
      return { boards, megabytes: (rssMegabytesOf(server.pid) - before) / boards.length };
    } finally {
      for (const socket of sockets) socket.close();
      await server.stop("SIGTERM");
    }
  }

  try {
    const { boards, megabytes } = await grownBy(async (server) => {
      const made = await makeBoards(server, manyBoards);
      for (const board of made) await buildBoard({ server, board, updates, isComplete });
      // Whoever writes late gets the time for it.
      await untilQuiet(server.pid, buildPatienceMs);
      return made;
    });
    return {
      madeThere: megabytes,
      measure: async () => (await grownBy(async () => boards)).megabytes,
      close: folder.remove,
    };
  } catch (error) {
    folder.remove();
    throw error;
  }
}

/** Somebody who opens a board and then does nothing; resolves when the server has answered. */
async function look({ dialect, port }: Server, board: BenchBoard): Promise<RawSocket> {
  const socket = await openRawSocket({
    port,
    path: pathOf(dialect, board),
    protocols: protocolsOf(dialect, board),
    mostKept: 0,
    onOpen(opened) {
      for (const hello of helloMessages(dialect, board, Uint8Array.of(0))) opened.send(hello);
    },
    onMessage: () => undefined,
    onClose: () => undefined,
  });
  await socket.pong();
  return socket;
}
