import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import type { NewUpdate, Store } from "../store/store.ts";

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
};

export type CommitterOptions = {
  readonly store: Store;
  readonly log: Log;
  readonly metrics: Pick<Metrics, "committed" | "commitFailed">;
  readonly now: () => number;
  /** Called once when the store has been failing for ten seconds. */
  readonly onGivingUp: () => void;
};

const gatherMs = 20;
const firstRetryMs = 100;
const slowestRetryMs = 2_000;
const patienceMs = 10_000;

export function createCommitter({ store, log, metrics, now, onGivingUp }: CommitterOptions): Committer {
  let waiting: Entry[] = [];
  let unsaved = 0;
  let isRunning = false;
  let failingSince: number | null = null;
  let hasGivenUp = false;

  async function run(): Promise<void> {
    await pause(gatherMs);
    let retryMs = firstRetryMs;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      const updates = batch.flatMap((entry) => (entry.update === null ? [] : [entry.update]));
      try {
        if (updates.length > 0) {
          const start = performance.now();
          await store.appendUpdates(updates);
          metrics.committed((performance.now() - start) / 1000, updates.length);
        }
      } catch (error) {
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
    failingSince ??= now();
    metrics.commitFailed();
    log.error({ error: error instanceof Error ? error.message : "unknown" }, "store failed; trying again");
    if (!hasGivenUp && now() - failingSince >= patienceMs) {
      hasGivenUp = true;
      onGivingUp();
    }
  }

  function add(entry: Entry): void {
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
    failingForMs: () => (failingSince === null ? null : now() - failingSince),
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
