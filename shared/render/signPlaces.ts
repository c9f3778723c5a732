import type { Point, Size } from "../board/geometry.ts";

/*
 * Where signs lie on the corners of a note, the same on the screen and on paper: so far out that they touch none of its
 * letters, which begin 13 units from its edges, and none of those of a neighbour that lies 14 units further on.
 */

/** World units; on a screen signs grow where the board is small. */
export const rosetteRadius = 29;
export const sumRadius = 25.6;
/** How far paint of any sign may reach beyond the note, world units. */
const reach = 98;

/** So far within its corner a note must be in sight to show the sign there; and so far under another it is not. */
export const signCorner = 6;
export const surelyUnder = 26;

const padding = 13;
/** Of the radius: as far as the edges of a rosette, its ribbons and a dot reach. */
const rosetteEdge = 1.11;
const ribbonEdge = 0.71;
const sumEdge = 1.14;

/** The middle of the rosette: its ribbons hang beside the first letters, its disk lies above them. */
export function rosettePlace(radius = rosetteRadius): Point {
  const nearest = rosetteEdge * radius - reach;
  return {
    x: Math.max(padding - 1 - ribbonEdge * radius, nearest),
    y: Math.max(padding - 1 - 0.84 * radius, nearest),
  };
}

/** Two ribbons, as shares of the radius around the middle of the rosette. */
export function ribbonOutline(side: -1 | 1): readonly (readonly [number, number])[] {
  return [
    [side * 0.08, 0.5],
    [side * 0.62, 1.5],
    [side * 0.34, 1.42],
    [side * 0.16, 1.7],
  ];
}

/** The middle of the number of dots, beyond the lower corner at the end or at the start of the lines. */
export function sumPlace({ width, height }: Size, corner: "left" | "right", radius = sumRadius): Point {
  const out = Math.min(sumEdge * radius * Math.SQRT1_2 - padding + 0.4, reach - sumEdge * radius);
  return { x: corner === "right" ? width + out : -out, y: height + out };
}
