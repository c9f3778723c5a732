import { clamp, type Point } from "../../shared/board/geometry.ts";
import type { Note } from "../../shared/board/note.ts";
import { reach } from "../../shared/board/placement.ts";

/** As far as notes can go that way while they keep their distance to each other: at the edge of the world they stop. */
export function keptTogether(notes: readonly Pick<Note, "placement">[], by: Point): Point {
  if (notes.length === 0) return by;
  const xs = notes.map(({ placement }) => placement.x);
  const ys = notes.map(({ placement }) => placement.y);
  return { x: within(xs, by.x), y: within(ys, by.y) };
}

function within(places: readonly number[], by: number): number {
  const lowest = reach.lowest - Math.min(...places);
  const highest = reach.highest - Math.max(...places);
  return lowest > highest ? 0 : clamp(by, lowest, highest);
}
