import type { Committer } from "../../server/relay/committer.ts";

/** A committer of which nothing is asked: everything is on disk already. */
export function createIdleCommitter(): Committer {
  return {
    add: () => undefined,
    settled: async () => undefined,
    failingForMs: () => null,
    unsaved: () => 0,
    close: () => undefined,
  };
}
