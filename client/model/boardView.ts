import * as Y from "yjs";
import { metaKeys, metaOf, noteKeys, notesOf, themesOf, votesOf } from "../../shared/board/boardDocument.ts";
import type { NoteId, ParticipantId, ThemeId } from "../../shared/board/ids.ts";
import type { Note } from "../../shared/board/note.ts";
import { noteIdOf } from "../../shared/board/noteValues.ts";
import type { ZoneId } from "../../shared/board/placement.ts";
import {
  compareSetAside,
  compareText,
  highlightsOf,
  isSameNote,
  readNote,
  readTheme,
  type SetAside,
  type Theme,
} from "../../shared/board/readBoard.ts";
import { readVotes, readVoting, type Votes } from "../../shared/board/readVotes.ts";
import type { BoardView, ThemeView } from "./boardModel.ts";
import { NoteMap } from "./noteMap.ts";
import { createSource, type Observable } from "./observable.ts";

export type ChangeListener = (before: BoardView, after: BoardView) => void;

export type BoardWatch = {
  readonly view: Observable<BoardView>;
  /** Changes that were not made on this screen; the result ends it. */
  readonly onOthersChange: (listener: ChangeListener) => () => void;
  readonly stop: () => void;
};

/*
 * The document as a view. After a transaction only the entries it touched are read again, and a note that reads the
 * same as before stays the same object, so that nothing else is drawn anew.
 */
export function watchBoard(doc: Y.Doc, me: ParticipantId | null): BoardWatch {
  /** All notes, also those that are not on the board. */
  const all = new Map<NoteId, Note>();
  let onBoard = NoteMap.of([]);
  let bin: readonly Note[] = [];
  const themes = new Map<ThemeId, Theme>();
  const setAside = new Map<string, SetAside>();
  let votes = readVotes(doc);
  let ownDots = dotsOf(votes);
  let voting = readVoting(doc);

  function dotsOf({ given }: Votes): ReadonlyMap<NoteId, number> {
    return (me === null ? undefined : given.get(me)) ?? noDots;
  }

  /** Takes in what the document says of a note now; true when it says something else than before. */
  function keep(note: Note): boolean {
    const before = all.get(note.id);
    if (before !== undefined && isSameNote(before, note)) return false;
    all.set(note.id, note);
    return true;
  }

  function rereadNotes(ids: Iterable<string>): boolean {
    const changes = new Map<NoteId, Note | null>();
    let isAsideNews = false;
    for (const id of ids) {
      const entry = notesOf(doc).get(id);
      const key = `note/${id}`;
      if (setAside.delete(key)) isAsideNews = true;
      const read = entry === undefined ? null : readNote(id, entry, votes.sums);
      if (read?.ok) {
        const note = read.value;
        if (keep(note)) changes.set(note.id, isOnBoard(note) ? note : null);
        continue;
      }
      if (read !== null) {
        setAside.set(key, { kind: "note", id, reason: read.error });
        isAsideNews = true;
      }
      const gone = noteIdOf(id);
      if (gone !== null && all.delete(gone)) changes.set(gone, null);
    }
    if (changes.size === 0) return isAsideNews;
    onBoard = onBoard.with(changes);
    const isBinNews =
      bin.some(({ id }) => changes.has(id)) || [...changes.keys()].some((id) => isInBin(all.get(id)));
    if (isBinNews) bin = [...all.values()].filter(isInBin).sort(compareRemoved);
    return true;
  }

  function rereadThemes(): void {
    themes.clear();
    for (const key of [...setAside.keys()]) if (key.startsWith("theme/")) setAside.delete(key);
    for (const [id, entry] of themesOf(doc).entries()) {
      const read = readTheme(id, entry);
      if (read.ok) themes.set(read.value.id, read.value);
      else setAside.set(`theme/${id}`, { kind: "theme", id, reason: read.error });
    }
  }

  /** One dot may change what others of the same person count for, so that all are counted; few boards have many. */
  function rereadVotes(): boolean {
    const before = votes;
    votes = readVotes(doc);
    for (const id of new Set([...before.sums.keys(), ...votes.sums.keys()])) {
      if (before.sums.get(id) !== votes.sums.get(id)) touched.add(id);
    }
    const dots = dotsOf(votes);
    const hasOtherDots = !isSameMap(dots, ownDots);
    if (hasOtherDots) ownDots = dots;
    return hasOtherDots || before.voters !== votes.voters;
  }

  function viewNow(previous: BoardView | null): BoardView {
    return {
      notes: onBoard,
      removed: bin,
      ...grouped(onBoard, themes, previous?.themes ?? new Map()),
      setAside: [...setAside.values()].sort(compareSetAside),
      voting,
      voters: votes.voters,
      ownDots,
    };
  }

  const touched = new Set<string>();
  let hasVotes = false;
  let hasVoting = false;
  let hasThemes = false;
  rereadNotes(notesOf(doc).keys());
  rereadThemes();
  const view = createSource(viewNow(null));
  const listeners = new Set<ChangeListener>();

  function onNotes(events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): void {
    for (const event of events) {
      const [id] = event.path;
      if (id !== undefined) touched.add(String(id));
      else for (const key of event.keys.keys()) touched.add(key);
      // Dots on notes in the bin are free again.
      if (event.path.length === 0) hasVotes = true;
      else if (event instanceof Y.YMapEvent) {
        const { keysChanged } = event;
        if (keysChanged.has(noteKeys.removed) || keysChanged.has(noteKeys.withdrawn)) hasVotes = true;
      }
    }
  }
  function onVotes(): void {
    hasVotes = true;
  }
  function onThemes(): void {
    hasThemes = true;
  }
  function onMeta(event: Y.YMapEvent<unknown>): void {
    if (event.keysChanged.has(metaKeys.voting)) hasVoting = true;
  }
  function afterTransaction({ local }: Y.Transaction): void {
    if (touched.size === 0 && !hasThemes && !hasVotes && !hasVoting) return;
    if (hasVoting) voting = readVoting(doc);
    const haveVotesChanged = (hasVotes || hasVoting) && rereadVotes();
    const haveNotesChanged = rereadNotes(touched);
    if (hasThemes) rereadThemes();
    const isNews = haveNotesChanged || haveVotesChanged || hasThemes || hasVoting;
    touched.clear();
    hasThemes = false;
    hasVotes = false;
    hasVoting = false;
    if (!isNews) return;
    const before = view.get();
    view.set(viewNow(before));
    if (!local) for (const listener of listeners) listener(before, view.get());
  }
  notesOf(doc).observeDeep(onNotes);
  votesOf(doc).observe(onVotes);
  themesOf(doc).observeDeep(onThemes);
  metaOf(doc).observe(onMeta);
  doc.on("afterTransaction", afterTransaction);
  return {
    view,
    onOthersChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop() {
      notesOf(doc).unobserveDeep(onNotes);
      votesOf(doc).unobserve(onVotes);
      themesOf(doc).unobserveDeep(onThemes);
      metaOf(doc).unobserve(onMeta);
      doc.off("afterTransaction", afterTransaction);
    },
  };
}

