import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { WebSocket } from "ws";
import * as Y from "yjs";
import { z } from "zod";

/*
 * Raw clients of one board in one process: every one moves its cursor 20 times a second and makes a note every two
 * seconds. A few of them read what arrives and measure; the others only take it in, so that they are not what is
 * measured. Prints one line of JSON.
 */

const setup = z
  .object({
    port: z.coerce.number(),
    dialect: z.enum(["yWebsocket", "hocuspocus", "forward"]),
    boards: z
      .string()
      .transform((text) => z.array(z.object({ id: z.string(), key: z.string() })).parse(JSON.parse(text))),
    clients: z.coerce.number(),
    seconds: z.coerce.number(),
  })
  .parse(JSON.parse(process.argv[2] ?? "{}"));

const cursorEveryMs = 50;
const editEveryMs = 2_000;
const warmUpMs = 2_000;
const probesPerBoard = 8;

type Client = {
  readonly socket: WebSocket;
  readonly doc: Y.Doc;
  readonly board: string;
  readonly isProbe: boolean;
  nextCursorAt: number;
  nextEditAt: number;
  clock: number;
  edits: number;
  readonly seen: Set<string>;
};

const waits: number[] = [];
let cursorWaits: number[] = [];
let bytes = 0;
let messages = 0;
let closed = 0;
let isMeasuring = false;
const made = new Map<string, string[]>();

function framed(board: string, write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  if (setup.dialect === "hocuspocus") encoding.writeVarString(encoder, board);
  write(encoder);
  return encoding.toUint8Array(encoder);
}

const updateFrame = (board: string, update: Uint8Array, kind: 1 | 2) =>
  framed(board, (encoder) => {
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarUint(encoder, kind);
    encoding.writeVarUint8Array(encoder, update);
  });

function cursorFrame(client: Client, now: number): Uint8Array {
  return framed(client.board, (encoder) => {
    const inner = encoding.createEncoder();
    encoding.writeVarUint(inner, 1);
    encoding.writeVarUint(inner, client.doc.clientID);
    client.clock += 1;
    encoding.writeVarUint(inner, client.clock);
    encoding.writeVarString(
      inner,
      JSON.stringify({
        participant: "p0123456789abcdef",
        pointer: { x: Math.round(now % 3200), y: 640, t: Math.round(now * 10) },
      }),
    );
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarUint8Array(encoder, encoding.toUint8Array(inner));
  });
}

function open(board: { readonly id: string; readonly key: string }, isProbe: boolean): Promise<Client> {
  const protocols =
    setup.dialect === "yWebsocket" && board.key !== "" ? ["collaboration-tree.v1", `key.${board.key}`] : [];
  const path = board.key === "" ? `/${board.id}` : `/rooms/${board.id}`;
  const socket = new WebSocket(`ws://127.0.0.1:${setup.port}${path}`, protocols, {
    perMessageDeflate: false,
  });
  const now = performance.now();
  const client: Client = {
    socket,
    doc: new Y.Doc(),
    board: board.id,
    isProbe,
    nextCursorAt: now + Math.random() * cursorEveryMs,
    nextEditAt: now + Math.random() * editEveryMs,
    clock: 0,
    edits: 0,
    seen: new Set(),
  };
  client.doc.on("update", (update: Uint8Array) => socket.send(updateFrame(board.id, update, 2)));
  socket.on("message", (data: Buffer) => {
    bytes += data.length;
    messages += 1;
    if (isProbe) read(client, data);
  });
  socket.on("close", () => {
    closed += 1;
  });
  return new Promise((resolve, reject) => {
    socket.on("error", reject);
    socket.on("open", () => {
      if (setup.dialect === "hocuspocus") {
        socket.send(
          framed(board.id, (encoder) => {
            encoding.writeVarUint(encoder, 2);
            encoding.writeVarUint(encoder, 0);
            encoding.writeVarString(encoder, "");
            encoding.writeVarString(encoder, "4.7.0");
          }),
        );
      }
      socket.send(
        framed(board.id, (encoder) => {
          encoding.writeVarUint(encoder, 0);
          encoding.writeVarUint(encoder, 0);
          encoding.writeVarUint8Array(encoder, Uint8Array.of(0));
        }),
      );
      socket.send(updateFrame(board.id, Uint8Array.of(0, 0), 1));
      resolve(client);
    });
  });
}

