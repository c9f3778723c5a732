import * as Y from "yjs";
import { metaKeys, metaOf, noteKeys, notesOf, themesOf, votesOf } from "../../shared/board/boardDocument.ts";
import { type NoteId, noteIdSchema, type ParticipantId, type ThemeId } from "../../shared/board/ids.ts";
import type { Note } from "../../shared/board/note.ts";
import type { ZoneId } from "../../shared/board/placement.ts";
import {
  compareByAge,
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
 * same as before stays the same object, so that nothing else is drawn anew. With five thousand notes a moved note costs
 * a copy of the list and nothing else: its place in the order is where it was.
 */
export function watchBoard(doc: Y.Doc, me: ParticipantId | null): BoardWatch {
  /** All notes, oldest first. */
  let notes = new Map<NoteId, Note>();
  let isInOrder = true;
  const themes = new Map<ThemeId, Theme>();
  const setAside = new Map<string, SetAside>();
  let votes = readVotes(doc);
  let ownDots = dotsOf(votes);
  let voting = readVoting(doc);

  function dotsOf({ given }: Votes): ReadonlyMap<NoteId, number> {
    return (me === null ? undefined : given.get(me)) ?? noDots;
  }

  function keep(note: Note): boolean {
    const before = notes.get(note.id);
    if (before !== undefined && isSameNote(before, note)) return false;
    // One that is new, or whose time changed, may belong between others.
    if (before === undefined || compareByAge(before, note) !== 0) isInOrder = false;
    notes.set(note.id, note);
    return true;
  }

  function forget(id: string): boolean {
    const parsed = noteIdSchema.safeParse(id);
    return parsed.success && notes.delete(parsed.data);
  }

  function rereadNotes(ids: Iterable<string>): boolean {
    let hasChanged = false;
    for (const id of ids) {
      const entry = notesOf(doc).get(id);
      const key = `note/${id}`;
      const wasAside = setAside.delete(key);
      const read = entry === undefined ? null : readNote(id, entry, votes.sums);
      if (read?.ok) {
        if (keep(read.value)) hasChanged = true;
      } else {
        if (read !== null) setAside.set(key, { kind: "note", id, reason: read.error });
        if (forget(id) || read !== null) hasChanged = true;
      }
      if (wasAside) hasChanged = true;
    }
    if (!isInOrder) {
      notes = new Map([...notes.values()].sort(compareByAge).map((note) => [note.id, note]));
      isInOrder = true;
    }
    return hasChanged;
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
      ...sorted(notes, themes, previous?.themes ?? new Map()),
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

type Sorted = Pick<BoardView, "notes" | "notesByZone" | "removed" | "themes" | "highlights">;

function sorted(
  all: ReadonlyMap<NoteId, Note>,
  themes: ReadonlyMap<ThemeId, Theme>,
  before: BoardView["themes"],
): Sorted {
  const notes = new Map<NoteId, Note>();
  const notesByZone: Record<ZoneId, Note[]> = { roots: [], wateringCan: [], fruits: [], unplaced: [] };
  const removed: Note[] = [];
  const members = new Map<ThemeId, Note[]>();
  const chosen: Note[] = [];
  for (const note of all.values()) {
    if (note.withdrawn) continue;
    if (note.removed !== null) {
      removed.push(note);
      continue;
    }
    notes.set(note.id, note);
    notesByZone[note.placement.zone].push(note);
    if (note.highlight !== null) chosen.push(note);
    if (note.theme === null || !themes.has(note.theme)) continue;
    const list = members.get(note.theme);
    if (list === undefined) members.set(note.theme, [note]);
    else list.push(note);
  }
  removed.sort((a, b) => (b.removed?.at ?? 0) - (a.removed?.at ?? 0) || compareText(a.id, b.id));
  const shown = new Map<ThemeId, ThemeView>();
  for (const [id, theme] of themes) {
    const list = members.get(id);
    // A theme whose notes have all gone is nowhere on the board; it comes back with the first of them.
    if (list !== undefined) shown.set(id, sameOrNew(before.get(id), theme, list));
  }
  return { notes, notesByZone, removed, themes: shown, highlights: highlightsOf(chosen) };
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
