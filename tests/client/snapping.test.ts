import { expect, test } from "vitest";
import { snapTo } from "../../client/canvas/snapping.ts";

const note = (x: number, y: number) => ({ x, y, width: 320, height: 200 });

test("[H7] a note lies flush with the edge or the middle of its neighbours, and says with which", () => {
  const { by, guides } = snapTo(note(1004, 500), [note(1000, 100)], 8);

  expect(by).toEqual({ x: -4, y: 0 });
  // Left edges, middles and right edges are all flush.
  expect(guides).toHaveLength(3);
  expect(guides[0]).toEqual({ from: { x: 1000, y: 100 }, to: { x: 1000, y: 700 } });
});

test("[H7] of two alignments the nearer wins, each way by itself", () => {
  const { by } = snapTo(note(1005, 305), [note(1000, 700), note(680, 302), note(1008, 900)], 8);

  expect(by).toEqual({ x: 3, y: -3 });
});

test("[H7] what is further away than the pull, or no neighbour, does not pull", () => {
  expect(snapTo(note(1009, 520), [note(1000, 100)], 8).by).toEqual({ x: 0, y: 0 });
  expect(snapTo(note(1004, 1500), [note(1000, 100)], 8).by).toEqual({ x: 0, y: 0 });
  expect(snapTo(note(1004, 500), [], 8)).toEqual({ by: { x: 0, y: 0 }, guides: [] });
});
