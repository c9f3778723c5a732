import * as Y from "yjs";
import { type Result, refuse, succeed } from "../result.ts";
import {
  documentSchema,
  editKey,
  isFromTheFuture,
  metaKeys,
  metaOf,
  noteKeys,
  notesOf,
  noteTextOf,
  placeInText,
  themeKeys,
  themesOf,
  themeTitleOf,
  unnamedParticipant,
  voteKey,
  votesOf,
} from "./boardDocument.ts";
import { type Drawing, toDrawing } from "./drawing.ts";
import type { NoteId, ParticipantId, ThemeId } from "./ids.ts";
import {
  countCodePoints,
  editSchema,
  maxEdits,
  maxHighlights,
  maxNoteTextLength,
  maxVotesPerNote,
  normaliseText,
  type Source,
  type Voice,
} from "./note.ts";
import { type Placement, placementSchema } from "./placement.ts";
import { readHighlights } from "./readBoard.ts";
import { readVotesBy, readVoting } from "./readVotes.ts";
import type { Voting } from "./voting.ts";

export const maxNotesPerBoard = 5000;

/** Whoever acts: the participant of this device, or nobody in particular. */
export type Actor = ParticipantId | null;

export type BoardWriterOptions = {
  readonly doc: Y.Doc;
  /** Milliseconds on the server's clock. */
  readonly now: () => number;
  readonly createNoteId: () => NoteId;
  readonly actor: () => Actor;
};

export type NewNote = {
  readonly text: string;
  readonly placement: Placement;
  readonly source: Source;
  readonly voice: Voice;
  readonly author?: ParticipantId;
  readonly drawing?: Drawing;
};

/** A note and where it comes to lie; `theme` if it comes under one with that, or, `null`, is under none from there on. */
export type Move = {
  readonly note: NoteId;
  readonly placement: Placement;
  readonly theme?: ThemeId | null;
};

export const maxThemesPerBoard = 200;
/** Code points. */
export const maxThemeTitleLength = 200;

export type WriteError =
  | { readonly kind: "textTooLong"; readonly limit: number; readonly length: number }
  | { readonly kind: "boardFull"; readonly limit: number }
  | { readonly kind: "unknownNote"; readonly note: NoteId }
  | { readonly kind: "unknownTheme"; readonly theme: ThemeId }
  | { readonly kind: "tooManyHighlights"; readonly limit: number }
  | { readonly kind: "noDotsLeft"; readonly dots: number }
  | { readonly kind: "newerDocument" };

/** A change of the text: `insert` replaces `deleteCount` UTF-16 units at `index`, as editors count. */
export type TextSplice = { readonly index: number; readonly deleteCount: number; readonly insert: string };

/**
 * Every way to change a board. Each operation is one transaction with this writer as its origin, so that an
 * undo manager that tracks the writer takes back one operation at a time, and only this person's own.
 */
export class BoardWriter {
  readonly #options: BoardWriterOptions;

  constructor(options: BoardWriterOptions) {
    this.#options = options;
  }

  addNote(note: NewNote): Result<NoteId, WriteError> {
    const added = this.addNotes([note]);
    if (!added.ok) return added;
    const [id] = added.value;
    if (id === undefined) throw new Error("no note was made");
    return succeed(id);
  }

