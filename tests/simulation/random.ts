/** Chance that can be repeated: the same seed draws the same. */
export type Random = {
  /** At least 0, below 1. */
  readonly next: () => number;
  /** A whole number from 0, below `count`. */
  readonly below: (count: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(choices: readonly T[]) => T;
  readonly pickWeighted: <T>(choices: readonly Weighted<T>[]) => T;
};

export type Weighted<T> = { readonly value: T; readonly weight: number };

/** Mulberry32: small, quick, and good enough to play with. */
export function createRandom(seed: number): Random {
  let state = (seed * 0x9e3779b1) >>> 0;

  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  }

  const below = (count: number) => Math.floor(next() * count);

  return {
    next,
    below,
    chance: (probability) => next() < probability,
    pick<T>(choices: readonly T[]): T {
      const chosen = choices[below(choices.length)];
      if (chosen === undefined) throw new Error("nothing to choose from");
      return chosen;
    },
    pickWeighted<T>(choices: readonly Weighted<T>[]): T {
      let left = next() * choices.reduce((sum, { weight }) => sum + weight, 0);
      for (const { value, weight } of choices) {
        left -= weight;
        if (left < 0) return value;
      }
      throw new Error("nothing to choose from");
    },
  };
}
