import { overlapArea, type Size } from "../../shared/board/geometry.ts";
import type { NoteId } from "../../shared/board/ids.ts";
import type { Note } from "../../shared/board/note.ts";
import { compareByAge } from "../../shared/board/readBoard.ts";

/**
 * Which of this device's fresh notes should give way: two devices took the same free spot before they heard of each
 * other. The younger note moves, and only its own device moves it, so that the two never dance.
 */
export function notesToSettle(
  fresh: ReadonlySet<NoteId>,
  notes: ReadonlyMap<NoteId, Note>,
  size: Size,
): readonly Note[] {
  const giving: Note[] = [];
  for (const id of fresh) {
    const own = notes.get(id);
    if (own === undefined) continue;
    for (const other of notes.values()) {
      if (other.id === own.id || compareByAge(own, other) < 0) continue;
      if (overlapArea({ ...own.placement, ...size }, { ...other.placement, ...size }) > 0) {
        giving.push(own);
        break;
      }
    }
  }
  return giving;
}
