import { startThread, type ThreadName } from "./startThread.ts";
import { createThreadCaller, type ThreadCaller } from "./threadCaller.ts";

export type OccasionalThread = {
  readonly call: (method: string, parameters: readonly unknown[]) => Promise<unknown>;
  readonly close: () => Promise<void>;
};

/** A thread costs memory; one that had nothing to do for so long goes. */
const idleMs = 60_000;

/** A thread that is there while there is work for it; one that died is replaced by the next call. */
export function createOccasionalThread(name: ThreadName): OccasionalThread {
  let caller: ThreadCaller | null = null;
  let running = 0;
  let leaving: NodeJS.Timeout | null = null;

  async function letGo(): Promise<void> {
    const idle = caller;
    caller = null;
    await idle?.end();
  }

  return {
    async call(method, parameters) {
      if (leaving !== null) clearTimeout(leaving);
      running += 1;
      try {
        caller ??= createThreadCaller(startThread(name, null));
        return await caller.call(method, parameters);
      } catch (error) {
        void letGo();
        throw error;
      } finally {
        running -= 1;
        if (running === 0) leaving = setTimeout(() => void letGo(), idleMs).unref();
      }
    },
    async close() {
      if (leaving !== null) clearTimeout(leaving);
      await letGo();
    },
  };
}
