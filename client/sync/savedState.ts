import type { CloseReason } from "../../shared/protocol/closeReasons.ts";
import type { RefusalReason } from "../../shared/protocol/messages.ts";
import { assertNever } from "../../shared/result.ts";
import type { Alive, Connection, Ending } from "./connectionState.ts";
import { isAllSaved, keptBy, refusalOf, waitingSince } from "./delivery.ts";
import { patienceMs } from "./waits.ts";

/**
 * What people are told about their work. `saved` is only ever reached by the relay saying so after its commit;
 * no timer leads there.
 */
export type SavedState =
  /** First contact: nothing to show yet from the relay; the copy on this device may already be on screen. */
  | { readonly kind: "connecting" }
  /** Everything this device sent is on the server's disk. */
  | { readonly kind: "saved" }
  /** Sent, not confirmed yet, for less than two seconds. */
  | { readonly kind: "saving" }
  /** Sent, not confirmed for two seconds or more. */
  | { readonly kind: "notSavedYet" }
  /** The connection broke less than two seconds ago, and nothing waits for longer. */
  | { readonly kind: "reconnecting"; readonly unsentChanges: number }
  /** No connection. `keptOnDevice` is false when this browser refuses to keep anything (private window). */
  | {
      readonly kind: "offline";
      readonly unsentChanges: number;
      readonly keptOnDevice: boolean;
      /** What the relay said when it hung up; null when the network is all there is to blame. */
      readonly reason: CloseReason | null;
    }
  /** The relay dropped changes of this device. */
  | { readonly kind: "notAccepted"; readonly reason: RefusalReason }
  /** This page will not come back by itself. */
  | {
      readonly kind: "closed";
      readonly reason: Ending;
      readonly unsentChanges: number;
      readonly keptOnDevice: boolean;
    };

/** What to show. Time only ever makes the words more worried. */
export function savedStateOf(connection: Connection, keptOnDevice: boolean): SavedState {
  switch (connection.kind) {
    case "stopped":
      return {
        kind: "closed",
        reason: connection.ending,
        unsentChanges: connection.kept.changes,
        keptOnDevice,
      };
    case "waiting":
    case "connecting":
      return apart(connection, keptOnDevice);
    case "open": {
      const { delivery, time } = connection;
      const refusal = refusalOf(delivery);
      if (refusal !== null) return { kind: "notAccepted", reason: refusal };
      if (delivery.answer === "notSent") return apart(connection, keptOnDevice);
      if (isAllSaved(delivery)) return { kind: "saved" };
      return { kind: time - (waitingSince(delivery) ?? time) >= patienceMs ? "notSavedYet" : "saving" };
    }
    default:
      return assertNever(connection);
  }
}

/** Changes that only this device has for sure. */
export function unsavedChangesOf(connection: Connection): number {
  return connection.kind === "open" ? keptBy(connection.delivery).changes : connection.kept.changes;
}

/** Without a connection, or with one so new that nothing was said on it yet. */
function apart(connection: Alive, keptOnDevice: boolean): SavedState {
  const { time, troubledSince, lastReason: reason } = connection;
  const { changes, since } = connection.kind === "open" ? keptBy(connection.delivery) : connection.kept;
  const isLong = (start: number | null) => start !== null && time - start >= patienceMs;
  if (isLong(troubledSince) || isLong(since)) {
    return { kind: "offline", unsentChanges: changes, keptOnDevice, reason };
  }
  return troubledSince === null ? { kind: "connecting" } : { kind: "reconnecting", unsentChanges: changes };
}
