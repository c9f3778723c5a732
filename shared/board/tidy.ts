import { boundsOf, type Point } from "./geometry.ts";
import type { NoteId } from "./ids.ts";
import { nextFreeSpot, type Placement, type ZoneId, type ZoneLayout } from "./placement.ts";

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
  const taken = [...others];
  const spots = notes.map(() => {
    const spot = nextFreeSpot(zone, taken, layout);
    taken.push(spot);
    return spot;
  });
  const inOrder = [...notes].sort(readingOrder(notes, layout));
  const byReading = [...spots].sort((a, b) => a.y - b.y || a.x - b.x);
  return inOrder.flatMap((note, index) => {
    const placement = byReading[index];
    if (placement === undefined) return [];
    const stays = placement.x === note.placement.x && placement.y === note.placement.y;
    return stays ? [] : [{ note: note.id, placement }];
  });
}

/** Rows as the eye makes them: what lies within half a note's height of each other is one row. */
function readingOrder(notes: readonly Lying[], { noteSize }: ZoneLayout): (a: Lying, b: Lying) => number {
  const top = notes.length === 0 ? 0 : boundsOf(notes.map(({ placement }) => placement)).y;
  const rowOf = ({ placement }: Lying) => Math.round((placement.y - top) / (noteSize.height * 0.6));
  return (a, b) => rowOf(a) - rowOf(b) || a.placement.x - b.placement.x || (a.id < b.id ? -1 : 1);
}
