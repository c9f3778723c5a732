import { type BoardExport, removedKinds } from "./boardExport.ts";

export type LeftOut = {
  readonly count: (what: (typeof removedKinds)[number], times?: number) => void;
  /** By kind, without those that never happened. */
  readonly counts: () => BoardExport["privacy"]["removed"];
};

/** Keeps count of what an export leaves out, since a reader must know what is missing. */
export function createLeftOut(): LeftOut {
  const tally = new Map<(typeof removedKinds)[number], number>();
  return {
    count(what, times = 1) {
      if (times > 0) tally.set(what, (tally.get(what) ?? 0) + times);
    },
    counts: () =>
      removedKinds.flatMap((what) => {
        const count = tally.get(what);
        return count === undefined ? [] : [{ what, count }];
      }),
  };
}
