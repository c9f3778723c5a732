import type { ZoneId } from "../board/placement.ts";
import type { Voting } from "../board/voting.ts";

/*
 * How far the tree has come, from the notes alone: the same notes give the same tree on every screen and in every
 * picture. Only counts matter, never who, when or in which order, so a moved note changes nothing within its zone.
 */

/** Everything from 0, as it starts, to 1, as full as it gets. */
export type Growth = {
  /** How thick each of the seven roots is. */
  readonly roots: readonly number[];
  /** How many of the leaves are there. */
  readonly leaves: number;
  /** How ripe each fruit is, in the order of the drawing. */
  readonly fruits: readonly number[];
};

export type Grown = {
  readonly notesByZone: Readonly<Record<ZoneId, readonly { readonly votes: number }[]>>;
  readonly voting: Voting | null;
};

export const rootCount = 7;
export const fruitCount = 25;

/** The tree of somebody who wants it to stay as it is, and of pages without a board: in leaf, with ripe fruit. */
export const neutralGrowth: Growth = {
  roots: Array.from({ length: rootCount }, () => 0.35),
  leaves: 0.35,
  fruits: Array.from({ length: fruitCount }, (_, i) => 0.78 + 0.06 * (i % 4)),
};

/** The middle roots first, then outwards to both sides. */
const rootOrder = [3, 1, 5, 0, 6, 2, 4];

/** As many leaves as there are, with this many notes in the watering can. */
const notesForAllLeaves = 20;

/**
 * Dots that nobody may see yet ripen nothing: while a round is open, fruits know only that there are notes.
 * More notes or dots never make any part smaller.
 */
export function growthOf({ notesByZone, voting }: Grown): Growth {
  const isSecret = voting?.phase === "open";
  let total = 0;
  if (!isSecret) {
    for (const notes of Object.values(notesByZone)) for (const { votes } of notes) total += votes;
  }
  return {
    roots: rootsOf(notesByZone.roots.length),
    leaves: leavesOf(notesByZone.wateringCan.length),
    fruits: fruitsOf(
      notesByZone.fruits.map(({ votes }) => (isSecret ? 0 : votes)),
      total,
    ),
  };
}

/** Notes feed the roots in turn: each note makes one root visibly thicker. */
function rootsOf(notes: number): readonly number[] {
  return Array.from({ length: rootCount }, (_, root) => {
    const turn = rootOrder.indexOf(root);
    return 1 - 0.55 ** Math.max(0, Math.ceil((notes - turn) / rootCount));
  });
}

function leavesOf(notes: number): number {
  const saturated = (count: number) => 1 - Math.exp(-count / 7);
  return Math.min(1, saturated(notes) / saturated(notesForAllLeaves));
}

/** The note with the most dots hangs in the first fruit, and so on; fruits beyond the notes stay young. */
function fruitsOf(votes: readonly number[], total: number): readonly number[] {
  const own = new Array<number>(fruitCount).fill(0);
  const isSet = new Array<boolean>(fruitCount).fill(false);
  [...votes]
    .sort((a, b) => b - a)
    .forEach((count, rank) => {
      // Neighbours in rank hang far apart; 7 and 25 share no divisor, so every fruit gets its turn.
      const fruit = (rank * 7) % fruitCount;
      own[fruit] = (own[fruit] ?? 0) + count;
      isSet[fruit] = true;
    });
  return own.map((count, fruit) => {
    const young = 0.04 + 0.03 * ((fruit * 3) % 5);
    return 1 - (1 - young) * (isSet[fruit] === true ? 0.45 : 1) * 0.66 ** count * 0.97 ** total;
  });
}

/** On the way from one growth to another; `share` from 0 to 1. */
export function growthBetween(from: Growth, to: Growth, share: number): Growth {
  const between = (a: number, b: number) => a + (b - a) * share;
  const each = (a: readonly number[], b: readonly number[]) =>
    b.map((value, i) => between(a[i] ?? value, value));
  return {
    roots: each(from.roots, to.roots),
    leaves: between(from.leaves, to.leaves),
    fruits: each(from.fruits, to.fruits),
  };
}
