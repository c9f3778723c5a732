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
import { isShallowJson } from "./shallowJson.ts";

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
      return readPresence(reader.part());
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
  return isShallowJson(json, maxPresenceDepth);
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