  /** All of them in one transaction, or none. */
  addNotes(notes: readonly NewNote[]): Result<readonly NoteId[], WriteError> {
    const { doc, createNoteId, now, actor } = this.#options;
    if (isFromTheFuture(doc)) return refuse({ kind: "newerDocument" });
    if (notesOf(doc).size + notes.length > maxNotesPerBoard) {
      return refuse({ kind: "boardFull", limit: maxNotesPerBoard });
    }
    const texts = notes.map((note) => normaliseText(note.text));
    const tooLong = texts.map(countCodePoints).find((length) => length > maxNoteTextLength);
    if (tooLong !== undefined) {
      return refuse({ kind: "textTooLong", limit: maxNoteTextLength, length: tooLong });
    }

    const ids = notes.map(() => createNoteId());
    doc.transact(() => {
      metaOf(doc).set(metaKeys.schema, documentSchema);
      notes.forEach((note, index) => {
        const id = ids[index];
        if (id === undefined) return;
        const entry = new Y.Map<unknown>();
        entry.set(noteKeys.text, new Y.Text(texts[index]));
        entry.set(noteKeys.placement, { ...note.placement });
        entry.set(noteKeys.voice, note.voice);
        entry.set(noteKeys.enteredBy, actor());
        if (note.author !== undefined) entry.set(noteKeys.author, note.author);
        entry.set(noteKeys.source, note.source);
        entry.set(noteKeys.createdAt, now());
        const drawing = toDrawing(note.drawing ?? []);
        if (drawing !== null) entry.set(noteKeys.drawing, drawing);
        notesOf(doc).set(id, entry);
      });
    }, this);
    return succeed(ids);
  }

  /** Replaces the text by the smallest splice that leads to it, so that words others typed meanwhile stay. */
  rewordNote(id: NoteId, text: string): Result<void, WriteError> {
    const current = this.openText(id);
    if (current === null) return refuse({ kind: "unknownNote", note: id });
    const splice = spliceBetween(current.toJSON(), normaliseText(text));
    return splice === null ? succeed(undefined) : this.spliceText(id, splice);
  }

  /** The live text of a note; a plain string, which some clients write, becomes one that can be edited together. */
  openText(id: NoteId): Y.Text | null {
    const live = noteTextOf(this.#options.doc, id);
    if (live !== null) return live;
    this.#change(id, (entry) => {
      const text = entry.get(noteKeys.text);
      if (typeof text === "string") entry.set(noteKeys.text, new Y.Text(normaliseText(text)));
      return null;
    });
    return noteTextOf(this.#options.doc, id);
  }

