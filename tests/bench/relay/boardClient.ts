import * as Y from "yjs";
import { syncStep1, syncStep2 } from "../../../shared/protocol/messages.ts";
import {
  type BenchBoard,
  type Dialect,
  helloMessages,
  pathOf,
  protocolsOf,
  readMessage,
  syncMessage,
} from "./dialects.ts";
import { openRawSocket, type RawSocket } from "./rawSocket.ts";

/*
 * A client as people have one: with a document of its own, into which everything that arrives is read, and which answers
 * what the server asks.
 */

export type OpenedBoard = {
  readonly doc: Y.Doc;
  /** From connecting until the document was complete; null when that did not happen in time. */
  readonly ms: number | null;
  /** What the server sent until then, without the greeting. */
  readonly bytes: number;
  readonly close: () => void;
};

export type OpenBoardOptions = {
  readonly dialect: Dialect;
  readonly port: number;
  readonly board: BenchBoard;
  /** What the client has already. */
  readonly doc: Y.Doc;
  /** Asked after each change that was read in; the time that it takes does not count. */
  readonly isComplete: (doc: Y.Doc) => boolean;
  readonly patienceMs: number;
};

export function openBoard(options: OpenBoardOptions): Promise<OpenedBoard> {
  const { dialect, port, board, doc, isComplete, patienceMs } = options;
  const start = performance.now();
  let connection: RawSocket | null = null;
  const completion = new Promise<{ readonly ms: number | null }>((resolve, reject) => {
    const patience = setTimeout(() => resolve({ ms: null }), patienceMs);
    const fail = (error: unknown) => {
      clearTimeout(patience);
      reject(error);
    };
    function takeSync(socket: RawSocket, kind: number, bytes: Uint8Array): void {
      if (kind === syncStep1) {
        socket.send(syncMessage(dialect, board, syncStep2, Y.encodeStateAsUpdate(doc, bytes.slice())));
        return;
      }
      Y.applyUpdate(doc, bytes.slice());
      const appliedAt = performance.now();
      if (!isComplete(doc)) return;
      clearTimeout(patience);
      resolve({ ms: appliedAt - start });
    }
    openRawSocket({
      port,
      path: pathOf(dialect, board),
      protocols: protocolsOf(dialect, board),
      mostKept: Number.POSITIVE_INFINITY,
      onOpen(socket) {
        connection = socket;
        for (const hello of helloMessages(dialect, board, Y.encodeStateVector(doc))) socket.send(hello);
      },
      onMessage(message) {
        const socket = connection;
        if (socket === null) return;
        readMessage(dialect, message, {
          onSync: (kind, bytes) => takeSync(socket, kind, bytes),
          onPresence: () => undefined,
          onSaved: () => undefined,
        });
      },
      onClose: () => fail(new Error("closed before the board was complete")),
    }).catch(fail);
  });
  return completion.then(({ ms }) => ({
    doc,
    ms,
    bytes: connection?.bytesReceived() ?? 0,
    close: () => connection?.close(),
  }));
}

/** How many of these notes a newcomer does not get to see. */
export async function countMissingNotes(options: {
  readonly dialect: Dialect;
  readonly port: number;
  readonly board: BenchBoard;
  readonly names: readonly string[];
  readonly patienceMs: number;
}): Promise<number> {
  const { names } = options;
  if (names.length === 0) return 0;
  const doc = new Y.Doc();
  const notes = doc.getMap("notes");
  try {
    const opened = await openBoard({
      ...options,
      doc,
      isComplete: () => names.every((name) => notes.has(name)),
    });
    opened.close();
  } catch (error) {
    // A server that turns a newcomer away has not shown it these notes either.
    process.stderr.write(`a newcomer was turned away: ${String(error)}\n`);
  }
  return names.filter((name) => !notes.has(name)).length;
}
