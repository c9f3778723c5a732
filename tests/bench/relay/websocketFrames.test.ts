import * as decoding from "lib0/decoding";
import { expect, test } from "vitest";
import { createSeededRandom } from "../../support/random.ts";
import { createCursorFrame, timeOfCursor } from "./cursorFrame.ts";
import { createFrameWalker } from "./websocketFrames.ts";

/* The benchmark's own websocket client: what it misreads would be counted against the servers. */

function serverFrame(payload: Uint8Array): Buffer {
  const { length } = payload;
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  head[0] = 0x82;
  if (length < 126) head[1] = length;
  else if (length < 65_536) {
    head[1] = 126;
    head.writeUInt16BE(length, 2);
  } else {
    head[1] = 127;
    head.writeBigUInt64BE(BigInt(length), 2);
  }
  return Buffer.concat([head, payload]);
}

function walk(pieces: readonly Uint8Array[], mostKept: number): { start: string; length: number }[] {
  const heard: { start: string; length: number }[] = [];
  const walker = createFrameWalker({
    mostKept,
    onMessage: (kept, length) => heard.push({ start: Buffer.from(kept).toString("hex"), length }),
    onPing: () => undefined,
    onPong: () => undefined,
  });
  for (const piece of pieces) walker.walk(piece);
  return heard;
}

test.each([4, Number.POSITIVE_INFINITY])(
  "messages are the same in whatever pieces they arrive, %d bytes kept",
  (mostKept) => {
    const random = createSeededRandom(7);
    const payloads = [0, 1, 3, 125, 126, 4_000, 65_535, 65_536, 2].map((length) =>
      Uint8Array.from({ length }, () => Math.floor(random() * 256)),
    );
    const bytes = Buffer.concat(payloads.map(serverFrame));
    const expected = payloads.map((payload) => ({
      start: Buffer.from(payload.subarray(0, Math.min(payload.length, mostKept))).toString("hex"),
      length: payload.length,
    }));

    for (const largest of [1, 7, 1_000, 100_000, bytes.length]) {
      const pieces: Uint8Array[] = [];
      for (let at = 0; at < bytes.length; ) {
        const end = at + 1 + Math.floor(random() * largest);
        pieces.push(bytes.subarray(at, end));
        at = end;
      }
      expect(walk(pieces, mostKept)).toEqual(expected);
    }
  },
);

test("a patched cursor says where it is, with a higher clock each time", () => {
  const board = { id: "board0", key: "" };
  const cursor = createCursorFrame("hocuspocus", board, 4_000_000_000);
  const moves = [0, 0.1, 12.3, 1_999, 60_000.4].map((now) => {
    const frame = cursor.at(now);
    const headLength = ((frame[1] ?? 0) & 0x7f) === 126 ? 4 : 2;
    const mask = frame.subarray(headLength, headLength + 4);
    const message = frame.subarray(headLength + 4).map((byte, index) => byte ^ (mask[index & 3] ?? 0));
    const decoder = decoding.createDecoder(new Uint8Array(message));
    const name = decoding.readVarString(decoder);
    const type = decoding.readVarUint(decoder);
    const states = decoding.createDecoder(decoding.readVarUint8Array(decoder));
    const head = [decoding.readVarUint(states), decoding.readVarUint(states)];
    return { name, type, head, clock: decoding.readVarUint(states), json: decoding.readVarString(states) };
  });

  expect(moves.map(({ json }) => timeOfCursor(json))).toEqual([0, 0.1, 12.3, 1_999, 60_000.4]);
  expect(moves.map(({ clock }) => clock - (moves[0]?.clock ?? 0))).toEqual([0, 1, 2, 3, 4]);
  for (const { name, type, head, json } of moves) {
    expect([name, type, ...head]).toEqual(["board0", 1, 1, 4_000_000_000]);
    expect(JSON.parse(json)).toMatchObject({ participant: "p0123456789abcdef", pointer: { y: 640 } });
  }
});
