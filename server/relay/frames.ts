import * as encoding from "lib0/encoding";
import * as Y from "yjs";
import { maxPresenceDepth } from "../../shared/protocol/limits.ts";
import {
  messageAuth,
  messageAwareness,
  messagePresenceWanted,
  messageProbe,
  messageQueryAwareness,
  messageSync,
  permissionDenied,
  presenceWantedOf,
  syncStep1,
  syncStep2,
  syncUpdate,
} from "../../shared/protocol/messages.ts";
import { type Result, refuse, succeed } from "../../shared/result.ts";
import { ByteReader } from "./byteReader.ts";
import type { DecodedUpdate } from "./checkUpdate.ts";
import type { PresenceEntry } from "./presenceFrames.ts";

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
export function decodeFrames(message: Uint8Array): Result<readonly Frame[], "unreadable"> {
  try {
    const reader = new ByteReader(message);
    const frames: Frame[] = [];
    do {
      const frame = readFrame(reader);
      if (frame === null) return refuse("unreadable");
      frames.push(frame);
      if (frames.length > maxFramesPerMessage) return refuse("unreadable");
    } while (reader.hasMore());
    return succeed(frames);
  } catch {
    // The reader and Yjs throw on bytes that are not theirs: that is input, not a bug.
    return refuse("unreadable");
  }
}

function readFrame(reader: ByteReader): Frame | null {
  switch (reader.varUint()) {
    case messageSync:
      return readSync(reader);
    case messageAwareness:
      return readPresence(new ByteReader(reader.bytes()));
    case messageQueryAwareness:
      return { kind: "queryPresence" };
    case messagePresenceWanted:
      return { kind: "presenceWanted", isWanted: presenceWantedOf(reader.varUint()) };
    case messageProbe:
      reader.varUint();
      return { kind: "probe" };
    default:
      return null;
  }
}

function readSync(reader: ByteReader): Frame | null {
  const kind = reader.varUint();
  // Yjs keeps parts of what it reads, which must not hold on to the network's memory.
  const bytes = new Uint8Array(reader.bytes());
  if (kind === syncStep1) {
    Y.decodeStateVector(bytes);
    return { kind: "stateVector", bytes };
  }
  if (kind !== syncStep2 && kind !== syncUpdate) return null;
  return { kind: "update", bytes, decoded: Y.decodeUpdate(bytes), isAnswer: kind === syncStep2 };
}

function readPresence(reader: ByteReader): Frame {
  const entries: PresenceEntry[] = [];
  for (let left = reader.varUint(); left > 0; left -= 1) {
    entries.push({ clientId: reader.varUint(), clock: reader.varUint(), json: reader.text() });
  }
  return { kind: "presence", entries };
}

/** Small enough and shallow enough to hand on: a deep state would overflow the stack of whoever encodes it next. */
export function isAcceptablePresence(json: string, maxBytes: number): boolean {
  if (json.length > maxBytes || Buffer.byteLength(json) > maxBytes) return false;
  if (isNestedTooDeep(json)) return false;
  try {
    const value: unknown = JSON.parse(json);
    return value === null || typeof value === "object";
  } catch {
    // Not JSON: the presence of somebody who sends that is not shown.
    return false;
  }
}

const [quote, backslash, openBrace, closeBrace, openBracket, closeBracket] = [34, 92, 123, 125, 91, 93];

/** Counts brackets outside strings: tens of thousands of times a second, so by number and not by letter. */
function isNestedTooDeep(json: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < json.length; index += 1) {
    const code = json.charCodeAt(index);
    if (isInString) {
      if (code === backslash) index += 1;
      else if (code === quote) isInString = false;
    } else if (code === quote) isInString = true;
    else if (code === openBrace || code === openBracket) {
      depth += 1;
      if (depth > maxPresenceDepth) return true;
    } else if (code === closeBrace || code === closeBracket) depth -= 1;
  }
  return false;
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

function encodeSync(kind: number, bytes: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, messageSync);
  encoding.writeVarUint(encoder, kind);
  encoding.writeVarUint8Array(encoder, bytes);
  return encoding.toUint8Array(encoder);
}
