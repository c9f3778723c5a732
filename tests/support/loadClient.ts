import { once } from "node:events";
import * as decoding from "lib0/decoding";
import { WebSocket } from "ws";
import * as Y from "yjs";
import {
  decodeSaved,
  messageSaved,
  messageSync,
  subprotocolKeyPrefix,
  subprotocolOurs,
  syncStep1,
  syncStep2,
  syncUpdate,
} from "../../shared/protocol/messages.ts";
import { presenceFrame, syncFrame } from "./rawClient.ts";

/** Somebody who sends much and looks at nothing, so that the load itself costs as little as it can. */
export type LoadClient = {
  readonly doc: Y.Doc;
  readonly socket: WebSocket;
  readonly sent: () => number;
  /** What the relay said of the frames sent. */
  readonly saved: () => number;
  readonly refused: () => number;
  readonly movePointer: () => void;
};

/** Resolves when the relay has answered; the document gets nothing of what others make. */
export async function openLoadClient(options: {
  readonly socketUrl: string;
  readonly boardId: string;
  readonly key: string;
}): Promise<LoadClient> {
  const doc = new Y.Doc();
  const socket = new WebSocket(`${options.socketUrl}/${options.boardId}`, [
    subprotocolOurs,
    subprotocolKeyPrefix + options.key,
  ]);
  let sent = 0;
  let saved = 0;
  let refused = 0;
  let clock = 0;
  socket.on("error", () => undefined);
  const answered = new Promise<void>((resolve) => {
    socket.on("message", (data: Buffer) => {
      if (data[0] === messageSync && data[1] === syncStep2) resolve();
      if (data[0] !== messageSaved) return;
      const decoder = decoding.createDecoder(new Uint8Array(data));
      decoding.readVarUint(decoder);
      const message = decodeSaved(decoder);
      if (message.ok && message.value.kind === "saved") saved = message.value.count;
      if (message.ok && message.value.kind === "refused") refused += 1;
    });
  });
  await once(socket, "open");
  socket.send(syncFrame(syncStep1, Y.encodeStateVector(doc)));
  await answered;
  doc.on("update", (update: Uint8Array) => {
    if (socket.readyState !== socket.OPEN) return;
    sent += 1;
    socket.send(syncFrame(syncUpdate, update));
  });
  return {
    doc,
    socket,
    sent: () => sent,
    saved: () => saved,
    refused: () => refused,
    movePointer() {
      clock += 1;
      const json = JSON.stringify({ participant: null, pointer: { x: clock % 3200, y: 640 } });
      if (socket.readyState === socket.OPEN) {
        socket.send(presenceFrame([{ clientId: doc.clientID, clock, json }]));
      }
    },
  };
}
