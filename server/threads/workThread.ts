import { startThread, type ThreadName } from "./startThread.ts";
import { createThreadCaller, type ThreadCaller } from "./threadCaller.ts";

export type WorkThread = {
  readonly call: (method: string, parameters: readonly unknown[]) => Promise<unknown>;
  readonly close: () => Promise<void>;
};

/**
 * When a thread is there. One that always is costs ten megabytes; one that comes with its work takes a tenth of a second
 * of the processor to start, which on a host of one core everybody waits for.
 */
export type Presence = "always" | "whileThereIsWork";

/** One that always is comes when the server is up and those who wait for it are back. */
const startAfterMs = 5_000;

/** One that had nothing to do for so long goes. */
const idleMs = 60_000;

/** A thread for work that takes long; one that died is replaced by the next call. */
export function createWorkThread(name: ThreadName, presence: Presence): WorkThread {
  let caller: ThreadCaller | null = null;
  let running = 0;
  let leaving: NodeJS.Timeout | null = null;

  const start = () => createThreadCaller(startThread(name, null));
  const starting =
    presence === "always"
      ? setTimeout(() => {
          caller ??= start();
        }, startAfterMs).unref()
      : null;

  async function letGo(): Promise<void> {
    const idle = caller;
    caller = null;
    await idle?.end();
  }

  return {
    async call(method, parameters) {
      if (leaving !== null) clearTimeout(leaving);
      running += 1;
      caller ??= start();
      const asked = caller;
      try {
        return await asked.call(method, parameters);
      } catch (error) {
        // A question that failed is the matter of whoever asked it; others may be waiting for the same thread.
        if (asked.isDead() && caller === asked) void letGo();
        throw error;
      } finally {
        running -= 1;
        if (running === 0 && presence === "whileThereIsWork")
          leaving = setTimeout(() => void letGo(), idleMs).unref();
      }
    },
    async close() {
      if (starting !== null) clearTimeout(starting);
      if (leaving !== null) clearTimeout(leaving);
      await letGo();
    },
  };
}
