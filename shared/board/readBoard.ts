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
import {
  type NoteId,
  noteIdSchema,
  type ParticipantId,
  participantIdSchema,
  type ThemeId,
  themeIdSchema,
} from "./ids.ts";
import {
  editSchema,
  highlightSchema,
  maxEdits,
  maxHighlights,
  type Note,
  normaliseText,
  noteColourSchema,
  removedSchema,
  sourceSchema,
  timeSchema,
  voiceSchema,
} from "./note.ts";
import { placementSchema } from "./placement.ts";
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
  const noteId = noteIdSchema.safeParse(id);
  if (!noteId.success) return refuse("badId");
  if (!(entry instanceof Y.Map)) return refuse("notAMap");
  const text = readText(entry.get(noteKeys.text));
  if (text === null) return refuse("badText");
  const placement = placementSchema.safeParse(entry.get(noteKeys.placement));
  if (!placement.success) return refuse("badPlacement");

  const createdAt = knownOr(null, timeSchema, entry.get(noteKeys.createdAt));
  const removed = knownOr(null, removedSchema, entry.get(noteKeys.removed));
  const edits = readEdits(entry);
  const changedAt = [...edits.times, ...(removed === null ? [] : [removed.at])];
  return succeed({
    id: noteId.data,
    text,
    placement: placement.data,
    voice: knownOr("unspecified", voiceSchema, entry.get(noteKeys.voice)),
    author: participantOrNull(entry.get(noteKeys.author)),
    enteredBy: participantOrNull(entry.get(noteKeys.enteredBy)),
    source: knownOr(null, sourceSchema, entry.get(noteKeys.source)),
    createdAt,
    updatedAt: latest(createdAt, changedAt),
    revision: Math.min(1 + edits.count, maxEdits),
    editors: edits.participants,
    colour: knownOr(null, noteColourSchema, entry.get(noteKeys.colour)),
    theme: knownOr(null, themeIdSchema, entry.get(noteKeys.theme)),
    placeBefore: knownOr(null, placementSchema, entry.get(noteKeys.placeBefore)),
    drawing: readDrawing(entry.get(noteKeys.drawing)),
    highlight: knownOr(null, highlightSchema, entry.get(noteKeys.highlight)),
    votes: votes.get(noteId.data) ?? 0,
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
  const themeId = themeIdSchema.safeParse(id);
  if (!themeId.success) return refuse("badId");
  if (!(entry instanceof Y.Map)) return refuse("notAMap");
  const title = readText(entry.get(themeKeys.title));
  if (title === null) return refuse("badTitle");
  return succeed({
    id: themeId.data,
    title,
    createdAt: knownOr(null, timeSchema, entry.get(themeKeys.createdAt)),
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
  for (const [key, value] of entry.entries()) {
    const who = participantOfEditKey(key);
    if (who === null) continue;
    const edit = editSchema.safeParse(value);
    if (!edit.success) continue;
    count += edit.data.count;
    times.push(edit.data.at);
    const participant = participantOrNull(who);
    if (participant !== null && edit.data.count > 0) participants.push(participant);
  }
  return { count, times, participants: participants.sort(compareText) };
}

function participantOrNull(value: unknown): ParticipantId | null {
  const parsed = participantIdSchema.safeParse(value);
  return parsed.success && value !== unnamedParticipant ? parsed.data : null;
}

/** What most notes do not have is not parsed: making an error takes longer than reading the rest of the note. */
function knownOr<Schema extends z.ZodType, Fallback>(
  fallback: Fallback,
  schema: Schema,
  value: unknown,
): z.output<Schema> | Fallback {
  if (value === undefined || value === null) return fallback;
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : fallback;
}

function latest(first: number | null, others: readonly number[]): number | null {
  const times = first === null ? [...others] : [first, ...others];
  return times.length === 0 ? null : Math.max(...times);
}
