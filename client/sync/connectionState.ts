import type { CloseReason, StopReason } from "../../shared/protocol/closeReasons.ts";
import type { SavedMessage } from "../../shared/protocol/messages.ts";
import { assertNever } from "../../shared/result.ts";
import { type Delivery, type Kept, nothingKept, waitingSince } from "./delivery.ts";
import { connectPatience, copyPatienceMs, patienceMs, probePatienceMs, silencePatience } from "./waits.ts";

/*
 * What a device's connection can be, what can happen to it and what it can ask for. Sockets are numbered, so that what
 * an old one still says can be passed over. Time is counted in milliseconds that passed since the start, so that a
 * clock that is set back holds nothing up. Every state but `stopped` has an alarm: there is no dead end.
 */

export type Memory = {
  /** Milliseconds that passed, and what the clock said then. */
  readonly time: number;
  readonly at: number;
  /** How many sockets there were; the newest bears this number. */
  readonly sockets: number;
  /** Sockets in a row on which nothing was settled. */
  readonly tries: number;
  /** Those of them that were given up while the board was on its way. */
  readonly slowStarts: number;
  /** What the relay said when it hung up last, as long as it did not work since. */
  readonly lastReason: CloseReason | null;
  /** Since when there is no connection that works, after there was one or a try for it. */
  readonly troubledSince: number | null;
};

export type Waiting = Memory & { readonly kind: "waiting"; readonly kept: Kept; readonly retryAt: number };
export type Connecting = Memory & {
  readonly kind: "connecting";
  readonly kept: Kept;
  readonly startedAt: number;
};
export type Open = Memory & {
  readonly kind: "open";
  readonly delivery: Delivery;
  readonly heard: "nothing" | "something" | "board";
  readonly heardAt: number;
  /** Whether a question is out that the relay answers at once; one that a sleep came between is asked again, once. */
  readonly probe: { readonly sentAt: number; readonly isSecond: boolean } | null;
};
export type Stopped = Memory & { readonly kind: "stopped"; readonly kept: Kept; readonly ending: Ending };

/** `unwelcome`: the server no longer knows this link. */
export type Ending = StopReason | "unwelcome";
export type Connection = Waiting | Connecting | Open | Stopped;
export type Alive = Exclude<Connection, Stopped>;

/** What a socket brought: word about what was sent, the answer with the board, or anything else. */
export type Heard = SavedMessage | { readonly kind: "board" } | { readonly kind: "other" };

export type ConnectionEvent =
  /** The copy on this device is loaded, or there is none. */
  | { readonly type: "copyLoaded" }
  | { readonly type: "opened"; readonly socket: number }
  | { readonly type: "closed"; readonly socket: number; readonly reason: CloseReason | null }
  | { readonly type: "heard"; readonly socket: number; readonly message: Heard }
  /** One change, or one answer, went out in so many frames. */
  | {
      readonly type: "framesSent";
      readonly socket: number;
      readonly isAnswer: boolean;
      readonly frames: number;
    }
  /** The document changed by something that the relay did not send. */
  | { readonly type: "changedHere"; readonly isOwnChange: boolean; readonly wasSent: boolean }
  /** Somebody looks at this page again, or the device found a network. */
  | { readonly type: "woke" }
  | { readonly type: "wentOffline" }
  /** The server says over HTTP that this link is no good. */
  | { readonly type: "turnedAway" }
  /** What was refused before may be taken now. */
  | { readonly type: "unlocked" }
  /** The moment of `alarmOf` has come. */
  | { readonly type: "alarm" };

export type Command =
  | { readonly type: "connect"; readonly socket: number }
  | { readonly type: "hangUp" }
  | { readonly type: "probe" }
  | { readonly type: "askWhetherWelcome" };

/** `at` in milliseconds by any clock; `chance` in [0, 1). */
export type Moment = { readonly at: number; readonly chance: number };

export type Step = { readonly connection: Connection; readonly commands: readonly Command[] };

/** However quiet it is: a clock that moved on by much more than this tells that the machine slept. */
const tickMs = 1_000;

export function startConnection(at: number): Connection {
  return {
    kind: "waiting",
    time: 0,
    at,
    sockets: 0,
    tries: 0,
    slowStarts: 0,
    lastReason: null,
    troubledSince: null,
    kept: nothingKept,
    retryAt: copyPatienceMs,
  };
}

/** The time at which this state wants an alarm; null when nothing will ever happen again. */
export function alarmOf(state: Connection): number | null {
  if (state.kind === "stopped") return null;
  const worries = [
    state.troubledSince,
    state.kind === "open" ? waitingSince(state.delivery) : state.kept.since,
  ].flatMap((since) => (since === null || since + patienceMs <= state.time ? [] : [since + patienceMs]));
  return Math.min(state.time + tickMs, deadlineOf(state), ...worries);
}

/** When this state has waited long enough for what it waits for. */
export function deadlineOf(state: Alive): number {
  switch (state.kind) {
    case "waiting":
      return state.retryAt;
    case "connecting":
      return state.startedAt + connectPatience(state.tries);
    case "open":
      // While a question is out, only its answer counts: how long it was quiet before says nothing after a sleep.
      if (state.probe !== null) return state.probe.sentAt + probePatienceMs;
      return state.heardAt + silencePatience(state.heard === "something" ? state.slowStarts : 0);
    default:
      return assertNever(state);
  }
}
