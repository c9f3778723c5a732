import { expect, test } from "vitest";
import type { Point } from "../../../shared/board/geometry.ts";
import {
  ribbonOutline,
  rosettePlace,
  rosetteRadius,
  sumPlace,
  sumRadius,
} from "../../../shared/render/signPlaces.ts";

const size = { width: 320, height: 200 };
const padding = 13;
/** What a canvas paints anew around a note with signs. */
const mostReach = 100;

const isOnLetters = ({ x, y }: Point) =>
  x > padding && y > padding && x < size.width - padding && y < size.height - padding;

const disk = ({ x, y }: Point, radius: number): readonly Point[] =>
  Array.from({ length: 72 }, (_, index) => {
    const angle = (index * Math.PI) / 36;
    return { x: x + radius * Math.cos(angle), y: y + radius * Math.sin(angle) };
  });

/** The outermost points of a rosette with its ribbons and all edges. */
function rosette(radius: number): readonly Point[] {
  const at = rosettePlace(radius);
  const ribbons = ([-1, 1] as const).flatMap((side) =>
    ribbonOutline(side).flatMap(([dx, dy]) =>
      disk({ x: at.x + dx * radius, y: at.y + dy * radius }, 0.09 * radius),
    ),
  );
  return [...disk(at, 1.11 * radius), ...ribbons];
}

const sum = (corner: "left" | "right", radius: number) => disk(sumPlace(size, corner, radius), 1.14 * radius);

test("[C40] the signs of a note touch none of its letters, also grown for a small board", () => {
  // Further grown the board is so small that hardly any words are written.
  for (const grown of [1, 1.3, 1.7]) {
    expect(rosette(rosetteRadius * grown).filter(isOnLetters)).toEqual([]);
    expect(sum("right", sumRadius * grown).filter(isOnLetters)).toEqual([]);
    expect(sum("left", sumRadius * grown).filter(isOnLetters)).toEqual([]);
  }
});

test("[C3] the signs of a note stay where a canvas paints them anew, however much they grow", () => {
  const isWithin = ({ x, y }: Point) =>
    x >= -mostReach && y >= -mostReach && x <= size.width + mostReach && y <= size.height + mostReach;
  for (const grown of [1, 1.7, 2, 2.4]) {
    const signs = [
      ...rosette(rosetteRadius * grown),
      ...sum("right", sumRadius * grown),
      ...sum("left", sumRadius * grown),
    ];
    expect(signs.every(isWithin)).toBe(true);
  }
});
