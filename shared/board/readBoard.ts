import * as Y from "yjs";
import { type Result, refuse, succeed } from "../result.ts";
import {
  metaKeys,
  metaOf,
  noteKeys,
  notesOf,
  parseVoteKey,
  participantOfEditKey,
  plainTextIn,
  themeKeys,
  themesOf,
  unnamedParticipant,
  votesOf,
} from "./boardDocument.ts";
import { drawingSchema } from "./drawing.ts";
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
  maxVotesPerNote,
  type Note,
  normaliseText,
  noteColourSchema,
  removedSchema,
  sourceSchema,
  timeSchema,
  voiceSchema,
} from "./note.ts";
import { placementSchema } from "./placement.ts";
import { type Voting, votingSchema } from "./voting.ts";

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
  readonly setAside: readonly SetAside[];
};

export type VoteCounts = ReadonlyMap<string, number>;

/** An import knows the sum of many people's votes, not who gave them. */
const maxVotesUnnamed = 100_000;

export function readBoard(doc: Y.Doc): Board {
  const votes = readVotes(doc);
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
  setAside.sort((a, b) => compareText(a.kind, b.kind) || compareText(a.id, b.id));
  return { notes, themes, setAside };
}

/** Votes per note id, summed over people; a count that is not a small whole number counts as none. */
export function readVotes(doc: Y.Doc): VoteCounts {
  const counts = new Map<string, number>();
  for (const [key, value] of votesOf(doc).entries()) {
    const parsed = parseVoteKey(key);
    if (parsed === null || typeof value !== "number" || !Number.isInteger(value)) continue;
    const most = parsed.participant === unnamedParticipant ? maxVotesUnnamed : maxVotesPerNote;
    if (value < 1 || value > most) continue;
    counts.set(parsed.note, Math.min((counts.get(parsed.note) ?? 0) + value, maxVotesUnnamed));
  }
  return counts;
}

export function readNote(id: string, entry: unknown, votes: VoteCounts): Result<Note, SetAsideReason> {
  const noteId = noteIdSchema.safeParse(id);
  if (!noteId.success) return refuse("badId");
  if (!(entry instanceof Y.Map)) return refuse("notAMap");
  const text = readText(entry.get(noteKeys.text));
  if (text === null) return refuse("badText");
  const placement = placementSchema.safeParse(entry.get(noteKeys.placement));
  if (!placement.success) return refuse("badPlacement");

  const createdAt = timeOrNull(entry.get(noteKeys.createdAt));
  const removed = removedSchema.safeParse(entry.get(noteKeys.removed));
  const edits = readEdits(entry);
  const changedAt = [...edits.times, ...(removed.success ? [removed.data.at] : [])];
  return succeed({
    id: noteId.data,
    text,
    placement: placement.data,
    voice: voiceSchema.catch("unspecified").parse(entry.get(noteKeys.voice)),
    author: participantOrNull(entry.get(noteKeys.author)),
    enteredBy: participantOrNull(entry.get(noteKeys.enteredBy)),
    source: sourceSchema.nullable().catch(null).parse(entry.get(noteKeys.source)),
    createdAt,
    updatedAt: latest(createdAt, changedAt),
    revision: Math.min(1 + edits.count, maxEdits),
    editors: edits.participants,
    colour: noteColourSchema.nullable().catch(null).parse(entry.get(noteKeys.colour)),
    theme: themeIdSchema.nullable().catch(null).parse(entry.get(noteKeys.theme)),
    placeBefore: placementSchema.nullable().catch(null).parse(entry.get(noteKeys.placeBefore)),
    drawing: drawingSchema.nullable().catch(null).parse(entry.get(noteKeys.drawing)),
    highlight: highlightSchema.nullable().catch(null).parse(entry.get(noteKeys.highlight)),
    votes: votes.get(noteId.data) ?? 0,
    removed: removed.success ? removed.data : null,
    withdrawn: entry.get(noteKeys.withdrawn) === true,
  });
}

/** The round of dots on this board; null while there never was one, or when what stands there cannot be read. */
export function readVoting(doc: Y.Doc): Voting | null {
  return votingSchema
    .nullable()
    .catch(null)
    .parse(metaOf(doc).get(metaKeys.voting) ?? null);
}

/** How many dots a participant gave each note. */
export function readVotesBy(doc: Y.Doc, participant: ParticipantId): ReadonlyMap<NoteId, number> {
  const given = new Map<NoteId, number>();
  for (const [key, value] of votesOf(doc).entries()) {
    const parsed = parseVoteKey(key);
    if (parsed?.participant !== participant) continue;
    const note = noteIdSchema.safeParse(parsed.note);
    const isCount = typeof value === "number" && Number.isInteger(value);
    if (note.success && isCount && value >= 1 && value <= maxVotesPerNote) given.set(note.data, value);
  }
  return given;
}

/** How many different people gave at least one dot. */
export function countVoters(doc: Y.Doc): number {
  const voters = new Set<string>();
  for (const key of votesOf(doc).keys()) {
    const participant = parseVoteKey(key)?.participant;
    if (participant !== undefined && participant !== unnamedParticipant) voters.add(participant);
  }
  return voters.size;
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
  return succeed({ id: themeId.data, title, createdAt: timeOrNull(entry.get(themeKeys.createdAt)) });
}

/** Equal to another note in every field: lets a view keep the object that it already drew. */
export function isSameNote(a: Note, b: Note): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Oldest first, id on a tie: the order in which notes are numbered and listed. */
export function compareByAge(
  a: { readonly createdAt: number | null; readonly id: string },
  b: { readonly createdAt: number | null; readonly id: string },
): number {
  return (a.createdAt ?? 0) - (b.createdAt ?? 0) || compareText(a.id, b.id);
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

function timeOrNull(value: unknown): number | null {
  const parsed = timeSchema.safeParse(value);
  return parsed.success ? parsed.data : null;
}

function latest(first: number | null, others: readonly number[]): number | null {
  const times = first === null ? [...others] : [first, ...others];
  return times.length === 0 ? null : Math.max(...times);
}
