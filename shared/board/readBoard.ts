import * as Y from "yjs";
import type { z } from "zod";
import { type Result, refuse, succeed } from "../result.ts";
import {
  noteKeys,
  notesOf,
  participantOfEditKey,
  plainTextIn,
  themeKeys,
  themesOf,
  unnamedParticipant,
} from "./boardDocument.ts";
import { readDrawing } from "./drawing.ts";
import type { NoteId, ParticipantId, ThemeId } from "./ids.ts";
import { highlightSchema, maxEdits, maxHighlights, type Note, normaliseText, removedSchema } from "./note.ts";
import {
  colourOf,
  editOf,
  noteIdOf,
  participantIdOf,
  placementOf,
  sourceOf,
  themeIdOf,
  timeOf,
  voiceOf,
} from "./noteValues.ts";
import { readVotes, readVoting, type VoteCounts } from "./readVotes.ts";
import type { Voting } from "./voting.ts";

/*
 * Another peer's document is input like any other. What a note cannot do without is its id, its text and its
 * placement; an entry that lacks one of them is set aside and counted, and harms nobody. Everything else that
 * does not parse becomes "unknown".
 */

export type Theme = {
  readonly id: ThemeId;
  readonly title: string;
  /** Milliseconds, server clock. */
  readonly createdAt: number | null;
};

export type SetAsideReason = "badId" | "notAMap" | "badText" | "badPlacement" | "badTitle";
/** An entry of the document that could not be read. */
export type SetAside = {
  readonly kind: "note" | "theme";
  readonly id: string;
  readonly reason: SetAsideReason;
};

export type Board = {
  /** Removed notes too; see `removed`. Unordered: sort before showing. */
  readonly notes: ReadonlyMap<NoteId, Note>;
  readonly themes: ReadonlyMap<ThemeId, Theme>;
  readonly voting: Voting | null;
  readonly setAside: readonly SetAside[];
};

export function readBoard(doc: Y.Doc): Board {
  const votes = readVotes(doc).sums;
  const notes = new Map<NoteId, Note>();
  const themes = new Map<ThemeId, Theme>();
  const setAside: SetAside[] = [];
  for (const [id, entry] of notesOf(doc).entries()) {
    const note = readNote(id, entry, votes);
    if (note.ok) notes.set(note.value.id, note.value);
    else setAside.push({ kind: "note", id, reason: note.error });
  }
  for (const [id, entry] of themesOf(doc).entries()) {
    const theme = readTheme(id, entry);
    if (theme.ok) themes.set(theme.value.id, theme.value);
    else setAside.push({ kind: "theme", id, reason: theme.error });
  }
  setAside.sort(compareSetAside);
  return { notes, themes, voting: readVoting(doc), setAside };
}

export function readNote(id: string, entry: unknown, votes: VoteCounts): Result<Note, SetAsideReason> {
  const noteId = noteIdOf(id);
  if (noteId === null) return refuse("badId");
  if (!(entry instanceof Y.Map)) return refuse("notAMap");
  const text = readText(entry.get(noteKeys.text));
  if (text === null) return refuse("badText");
  const placement = placementOf(entry.get(noteKeys.placement));
  if (placement === null) return refuse("badPlacement");

  const createdAt = timeOf(entry.get(noteKeys.createdAt));
  const removed = knownOrNull(removedSchema, entry.get(noteKeys.removed));
  const edits = readEdits(entry);
  const changedAt = [...edits.times, ...(removed === null ? [] : [removed.at])];
  return succeed({
    id: noteId,
    text,
    placement,
    voice: voiceOf(entry.get(noteKeys.voice)) ?? "unspecified",
    author: namedParticipant(entry.get(noteKeys.author)),
    enteredBy: namedParticipant(entry.get(noteKeys.enteredBy)),
    source: sourceOf(entry.get(noteKeys.source)),
    createdAt,
    updatedAt: latest(createdAt, changedAt),
    revision: Math.min(1 + edits.count, maxEdits),
    editors: edits.participants,
    colour: colourOf(entry.get(noteKeys.colour)),
    theme: themeIdOf(entry.get(noteKeys.theme)),
    placeBefore: placementOf(entry.get(noteKeys.placeBefore)),
    drawing: readDrawing(entry.get(noteKeys.drawing)),
    highlight: knownOrNull(highlightSchema, entry.get(noteKeys.highlight)),
    votes: votes.get(noteId) ?? 0,
    removed,
    withdrawn: entry.get(noteKeys.withdrawn) === true,
  });
}

