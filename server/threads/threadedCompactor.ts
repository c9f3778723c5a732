import { z } from "zod";
import { type Compactor, compactBoard } from "../relay/compactor.ts";
import { startThread } from "./startThread.ts";
import { createThreadCaller, type ThreadCaller } from "./threadCaller.ts";

const compactedSchema = z.object({
  bytes: z.instanceof(Uint8Array),
  stateVector: z.instanceof(Uint8Array),
  deletions: z.instanceof(Uint8Array),
});

/** Smaller boards take a few milliseconds at most, less than handing them over is worth. */
const inlineBytes = 60_000;
/** A thread costs memory; one that had nothing to do for so long goes. */
const idleMs = 60_000;

/** Compacts on a thread that is there while there is work for it. */
export function createThreadedCompactor(): Compactor {
  let caller: ThreadCaller | null = null;
  let running = 0;
  let leaving: NodeJS.Timeout | null = null;

  async function letGo(): Promise<void> {
    const idle = caller;
    caller = null;
    await idle?.end();
  }

  return {
    async compact(stored) {
      const size = (stored.snapshot?.bytes.length ?? 0) + sum(stored.updates.map(({ length }) => length));
      if (size <= inlineBytes) return compactBoard(stored);
      if (leaving !== null) clearTimeout(leaving);
      running += 1;
      try {
        caller ??= createThreadCaller(startThread("compactorThread", null));
        return compactedSchema.parse(await caller.call("compact", [stored]));
      } catch (error) {
        // A thread that died is replaced by the next call.
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

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
