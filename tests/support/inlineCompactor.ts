import { type Compactor, compactBoard } from "../../server/relay/compactor.ts";

/** Makes snapshots where it is asked, without a thread. */
export function createInlineCompactor(): Compactor {
  return {
    compact: async (stored) => compactBoard(stored),
    close: async () => undefined,
  };
}
