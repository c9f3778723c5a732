import { randomBytes } from "node:crypto";
import { connect } from "node:net";
import { createFrameWalker, maskFrame, opcodeBinary, opcodePing } from "./websocketFrames.ts";

/*
 * A websocket on a bare TCP socket that costs the load next to nothing: all sockets read into one buffer, what arrives
 * is walked over where it lies, and what is sent was built before.
 */

export type RawSocket = {
  /** False when the network has not taken all that was sent before: then a frame that is patched must be copied. */
  readonly isDrained: () => boolean;
  /** Sends a frame that is masked already. */
  readonly write: (frame: Buffer) => void;
  readonly send: (payload: Uint8Array) => void;
  /** Resolves when the server has come to this point of what was sent. */
  readonly pong: () => Promise<void>;
  readonly bytesReceived: () => number;
  readonly close: () => void;
};

export type RawSocketOptions = {
  readonly port: number;
  readonly path: string;
  readonly protocols: readonly string[];
  /** Bytes of each message that `onMessage` wants to see, all of them with Infinity. */
  readonly mostKept: number;
  /** Called before the first message. */
  readonly onOpen?: (socket: RawSocket) => void;
  readonly onMessage: (kept: Uint8Array, length: number) => void;
  readonly onClose: () => void;
};

const buffer = Buffer.alloc(256 * 1024);
const endOfHead = Buffer.from("\r\n\r\n");

export function openRawSocket(options: RawSocketOptions): Promise<RawSocket> {
  const { port, path, protocols, mostKept, onOpen, onMessage, onClose } = options;
  return new Promise((resolve, reject) => {
    let head: Buffer | null = Buffer.alloc(0);
    let received = 0;
    const waitingForPong: (() => void)[] = [];
    const walker = createFrameWalker({
      mostKept,
      onMessage,
      onPing: (pong) => void socket.write(pong),
      onPong: () => waitingForPong.shift()?.(),
    });
    const socket = connect({
      port,
      host: "127.0.0.1",
      noDelay: true,
      onread: {
        buffer,
        callback(size) {
          take(buffer.subarray(0, size));
          return true;
        },
      },
    });
    const opened: RawSocket = {
      isDrained: () => socket.writableLength === 0,
      write: (frame) => void socket.write(frame),
      send: (payload) => void socket.write(maskFrame(payload, opcodeBinary).bytes),
      pong() {
        socket.write(maskFrame(new Uint8Array(0), opcodePing).bytes);
        return new Promise((heard) => waitingForPong.push(heard));
      },
      bytesReceived: () => received,
      close: () => socket.destroy(),
    };

    function take(chunk: Buffer): void {
      if (head === null) {
        received += chunk.length;
        walker.walk(chunk);
        return;
      }
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf(endOfHead);
      if (end < 0) return;
      const rest = head.subarray(end + endOfHead.length);
      const [status] = head.toString("latin1", 0, end).split("\r\n");
      if (status === undefined || !status.includes(" 101 ")) {
        reject(new Error(`no websocket: ${status}`));
        socket.destroy();
        return;
      }
      head = null;
      onOpen?.(opened);
      resolve(opened);
      if (rest.length > 0) take(rest);
    }

    socket.on("error", reject);
    socket.on("close", () => {
      reject(new Error("closed"));
      for (const heard of waitingForPong) heard();
      onClose();
    });
    socket.write(
      [
        `GET ${path} HTTP/1.1`,
        `Host: 127.0.0.1:${port}`,
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}`,
        ...(protocols.length > 0 ? [`Sec-WebSocket-Protocol: ${protocols.join(", ")}`] : []),
        "\r\n",
      ].join("\r\n"),
    );
  });
}
