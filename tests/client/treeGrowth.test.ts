import { expect, test } from "vitest";
import { createTreeGrowth } from "../../client/canvas/treeGrowth.ts";
import { createSource } from "../../client/model/observable.ts";
import { type Grown, type Growth, growthOf, neutralGrowth } from "../../shared/render/growth.ts";
import { createManualClock } from "../support/manualClock.ts";

const boardWith = (roots: number, wateringCan = 0): Grown => ({
  notesByZone: {
    roots: new Array(roots).fill({ votes: 0 }),
    wateringCan: new Array(wateringCan).fill({ votes: 0 }),
    fruits: [],
    unplaced: [],
  },
  voting: null,
});

function openTree(first: Grown) {
  const clock = createManualClock();
  const board = createSource(first);
  const shown: Growth[] = [];
  /** Of each of them whether it was said to be the last for now. */
  const arrivals: boolean[] = [];
  const state = { isBusy: false, isStill: false, isOpening: false, repaints: 0 };
  const tree = createTreeGrowth({
    board,
    painter: {
      grow(growth, { isThere }) {
        shown.push(growth);
        arrivals.push(isThere);
        return [{ x: 0, y: 0, width: 10, height: 10 }];
      },
    },
    onGrown: () => {
      state.repaints += 1;
    },
    isBusy: () => state.isBusy,
    isStill: () => state.isStill,
    isOpening: () => state.isOpening,
    after: clock.after,
  });
  return { clock, board, shown, arrivals, state, tree };
}

test("[T8] a board that opens shows its tree at once", () => {
  const { shown, clock } = openTree(boardWith(9));

  expect(shown).toEqual([growthOf(boardWith(9))]);
  expect(clock.waiting()).toBe(0);
});

test("[T8] notes that come after their tree is there bring it as it was left, at once", async () => {
  const { clock, board, shown, state } = openTree(boardWith(0));
  state.isOpening = true;

  board.set(boardWith(9, 4));

  expect(shown.at(-1)).toEqual(growthOf(boardWith(9, 4)));
  expect(clock.waiting()).toBe(0);
  state.isOpening = false;
  board.set(boardWith(9, 5));
  expect(clock.waiting()).toBe(1);
});

test("[T8] a new note lets the tree grow in about a second, in at most twelve repaints, and then it rests", async () => {
  const { clock, board, shown, state } = openTree(boardWith(0));

  board.set(boardWith(1, 2));
  await clock.advance(1_300);

  expect(state.repaints - 1).toBeGreaterThan(5);
  expect(state.repaints - 1).toBeLessThanOrEqual(12);
  expect(shown.at(-1)).toEqual(growthOf(boardWith(1, 2)));
  const leaves = shown.map((growth) => growth.leaves);
  expect(leaves).toEqual([...leaves].sort((a, b) => a - b));
  expect(clock.waiting()).toBe(0);
});

test("[T8] what only has to show a tree that is there is told when it is: when it opens, and after the last step", async () => {
  const { clock, board, arrivals } = openTree(boardWith(0));

  board.set(boardWith(1, 2));
  await clock.advance(1_300);

  expect(arrivals.length).toBeGreaterThan(6);
  expect([arrivals[0], ...arrivals.slice(-1)]).toEqual([true, true]);
  expect(arrivals.slice(1, -1)).not.toContain(true);
});

test("[T8] a change that says nothing new to the tree repaints nothing", async () => {
  const { clock, board, state } = openTree(boardWith(3));

  board.set(boardWith(3));
  await clock.advance(2_000);

  expect(state.repaints).toBe(1);
});

test("[T8] the tree waits while the camera moves or a note is in a hand", async () => {
  const { clock, board, shown, state } = openTree(boardWith(0));

  state.isBusy = true;
  board.set(boardWith(4));
  await clock.advance(3_000);
  expect(state.repaints).toBe(1);
  state.isBusy = false;
  await clock.advance(1_600);

  expect(shown.at(-1)).toEqual(growthOf(boardWith(4)));
});

test("[T8] notes that come while the tree grows are taken along from where it is", async () => {
  const { clock, board, shown } = openTree(boardWith(0));

  board.set(boardWith(0, 3));
  await clock.advance(500);
  board.set(boardWith(0, 6));
  await clock.advance(1_300);

  const leaves = shown.map((growth) => growth.leaves);
  expect(leaves).toEqual([...leaves].sort((a, b) => a - b));
  expect(shown.at(-1)).toEqual(growthOf(boardWith(0, 6)));
});

test("[T9] who wants no motion sees the tree grown at once", async () => {
  const { clock, board, shown, state } = openTree(boardWith(0));

  state.isStill = true;
  board.set(boardWith(5));
  await clock.advance(1);

  expect(shown).toHaveLength(2);
  expect(shown.at(-1)).toEqual(growthOf(boardWith(5)));
  expect(clock.waiting()).toBe(0);
});

test("[T9] who wants a still tree has the same one whatever the notes, until they want it living again", async () => {
  const { clock, board, shown, tree } = openTree(boardWith(2));

  tree.setLiving("still");
  expect(shown.at(-1)).toEqual(neutralGrowth);
  board.set(boardWith(20));
  await clock.advance(2_000);
  expect(shown.at(-1)).toEqual(neutralGrowth);
  tree.setLiving("living");

  expect(shown.at(-1)).toEqual(growthOf(boardWith(20)));
});

test("[T8] a board that closes leaves no timer behind", async () => {
  const { clock, board, shown, tree } = openTree(boardWith(0));

  board.set(boardWith(7));
  await clock.advance(200);
  const before = shown.length;
  tree.destroy();
  board.set(boardWith(8));
  await clock.advance(2_000);

  expect(shown).toHaveLength(before);
  expect(clock.waiting()).toBe(0);
});
