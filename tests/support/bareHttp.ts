import { once } from "node:events";
import { connect, type Socket } from "node:net";

export type BareAnswer = {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
};

/** Bytes as they are, which no client of HTTP would send. */
export async function openBareHttp(port: number, bytes: string): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  // Whether it was cut or closed, what counts is what was said before.
  socket.on("error", () => undefined);
  await once(socket, "connect");
  socket.write(bytes);
  return socket;
}

/** All that is said until the other side closes. */
export async function heardUntilClose(socket: Socket): Promise<string> {
  let heard = "";
  socket.on("data", (chunk: Buffer) => {
    heard += chunk.toString();
  });
  await once(socket, "close");
  return heard;
}

export async function answerTo(port: number, bytes: string): Promise<BareAnswer> {
  return readAnswer(await heardUntilClose(await openBareHttp(port, bytes)));
}

export function readAnswer(heard: string): BareAnswer {
  const [head = "", body = ""] = heard.split("\r\n\r\n");
  const [line = "", ...fields] = head.split("\r\n");
  const headers = fields.map((field): [string, string] => {
    const [name = "", ...value] = field.split(":");
    return [name.toLowerCase(), value.join(":").trim()];
  });
  return { status: Number(line.split(" ")[1]), headers: new Map(headers), body };
}