/** What `highlightsOf` needs of a document, read without the notes that nobody chose. */
export function readHighlights(doc: Y.Doc): readonly NoteId[] {
  const chosen: Note[] = [];
  for (const [id, entry] of notesOf(doc).entries()) {
    if (!(entry instanceof Y.Map) || !entry.has(noteKeys.highlight)) continue;
    const note = readNote(id, entry, new Map());
    if (note.ok) chosen.push(note.value);
  }
  return highlightsOf(chosen);
}

/** The notes for reporting back, first chosen first: of more than there may be, the earliest count. */
export function highlightsOf(notes: Iterable<Note>): readonly NoteId[] {
  return [...notes]
    .filter((note) => note.highlight !== null && note.removed === null && !note.withdrawn)
    .sort((a, b) => (a.highlight?.at ?? 0) - (b.highlight?.at ?? 0) || compareText(a.id, b.id))
    .slice(0, maxHighlights)
    .map(({ id }) => id);
}

export function readTheme(id: string, entry: unknown): Result<Theme, SetAsideReason> {
  const themeId = themeIdOf(id);
  if (themeId === null) return refuse("badId");
  if (!(entry instanceof Y.Map)) return refuse("notAMap");
  const title = readText(entry.get(themeKeys.title));
  if (title === null) return refuse("badTitle");
  return succeed({
    id: themeId,
    title,
    createdAt: timeOf(entry.get(themeKeys.createdAt)),
  });
}

/** Equal to another note in every field: lets a view keep the object that it already drew. */
export function isSameNote(a: Note, b: Note): boolean {
  // A drawing is long, and the same object until somebody draws anew.
  const { drawing, ...rest } = a;
  const { drawing: otherDrawing, ...otherRest } = b;
  if (JSON.stringify(rest) !== JSON.stringify(otherRest)) return false;
  return drawing === otherDrawing || JSON.stringify(drawing) === JSON.stringify(otherDrawing);
}

/** Oldest first, id on a tie: the order in which notes are numbered and listed. */
export function compareByAge(
  a: { readonly createdAt: number | null; readonly id: string },
  b: { readonly createdAt: number | null; readonly id: string },
): number {
  return (a.createdAt ?? 0) - (b.createdAt ?? 0) || compareText(a.id, b.id);
}

export function compareSetAside(a: SetAside, b: SetAside): number {
  return compareText(a.kind, b.kind) || compareText(a.id, b.id);
}

/** By UTF-16 code unit, never by locale: the same order on every machine. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/**
 * UTF-16 units. Far beyond what a note takes, also after many people merged their words into one; nobody's work is
 * longer, and laying it out would freeze the screen of everybody on the board.
 */
const maxReadableText = 50_000;

/** Plain strings are read as well: some clients have no `Y.Text`. */
function readText(value: unknown): string | null {
  if (typeof value === "string") return value.length > maxReadableText ? null : normaliseText(value);
  const text = plainTextIn(value);
  return text === null || text.length > maxReadableText ? null : normaliseText(text.toJSON());
}

function readEdits(entry: Y.Map<unknown>): { count: number; times: number[]; participants: ParticipantId[] } {
  let count = 0;
  const times: number[] = [];
  const participants: ParticipantId[] = [];
  entry.forEach((value, key) => {
    const who = participantOfEditKey(key);
    const edit = who === null ? null : editOf(value);
    if (edit === null) return;
    count += edit.count;
    times.push(edit.at);
    const participant = namedParticipant(who);
    if (participant !== null && edit.count > 0) participants.push(participant);
  });
  return { count, times, participants: participants.sort(compareText) };
}

const namedParticipant = (value: unknown): ParticipantId | null =>
  value === unnamedParticipant ? null : participantIdOf(value);

/** What most notes do not have is not parsed: making an error takes longer than reading the rest of the note. */
function knownOrNull<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> | null {
  if (value === undefined || value === null) return null;
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : null;
}

function latest(first: number | null, others: readonly number[]): number | null {
  const times = first === null ? [...others] : [first, ...others];
  return times.length === 0 ? null : Math.max(...times);
}
