import type { Point, Size } from "./geometry.ts";
import type { NoteId } from "./ids.ts";
import { nextFreeSpots, type Placement, type ZoneId, type ZoneLayout } from "./placement.ts";

export type Lying = { readonly id: NoteId; readonly placement: Placement };

/**
 * A zone tidied into rows: its notes on the spots of the zone, in the order in which one reads them where they lie
 * now. `others` are the corners of everything else, which stays. Only what moves is listed.
 */
export function tidySpots(
  zone: ZoneId,
  notes: readonly Lying[],
  others: readonly Point[],
  layout: ZoneLayout,
): readonly { readonly note: NoteId; readonly placement: Placement }[] {
  const spots = nextFreeSpots(zone, notes.length, others, layout);
  // The same order for both: who tidies a second time moves nothing.
  const byReading = inReadingOrder(spots, (spot) => spot, layout.noteSize);
  const inOrder = inReadingOrder(
    [...notes].sort((a, b) => (a.id < b.id ? -1 : 1)),
    ({ placement }) => placement,
    layout.noteSize,
  );
  return inOrder.flatMap((note, index) => {
    const placement = byReading[index];
    if (placement === undefined) return [];
    const stays = placement.x === note.placement.x && placement.y === note.placement.y;
    return stays ? [] : [{ note: note.id, placement }];
  });
}

/**
 * In the order in which an eye reads what lies there: what begins within half a note's height of the highest is one
 * row, and rows are read from the left. What lies in one place keeps its order.
 */
export function inReadingOrder<T>(
  things: readonly T[],
  cornerOf: (thing: T) => Point,
  size: Size,
): readonly T[] {
  const rows: T[][] = [];
  let top = Number.NEGATIVE_INFINITY;
  for (const thing of [...things].sort((a, b) => cornerOf(a).y - cornerOf(b).y)) {
    const { y } = cornerOf(thing);
    const row = rows.at(-1);
    if (row !== undefined && y - top <= size.height / 2) row.push(thing);
    else {
      rows.push([thing]);
      top = y;
    }
  }
  return rows.flatMap((row) => row.sort((a, b) => cornerOf(a).x - cornerOf(b).x));
}