const noDots: ReadonlyMap<NoteId, number> = new Map();

function isSameMap<K, V>(a: ReadonlyMap<K, V>, b: ReadonlyMap<K, V>): boolean {
  return a.size === b.size && [...a].every(([key, value]) => b.get(key) === value);
}

function isInBin(note: Note | undefined): boolean {
  return note !== undefined && !note.withdrawn && note.removed !== null;
}

function isOnBoard({ withdrawn, removed }: Note): boolean {
  return !withdrawn && removed === null;
}

/** Latest first. */
function compareRemoved(a: Note, b: Note): number {
  return (b.removed?.at ?? 0) - (a.removed?.at ?? 0) || compareText(a.id, b.id);
}

function grouped(
  notes: NoteMap,
  themes: ReadonlyMap<ThemeId, Theme>,
  before: BoardView["themes"],
): Pick<BoardView, "notesByZone" | "themes" | "highlights"> {
  const notesByZone: Record<ZoneId, Note[]> = { roots: [], wateringCan: [], fruits: [], unplaced: [] };
  const members = new Map<ThemeId, Note[]>();
  const chosen: Note[] = [];
  notes.forEach((note) => {
    notesByZone[note.placement.zone].push(note);
    if (note.highlight !== null) chosen.push(note);
    if (note.theme === null || !themes.has(note.theme)) return;
    const list = members.get(note.theme);
    if (list === undefined) members.set(note.theme, [note]);
    else list.push(note);
  });
  const shown = new Map<ThemeId, ThemeView>();
  for (const [id, theme] of themes) {
    const list = members.get(id);
    // A theme whose notes have all gone is nowhere on the board; it comes back with the first of them.
    if (list !== undefined) shown.set(id, sameOrNew(before.get(id), theme, list));
  }
  return { notesByZone, themes: shown, highlights: highlightsOf(chosen) };
}

/** A theme of which nothing changed stays the same object, as its notes do. */
function sameOrNew(before: ThemeView | undefined, theme: Theme, notes: readonly Note[]): ThemeView {
  const isSame =
    before !== undefined &&
    before.title === theme.title &&
    before.createdAt === theme.createdAt &&
    before.notes.length === notes.length &&
    before.notes.every((note, index) => note === notes[index]);
  return isSame ? before : { ...theme, notes };
}
