import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { type WebSocket, WebSocketServer } from "ws";
import * as syncProtocol from "y-protocols/sync";
import * as Y from "yjs";
import { type CloseReason, closeReasons } from "../../shared/protocol/closeReasons.ts";
import {
  encodeSaved,
  messageProbe,
  messageSync,
  subprotocolOurs,
  syncStep1,
} from "../../shared/protocol/messages.ts";

/** One socket of a relay that does only what a test says. */
export type FakeSocket = {
  /** The first two bytes of everything that came. */
  readonly heard: readonly (readonly [number | undefined, number | undefined])[];
  readonly close: (reason: CloseReason) => void;
};

export type FakeRelay = {
  /** `ws://host:port` */
  readonly url: string;
  /** Every socket since the start, the newest last. */
  readonly sockets: readonly FakeSocket[];
  /** From here on it hears everything and answers nothing. */
  readonly fallSilent: () => void;
  readonly dispose: () => Promise<void>;
};

/** Asks, answers and confirms as a relay does, at once and out of memory. */
export async function startFakeRelay(): Promise<FakeRelay> {
  const server = new WebSocketServer({
    host: "127.0.0.1",
    port: 0,
    handleProtocols: () => subprotocolOurs,
  });
  await new Promise((resolve) => server.on("listening", resolve));
  const doc = new Y.Doc();
  const sockets: FakeSocket[] = [];
  let isSilent = false;

  server.on("connection", (socket: WebSocket) => {
    const heard: [number | undefined, number | undefined][] = [];
    let count = 0;
    const say = (message: Uint8Array) => {
      if (!isSilent) socket.send(message);
    };
    sockets.push({
      heard,
      close: (reason) => socket.close(closeReasons[reason].code, reason),
    });
    socket.on("message", (data: Buffer) => {
      heard.push([data[0], data[1]]);
      if (data[0] === messageProbe) say(encodeSaved({ kind: "saved", count }));
      if (data[0] !== messageSync) return;
      const answer = startSyncMessage();
      const decoder = decoding.createDecoder(new Uint8Array(data));
      decoding.readVarUint(decoder);
      if (syncProtocol.readSyncMessage(decoder, answer, doc, null) === syncStep1) {
        say(encoding.toUint8Array(answer));
      } else {
        count += 1;
        say(encodeSaved({ kind: "saved", count }));
      }
    });
    const question = startSyncMessage();
    syncProtocol.writeSyncStep1(question, doc);
    say(encoding.toUint8Array(question));
  });

  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    url: `ws://127.0.0.1:${address.port}`,
    sockets,
    fallSilent() {
      isSilent = true;
    },
    async dispose() {
      for (const socket of server.clients) socket.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function startSyncMessage(): encoding.Encoder {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, messageSync);
  return encoder;
}
