import type { Point, Size } from "./geometry.ts";
import type { NoteId } from "./ids.ts";
import type { Placement } from "./placement.ts";

export type Lying = { readonly id: NoteId; readonly placement: Placement };

/** Of a note's height: whose tops differ less lie in one row. */
const rowShare = 0.6;

/**
 * Notes as the eye reads them where they lie: in rows from top to bottom, in a row from left to right. Canvas, list
 * and exports of one board that ask here read alike. Notes that change places change places in this order too.
 */
export function inReadingOrder<Note extends Lying>(notes: readonly Note[], noteSize: Size): readonly Note[] {
  const byId = [...notes].sort((a, b) => (a.id < b.id ? -1 : 1));
  return readingOrderOf(byId, ({ placement }) => placement, noteSize);
}

/** The same for anything that lies somewhere; what lies in one place keeps its order. */
export function readingOrderOf<Thing>(
  things: readonly Thing[],
  cornerOf: (thing: Thing) => Point,
  noteSize: Size,
): readonly Thing[] {
  const fromAbove = things
    .map((thing, index) => ({ thing, index, corner: cornerOf(thing) }))
    .sort((a, b) => a.corner.y - b.corner.y);
  let row = 0;
  let rowTop = fromAbove[0]?.corner.y ?? 0;
  const placed = fromAbove.map((entry) => {
    if (entry.corner.y - rowTop >= noteSize.height * rowShare) {
      row += 1;
      rowTop = entry.corner.y;
    }
    return { ...entry, row };
  });
  return placed
    .sort((a, b) => a.row - b.row || a.corner.x - b.corner.x || a.corner.y - b.corner.y || a.index - b.index)
    .map(({ thing }) => thing);
}
