import { centreOf, isInsidePolygon, type Polygon, type Rectangle } from "../../shared/board/geometry.ts";
import type { NoteId } from "../../shared/board/ids.ts";

export type Lying = { readonly id: NoteId; readonly box: Rectangle };

/** Notes whose middle lies inside what somebody drew around them; world units. */
export function notesInLasso(outline: Polygon, notes: readonly Lying[]): readonly NoteId[] {
  return notes.filter(({ box }) => isInsidePolygon(centreOf(box), outline)).map(({ id }) => id);
}
