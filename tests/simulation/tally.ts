/** What happened, counted: a simulation in which nothing happens proves nothing. */
export const counted = [
  "notes",
  "edits",
  "removals",
  "themes",
  "highlights",
  "rounds",
  "connections",
  "cuts",
  "halfOpen",
  "reloads",
  "devicesLost",
  "crashes",
  "restarts",
  "updatesKept",
  "commits",
  "commitFailures",
  "storeFailures",
  "compactions",
  "promises",
  "refusals",
  "locks",
  "sentAwayByTheDisk",
  "turnedAwayByTheDisk",
  "catchUps",
] as const;
export type Counted = (typeof counted)[number];

export type Tally = {
  readonly count: (what: Counted) => void;
  /** Reasons in the relay's own words. */
  readonly countRefusal: (reason: string) => void;
  readonly of: (what: Counted) => number;
  readonly refusalsOf: (reason: string) => number;
  readonly add: (other: Tally) => void;
  readonly all: () => Readonly<Record<string, number>>;
};

export function createTally(): Tally {
  const counts = new Map<string, number>();
  const raise = (key: string, by: number) => counts.set(key, (counts.get(key) ?? 0) + by);
  const prefix = "refused ";
  return {
    count: (what) => void raise(what, 1),
    countRefusal: (reason) => void raise(prefix + reason, 1),
    of: (what) => counts.get(what) ?? 0,
    refusalsOf: (reason) => counts.get(prefix + reason) ?? 0,
    add(other) {
      for (const [key, value] of Object.entries(other.all())) raise(key, value);
    },
    all: () => Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}
