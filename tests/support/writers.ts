import * as Y from "yjs";
import {
  type NoteId,
  noteIdSchema,
  type ParticipantId,
  participantIdSchema,
} from "../../shared/board/ids.ts";
import type { Note } from "../../shared/board/note.ts";
import { readBoard } from "../../shared/board/readBoard.ts";
import { BoardWriter, type NewNote } from "../../shared/board/writeBoard.ts";
import type { Result } from "../../shared/result.ts";

export type Writer = BoardWriter & { readonly doc: Y.Doc };

/** A person at a board, with a clock that the test moves by hand. */
export function createWriter(
  options: { readonly name?: string | null; readonly doc?: Y.Doc; readonly clock?: { now: number } } = {},
): Writer {
  const { name = "alice", doc = new Y.Doc(), clock = { now: 1_760_000_000_000 } } = options;
  let made = 0;
  const writer = new BoardWriter({
    doc,
    now: () => clock.now,
    createNoteId() {
      made += 1;
      return noteIdSchema.parse(`${name ?? "nobody"}-${made}`);
    },
    actor: () => (name === null ? null : participantOf(name)),
  });
  return Object.assign(writer, { doc });
}

export function participantOf(name: string): ParticipantId {
  return participantIdSchema.parse(name);
}

export function newNote(text: string, more: Partial<NewNote> = {}): NewNote {
  return {
    text,
    placement: { zone: "roots", x: 100, y: 1400 },
    source: "screen",
    voice: "unspecified",
    ...more,
  };
}

/** The value of what must have worked. */
export function mustWork<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
  return result.value;
}

export function noteOf(doc: Y.Doc, id: NoteId): Note {
  const note = readBoard(doc).notes.get(id);
  if (note === undefined) throw new Error(`no note ${id}`);
  return note;
}

/** Both documents hear everything of each other. */
export function exchange(a: Y.Doc, b: Y.Doc): void {
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a, Y.encodeStateVector(b)));
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b, Y.encodeStateVector(a)));
}