function read(client: Client, data: Buffer): void {
  const now = performance.now();
  const decoder = decoding.createDecoder(new Uint8Array(data));
  while (decoding.hasContent(decoder)) {
    if (setup.dialect === "hocuspocus") decoding.readVarString(decoder);
    const type = decoding.readVarUint(decoder);
    if (type === 1) {
      readCursors(decoding.readVarUint8Array(decoder), now);
    } else if (type === 0 || type === 4) {
      const kind = decoding.readVarUint(decoder);
      const update = decoding.readVarUint8Array(decoder);
      if (kind !== 0) readEdits(client, update, now);
    } else {
      return;
    }
  }
}

function readEdits(client: Client, update: Uint8Array, now: number): void {
  for (const struct of Y.decodeUpdate(update).structs) {
    if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentAny)) continue;
    const [value] = struct.content.arr;
    if (typeof value !== "object" || value === null || typeof value.at !== "number") continue;
    if (client.seen.has(value.name)) continue;
    client.seen.add(value.name);
    if (isMeasuring && value.by !== client.doc.clientID) waits.push(now - value.at);
  }
}

function readCursors(inner: Uint8Array, now: number): void {
  if (!isMeasuring) return;
  const decoder = decoding.createDecoder(inner);
  const count = decoding.readVarUint(decoder);
  for (let index = 0; index < count; index += 1) {
    decoding.readVarUint(decoder);
    decoding.readVarUint(decoder);
    const at = /"t":(\d+)/.exec(decoding.readVarString(decoder))?.[1];
    if (at !== undefined) cursorWaits.push(now - Number(at) / 10);
  }
  if (cursorWaits.length > 2_000_000) cursorWaits = cursorWaits.slice(1_000_000);
}

const clients: Client[] = [];
for (let index = 0; index < setup.clients; index += 1) {
  const board = setup.boards[index % setup.boards.length];
  if (board === undefined) throw new Error("no board");
  clients.push(await open(board, Math.floor(index / setup.boards.length) < probesPerBoard));
}

let isActing = true;
const beat = setInterval(() => {
  const now = performance.now();
  for (const client of clients) {
    if (!isActing || client.socket.readyState !== WebSocket.OPEN) continue;
    if (now >= client.nextCursorAt) {
      client.nextCursorAt += cursorEveryMs;
      if (now > client.nextCursorAt) client.nextCursorAt = now + cursorEveryMs;
      client.socket.send(cursorFrame(client, now));
    }
    if (now >= client.nextEditAt) {
      client.nextEditAt += editEveryMs;
      client.edits += 1;
      const name = `${client.doc.clientID}-${client.edits}`;
      made.set(client.board, [...(made.get(client.board) ?? []), name]);
      client.doc.getMap("notes").set(name, { name, by: client.doc.clientID, at: now });
    }
  }
}, 5);

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
await pause(warmUpMs);
isMeasuring = true;
const before = { bytes, messages, at: performance.now() };
process.stderr.write("measuring\n");
await pause(setup.seconds * 1000);
isMeasuring = false;
const seconds = (performance.now() - before.at) / 1000;
process.stderr.write("measured\n");
const figures = { bytes: (bytes - before.bytes) / seconds, messages: (messages - before.messages) / seconds };
isActing = false;

const probes = clients.filter(({ isProbe }) => isProbe);
const missingOf = (client: Client) =>
  (made.get(client.board) ?? []).filter(
    (name) => !client.seen.has(name) && !name.startsWith(`${client.doc.clientID}-`),
  ).length;
for (let wait = 0; wait < 100 && probes.some((client) => missingOf(client) > 0); wait += 1) await pause(100);
const missing = probes.reduce((sum, client) => sum + missingOf(client), 0);
clearInterval(beat);

const at = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
waits.sort((a, b) => a - b);
cursorWaits.sort((a, b) => a - b);
console.log(
  JSON.stringify({
    editP50: at(waits, 0.5),
    editP99: at(waits, 0.99),
    cursorP50: at(cursorWaits, 0.5),
    edits: [...made.values()].reduce((sum, names) => sum + names.length, 0),
    measured: waits.length,
    missing,
    closed,
    cursorsPerSecond: cursorWaits.length / seconds / Math.max(1, probes.length),
    ...figures,
  }),
);
process.exit(0);
