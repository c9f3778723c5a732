import type { RefusalReason, SavedMessage } from "../../shared/protocol/messages.ts";
import { assertNever } from "../../shared/result.ts";
import type { SavedState } from "./savedState.ts";

/*
 * The state of one device's connection, as a pure function of what happened. The relay counts the sync frames of a
 * socket and says how many of them are on its disk; a device is saved when its whole answer (step 2) went out on
 * this socket and every frame since is confirmed. Nothing else leads there, least of all a clock.
 */

export type Connection =
  | { readonly kind: "apart"; readonly unsentChanges: number; readonly hasFailed: boolean }
  | {
      readonly kind: "open";
      readonly sent: number;
      readonly saved: number;
      readonly hasAnswered: boolean;
      /** When the oldest unconfirmed frame went out, milliseconds. */
      readonly waitingSince: number | null;
      readonly refused: RefusalReason | null;
    }
  | { readonly kind: "closed"; readonly reason: "revoked" | "deleted" | "refused" };

export type ConnectionEvent =
  | { readonly type: "opened" }
  | { readonly type: "lost" }
  | { readonly type: "stopped"; readonly reason: "revoked" | "deleted" | "refused" }
  | { readonly type: "frameSent"; readonly isAnswer: boolean; readonly at: number }
  | { readonly type: "heard"; readonly message: SavedMessage }
  | { readonly type: "changedHere" };

export const startApart: Connection = { kind: "apart", unsentChanges: 0, hasFailed: false };

export function nextConnection(state: Connection, event: ConnectionEvent): Connection {
  if (state.kind === "closed") return state;
  switch (event.type) {
    case "opened":
      return { kind: "open", sent: 0, saved: 0, hasAnswered: false, waitingSince: null, refused: null };
    case "lost":
      if (state.kind === "apart") return state.hasFailed ? state : { ...state, hasFailed: true };
      // What was sent and not confirmed may be lost on the way: it counts as kept here only.
      return {
        kind: "apart",
        unsentChanges: state.refused === null ? state.sent - state.saved : 0,
        hasFailed: true,
      };
    case "stopped":
      return { kind: "closed", reason: event.reason };
    case "changedHere":
      return state.kind === "apart" ? { ...state, unsentChanges: state.unsentChanges + 1 } : state;
    case "frameSent":
      if (state.kind !== "open") return state;
      return {
        ...state,
        sent: state.sent + 1,
        hasAnswered: state.hasAnswered || event.isAnswer,
        waitingSince: state.waitingSince ?? event.at,
      };
    case "heard":
      return state.kind === "open" ? heard(state, event.message) : state;
    default:
      return assertNever(event);
  }
}

function heard(state: Extract<Connection, { kind: "open" }>, message: SavedMessage): Connection {
  switch (message.kind) {
    case "saved": {
      // A count beyond what was sent is not ours to believe.
      const saved = message.count > state.sent ? state.saved : Math.max(state.saved, message.count);
      return { ...state, saved, waitingSince: saved === state.sent ? null : state.waitingSince };
    }
    case "refused":
      return { ...state, refused: message.reason };
    case "epoch":
    case "draining":
      return state;
    default:
      return assertNever(message);
  }
}

export const patienceMs = 2_000;

/** What to show at a moment. `now` only ever makes the words more worried. */
export function savedStateOf(state: Connection, now: number, keptOnDevice: boolean): SavedState {
  switch (state.kind) {
    case "closed":
      return { kind: "closed", reason: state.reason };
    case "apart":
      return state.hasFailed || state.unsentChanges > 0
        ? { kind: "offline", unsentChanges: state.unsentChanges, keptOnDevice }
        : { kind: "connecting" };
    case "open":
      if (state.refused !== null) return { kind: "notAccepted", reason: state.refused };
      if (!state.hasAnswered) return { kind: "connecting" };
      if (state.saved === state.sent) return { kind: "saved" };
      return { kind: now - (state.waitingSince ?? now) >= patienceMs ? "notSavedYet" : "saving" };
    default:
      return assertNever(state);
  }
}
