import { once } from "node:events";
import { connect, type Socket } from "node:net";

/*
 * Bytes against the rules of websockets themselves (RFC 6455), before and after the handshake. A browser cannot send
 * them; whoever wants to harm can.
 */

export type Target = { readonly port: number; readonly path: string; readonly protocols: string };

const mask = [1, 2, 3, 4];
const masked = (bytes: readonly number[]) => bytes.map((byte, index) => byte ^ (mask[index % 4] ?? 0));
const frame = (head: readonly number[], body: readonly number[] = []) =>
  Buffer.from([...head, ...mask, ...masked(body)]);

/** By what is wrong with them. */
export const violations: Readonly<Record<string, Buffer>> = {
  "an unmasked frame": Buffer.from([0x82, 0x02, 0x00, 0x00]),
  "reserved bits": frame([0xf2, 0x82], [0, 0]),
  "an opcode that does not exist": frame([0x8b, 0x82], [0, 0]),
  "a continuation of nothing": frame([0x80, 0x82], [0, 0]),
  "a new message inside another": Buffer.concat([frame([0x02, 0x82], [0, 0]), frame([0x82, 0x82], [0, 0])]),
  "a ping in pieces": frame([0x09, 0x82], [0, 0]),
  "a ping that is too long": frame(
    [0x89, 0xfe, 0x00, 0x80],
    Array.from({ length: 128 }, () => 0),
  ),
  "a length beyond all numbers": frame([0x82, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
  "a length beyond the limit": frame([0x82, 0xff, 0, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff]),
  "a close code that may not be sent": frame([0x88, 0x82], [0x03, 0xed]),
  "a close without a whole code": frame([0x88, 0x81], [0x03]),
  "text that is no UTF-8": frame([0x81, 0x82], [0xff, 0xfe]),
  "a frame that never ends": frame([0x82, 0xfe, 0x10, 0x00], [0, 0, 1]),
  "an HTTP request": Buffer.from("GET / HTTP/1.1\r\nHost: x\r\n\r\n"),
};

/** Instead of a handshake, or in the middle of it. */
export const brokenHandshakes: Readonly<Record<string, (target: Target) => string>> = {
  "no end of the headers": ({ path }) => `GET ${path} HTTP/1.1\r\nUpgrade: websocket\r\n`,
  "another version": (target) => handshake(target).replace("Version: 13", "Version: 7"),
  "no key": (target) => handshake(target).replace(/Sec-WebSocket-Key:.*\r\n/, ""),
  "a key of another length": (target) => handshake(target).replace("dGhlIHNhbXBsZSBub25jZQ==", "abc"),
  "a path with too many dots": (target) => handshake({ ...target, path: "/rooms/../../etc/passwd" }),
  "a path that is no path": (target) => handshake({ ...target, path: "/rooms/%00%ff" }),
  "headers without end": (target) => `${handshake(target).slice(0, -2)}X: ${"x".repeat(40_000)}\r\n\r\n`,
  "bytes from nowhere": () => "\u0000\u0001\u0002 rooms \r\n\r\n",
};

function handshake({ path, protocols }: Target): string {
  return [
    `GET ${path} HTTP/1.1`,
    "Host: 127.0.0.1",
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    `Sec-WebSocket-Protocol: ${protocols}`,
    "\r\n",
  ].join("\r\n");
}

/** A websocket that is open, as bare bytes. */
export async function openBareSocket(target: Target): Promise<Socket> {
  const socket = await openTcp(target.port);
  socket.write(handshake(target));
  const [answer] = (await once(socket, "data")) as [Buffer];
  if (!answer.toString("latin1").startsWith("HTTP/1.1 101")) throw new Error("no websocket");
  socket.resume();
  return socket;
}

export async function openTcp(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  await once(socket, "connect");
  return socket;
}
