import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { z } from "zod";
import {
  decodeSaved,
  messageAuth,
  messageAwareness,
  messageSaved,
  messageSync,
  subprotocolKeyPrefix,
  subprotocolOurs,
  syncStep1,
  type syncStep2,
  type syncUpdate,
} from "../../../shared/protocol/messages.ts";

/*
 * What the servers speak: the y-websocket protocol, each with its own way in. Hocuspocus puts the name of the board
 * before every message and wants to be told a token.
 */

export const dialectSchema = z.enum(["ours", "yWebsocket", "hocuspocus", "forward"]);
export type Dialect = z.infer<typeof dialectSchema>;

export const boardSchema = z.object({ id: z.string(), key: z.string() });
export type BenchBoard = z.infer<typeof boardSchema>;

const messageHocuspocusSyncReply = 4;

export function pathOf(dialect: Dialect, { id }: BenchBoard): string {
  return dialect === "ours" ? `/rooms/${id}` : `/${id}`;
}

export function protocolsOf(dialect: Dialect, { key }: BenchBoard): readonly string[] {
  return dialect === "ours" ? [subprotocolOurs, subprotocolKeyPrefix + key] : [];
}

function frame(dialect: Dialect, board: BenchBoard, write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  if (dialect === "hocuspocus") encoding.writeVarString(encoder, board.id);
  write(encoder);
  return encoding.toUint8Array(encoder);
}

export type SyncKind = typeof syncStep1 | typeof syncStep2 | typeof syncUpdate;

export function syncMessage(
  dialect: Dialect,
  board: BenchBoard,
  kind: SyncKind,
  bytes: Uint8Array,
): Uint8Array {
  return frame(dialect, board, (encoder) => {
    encoding.writeVarUint(encoder, messageSync);
    encoding.writeVarUint(encoder, kind);
    encoding.writeVarUint8Array(encoder, bytes);
  });
}

export function presenceMessage(dialect: Dialect, board: BenchBoard, bytes: Uint8Array): Uint8Array {
  return frame(dialect, board, (encoder) => {
    encoding.writeVarUint(encoder, messageAwareness);
    encoding.writeVarUint8Array(encoder, bytes);
  });
}

/** What a client says first. */
export function helloMessages(
  dialect: Dialect,
  board: BenchBoard,
  stateVector: Uint8Array,
): readonly Uint8Array[] {
  const question = syncMessage(dialect, board, syncStep1, stateVector);
  if (dialect !== "hocuspocus") return [question];
  const token = frame(dialect, board, (encoder) => {
    encoding.writeVarUint(encoder, messageAuth);
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarString(encoder, "");
    encoding.writeVarString(encoder, "4.7.0");
  });
  return [token, question];
}

export type MessageHandlers = {
  readonly onSync: (kind: number, bytes: Uint8Array) => void;
  readonly onPresence: (bytes: Uint8Array) => void;
  readonly onSaved: (count: number) => void;
};

/** Takes one websocket message apart; what it hands over is only good during the call. */
export function readMessage(dialect: Dialect, message: Uint8Array, handlers: MessageHandlers): void {
  const decoder = decoding.createDecoder(message);
  while (decoding.hasContent(decoder)) {
    if (dialect === "hocuspocus") decoding.readVarString(decoder);
    const type = decoding.readVarUint(decoder);
    if (type === messageAwareness) {
      handlers.onPresence(decoding.readVarUint8Array(decoder));
    } else if (type === messageSync || type === messageHocuspocusSyncReply) {
      const kind = decoding.readVarUint(decoder);
      handlers.onSync(kind, decoding.readVarUint8Array(decoder));
    } else {
      if (type === messageSaved && dialect === "ours") {
        const saved = decodeSaved(decoder);
        if (saved.ok && saved.value.kind === "saved") handlers.onSaved(saved.value.count);
        if (saved.ok && saved.value.kind === "refused") throw new Error(`refused: ${saved.value.reason}`);
      }
      // What else there is stands alone in its message.
      return;
    }
  }
}

/** The count of a *saved* message, from its first bytes; null for every other message. */
export function savedCountIn(start: Uint8Array): number | null {
  if (start[0] !== messageSaved) return null;
  const decoder = decoding.createDecoder(start);
  decoding.readVarUint(decoder);
  const saved = decodeSaved(decoder);
  return saved.ok && saved.value.kind === "saved" ? saved.value.count : null;
}
