import { performance } from "node:perf_hooks";

/** Time as the relay sees it: handed in, so that tests move it by hand and a day passes in a moment. */
export type Clock = {
  /** Milliseconds since 1970, for what is written down. May jump. */
  readonly now: () => number;
  /** Milliseconds that have passed since some moment, for durations. Never goes back. */
  readonly elapsed: () => number;
  /** Runs once, after so many milliseconds, unless it is cancelled; keeps no process alive. */
  readonly after: (ms: number, run: () => void) => Cancel;
};

export type Cancel = () => void;

/** The clock of this machine. */
export function createSystemClock(): Clock {
  return {
    now: Date.now,
    elapsed: () => performance.now(),
    after(ms, run) {
      const timer = setTimeout(run, ms);
      timer.unref();
      return () => clearTimeout(timer);
    },
  };
}
