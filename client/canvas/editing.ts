import type { Point, Size } from "../../shared/board/geometry.ts";
import type { NoteId } from "../../shared/board/ids.ts";
import type { BoardView } from "../model/boardModel.ts";

/** A note with its text open, or a place that becomes a note with the first words: an empty note is nobody's. */
export type Editing =
  | { readonly kind: "note"; readonly note: NoteId }
  | { readonly kind: "fresh"; readonly corner: Point; readonly note: NoteId | null };

/** The same editor goes on when its first words have made the note. */
export function keyOfEditor(editing: Editing): string {
  return editing.kind === "note" ? editing.note : `${editing.corner.x},${editing.corner.y}`;
}

/** Where the open note lies; a note that was removed meanwhile keeps its editor where it was. */
export function cornerOfEditor(editing: Editing, { notes, removed }: BoardView): Point {
  const { note } = editing;
  const found = note === null ? undefined : (notes.get(note) ?? removed.find(({ id }) => id === note));
  return found?.placement ?? (editing.kind === "fresh" ? editing.corner : { x: 0, y: 0 });
}

/** The corner of a note with its middle there. */
export function cornerAround(middle: Point, { width, height }: Size): Point {
  return { x: Math.round(middle.x - width / 2), y: Math.round(middle.y - height / 2) };
}
