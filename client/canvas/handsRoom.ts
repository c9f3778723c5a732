import type { Point, Rectangle, Size } from "../../shared/board/geometry.ts";

/** How large the canvas for what moves is, and where its corner lies on the screen; CSS pixels. */
export type HandsRoom = {
  readonly corner: Point;
  readonly size: Size;
  /** Drawings in a row for which it was far too large. */
  readonly spareFor: number;
};

export const noHandsRoom: HandsRoom = { corner: { x: 0, y: 0 }, size: { width: 0, height: 0 }, spareFor: 0 };

/** Corners on multiples of this lie on whole pixels at every common pixel ratio; CSS pixels. */
const cornerStep = 4;
/** Sizes are multiples of this: the canvas is not made anew at every step of what moves. */
const sizeStep = 64;
/** A canvas with more than so many times the pixels that are needed is made smaller, after so many drawings in a row. */
const mostSpare = { times: 3, drawings: 40 };

/** Room for what is drawn within `reach`, a part of the screen; it grows at once, and shrinks later. */
export function handsRoomFor(reach: Rectangle, screen: Size, before: HandsRoom): HandsRoom {
  const wanted = {
    width: sizeFor(reach.width, screen.width),
    height: sizeFor(reach.height, screen.height),
  };
  const kept = {
    width: Math.min(screen.width, Math.max(wanted.width, before.size.width)),
    height: Math.min(screen.height, Math.max(wanted.height, before.size.height)),
  };
  const isSpare = kept.width * kept.height > mostSpare.times * wanted.width * wanted.height;
  const spareFor = isSpare ? before.spareFor + 1 : 0;
  const size = spareFor > mostSpare.drawings ? wanted : kept;
  // It may reach beyond the edge of the screen, where nobody sees it.
  return { corner: { x: cornerFor(reach.x), y: cornerFor(reach.y) }, size, spareFor };
}

function sizeFor(length: number, most: number): number {
  return Math.min(most, Math.ceil((length + cornerStep) / sizeStep) * sizeStep);
}

function cornerFor(start: number): number {
  return Math.max(0, Math.floor(start / cornerStep) * cornerStep);
}
