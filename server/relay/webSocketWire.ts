import type { Duplex } from "node:stream";
import type { RawData, WebSocket } from "ws";
import type { Wire } from "./wire.ts";

/*
 * A wire on a websocket. Reading is left to `ws`; messages are written to the socket below it in one piece, head and
 * all, and a message for many is put in that form once. `ws` itself writes every frame whole and at once (there is no
 * compression here), so the two never get in each other's way.
 *
 * A quarter of what a busy board costs is handing bytes to the network, once per wire and write, however few they are.
 * What is sent in one go, as changes and pointers of one tick, is therefore one write.
 */

export type WireFactory = (webSocket: WebSocket, socket: Duplex) => Wire;

/** One factory for all connections, so that the messages of one tick are framed, and put together, once. */
export function createWireFactory(): WireFactory {
  let lastMessage: Uint8Array | null = null;
  let lastFrame: Uint8Array = new Uint8Array();
  let lastFrames: readonly Uint8Array[] = [];
  let lastJoined: Uint8Array = new Uint8Array();
  let waiting: (() => void)[] = [];

  function writeSoon(write: () => void): void {
    if (waiting.length === 0) queueMicrotask(writeAll);
    waiting.push(write);
  }

  function writeAll(): void {
    const now = waiting;
    waiting = [];
    for (const write of now) write();
    // The answer to somebody who joined may be large: it is not kept for longer than it is needed.
    lastFrames = [];
    lastJoined = new Uint8Array();
  }

  function frameOf(message: Uint8Array): Uint8Array {
    if (message !== lastMessage) {
      lastMessage = message;
      lastFrame = binaryFrame(message);
    }
    return lastFrame;
  }

  /** One piece of memory for all who get the same frames, each of which is one object for everybody. */
  function join(frames: readonly Uint8Array[]): Uint8Array {
    const [only] = frames;
    if (only !== undefined && frames.length === 1) return only;
    const isAsBefore =
      frames.length === lastFrames.length && frames.every((frame, index) => frame === lastFrames[index]);
    if (!isAsBefore) {
      lastFrames = frames;
      lastJoined = Buffer.concat(frames);
    }
    return lastJoined;
  }

  return (webSocket, socket) => {
    /** What was sent in this go, framed. */
    let held: Uint8Array[] = [];
    let heldBytes = 0;

    function write(): void {
      const frames = held;
      held = [];
      heldBytes = 0;
      if (frames.length === 0 || webSocket.readyState !== webSocket.OPEN || socket.destroyed) return;
      socket.write(join(frames));
    }

    // What arrives before somebody listens waits in the network, not in memory.
    webSocket.pause();
    // Errors end in `close`; until somebody listens nobody needs to know more.
    webSocket.on("error", () => webSocket.terminate());
    return {
      listen({ onMessage, onText, onAlive, onFault, onEnd }) {
        let hasEnded = false;
        const end = () => {
          if (hasEnded) return;
          hasEnded = true;
          onEnd();
        };
        webSocket.on("message", (data: RawData, isBinary: boolean) => {
          if (isBinary) onMessage(bytesOf(data));
          else onText();
        });
        webSocket.on("pong", onAlive);
        webSocket.on("error", (error) => onFault(isTooLarge(error) ? "tooLarge" : "websocket"));
        webSocket.on("close", end);
        if (webSocket.readyState === webSocket.CLOSED) queueMicrotask(end);
        else webSocket.resume();
      },
      send(message) {
        const frame = frameOf(message);
        if (held.length === 0) writeSoon(write);
        held.push(frame);
        heldBytes += frame.length;
      },
      bufferedBytes: () => socket.writableLength + heldBytes,
      ping: () => webSocket.ping(),
      close(code, word) {
        write();
        webSocket.resume();
        webSocket.close(code, word);
      },
      cut: () => webSocket.terminate(),
    };
  };
}

/** RFC 6455, section 5.2: a final binary frame of a server, which is not masked. */
function binaryFrame(message: Uint8Array): Uint8Array {
  const { length } = message;
  const headLength = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(headLength + length);
  frame[0] = 0x82;
  if (headLength === 2) frame[1] = length;
  else if (headLength === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.set(message, headLength);
  return frame;
}

function isTooLarge(error: Error): boolean {
  return "code" in error && error.code === "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH";
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