  /** One edit in an editor. Shortening is always allowed, also of a text that merging made too long. */
  spliceText(id: NoteId, splice: TextSplice): Result<void, WriteError> {
    const text = this.openText(id);
    if (text === null) return refuse({ kind: "unknownNote", note: id });
    return this.#change(id, (entry) => {
      const insert = normaliseText(splice.insert);
      const before = text.toJSON();
      const after = before.slice(0, splice.index) + insert + before.slice(splice.index + splice.deleteCount);
      const length = countCodePoints(after);
      if (length > maxNoteTextLength && length > countCodePoints(before)) {
        return { kind: "textTooLong", limit: maxNoteTextLength, length };
      }
      const start = placeInText(text, splice.index);
      const end = placeInText(text, splice.index + splice.deleteCount);
      if (end > start) text.delete(start, end - start);
      if (insert !== "") text.insert(start, insert);
      this.#countTyping(entry);
      return null;
    });
  }

  placeNote(id: NoteId, placement: Placement): Result<void, WriteError> {
    return this.#set(id, noteKeys.placement, { ...placement });
  }

  /** All of them in one transaction, or none. */
  placeNotes(moves: readonly Move[]): Result<void, WriteError> {
    const unknown = moves.find(
      ({ theme }) => theme !== undefined && theme !== null && !themesOf(this.#options.doc).has(theme),
    )?.theme;
    if (unknown !== undefined && unknown !== null) return refuse({ kind: "unknownTheme", theme: unknown });
    return this.#place(moves, () => undefined);
  }

  /** A new theme with these notes under it, each remembering where it lay. */
  addTheme(theme: ThemeId, title: string, members: readonly Omit<Move, "theme">[]): Result<void, WriteError> {
    const { doc, now } = this.#options;
    const words = normaliseText(title);
    const length = countCodePoints(words);
    if (length > maxThemeTitleLength)
      return refuse({ kind: "textTooLong", limit: maxThemeTitleLength, length });
    // Nobody sees a theme that all notes have left: it makes room when there is no other.
    const left = themesOf(doc).size >= maxThemesPerBoard ? emptyThemesOf(doc) : [];
    if (themesOf(doc).size - left.length >= maxThemesPerBoard)
      return refuse({ kind: "boardFull", limit: maxThemesPerBoard });
    const moves = members.map((member) => ({ ...member, theme }));
    return this.#place(moves, () => {
      for (const key of left) themesOf(doc).delete(key);
      const entry = new Y.Map<unknown>();
      entry.set(themeKeys.title, new Y.Text(words));
      entry.set(themeKeys.createdAt, now());
      themesOf(doc).set(theme, entry);
    });
  }

  /** Notes leave whatever theme they are under and go back to where they lay before. */
  leaveTheme(ids: readonly NoteId[]): Result<void, WriteError> {
    return this.#changeAll(ids, (entry) => {
      if (!entry.has(noteKeys.theme)) return;
      takeOut(entry);
      this.#countEdit(entry);
    });
  }

  /** The theme is gone, its notes lie where they lay before. */
  dissolveTheme(theme: ThemeId): Result<void, WriteError> {
    const { doc } = this.#options;
    if (isFromTheFuture(doc)) return refuse({ kind: "newerDocument" });
    if (!themesOf(doc).has(theme)) return refuse({ kind: "unknownTheme", theme });
    doc.transact(() => {
      for (const entry of notesOf(doc).values()) {
        if (!(entry instanceof Y.Map) || entry.get(noteKeys.theme) !== theme) continue;
        takeOut(entry);
        this.#countEdit(entry);
      }
      themesOf(doc).delete(theme);
    }, this);
    return succeed(undefined);
  }

  /** Replaces the title by the smallest splice that leads to it. */
  renameTheme(theme: ThemeId, title: string): Result<void, WriteError> {
    const { doc } = this.#options;
    if (isFromTheFuture(doc)) return refuse({ kind: "newerDocument" });
    const text = themeTitleOf(doc, theme);
    if (text === null) return refuse({ kind: "unknownTheme", theme });
    const words = normaliseText(title);
    const length = countCodePoints(words);
    if (length > maxThemeTitleLength)
      return refuse({ kind: "textTooLong", limit: maxThemeTitleLength, length });
    const splice = spliceBetween(text.toJSON(), words);
    if (splice === null) return succeed(undefined);
    doc.transact(() => {
      const start = placeInText(text, splice.index);
      const end = placeInText(text, splice.index + splice.deleteCount);
      if (end > start) text.delete(start, end - start);
      if (splice.insert !== "") text.insert(start, splice.insert);
    }, this);
    return succeed(undefined);
  }

  /** Chooses a note for reporting back, of which there are at most `maxHighlights`. */
  highlightNote(id: NoteId): Result<void, WriteError> {
    const chosen = readHighlights(this.#options.doc);
    if (chosen.includes(id)) return succeed(undefined);
    if (chosen.length >= maxHighlights) return refuse({ kind: "tooManyHighlights", limit: maxHighlights });
    return this.#set(id, noteKeys.highlight, { at: this.#options.now() });
  }

  unhighlightNote(id: NoteId): Result<void, WriteError> {
    return this.#change(id, (entry) => {
      if (!entry.has(noteKeys.highlight)) return null;
      entry.delete(noteKeys.highlight);
      this.#countEdit(entry);
      return null;
    });
  }

  /**
   * Opens, shows or (`null`) ends a round of dots. Ending takes all dots away, and a round that begins finds none: what
   * came late from somebody without a connection belongs to no round.
   */
  setVoting(voting: Voting | null): Result<void, WriteError> {
    const { doc } = this.#options;
    if (isFromTheFuture(doc)) return refuse({ kind: "newerDocument" });
    const isOtherRound = voting === null || readVoting(doc) === null;
    doc.transact(() => {
      if (isOtherRound) for (const key of [...votesOf(doc).keys()]) votesOf(doc).delete(key);
      if (voting === null) metaOf(doc).delete(metaKeys.voting);
      else metaOf(doc).set(metaKeys.voting, { ...voting });
    }, this);
    return succeed(undefined);
  }

  markVoice(id: NoteId, voice: Voice): Result<void, WriteError> {
    return this.markVoices([id], voice);
  }

  markVoices(ids: readonly NoteId[], voice: Voice): Result<void, WriteError> {
    return this.#changeAll(ids, (entry) => {
      entry.set(noteKeys.voice, voice);
      this.#countEdit(entry);
    });
  }

  /** The note goes to the bin and can be restored by anyone who may write. */
  removeNote(id: NoteId): Result<void, WriteError> {
    return this.removeNotes([id]);
  }

  removeNotes(ids: readonly NoteId[]): Result<void, WriteError> {
    return this.#changeAll(ids, (entry) => {
      const { actor, now } = this.#options;
      entry.set(noteKeys.removed, { by: actor(), at: now() });
      this.#countEdit(entry);
    });
  }

  restoreNote(id: NoteId): Result<void, WriteError> {
    return this.restoreNotes([id]);
  }

  restoreNotes(ids: readonly NoteId[]): Result<void, WriteError> {
    return this.#changeAll(ids, (entry) => {
      entry.delete(noteKeys.removed);
      this.#countEdit(entry);
    });
  }

  /** Sets how many votes this participant gives a note, 0 to `maxVotesPerNote`; in a round no more than are left. */
  vote(id: NoteId, participant: ParticipantId, count: number): Result<void, WriteError> {
    const { doc } = this.#options;
    if (isFromTheFuture(doc)) return refuse({ kind: "newerDocument" });
    if (!notesOf(doc).has(id)) return refuse({ kind: "unknownNote", note: id });
    const kept = Math.min(Math.max(Math.trunc(count), 0), maxVotesPerNote);
    const voting = readVoting(doc);
    if (voting !== null) {
      const given = readVotesBy(doc, participant);
      const elsewhere = [...given].reduce((sum, [note, dots]) => (note === id ? sum : sum + dots), 0);
      const isMore = kept > (given.get(id) ?? 0);
      if (isMore && elsewhere + kept > voting.dots) return refuse({ kind: "noDotsLeft", dots: voting.dots });
    }
    doc.transact(() => {
      if (kept === 0) votesOf(doc).delete(voteKey(id, participant));
      else votesOf(doc).set(voteKey(id, participant), kept);
    }, this);
    return succeed(undefined);
  }

  #set(id: NoteId, key: string, value: unknown): Result<void, WriteError> {
    return this.#change(id, (entry) => {
      entry.set(key, value);
      this.#countEdit(entry);
      return null;
    });
  }

  #place(moves: readonly Move[], before: () => void): Result<void, WriteError> {
    const byNote = new Map(moves.map((move) => [move.note, move]));
    return this.#changeAll(
      [...byNote.keys()],
      (entry, id) => {
        const move = byNote.get(id);
        if (move === undefined) return;
        if (move.theme === null) {
          entry.delete(noteKeys.theme);
          entry.delete(noteKeys.placeBefore);
        } else if (move.theme !== undefined) {
          const before = this.#placeBefore(entry);
          // Written anew also when it stays the same: it must outlive somebody who takes the note out meanwhile.
          if (before !== null) entry.set(noteKeys.placeBefore, before);
          entry.set(noteKeys.theme, move.theme);
        }
        entry.set(noteKeys.placement, { ...move.placement });
        this.#countEdit(entry);
      },
      before,
    );
  }

  /** Whoever moves from one theme to another goes back, in the end, to where it lay before the first. */
  #placeBefore(entry: Y.Map<unknown>): Placement | null {
    const theme = entry.get(noteKeys.theme);
    const isUnderOne = typeof theme === "string" && themesOf(this.#options.doc).has(theme);
    const before = placementSchema.safeParse(entry.get(noteKeys.placeBefore));
    if (isUnderOne && before.success) return before.data;
    const now = placementSchema.safeParse(entry.get(noteKeys.placement));
    return now.success ? now.data : null;
  }

  #changeAll(
    ids: readonly NoteId[],
    change: (entry: Y.Map<unknown>, id: NoteId) => void,
    before: () => void = () => undefined,
  ): Result<void, WriteError> {
    const { doc } = this.#options;
    if (isFromTheFuture(doc)) return refuse({ kind: "newerDocument" });
    const entries: [NoteId, Y.Map<unknown>][] = [];
    for (const id of new Set(ids)) {
      const entry = notesOf(doc).get(id);
      if (!(entry instanceof Y.Map)) return refuse({ kind: "unknownNote", note: id });
      entries.push([id, entry]);
    }
    doc.transact(() => {
      before();
      for (const [id, entry] of entries) change(entry, id);
    }, this);
    return succeed(undefined);
  }

  #change(id: NoteId, change: (entry: Y.Map<unknown>) => WriteError | null): Result<void, WriteError> {
    const { doc } = this.#options;
    if (isFromTheFuture(doc)) return refuse({ kind: "newerDocument" });
    const entry = notesOf(doc).get(id);
    if (!(entry instanceof Y.Map)) return refuse({ kind: "unknownNote", note: id });
    const error = doc.transact(() => change(entry), this);
    return error === null ? succeed(undefined) : refuse(error);
  }

  #countEdit(entry: Y.Map<unknown>): void {
    const { actor, now } = this.#options;
    const key = editKey(actor() ?? unnamedParticipant);
    const last = editSchema.safeParse(entry.get(key));
    const { count, at } = last.success ? last.data : { count: 0, at: 0 };
    entry.set(key, { count: Math.min(count + 1, maxEdits), at: Math.max(now(), at) });
  }

  /** Keystrokes that follow each other are one change: nobody means "revision 48" by a sentence. */
  #countTyping(entry: Y.Map<unknown>): void {
    const { actor, now } = this.#options;
    const last = editSchema.safeParse(entry.get(editKey(actor() ?? unnamedParticipant)));
    if (!last.success || now() - last.data.at >= typingPauseMs) this.#countEdit(entry);
  }
}

