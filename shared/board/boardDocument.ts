import * as Y from "yjs";
import type { NoteId, ParticipantId, ThemeId } from "./ids.ts";

/*
 * The one file that names the keys of the board document (DESIGN section 3):
 *
 *   meta    Y.Map  { schema: 1, voting?: { dots, phase } }
 *   notes   Y.Map  noteId  -> Y.Map { text: Y.Text, placement, voice, author?, enteredBy, source, createdAt,
 *                                     colour?, theme?, placeBefore?, drawing?, highlight?, removed?, withdrawn?,
 *                                     "edits/<participantId>": { count, at } }
 *   votes   Y.Map  "noteId/participantId" -> count
 *   themes  Y.Map  themeId -> Y.Map { title: Y.Text, createdAt }
 *
 * The template is not in the document: the board's row says which one, so that nothing is ever seeded twice.
 */
export const documentSchema = 1;

export const noteKeys = {
  text: "text",
  placement: "placement",
  voice: "voice",
  author: "author",
  enteredBy: "enteredBy",
  source: "source",
  createdAt: "createdAt",
  colour: "colour",
  theme: "theme",
  placeBefore: "placeBefore",
  drawing: "drawing",
  highlight: "highlight",
  removed: "removed",
  withdrawn: "withdrawn",
} as const;

export const metaKeys = { schema: "schema", voting: "voting" } as const;
export const themeKeys = { title: "title", createdAt: "createdAt" } as const;

const editPrefix = "edits/";
/** Stands where a participant's id would, for changes and votes of people whom an import does not name. */
export const unnamedParticipant = "unnamed";

export function metaOf(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap("meta");
}
export function notesOf(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap("notes");
}
export function votesOf(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap("votes");
}
export function themesOf(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap("themes");
}

export function editKey(participant: ParticipantId | typeof unnamedParticipant): string {
  return `${editPrefix}${participant}`;
}

/** The participant part of an edit key; null for every other key of a note. */
export function participantOfEditKey(key: string): string | null {
  return key.startsWith(editPrefix) ? key.slice(editPrefix.length) : null;
}

export function voteKey(note: NoteId, participant: ParticipantId | typeof unnamedParticipant): string {
  return `${note}/${participant}`;
}

/** Splits `noteId/participantId`; null when it is not of that form. */
export function parseVoteKey(key: string): { note: string; participant: string } | null {
  const slash = key.indexOf("/");
  if (slash <= 0 || slash === key.length - 1) return null;
  return { note: key.slice(0, slash), participant: key.slice(slash + 1) };
}

/** The live text of a note, for an editor that follows it; null when there is no such note. */
export function noteTextOf(doc: Y.Doc, id: NoteId): Y.Text | null {
  const entry = notesOf(doc).get(id);
  const text = entry instanceof Y.Map ? entry.get(noteKeys.text) : undefined;
  return plainTextIn(text);
}

/** `Y.XmlText` is a `Y.Text` too, and one whose marks may make every reading of it throw: no board has any. */
export function plainTextIn(value: unknown): Y.Text | null {
  return value instanceof Y.Text && !(value instanceof Y.XmlText) ? value : null;
}

/**
 * Where a place in the words lies in the shared text. They differ where a foreign client put pictures or other
 * objects between the words: those take room in the text and are no words.
 */
export function placeInText(text: Y.Text, index: number): number {
  if (text.length === text.toJSON().length) return index;
  let words = 0;
  let place = 0;
  for (const { insert } of text.toDelta()) {
    const isWords = typeof insert === "string";
    const length = isWords ? insert.length : 1;
    if (isWords && words + length >= index) return place + index - words;
    if (isWords) words += length;
    place += length;
  }
  return place;
}

export function themeTitleOf(doc: Y.Doc, id: ThemeId): Y.Text | null {
  const entry = themesOf(doc).get(id);
  const title = entry instanceof Y.Map ? entry.get(themeKeys.title) : undefined;
  return plainTextIn(title);
}

/** A document made by a later version of this product: it is shown, and not written to. */
export function isFromTheFuture(doc: Y.Doc): boolean {
  const schema = metaOf(doc).get(metaKeys.schema);
  return typeof schema === "number" && schema > documentSchema;
}
