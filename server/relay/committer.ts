import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import type { NewUpdate, Store } from "../store/store.ts";
import type { Clock } from "./clock.ts";

/** One change to keep, or `null` for a frame that changed nothing and only waits for its turn to be confirmed. */
export type Entry = { readonly update: NewUpdate | null; readonly onCommitted: () => void };

/**
 * Group commit: what all rooms received within a few milliseconds goes to disk in one transaction, and only then
 * is it confirmed, in the order of arrival. When the store fails nothing is confirmed and nothing is dropped: the
 * same entries are tried again, more and more slowly, until the disk is back.
 */
export type Committer = {
  readonly add: (entry: Entry) => void;
  /** Resolves when everything added before has been committed. */
  readonly settled: () => Promise<void>;
  /** Milliseconds since the store began to fail; null while it works. */
  readonly failingForMs: () => number | null;
  /** Changes that are not on disk yet. */
  readonly unsaved: () => number;
  /** Gives up what is not on disk yet: its senders were never told that it was. */
  readonly close: () => void;
};

export type CommitterOptions = {
  readonly store: Pick<Store, "appendUpdates">;
  readonly log: Log;
  readonly metrics: Pick<Metrics, "committed" | "commitFailed">;
  readonly clock: Clock;
  /** Called once when the store has not kept anything for ten seconds. */
  readonly onGivingUp: () => void;
};

const gatherMs = 24;
const firstRetryMs = 100;
const slowestRetryMs = 2_000;
/** A disk that has not answered for so long is as bad as one that refuses. */
const stuckMs = 3_000;
/** After this long members are sent away; newcomers would only wait for a disk that does not answer. */
export const storePatienceMs = 10_000;

export function createCommitter(options: CommitterOptions): Committer {
  const { store, log, metrics, clock, onGivingUp } = options;
  let waiting: Entry[] = [];
  let unsaved = 0;
  let isRunning = false;
  let isClosed = false;
  let failingSince: number | null = null;
  let hasGivenUp = false;
  let askedAt: number | null = null;
  const pause = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));

  async function run(): Promise<void> {
    let retryMs = firstRetryMs;
    while (waiting.length > 0) {
      const isWorthWaiting = waiting.some(({ update }) => update !== null);
      if (isWorthWaiting) await pause(gatherMs);
      const batch = waiting;
      waiting = [];
      const updates = batch.flatMap((entry) => (entry.update === null ? [] : [entry.update]));
      try {
        if (updates.length > 0) {
          const start = clock.elapsed();
          askedAt = start;
          const cancelGivingUp = clock.after(storePatienceMs, giveUp);
          await store.appendUpdates(updates).finally(cancelGivingUp);
          askedAt = null;
          metrics.committed((clock.elapsed() - start) / 1000, updates.length);
        }
      } catch (error) {
        askedAt = null;
        if (isClosed) return;
        waiting = [...batch, ...waiting];
        noteFailure(error);
        await pause(retryMs);
        retryMs = Math.min(retryMs * 2, slowestRetryMs);
        continue;
      }
      if (failingSince !== null) log.info("store works again");
      failingSince = null;
      hasGivenUp = false;
      retryMs = firstRetryMs;
      unsaved -= updates.length;
      for (const entry of batch) entry.onCommitted();
    }
    isRunning = false;
  }

  function noteFailure(error: unknown): void {
    failingSince ??= clock.elapsed();
    metrics.commitFailed();
    log.error({ error: error instanceof Error ? error.message : "unknown" }, "store failed; trying again");
    if (clock.elapsed() - failingSince >= storePatienceMs) giveUp();
  }

  function giveUp(): void {
    if (hasGivenUp || isClosed) return;
    hasGivenUp = true;
    onGivingUp();
  }

  function failingForMs(): number | null {
    if (failingSince !== null) return clock.elapsed() - failingSince;
    const waitedMs = askedAt === null ? 0 : clock.elapsed() - askedAt;
    return waitedMs >= stuckMs ? waitedMs : null;
  }

  function add(entry: Entry): void {
    if (isClosed) return;
    waiting.push(entry);
    if (entry.update !== null) unsaved += 1;
    if (isRunning) return;
    isRunning = true;
    void run();
  }

  return {
    add,
    settled: () => new Promise((resolve) => add({ update: null, onCommitted: resolve })),
    unsaved: () => unsaved,
    failingForMs,
    close() {
      isClosed = true;
      waiting = [];
    },
  };
}