const typingPauseMs = 10_000;

function emptyThemesOf(doc: Y.Doc): readonly string[] {
  const used = new Set<unknown>();
  for (const entry of notesOf(doc).values()) if (entry instanceof Y.Map) used.add(entry.get(noteKeys.theme));
  return [...themesOf(doc).keys()].filter((key) => !used.has(key));
}

function takeOut(entry: Y.Map<unknown>): void {
  const before = placementSchema.safeParse(entry.get(noteKeys.placeBefore));
  if (before.success) entry.set(noteKeys.placement, before.data);
  entry.delete(noteKeys.theme);
  entry.delete(noteKeys.placeBefore);
}

/** The smallest splice from one text to another, never through the middle of a surrogate pair; null when equal. */
export function spliceBetween(from: string, to: string): TextSplice | null {
  if (from === to) return null;
  const shortest = Math.min(from.length, to.length);
  let start = 0;
  while (start < shortest && from[start] === to[start]) start += 1;
  if (start > 0 && isHighSurrogate(from.charCodeAt(start - 1))) start -= 1;
  let end = 0;
  while (end < shortest - start && from[from.length - 1 - end] === to[to.length - 1 - end]) end += 1;
  if (end > 0 && isLowSurrogate(from.charCodeAt(from.length - end))) end -= 1;
  return {
    index: start,
    deleteCount: from.length - start - end,
    insert: to.slice(start, to.length - end),
  };
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
