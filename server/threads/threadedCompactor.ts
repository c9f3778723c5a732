import { z } from "zod";
import { type Compactor, compactBoard } from "../relay/compactor.ts";
import { createWorkThread } from "./workThread.ts";

const compactedSchema = z.object({
  bytes: z.instanceof(Uint8Array),
  stateVector: z.instanceof(Uint8Array),
  deletions: z.instanceof(Uint8Array),
});

/** Smaller boards take a few milliseconds at most, less than handing them over is worth. */
const inlineBytes = 60_000;

/** Compacts on a thread of its own, which is there before the first large board needs it. */
export function createThreadedCompactor(): Compactor {
  const thread = createWorkThread("compactorThread", "always");
  return {
    async compact(stored) {
      const size = (stored.snapshot?.bytes.length ?? 0) + sum(stored.updates.map(({ length }) => length));
      if (size <= inlineBytes) return compactBoard(stored);
      return compactedSchema.parse(await thread.call("compact", [stored]));
    },
    close: thread.close,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
