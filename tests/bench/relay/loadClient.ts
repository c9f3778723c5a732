import * as decoding from "lib0/decoding";
import * as Y from "yjs";
import { syncStep1, syncStep2, syncUpdate } from "../../../shared/protocol/messages.ts";
import { createCursorFrame, timeOfCursor } from "./cursorFrame.ts";
import {
  type BenchBoard,
  type Dialect,
  helloMessages,
  pathOf,
  protocolsOf,
  readMessage,
  savedCountIn,
  syncMessage,
} from "./dialects.ts";
import { openRawSocket, type RawSocket } from "./rawSocket.ts";
import type { Tally } from "./tally.ts";

/*
 * One of many clients. Most only take in what arrives, and of each message look at no more than whether it says *saved*;
 * a reader also takes edits apart, to time them and to know which came.
 */

export type LoadClient = {
  readonly board: BenchBoard;
  readonly kind: "plain" | "reader" | "cursorReader";
  readonly moveCursor: (now: number) => void;
  /** Makes a note; returns its name, or null when the connection is gone. */
  readonly makeNote: (now: number) => string | null;
  /** Of a reader: the notes of others that have not come. */
  readonly missing: (names: ReadonlyMap<string, number>) => readonly string[];
  /** Its notes that the server called saved. */
  readonly savedNames: () => readonly string[];
  readonly isOpen: () => boolean;
  readonly bytesReceived: () => number;
};

export type LoadClientOptions = {
  readonly dialect: Dialect;
  readonly port: number;
  readonly board: BenchBoard;
  readonly kind: LoadClient["kind"];
  readonly tally: Tally;
};

/** The bytes of a *saved* message fit in here. */
const startOfMessage = 16;
const emptyUpdate = Uint8Array.of(0, 0);
const emptyStateVector = Uint8Array.of(0);

export async function openLoadClient(options: LoadClientOptions): Promise<LoadClient> {
  const { dialect, port, board, kind, tally } = options;
  const doc = new Y.Doc();
  const notes = doc.getMap("notes");
  const cursor = createCursorFrame(dialect, board, doc.clientID);
  const seen = new Set<string>();
  /** Every sync frame that was sent, which is what the server counts. */
  const sent: { readonly name: string | null; readonly at: number }[] = [];
  let saved = 0;
  let isOpen = true;

  function takeSaved(count: number): void {
    const now = performance.now();
    for (let index = saved; index < count; index += 1) {
      const frame = sent[index];
      if (frame?.name != null) tally.noteSaved(frame.at, now);
    }
    saved = Math.max(saved, count);
  }

  function takeEdits(update: Uint8Array): void {
    const now = performance.now();
    for (const struct of Y.decodeUpdate(update).structs) {
      if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentAny)) continue;
      const [value] = struct.content.arr;
      if (typeof value?.name !== "string" || typeof value.at !== "number") continue;
      if (value.by === doc.clientID || seen.has(value.name)) continue;
      seen.add(value.name);
      tally.noteEdit(value.at, now);
    }
  }

  function takeCursors(states: Uint8Array): void {
    if (kind !== "cursorReader") return;
    const now = performance.now();
    const decoder = decoding.createDecoder(states);
    for (let left = decoding.readVarUint(decoder); left > 0; left -= 1) {
      if (decoding.readVarUint(decoder) === doc.clientID) {
        decoding.readVarUint(decoder);
        decoding.readVarString(decoder);
        continue;
      }
      decoding.readVarUint(decoder);
      const at = timeOfCursor(decoding.readVarString(decoder));
      if (at !== null) tally.noteCursor(at, now);
    }
  }

  const handlers = {
    onSync: (kindOfSync: number, bytes: Uint8Array) => kindOfSync !== syncStep1 && takeEdits(bytes),
    onPresence: takeCursors,
    onSaved: takeSaved,
  };

  function sendUpdate(
    socket: RawSocket,
    syncKind: typeof syncStep2 | typeof syncUpdate,
    bytes: Uint8Array,
  ): void {
    socket.send(syncMessage(dialect, board, syncKind, bytes));
  }

  const socket = await openRawSocket({
    port,
    path: pathOf(dialect, board),
    protocols: protocolsOf(dialect, board),
    mostKept: kind === "plain" ? startOfMessage : Number.POSITIVE_INFINITY,
    onOpen(opened) {
      for (const hello of helloMessages(dialect, board, emptyStateVector)) opened.send(hello);
      sent.push({ name: null, at: performance.now() });
      sendUpdate(opened, syncStep2, emptyUpdate);
    },
    onMessage(message) {
      if (kind !== "plain") {
        readMessage(dialect, message, handlers);
        return;
      }
      const count = dialect === "ours" ? savedCountIn(message) : null;
      if (count !== null) takeSaved(count);
    },
    onClose() {
      isOpen = false;
    },
  });
  doc.on("update", (update: Uint8Array) => sendUpdate(socket, syncUpdate, update));

  return {
    board,
    kind,
    moveCursor(now) {
      if (!isOpen) return;
      const frame = cursor.at(now);
      socket.write(socket.isDrained() ? frame : Buffer.from(frame));
    },
    makeNote(now) {
      if (!isOpen) return null;
      const name = `${doc.clientID}-${sent.length}`;
      sent.push({ name, at: now });
      notes.set(name, { name, by: doc.clientID, at: now });
      return name;
    },
    missing: (names) =>
      [...names.keys()].filter((name) => !seen.has(name) && !name.startsWith(`${doc.clientID}-`)),
    savedNames: () => sent.slice(0, saved).flatMap(({ name }) => name ?? []),
    isOpen: () => isOpen,
    bytesReceived: socket.bytesReceived,
  };
}
