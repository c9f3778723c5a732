import type { Cancel, Clock } from "../../server/relay/clock.ts";

export type ManualClock = Clock & {
  /** Time passes: what falls due runs in order, and everything that follows from it before the next thing does. */
  readonly advance: (ms: number) => Promise<void>;
  /** Timers that have not run yet. */
  readonly waiting: () => number;
  /** The clock of one process: when that is killed, its timers go with it and no new ones come. */
  readonly forProcess: () => Clock & { readonly kill: () => void };
};

type Timer = { readonly dueAt: number; readonly run: () => void };

/** Stands still until it is moved. */
export function createManualClock(start = 1_760_000_000_000): ManualClock {
  const timers = new Set<Timer>();
  let passed = 0;

  function after(ms: number, run: () => void): Cancel {
    const timer = { dueAt: passed + Math.max(0, ms), run };
    timers.add(timer);
    return () => void timers.delete(timer);
  }

  /** The first of those that fall due then; a set keeps the order in which they were wound up. */
  function nextUntil(end: number): Timer | null {
    let next: Timer | null = null;
    for (const timer of timers) {
      if (timer.dueAt <= end && (next === null || timer.dueAt < next.dueAt)) next = timer;
    }
    return next;
  }

  return {
    now: () => start + Math.floor(passed),
    elapsed: () => passed,
    after,
    async advance(ms) {
      const end = passed + ms;
      await settleMicrotasks();
      for (let timer = nextUntil(end); timer !== null; timer = nextUntil(end)) {
        timers.delete(timer);
        passed = Math.max(passed, timer.dueAt);
        timer.run();
        await settleMicrotasks();
      }
      passed = end;
    },
    waiting: () => timers.size,
    forProcess() {
      const own = new Set<Cancel>();
      let isKilled = false;
      return {
        now: () => start + Math.floor(passed),
        elapsed: () => passed,
        after(ms, run) {
          if (isKilled) return () => undefined;
          const stop = after(ms, () => {
            own.delete(cancel);
            run();
          });
          const cancel = () => {
            own.delete(cancel);
            stop();
          };
          own.add(cancel);
          return cancel;
        },
        kill() {
          isKilled = true;
          for (const cancel of [...own]) cancel();
        },
      };
    },
  };
}

/**
 * Resolves when every promise that can go on without time or network has gone on. Node empties the queue of promises
 * before it looks at ticks again, so one tick that is asked for from within that queue comes after all of it.
 */
export async function settleMicrotasks(): Promise<void> {
  await undefined;
  await new Promise<void>((resolve) => process.nextTick(resolve));
}
