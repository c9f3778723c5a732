import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { WebSocket } from "ws";
import * as Y from "yjs";
import {
  decodeSaved,
  messageAwareness,
  messageSaved,
  messageSync,
  messageWorkshopState,
  type SavedMessage,
  subprotocolKeyPrefix,
  subprotocolOurs,
  syncStep1,
  syncStep2,
  syncUpdate,
} from "../../shared/protocol/messages.ts";

export type Presence = { readonly clientId: number; readonly clock: number; readonly json: string };

export type RawClient = {
  readonly doc: Y.Doc;
  readonly socket: WebSocket;
  /** Sync frames sent, and how many of them the server called saved. */
  readonly sent: () => number;
  readonly saved: () => number;
  readonly isSaved: () => boolean;
  readonly told: readonly SavedMessage[];
  readonly states: readonly string[];
  readonly presence: readonly Presence[];
  readonly stateVectorsHeard: () => number;
  readonly closeCode: () => number | null;
  readonly isSynced: () => boolean;
  readonly send: (frame: Uint8Array) => void;
  /** Counts as a sync frame. */
  readonly sendUpdate: (update: Uint8Array) => void;
  readonly sendPresence: (entries: readonly Presence[]) => void;
  readonly close: () => void;
};

/** A small client of our own subprotocol that counts frames as the real one does. */
export function openRawClient(options: {
  readonly socketUrl: string;
  readonly boardId: string;
  readonly key: string;
  readonly doc?: Y.Doc;
  readonly protocols?: readonly string[];
  /** Takes nothing in of what others change: where many clients share a process, that is most of its work. */
  readonly isDeaf?: boolean;
}): RawClient {
  const doc = options.doc ?? new Y.Doc();
  const protocols = options.protocols ?? [subprotocolOurs, subprotocolKeyPrefix + options.key];
  const socket = new WebSocket(`${options.socketUrl}/${options.boardId}`, [...protocols]);
  const told: SavedMessage[] = [];
  const states: string[] = [];
  const presence: Presence[] = [];
  let sent = 0;
  let saved = 0;
  let stateVectorsHeard = 0;
  let closeCode: number | null = null;
  let isSynced = false;
  let hasAnswered = false;

  const send = (frame: Uint8Array) => {
    if (socket.readyState === socket.OPEN) socket.send(frame);
  };
  const sendUpdate = (update: Uint8Array) => {
    sent += 1;
    send(syncFrame(syncUpdate, update));
  };
  const onUpdate = (update: Uint8Array, origin: unknown) => {
    if (origin !== socket && socket.readyState === socket.OPEN) sendUpdate(update);
  };

  socket.on("open", () => send(syncFrame(syncStep1, Y.encodeStateVector(doc))));
  socket.on("error", () => undefined);
  socket.on("close", (code) => {
    closeCode = code;
    doc.off("update", onUpdate);
  });
  socket.on("message", (data: Buffer) => {
    const decoder = decoding.createDecoder(new Uint8Array(data));
    switch (decoding.readVarUint(decoder)) {
      case messageSync: {
        const kind = decoding.readVarUint(decoder);
        const bytes = decoding.readVarUint8Array(decoder);
        if (kind === syncStep1) {
          stateVectorsHeard += 1;
          sent += 1;
          send(syncFrame(syncStep2, Y.encodeStateAsUpdate(doc, bytes)));
          // What is typed from here on is not in that answer.
          if (!hasAnswered) doc.on("update", onUpdate);
          hasAnswered = true;
        } else {
          if (kind === syncStep2 || options.isDeaf !== true) Y.applyUpdate(doc, bytes, socket);
          if (kind === syncStep2) isSynced = true;
        }
        break;
      }
      case messageAwareness:
        presence.push(...readPresence(decoding.readVarUint8Array(decoder)));
        break;
      case messageSaved: {
        const message = decodeSaved(decoder);
        if (!message.ok) throw new Error("unreadable saved message");
        told.push(message.value);
        if (message.value.kind === "saved") saved = message.value.count;
        break;
      }
      case messageWorkshopState:
        states.push(decoding.readVarString(decoder));
        break;
    }
  });

  return {
    doc,
    socket,
    sent: () => sent,
    saved: () => saved,
    isSaved: () => hasAnswered && saved === sent,
    told,
    states,
    presence,
    stateVectorsHeard: () => stateVectorsHeard,
    closeCode: () => closeCode,
    isSynced: () => isSynced,
    send,
    sendUpdate,
    sendPresence: (entries) => send(presenceFrame(entries)),
    close: () => socket.close(),
  };
}

export function syncFrame(kind: number, bytes: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, messageSync);
  encoding.writeVarUint(encoder, kind);
  encoding.writeVarUint8Array(encoder, bytes);
  return encoding.toUint8Array(encoder);
}

export function presenceFrame(entries: readonly Presence[]): Uint8Array {
  const inner = encoding.createEncoder();
  encoding.writeVarUint(inner, entries.length);
  for (const { clientId, clock, json } of entries) {
    encoding.writeVarUint(inner, clientId);
    encoding.writeVarUint(inner, clock);
    encoding.writeVarString(inner, json);
  }
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, messageAwareness);
  encoding.writeVarUint8Array(encoder, encoding.toUint8Array(inner));
  return encoding.toUint8Array(encoder);
}

function readPresence(bytes: Uint8Array): Presence[] {
  const decoder = decoding.createDecoder(bytes);
  return Array.from({ length: decoding.readVarUint(decoder) }, () => ({
    clientId: decoding.readVarUint(decoder),
    clock: decoding.readVarUint(decoder),
    json: decoding.readVarString(decoder),
  }));
}
