import type { Clock } from "./clock.ts";

/*
 * How long changes and pointers wait to go out together. A server that is busy handing out gathers longer: fewer and
 * larger messages cost less, and everybody's changes stay well under a tenth of a second.
 */
export type Pace = {
  /** Milliseconds between two ticks of changes on one board. */
  readonly changesMs: () => number;
  /** Milliseconds between two ticks of presence on one board. */
  readonly presenceMs: () => number;
  /** Call with the milliseconds that handing something out took. */
  readonly noteWork: (ms: number) => void;
};

const windowMs = 250;
const changes = { quickest: 16, slowest: 40 };
/** Clients tell where they are every 50 ms: a shorter tick would send more messages with no more in them. */
const presence = { quickest: 50, slowest: 120 };
/** Share of the time that handing out may take before it slows down, and where it is slowest. */
const calmShare = 0.25;
const fullShare = 0.6;

export function createPace({ elapsed }: Pick<Clock, "elapsed">): Pace {
  let windowStart = elapsed();
  let worked = 0;
  let share = 0;

  function strain(): number {
    return Math.min(1, Math.max(0, (share - calmShare) / (fullShare - calmShare)));
  }

  return {
    changesMs: () => changes.quickest + (changes.slowest - changes.quickest) * strain(),
    presenceMs: () => presence.quickest + (presence.slowest - presence.quickest) * strain(),
    noteWork(ms) {
      worked += ms;
      const passed = elapsed() - windowStart;
      if (passed < windowMs) return;
      // Half of what was known, half of what is new: one slow moment is no load.
      share = (share + worked / passed) / 2;
      worked = 0;
      windowStart = elapsed();
    },
  };
}
