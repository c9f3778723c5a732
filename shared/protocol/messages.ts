import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { type Result, refuse, succeed } from "../result.ts";

/*
 * The y-websocket protocol, two messages of our own that only a client of subprotocol `collaboration-tree.v1` gets, and
 * two that only such a client sends. Every varuint of ours is 16 or more: a stock client that would read on after an
 * unknown message must not take them for messages of its own.
 */

export const messageSync = 0;
export const messageAwareness = 1;
export const messageAuth = 2;
/** The one thing that y-protocols' auth message says. */
export const permissionDenied = 0;
export const messageQueryAwareness = 3;
export const messageSaved = 100;
export const messageWorkshopState = 101;
/** Client to relay: whether it wants the presence of the others. A list that shows no pointers saves its battery. */
export const messagePresenceWanted = 102;
/** Client to relay: answer with *saved* now. A page cannot see pings, so this is how it finds out that nobody is there. */
export const messageProbe = 103;

export const syncStep1 = 0;
export const syncStep2 = 1;
export const syncUpdate = 2;

export const subprotocolOurs = "collaboration-tree.v1";
export const subprotocolStock = "y-websocket";
export const subprotocolKeyPrefix = "key.";
export const subprotocolParticipantPrefix = "participant.";

export const refusalReasons = ["viewLink", "quota", "closed", "badUpdate"] as const;
/** Why the relay dropped a change: it is on this device only, and stays so. */
export type RefusalReason = (typeof refusalReasons)[number];

/** What the relay says about what this connection sent: counts are of its sync frames (step 2 and update). */
export type SavedMessage =
  | { readonly kind: "saved"; readonly count: number }
  | { readonly kind: "refused"; readonly count: number; readonly reason: RefusalReason }
  | { readonly kind: "epoch"; readonly generation: number }
  | { readonly kind: "draining" };

const kindSaved = 0;
const kindRefused = 1;
const kindEpoch = 2;
const kindDraining = 3;
const belt = 16;

/** [100][kind + 16][value + 16], and for a refusal [reason + 16]. */
export function encodeSaved(message: SavedMessage): Uint8Array {
  const encoder = encoding.createEncoder();
  const write = (value: number) => encoding.writeVarUint(encoder, value + belt);
  encoding.writeVarUint(encoder, messageSaved);
  switch (message.kind) {
    case "saved":
      write(kindSaved);
      write(message.count);
      break;
    case "refused":
      write(kindRefused);
      write(message.count);
      write(refusalReasons.indexOf(message.reason));
      break;
    case "epoch":
      write(kindEpoch);
      write(message.generation);
      break;
    case "draining":
      write(kindDraining);
      write(0);
      break;
  }
  return encoding.toUint8Array(encoder);
}

/** Reads what follows the 100. Kinds and reasons of a later version are a refusal, not an exception. */
export function decodeSaved(decoder: decoding.Decoder): Result<SavedMessage, "unreadable"> {
  try {
    const kind = decoding.readVarUint(decoder) - belt;
    const value = decoding.readVarUint(decoder) - belt;
    if (value < 0) return refuse("unreadable");
    if (kind === kindSaved) return succeed({ kind: "saved", count: value });
    if (kind === kindEpoch) return succeed({ kind: "epoch", generation: value });
    if (kind === kindDraining) return succeed({ kind: "draining" });
    if (kind === kindRefused) {
      const reason = refusalReasons[decoding.readVarUint(decoder) - belt];
      if (reason !== undefined) return succeed({ kind: "refused", count: value, reason });
    }
    return refuse("unreadable");
  } catch {
    // lib0 throws on a frame that ends early; that is input, not a bug.
    return refuse("unreadable");
  }
}

/** [101][JSON as var string]; JSON of an object is always longer than 15 bytes, so its length keeps the belt. */
export function encodeWorkshopState(json: string): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, messageWorkshopState);
  encoding.writeVarString(encoder, json);
  return encoding.toUint8Array(encoder);
}

/** [102][17] for yes, [102][16] for no; who says nothing gets it. */
export function encodePresenceWanted(isWanted: boolean): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, messagePresenceWanted);
  encoding.writeVarUint(encoder, belt + (isWanted ? 1 : 0));
  return encoding.toUint8Array(encoder);
}

/** What the number after the 102 says. */
export function presenceWantedOf(value: number): boolean {
  return value - belt === 1;
}

/** [103][16] */
export function encodeProbe(): Uint8Array {
  return Uint8Array.of(messageProbe, belt);
}
