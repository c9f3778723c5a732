import type { Clock } from "../../server/relay/clock.ts";
import type { DiskWeather, StoreCall } from "../support/memoryStore.ts";
import type { Random } from "./random.ts";

/** How the disk is doing, as it is made to do. */
export type Weather = DiskWeather & {
  /** Every call takes up to so long. */
  readonly setSlow: (mostMs: number) => void;
  readonly setFailing: (calls: readonly StoreCall[]) => void;
  readonly clearUp: () => void;
  readonly compactionMs: () => number;
  /** Milliseconds since nothing is wrong any more; null while something is. */
  readonly calmForMs: () => number | null;
};

const calmMs = 4;
export const slowestMs = 6_000;

export function createWeather(random: Random, { elapsed }: Pick<Clock, "elapsed">): Weather {
  let mostMs = calmMs;
  let failing: ReadonlySet<StoreCall> = new Set();
  let calmSince = elapsed();
  const isCalm = () => mostMs === calmMs && failing.size === 0;

  return {
    delayMs: () => random.below(mostMs),
    failure: (call) => (failing.has(call) ? "SQLITE_FULL" : null),
    setSlow(ms) {
      mostMs = ms;
    },
    setFailing(calls) {
      failing = new Set(calls);
    },
    clearUp() {
      if (isCalm()) return;
      mostMs = calmMs;
      failing = new Set();
      calmSince = elapsed();
    },
    compactionMs: () => random.below(mostMs * 2),
    calmForMs: () => (isCalm() ? elapsed() - calmSince : null),
  };
}
