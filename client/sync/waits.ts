import type { CloseReason } from "../../shared/protocol/closeReasons.ts";
import { silenceTimeoutMs } from "../../shared/protocol/limits.ts";

/** What is not known to be on disk for so long is shown as not saved yet; a break this long as no connection. */
export const patienceMs = 2_000;
/** An answer to a probe takes one way there and back. */
export const probePatienceMs = 1_500;
/** What arrives within this after a probe may have lain in the machine since before it slept. */
export const stalePatienceMs = 250;
/** A timer this late means that the machine slept, or the page was frozen. */
export const lateMs = 3_000;
/** The first connection waits this long at most for the copy on this device, so that only a difference travels. */
export const copyPatienceMs = 1_000;

/** A whole room that finds its network again, or wakes a dead connection, comes back within this. */
const wakeSpreadMs = 400;
const shortestRetryMs = 100;
const firstSpreadMs = 500;
/** With the shortest wait this stays under the two seconds in which a break has to be over. */
const widestSpreadMs = 1_500;
const connectPatienceMs = 4_000;
const mostDoublings = 3;

/** Spread evenly from the shortest wait up to one that grows, so that a room does not come back in one instant. */
export function retryWait(tries: number, reason: CloseReason | null, chance: number): number {
  switch (reason) {
    case "restart":
      return shortestRetryMs + chance * Math.max(1_000, spread(tries));
    case "roomFull":
    case "storeFailing":
      // Nothing that a moment would change.
      return 1_500 + chance * 2_000;
    default:
      return shortestRetryMs + chance * spread(tries);
  }
}

export function wakeWait(chance: number): number {
  return chance * wakeSpreadMs;
}

/** A network that swallows everything deserves little patience, a slow one more: every third try gets twice as long. */
export function connectPatience(tries: number): number {
  return tries % 3 === 2 ? 2 * connectPatienceMs : connectPatienceMs;
}

/** A large board on a narrow line is silent until it is there whole: each try that it broke off waits twice as long. */
export function silencePatience(slowStarts: number): number {
  return silenceTimeoutMs * 2 ** Math.min(slowStarts, mostDoublings);
}

function spread(tries: number): number {
  return Math.min(widestSpreadMs, firstSpreadMs * 2 ** tries);
}
