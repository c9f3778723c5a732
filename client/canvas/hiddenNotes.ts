import type { Rectangle } from "../../shared/board/geometry.ts";

/*
 * On a full board notes lie on piles of fifty, and paper is not transparent: what lies wholly under others need not be
 * painted. Covered squares are marked from the top down.
 */

/** Corners are round and paper lies a little askew: this far from its edges a note surely covers, world units. */
const surely = 11;
/** What a note draws beyond its edges. */
const fringe = 16;
/** Of notes on exactly the same spot the topmost few make the pile: of the others only slivers would show. */
const mostOnOneSpot = 3;
const mostSquares = 200;
const smallestSquare = 16;

/**
 * Leaves out what is covered within the area; `notes` from the bottom up, and so is the result. `alwaysSeen`: those that
 * draw far beyond their edges.
 */
export function withoutHidden<Placed extends { readonly bounds: Rectangle }>(
  notes: readonly Placed[],
  area: Rectangle,
  alwaysSeen: (note: Placed) => boolean = () => false,
): readonly Placed[] {
  if (notes.length < 2) return notes;
  const square = Math.max(smallestSquare, Math.max(area.width, area.height) / mostSquares);
  const columns = Math.ceil(area.width / square);
  const rows = Math.ceil(area.height / square);
  const isCovered = new Uint8Array(columns * rows);
  const onSpot = new Map<string, number>();
  const visible: Placed[] = [];

  for (let index = notes.length - 1; index >= 0; index -= 1) {
    const note = notes[index];
    if (note === undefined) continue;
    const { x, y, width, height } = note.bounds;
    const left = x - area.x;
    const top = y - area.y;
    const spot = `${x},${y},${height}`;
    const above = onSpot.get(spot) ?? 0;
    onSpot.set(spot, above + 1);
    const isInSight =
      above < mostOnOneSpot &&
      hasOpenSquare(
        Math.max(0, Math.floor((left - fringe) / square)),
        Math.max(0, Math.floor((top - fringe) / square)),
        Math.min(columns, Math.ceil((left + width + fringe) / square)),
        Math.min(rows, Math.ceil((top + height + fringe) / square)),
      );
    if (!isInSight && !alwaysSeen(note)) continue;
    visible.push(note);
    const fromColumn = Math.max(0, Math.ceil((left + surely) / square));
    const toColumn = Math.min(columns, Math.floor((left + width - surely) / square));
    const toRow = Math.min(rows, Math.floor((top + height - surely) / square));
    if (toColumn <= fromColumn) continue;
    for (let row = Math.max(0, Math.ceil((top + surely) / square)); row < toRow; row += 1) {
      isCovered.fill(1, row * columns + fromColumn, row * columns + toColumn);
    }
  }
  return visible.reverse();

  function hasOpenSquare(fromColumn: number, fromRow: number, toColumn: number, toRow: number): boolean {
    for (let row = fromRow; row < toRow; row += 1) {
      for (let column = fromColumn; column < toColumn; column += 1) {
        if (isCovered[row * columns + column] === 0) return true;
      }
    }
    return false;
  }
}
