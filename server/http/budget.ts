import { networkOf } from "../relay/networkOf.ts";

/** So much at once per address, and then a little at a time. Memory is bounded: full budgets are forgotten. */
export type Budget = {
  readonly spend: (address: string, amount: number) => Spent;
  /** For what was spent ahead and turned out to cost nothing. */
  readonly giveBack: (address: string, amount: number) => void;
};

export type Spent = { readonly ok: true } | { readonly ok: false; readonly waitSeconds: number };

export type BudgetOptions = {
  readonly burst: number;
  readonly perSecond: number;
  /** Milliseconds that have passed since some moment: a clock that is set back shuts nobody out. */
  readonly elapsed: () => number;
};

export function createBudget({ burst, perSecond, elapsed }: BudgetOptions): Budget {
  const firstSweep = 10_000;
  let sweepAt = firstSweep;
  const spent = new Map<string, { left: number; at: number }>();

  function left(address: string): number {
    const entry = spent.get(address);
    if (entry === undefined) return burst;
    return Math.min(burst, entry.left + ((elapsed() - entry.at) / 1000) * perSecond);
  }

  function sweep(): void {
    if (spent.size < sweepAt) return;
    for (const address of spent.keys()) if (left(address) >= burst) spent.delete(address);
    // Where few were full, not again at every step.
    sweepAt = Math.max(firstSweep, 2 * spent.size);
  }

  const wait = (missing: number) => Math.max(1, Math.ceil(missing / perSecond));

  return {
    spend(from, amount) {
      const address = networkOf(from);
      const available = left(address);
      if (available < amount) return { ok: false, waitSeconds: wait(amount - available) };
      sweep();
      spent.set(address, { left: available - amount, at: elapsed() });
      return { ok: true };
    },
    giveBack(from, amount) {
      const address = networkOf(from);
      if (spent.has(address))
        spent.set(address, { left: Math.min(burst, left(address) + amount), at: elapsed() });
    },
  };
}
