import { performance } from "node:perf_hooks";
import { type Beat, createBeat } from "./beat.ts";
import type { Clock } from "./clock.ts";

/*
 * How long changes and pointers wait to go out together. A busy server gathers longer: fewer and larger messages cost
 * less. Changes slow down little, pointers much: what is a moment old is worth little, and nobody loses it.
 */
export type Pace = {
  /** Milliseconds between two ticks of changes on one board. */
  readonly changesMs: () => number;
  /** Milliseconds between two ticks of presence on one board. */
  readonly presenceMs: () => number;
  /** Whether few messages are worth more now than a change that goes out at once. */
  readonly isStrained: () => boolean;
  /** Presence of all boards goes out together. */
  readonly presenceBeat: Beat;
};

/** Share of the time since the last question that this process had something to do, 0 to 1. */
export type BusyShare = () => number;

const lookEveryMs = 250;
const changes = { quickest: 16, slowest: 40, calm: 0.15, full: 0.8 };
/** Clients tell where they are every 50 ms: a shorter tick would send more messages with no more in them. */
const presence = { quickest: 50, slowest: 120, calm: 0.1, full: 0.7 };

export function createPace(clock: Pick<Clock, "elapsed" | "after">, busyShare: BusyShare): Pace {
  const { elapsed } = clock;
  let lookedAt = elapsed();
  let share = 0;

  function shareNow(): number {
    if (elapsed() - lookedAt >= lookEveryMs) {
      lookedAt = elapsed();
      // Half of what was known, half of what is new: one slow moment is no load.
      share = (share + busyShare()) / 2;
    }
    return share;
  }

  function between({ quickest, slowest, calm, full }: typeof changes): number {
    const strain = Math.min(1, Math.max(0, (shareNow() - calm) / (full - calm)));
    return quickest + (slowest - quickest) * strain;
  }

  return {
    changesMs: () => between(changes),
    presenceMs: () => between(presence),
    isStrained: () => shareNow() > changes.calm,
    presenceBeat: createBeat(clock),
  };
}

/** Of this process, as its event loop counts it. */
export function createBusyShare(): BusyShare {
  let last = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, last);
    last = now;
    return utilization;
  };
}
