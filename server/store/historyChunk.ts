import { promisify } from "node:util";
import { deflateRaw, inflateRawSync } from "node:zlib";
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { participantIdSchema } from "../../shared/board/ids.ts";
import type { LoggedUpdate } from "./store.ts";

/*
 * Updates that a snapshot already holds, packed together: many small rows that look alike take a fifth of the room as
 * one. Version, count, then per update: number, time, participant (empty for nobody), bytes.
 */

const version = 1;

/** On a thread of the system's own. */
const deflateAside = promisify(deflateRaw);

export async function packHistory(updates: readonly LoggedUpdate[]): Promise<Uint8Array> {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, version);
  encoding.writeVarUint(encoder, updates.length);
  for (const { seq, receivedAt, participant, bytes } of updates) {
    encoding.writeVarUint(encoder, seq);
    encoding.writeVarUint(encoder, receivedAt);
    encoding.writeVarString(encoder, participant ?? "");
    encoding.writeVarUint8Array(encoder, bytes);
  }
  return await deflateAside(encoding.toUint8Array(encoder));
}

/** Throws on bytes that are none of ours. */
export function unpackHistory(packed: Uint8Array): LoggedUpdate[] {
  const decoder = decoding.createDecoder(new Uint8Array(inflateRawSync(packed)));
  if (decoding.readVarUint(decoder) !== version) throw new Error("history of another version");
  return Array.from({ length: decoding.readVarUint(decoder) }, () => {
    const seq = decoding.readVarUint(decoder);
    const receivedAt = decoding.readVarUint(decoder);
    const participant = decoding.readVarString(decoder);
    return {
      seq,
      receivedAt,
      participant: participant === "" ? null : participantIdSchema.parse(participant),
      bytes: decoding.readVarUint8Array(decoder).slice(),
    };
  });
}
