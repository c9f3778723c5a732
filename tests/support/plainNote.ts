import { noteIdSchema } from "../../shared/board/ids.ts";
import type { Note } from "../../shared/board/note.ts";

/** A note about which nothing is special but what is given. */
export function plainNote(id: string, facts: Partial<Omit<Note, "id">> = {}): Note {
  return {
    id: noteIdSchema.parse(id),
    text: "samen",
    placement: { zone: "roots", x: 0, y: 0 },
    voice: "unspecified",
    author: null,
    enteredBy: null,
    source: null,
    createdAt: null,
    updatedAt: null,
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
