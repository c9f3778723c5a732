import type { NoteId } from "../../shared/board/ids.ts";
import type { Note } from "../../shared/board/note.ts";
import type { BoardView } from "../model/boardModel.ts";

/** Dots that may be shown on a note: one's own while a round is open, else what all gave together. */
export type Dots = { readonly whose: "own" | "everybody"; readonly count: number };

/** While a round is open nobody sees what others gave, whatever the document says. */
export function dotsOf(
  note: Pick<Note, "id" | "votes">,
  { voting, ownDots }: Pick<BoardView, "voting" | "ownDots">,
): Dots | null {
  const isOpen = voting?.phase === "open";
  const count = isOpen ? (ownDots.get(note.id) ?? 0) : note.votes;
  return count > 0 ? { whose: isOpen ? "own" : "everybody", count } : null;
}

/** Notes whose dots may look different in the second view. */
export function notesWithOtherDots(before: BoardView, after: BoardView): readonly NoteId[] {
  if (before.voting?.phase !== after.voting?.phase) return [...after.notes.keys()];
  if (after.voting?.phase !== "open") return [];
  const ids = new Set([...before.ownDots.keys(), ...after.ownDots.keys()]);
  return [...ids].filter((id) => before.ownDots.get(id) !== after.ownDots.get(id));
}
