import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import * as Y from "yjs";
import { maxPresenceBytes, maxPresenceDepth } from "../../shared/protocol/limits.ts";
import {
  decodePresenceWanted,
  messageAuth,
  messageAwareness,
  messagePresenceWanted,
  messageProbe,
  messageQueryAwareness,
  messageSync,
  permissionDenied,
  syncStep1,
  syncStep2,
  syncUpdate,
} from "../../shared/protocol/messages.ts";
import { type Result, refuse, succeed } from "../../shared/result.ts";
import type { DecodedUpdate } from "./checkUpdate.ts";

export type PresenceEntry = { readonly clientId: number; readonly clock: number; readonly json: string };

export type Frame =
  | { readonly kind: "stateVector"; readonly bytes: Uint8Array }
  | {
      readonly kind: "update";
      readonly bytes: Uint8Array;
      readonly decoded: DecodedUpdate;
      readonly isAnswer: boolean;
    }
  | { readonly kind: "presence"; readonly entries: readonly PresenceEntry[] }
  | { readonly kind: "queryPresence" }
  | { readonly kind: "presenceWanted"; readonly isWanted: boolean }
  | { readonly kind: "probe" };

/** Clients send one or two; thousands in one message would cost as many answers. */
const maxFramesPerMessage = 8;

/** Bytes of one websocket message to what it says. Everything is read to its end before anything acts on it. */
export function decodeFrames(data: Uint8Array): Result<readonly Frame[], "unreadable"> {
  try {
    // lib0 makes views on the whole buffer below its input, which may go on after this frame.
    const decoder = decoding.createDecoder(new Uint8Array(data));
    const frames: Frame[] = [];
    do {
      const frame = readFrame(decoder);
      if (frame === null) return refuse("unreadable");
      frames.push(frame);
      if (frames.length > maxFramesPerMessage) return refuse("unreadable");
    } while (decoding.hasContent(decoder));
    return succeed(frames);
  } catch {
    // lib0 and Yjs throw on bytes that are not theirs: that is input, not a bug.
    return refuse("unreadable");
  }
}

function readFrame(decoder: decoding.Decoder): Frame | null {
  switch (decoding.readVarUint(decoder)) {
    case messageSync:
      return readSync(decoder);
    case messageAwareness:
      return readPresence(decoding.readVarUint8Array(decoder).slice());
    case messageQueryAwareness:
      return { kind: "queryPresence" };
    case messagePresenceWanted:
      return { kind: "presenceWanted", isWanted: decodePresenceWanted(decoder) };
    case messageProbe:
      decoding.readVarUint(decoder);
      return { kind: "probe" };
    default:
      return null;
  }
}

function readSync(decoder: decoding.Decoder): Frame | null {
  const kind = decoding.readVarUint(decoder);
  const bytes = decoding.readVarUint8Array(decoder).slice();
  if (kind === syncStep1) {
    Y.decodeStateVector(bytes);
    return { kind: "stateVector", bytes };
  }
  if (kind !== syncStep2 && kind !== syncUpdate) return null;
  return { kind: "update", bytes, decoded: Y.decodeUpdate(bytes), isAnswer: kind === syncStep2 };
}

function readPresence(bytes: Uint8Array): Frame | null {
  const decoder = decoding.createDecoder(bytes);
  const count = decoding.readVarUint(decoder);
  const entries: PresenceEntry[] = [];
  for (let index = 0; index < count; index += 1) {
    const clientId = decoding.readVarUint(decoder);
    const clock = decoding.readVarUint(decoder);
    const json = decoding.readVarString(decoder);
    entries.push({ clientId, clock, json });
  }
  return { kind: "presence", entries };
}

/** Small enough and shallow enough to hand on: a deep state would overflow the stack of whoever encodes it next. */
export function isAcceptablePresence(json: string): boolean {
  if (Buffer.byteLength(json) > maxPresenceBytes) return false;
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < json.length; index += 1) {
    const character = json[index];
    if (isInString) {
      if (character === "\\") index += 1;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === "{" || character === "[") depth += 1;
    else if (character === "}" || character === "]") depth -= 1;
    if (depth > maxPresenceDepth) return false;
  }
  try {
    const value: unknown = JSON.parse(json);
    return value === null || typeof value === "object";
  } catch {
    // Not JSON: the presence of somebody who sends that is not shown.
    return false;
  }
}

export function encodeStateVectorFrame(stateVector: Uint8Array): Uint8Array {
  return encodeSync(syncStep1, stateVector);
}

/** What somebody lacks; whoever still waits for an answer has it with this. */
export function encodeAnswerFrame(missing: Uint8Array): Uint8Array {
  return encodeSync(syncStep2, missing);
}

/** y-protocols' own word for a refusal; stock clients hand it to their `permissionDenied` handler. */
export function encodeDeniedFrame(reason: string): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, messageAuth);
  encoding.writeVarUint(encoder, permissionDenied);
  encoding.writeVarString(encoder, reason);
  return encoding.toUint8Array(encoder);
}

export function encodeUpdateFrame(update: Uint8Array): Uint8Array {
  return encodeSync(syncUpdate, update);
}

export function encodePresenceFrame(entries: readonly PresenceEntry[]): Uint8Array {
  return createPresenceFrames(entries).whole;
}

/** The presence of many, encoded once for everybody: who is among them gets the same bytes without their own. */
export type PresenceFrames = {
  readonly whole: Uint8Array;
  readonly without: (clientId: number) => Uint8Array;
};

export function createPresenceFrames(entries: readonly PresenceEntry[]): PresenceFrames {
  const encoder = encoding.createEncoder();
  const ranges = new Map<number, readonly [start: number, end: number]>();
  for (const entry of entries) {
    const start = encoding.length(encoder);
    encoding.writeVarUint(encoder, entry.clientId);
    encoding.writeVarUint(encoder, entry.clock);
    encoding.writeVarString(encoder, entry.json);
    ranges.set(entry.clientId, [start, encoding.length(encoder)]);
  }
  const body = encoding.toUint8Array(encoder);

  function framed(count: number, parts: readonly Uint8Array[]): Uint8Array {
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    const counted = varUint(count);
    const head = [varUint(messageAwareness), varUint(counted.length + length), counted];
    return Buffer.concat([...head, ...parts]);
  }

  return {
    whole: framed(entries.length, [body]),
    without(clientId) {
      const range = ranges.get(clientId);
      if (range === undefined) return this.whole;
      return framed(entries.length - 1, [body.subarray(0, range[0]), body.subarray(range[1])]);
    },
  };
}

function varUint(value: number): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, value);
  return encoding.toUint8Array(encoder);
}

function encodeSync(kind: number, bytes: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, messageSync);
  encoding.writeVarUint(encoder, kind);
  encoding.writeVarUint8Array(encoder, bytes);
  return encoding.toUint8Array(encoder);
}
