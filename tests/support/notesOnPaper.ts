import { noteIdSchema } from "../../shared/board/ids.ts";
import type { Note } from "../../shared/board/note.ts";

/** A note as a view reads it, among the roots unless said otherwise. */
export function noteOnPaper(id: string, facts: Partial<Omit<Note, "id">> = {}): Note {
  return {
    id: noteIdSchema.parse(id),
    text: id,
    placement: { zone: "roots", x: 1200, y: 1600 },
    voice: "unspecified",
    author: null,
    enteredBy: null,
    source: "screen",
    createdAt: 0,
    updatedAt: 0,
    revision: 1,
    editors: [],
    colour: null,
    theme: null,
    placeBefore: null,
    drawing: null,
    highlight: null,
    votes: 0,
    removed: null,
    withdrawn: false,
    ...facts,
  };
}
