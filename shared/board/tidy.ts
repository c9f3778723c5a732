import type { Point } from "./geometry.ts";
import type { NoteId } from "./ids.ts";
import { nextFreeSpots, type Placement, type ZoneId, type ZoneLayout } from "./placement.ts";
import { inReadingOrder, type Lying, readingOrderOf } from "./readingOrder.ts";

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
  const byReading = readingOrderOf(spots, (spot) => spot, layout.noteSize);
  return inReadingOrder(notes, layout.noteSize).flatMap((note, index) => {
    const placement = byReading[index];
    if (placement === undefined) return [];
    const stays = placement.x === note.placement.x && placement.y === note.placement.y;
    return stays ? [] : [{ note: note.id, placement }];
  });
}
