import { createHash } from "node:crypto";
import * as Y from "yjs";
import { syncStep1, syncStep2 } from "../../../shared/protocol/messages.ts";
import type { BigBoard } from "./bigBoard.ts";
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
 * Many clients open the same board at the same moment. Forty documents in one process would measure that process, so
 * these take the bytes; whether they were the board is looked at afterwards, once for those who got the same.
 */

export type JoinStormOptions = {
  readonly dialect: Dialect;
  readonly port: number;
  readonly board: BenchBoard;
  readonly clients: number;
  readonly big: BigBoard;
  readonly patienceMs: number;
};

/** Bytes of a board differ a little with who encodes them; nothing but the board is nearly as large. */
const enoughShare = 0.9;

/** Milliseconds until the last has everything; null when that took too long, or was not the board. */
export async function joinStorm(options: JoinStormOptions): Promise<number | null> {
  const start = performance.now();
  const joined = await Promise.all(Array.from({ length: options.clients }, () => join(options)));
  const end = Math.max(...joined.map(({ at }) => at ?? Number.POSITIVE_INFINITY));
  const different = new Map(joined.map(({ updates }) => [digestOf(updates), updates]));
  for (const updates of different.values()) {
    const doc = new Y.Doc();
    for (const update of updates) Y.applyUpdate(doc, update);
    if (!options.big.isComplete(doc)) return null;
  }
  return Number.isFinite(end) ? end - start : null;
}

type Joined = { readonly at: number | null; readonly updates: readonly Uint8Array[] };

function join({ dialect, port, board, big, patienceMs }: JoinStormOptions): Promise<Joined> {
  const enough = big.whole.length * enoughShare;
  const updates: Uint8Array[] = [];
  let received = 0;
  let connection: RawSocket | null = null;
  return new Promise((resolve, reject) => {
    const finish = (at: number | null) => {
      clearTimeout(patience);
      connection?.close();
      resolve({ at, updates });
    };
    const patience = setTimeout(() => finish(null), patienceMs);
    openRawSocket({
      port,
      path: pathOf(dialect, board),
      protocols: protocolsOf(dialect, board),
      mostKept: Number.POSITIVE_INFINITY,
      onOpen(socket) {
        connection = socket;
        for (const hello of helloMessages(dialect, board, Uint8Array.of(0))) socket.send(hello);
      },
      onMessage(message) {
        readMessage(dialect, message, {
          onSync(kind, bytes) {
            if (kind === syncStep1) {
              connection?.send(syncMessage(dialect, board, syncStep2, Uint8Array.of(0, 0)));
              return;
            }
            updates.push(bytes.slice());
            received += bytes.length;
            if (received >= enough) finish(performance.now());
          },
          onPresence: () => undefined,
          onSaved: () => undefined,
        });
      },
      onClose: () => finish(null),
    }).catch(reject);
  });
}

function digestOf(updates: readonly Uint8Array[]): string {
  const hash = createHash("sha256");
  for (const update of updates) hash.update(update);
  return hash.digest("hex");
}
