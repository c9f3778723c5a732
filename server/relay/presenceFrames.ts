import { messageAwareness } from "../../shared/protocol/messages.ts";

export type PresenceEntry = { readonly clientId: number; readonly clock: number; readonly json: string };

/**
 * y-protocols' awareness update: count, then id, clock and JSON of each. Sizes are worked out first, so that the frame
 * is one piece of memory.
 */
export function encodePresenceFrame(entries: readonly PresenceEntry[]): Uint8Array {
  const textBytes = entries.map(({ json }) => Buffer.byteLength(json));
  const inner = entries.reduce((sum, { clientId, clock }, index) => {
    const length = textBytes[index] ?? 0;
    return sum + varUintBytes(clientId) + varUintBytes(clock) + varUintBytes(length) + length;
  }, varUintBytes(entries.length));
  const frame = Buffer.allocUnsafe(varUintBytes(messageAwareness) + varUintBytes(inner) + inner);
  let at = writeVarUint(frame, messageAwareness, 0);
  at = writeVarUint(frame, inner, at);
  at = writeVarUint(frame, entries.length, at);
  for (const [index, { clientId, clock, json }] of entries.entries()) {
    at = writeVarUint(frame, clientId, at);
    at = writeVarUint(frame, clock, at);
    at = writeVarUint(frame, textBytes[index] ?? 0, at);
    at += frame.write(json, at);
  }
  return frame;
}

function varUintBytes(value: number): number {
  let bytes = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) bytes += 1;
  return bytes;
}

/** Gives the position after it. */
function writeVarUint(into: Buffer, value: number, position: number): number {
  let at = position;
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) {
    into[at] = 128 | (rest % 128);
    at += 1;
  }
  into[at] = rest;
  return at + 1;
}
