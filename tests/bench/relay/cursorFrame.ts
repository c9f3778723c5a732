import * as encoding from "lib0/encoding";
import { type BenchBoard, type Dialect, presenceMessage } from "./dialects.ts";
import { maskFrame, opcodeBinary, patchFrame } from "./websocketFrames.ts";

/*
 * The presence of one client as a masked frame that is built once. For each move only digits and the clock change,
 * and they keep their width: numbers start so high that they never grow by a place.
 */

export type CursorFrame = {
  /** The frame for a pointer at `now`; the next call overwrites it. */
  readonly at: (now: number) => Buffer;
};

/** From here on a clock takes three bytes, for two million moves. */
const firstClock = 16_384;
const clockBytes = 3;
const timeBase = 1_000_000_000;
const columnBase = 1_000;
const columns = 2_000;

export function createCursorFrame(dialect: Dialect, board: BenchBoard, clientId: number): CursorFrame {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, 1);
  encoding.writeVarUint(encoder, clientId);
  const clockOffset = encoding.length(encoder);
  encoding.writeVarUint(encoder, firstClock);
  encoding.writeVarString(
    encoder,
    JSON.stringify({ participant: "p0123456789abcdef", pointer: { x: columnBase, y: 640, t: timeBase } }),
  );
  const states = encoding.toUint8Array(encoder);
  const message = presenceMessage(dialect, board, states);
  const statesStart = message.length - states.length;
  const text = Buffer.from(message).toString("latin1");
  const columnAt = text.indexOf(`"x":${columnBase}`) + 4;
  const timeAt = text.indexOf(`"t":${timeBase}`) + 4;
  const frame = maskFrame(message, opcodeBinary);
  let clock = firstClock;

  function patchNumber(at: number, value: number): void {
    const digits = String(value);
    for (let index = 0; index < digits.length; index += 1) {
      patchFrame(frame, at + index, digits.charCodeAt(index));
    }
  }

  return {
    at(now) {
      clock += 1;
      for (let index = 0; index < clockBytes; index += 1) {
        const isLast = index === clockBytes - 1;
        patchFrame(
          frame,
          statesStart + clockOffset + index,
          ((clock >> (7 * index)) & 0x7f) | (isLast ? 0 : 0x80),
        );
      }
      patchNumber(columnAt, columnBase + (Math.floor(now) % columns));
      patchNumber(timeAt, timeBase + Math.round(now * 10));
      return frame.bytes;
    },
  };
}

const timePattern = /"t":(\d+)/;

/** When a pointer was at the place that its presence tells; null for who has not moved yet. */
export function timeOfCursor(json: string): number | null {
  const digits = timePattern.exec(json)?.[1];
  return digits === undefined ? null : (Number(digits) - timeBase) / 10;
}
