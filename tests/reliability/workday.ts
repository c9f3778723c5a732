/** How much a day's work is, or a share of it, and how it is spread over boards. */
export type Workday = {
  readonly updates: number;
  readonly presenceFrames: number;
  readonly joins: number;
  readonly boards: number;
};

/** What one group does between opening its board and leaving it. */
export type SessionPlan = {
  readonly board: number;
  readonly members: number;
  readonly updates: number;
  readonly presenceFrames: number;
  /** Long texts said over and over: what makes a log grow much faster than its board. */
  readonly isHeavy: boolean;
};

export function workdayOf(share: number): Workday {
  return {
    updates: Math.round(200_000 * share),
    presenceFrames: Math.round(500_000 * share),
    joins: Math.round(2_000 * share),
    boards: Math.round(300 * share),
  };
}

const heavyShare = 0.1;
/** Fewer would fit into the log of any board, whatever the store does. */
const fewestHeavyUpdates = 1_200;

/**
 * One half of a day. The first board is the heavy one and comes first, because it takes longest. `boards` are the
 * numbers of the boards of this half.
 */
export function planHalf(day: Workday, boards: readonly number[]): SessionPlan[] {
  const updates = day.updates / 2;
  const heavyUpdates = Math.max(day.updates * heavyShare, fewestHeavyUpdates);
  const [joins, presenceFrames] = [
    spread(day.joins / 2, boards.length),
    spread(day.presenceFrames / 2, boards.length),
  ];
  const others = spread(updates - heavyUpdates, boards.length - 1);
  return boards.map((board, index) => ({
    board,
    members: joins[index] ?? 0,
    updates: index === 0 ? Math.round(heavyUpdates) : (others[index - 1] ?? 0),
    presenceFrames: presenceFrames[index] ?? 0,
    isHeavy: index === 0,
  }));
}

/** Whole numbers that differ by one at most and add up. */
export function spread(total: number, over: number): number[] {
  return Array.from(
    { length: over },
    (_, index) => Math.round((total * (index + 1)) / over) - Math.round((total * index) / over),
  );
}
