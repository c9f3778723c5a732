import { randomBytes } from "node:crypto";

/*
 * As much of the websocket protocol as a client of a benchmark needs: frames with a fixed mask, built once and patched
 * in place, and a walk over what arrives that copies nothing but the part that is asked for.
 */

export const opcodeBinary = 2;
const opcodeClose = 8;
export const opcodePing = 9;
const opcodePong = 10;

/** Not zero, so that servers unmask as they would for a browser. */
const mask = Buffer.from(randomBytes(4).map((byte) => byte | 1));

/** A frame as a client sends it; its payload starts at `payloadStart`. */
export type MaskedFrame = { readonly bytes: Buffer; readonly payloadStart: number };

export function maskFrame(payload: Uint8Array, opcode: number): MaskedFrame {
  const lengthBytes = payload.length < 126 ? 0 : payload.length < 65_536 ? 2 : 8;
  const payloadStart = 2 + lengthBytes + 4;
  const bytes = Buffer.alloc(payloadStart + payload.length);
  bytes[0] = 0x80 | opcode;
  if (lengthBytes === 0) bytes[1] = 0x80 | payload.length;
  else if (lengthBytes === 2) {
    bytes[1] = 0x80 | 126;
    bytes.writeUInt16BE(payload.length, 2);
  } else {
    bytes[1] = 0x80 | 127;
    bytes.writeBigUInt64BE(BigInt(payload.length), 2);
  }
  mask.copy(bytes, payloadStart - 4);
  for (let index = 0; index < payload.length; index += 1) {
    bytes[payloadStart + index] = (payload[index] ?? 0) ^ maskAt(index);
  }
  return { bytes, payloadStart };
}

/** Writes one byte of the payload of a frame that was masked before. */
export function patchFrame({ bytes, payloadStart }: MaskedFrame, at: number, value: number): void {
  bytes[payloadStart + at] = value ^ maskAt(at);
}

function maskAt(index: number): number {
  return mask[index & 3] ?? 0;
}

export type FrameWalker = {
  /** Takes bytes in whatever pieces they arrive; they may be overwritten afterwards. */
  readonly walk: (chunk: Uint8Array) => void;
};

export type FrameWalkerOptions = {
  /** How much of each payload is wanted: the rest is skipped unread. */
  readonly mostKept: number;
  /** `kept` is only good during the call. */
  readonly onMessage: (kept: Uint8Array, length: number) => void;
  readonly onPing: (pong: Buffer) => void;
  readonly onPong: () => void;
};

/** Reads frames of a server: unmasked, and whole messages only, which is what all of these servers send. */
export function createFrameWalker({ mostKept, onMessage, onPing, onPong }: FrameWalkerOptions): FrameWalker {
  const header = Buffer.alloc(10);
  let headerLength = 0;
  let opcode = 0;
  let length = 0;
  /** A payload that goes on in the next piece. */
  let partial: { readonly kept: Buffer; keptLength: number; rest: number } | null = null;

  function deliver(payload: Uint8Array): void {
    if (opcode === opcodeBinary) onMessage(payload, length);
    else if (opcode === opcodePing) onPing(maskFrame(payload, opcodePong).bytes);
    else if (opcode === opcodePong) onPong();
    else if (opcode !== opcodeClose) throw new Error(`a frame of kind ${opcode} is not read here`);
  }

  /** Where the payload starts; null when the header goes on in the next piece. */
  function readHeader(chunk: Uint8Array, start: number): number | null {
    let at = start;
    while (at < chunk.length) {
      header[headerLength] = chunk[at] ?? 0;
      headerLength += 1;
      at += 1;
      const short = headerLength < 2 ? 0 : (header[1] ?? 0) & 0x7f;
      const needed = short === 126 ? 4 : short === 127 ? 10 : 2;
      if (headerLength < needed) continue;
      if (((header[0] ?? 0) & 0x80) === 0) throw new Error("a message in parts is not read here");
      opcode = (header[0] ?? 0) & 0x0f;
      length =
        short === 126 ? header.readUInt16BE(2) : short === 127 ? Number(header.readBigUInt64BE(2)) : short;
      headerLength = 0;
      return at;
    }
    return null;
  }

  return {
    walk(chunk) {
      let at = 0;
      while (at < chunk.length) {
        if (partial === null) {
          const payloadStart = readHeader(chunk, at);
          if (payloadStart === null) return;
          at = payloadStart;
          if (at + length <= chunk.length) {
            deliver(chunk.subarray(at, at + Math.min(length, mostKept)));
            at += length;
            continue;
          }
          const kept = Buffer.allocUnsafe(Math.min(length, mostKept));
          partial = { kept, keptLength: 0, rest: length };
        }
        const taken = Math.min(partial.rest, chunk.length - at);
        const wanted = Math.min(taken, partial.kept.length - partial.keptLength);
        if (wanted > 0) partial.kept.set(chunk.subarray(at, at + wanted), partial.keptLength);
        partial.keptLength += wanted;
        partial.rest -= taken;
        at += taken;
        if (partial.rest > 0) return;
        const { kept } = partial;
        partial = null;
        deliver(kept);
      }
    },
  };
}
