import * as Y from "yjs";
import {
  documentSchema,
  editKey,
  metaKeys,
  metaOf,
  noteKeys,
  notesOf,
  themeKeys,
  themesOf,
  unnamedParticipant,
  voteKey,
  votesOf,
} from "./boardDocument.ts";
import type { Note } from "./note.ts";
import type { Board, Theme } from "./readBoard.ts";

/** Writes a whole board into an empty document: the opposite of `readBoard`, for imports. */
export function fillBoard(doc: Y.Doc, board: Pick<Board, "notes" | "themes" | "voting">): void {
  if (notesOf(doc).size > 0) throw new Error("only an empty document can be filled");
  doc.transact(() => {
    metaOf(doc).set(metaKeys.schema, documentSchema);
    if (board.voting !== null) metaOf(doc).set(metaKeys.voting, { ...board.voting });
    for (const note of board.notes.values()) fillNote(doc, note);
    for (const theme of board.themes.values()) fillTheme(doc, theme);
  });
}

function fillNote(doc: Y.Doc, note: Note): void {
  const entry = new Y.Map<unknown>();
  entry.set(noteKeys.text, new Y.Text(note.text));
  entry.set(noteKeys.placement, { ...note.placement });
  entry.set(noteKeys.voice, note.voice);
  entry.set(noteKeys.enteredBy, note.enteredBy);
  if (note.author !== null) entry.set(noteKeys.author, note.author);
  if (note.source !== null) entry.set(noteKeys.source, note.source);
  if (note.createdAt !== null) entry.set(noteKeys.createdAt, note.createdAt);
  if (note.colour !== null) entry.set(noteKeys.colour, note.colour);
  if (note.theme !== null) entry.set(noteKeys.theme, note.theme);
  if (note.placeBefore !== null) entry.set(noteKeys.placeBefore, { ...note.placeBefore });
  if (note.drawing !== null) entry.set(noteKeys.drawing, note.drawing);
  if (note.highlight !== null) entry.set(noteKeys.highlight, { ...note.highlight });
  if (note.removed !== null) entry.set(noteKeys.removed, { ...note.removed });
  if (note.withdrawn) entry.set(noteKeys.withdrawn, true);
  fillEdits(entry, note);
  if (note.votes > 0) votesOf(doc).set(voteKey(note.id, unnamedParticipant), note.votes);
  notesOf(doc).set(note.id, entry);
}

/** Spreads the revisions over the editors; only their sum, their names and the latest time are known. */
function fillEdits(entry: Y.Map<unknown>, note: Note): void {
  const at = note.updatedAt ?? note.createdAt ?? 0;
  const named = note.editors.slice(0, note.revision - 1);
  for (const editor of named) entry.set(editKey(editor), { count: 1, at });
  const rest = note.revision - 1 - named.length;
  if (rest > 0) entry.set(editKey(unnamedParticipant), { count: rest, at });
  else if (named.length === 0 && note.updatedAt !== note.createdAt && note.removed === null) {
    entry.set(editKey(unnamedParticipant), { count: 0, at });
  }
}

function fillTheme(doc: Y.Doc, theme: Theme): void {
  const entry = new Y.Map<unknown>();
  entry.set(themeKeys.title, new Y.Text(theme.title));
  if (theme.createdAt !== null) entry.set(themeKeys.createdAt, theme.createdAt);
  themesOf(doc).set(theme.id, entry);
}
