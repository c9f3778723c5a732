import type * as Y from "yjs";
import { notesOf, parseVoteKey, themesOf, votesOf } from "../../shared/board/boardDocument.ts";
import type { NoteId, ThemeId } from "../../shared/board/ids.ts";
import type { Note } from "../../shared/board/note.ts";
import type { ZoneId } from "../../shared/board/placement.ts";
import {
  compareByAge,
  compareText,
  isSameNote,
  readNote,
  readTheme,
  readVotes,
  type SetAside,
  type Theme,
} from "../../shared/board/readBoard.ts";
import type { BoardView } from "./boardModel.ts";
import { createSource, type Observable } from "./observable.ts";

/*
 * The document as a view. After a transaction only the entries it touched are read again, and a note that reads the
 * same as before stays the same object, so that nothing else is drawn anew.
 */
export function watchBoard(doc: Y.Doc): { readonly view: Observable<BoardView>; readonly stop: () => void } {
  const notes = new Map<NoteId, Note>();
  const themes = new Map<ThemeId, Theme>();
  const setAside = new Map<string, SetAside>();

  function rereadNotes(ids: Iterable<string>): void {
    const votes = readVotes(doc);
    for (const id of ids) {
      const entry = notesOf(doc).get(id);
      const key = `note/${id}`;
      setAside.delete(key);
      if (entry === undefined) {
        for (const known of notes.keys()) if (known === id) notes.delete(known);
        continue;
      }
      const read = readNote(id, entry, votes);
      if (!read.ok) {
        setAside.set(key, { kind: "note", id, reason: read.error });
        for (const known of notes.keys()) if (known === id) notes.delete(known);
        continue;
      }
      const before = notes.get(read.value.id);
      if (before === undefined || !isSameNote(before, read.value)) notes.set(read.value.id, read.value);
    }
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

  rereadNotes(notesOf(doc).keys());
  rereadThemes();
  const view = createSource(viewOf(notes, themes, setAside));

  const touched = new Set<string>();
  let hasThemes = false;
  function onNotes(events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): void {
    for (const event of events) {
      const [id] = event.path;
      if (id !== undefined) touched.add(String(id));
      else for (const key of event.keys.keys()) touched.add(key);
    }
  }
  function onVotes(event: Y.YMapEvent<unknown>): void {
    for (const key of event.keysChanged) {
      const vote = parseVoteKey(key);
      if (vote !== null) touched.add(vote.note);
    }
  }
  function onThemes(): void {
    hasThemes = true;
  }
  function afterTransaction(): void {
    if (touched.size === 0 && !hasThemes) return;
    rereadNotes(touched);
    if (hasThemes) rereadThemes();
    touched.clear();
    hasThemes = false;
    view.set(viewOf(notes, themes, setAside));
  }
  notesOf(doc).observeDeep(onNotes);
  votesOf(doc).observe(onVotes);
  themesOf(doc).observeDeep(onThemes);
  doc.on("afterTransaction", afterTransaction);
  return {
    view,
    stop() {
      notesOf(doc).unobserveDeep(onNotes);
      votesOf(doc).unobserve(onVotes);
      themesOf(doc).unobserveDeep(onThemes);
      doc.off("afterTransaction", afterTransaction);
    },
  };
}

function viewOf(
  all: ReadonlyMap<NoteId, Note>,
  themes: ReadonlyMap<ThemeId, Theme>,
  setAside: ReadonlyMap<string, SetAside>,
): BoardView {
  const notes = new Map<NoteId, Note>();
  const notesByZone: Record<ZoneId, Note[]> = { roots: [], wateringCan: [], fruits: [], unplaced: [] };
  const removed: Note[] = [];
  for (const note of [...all.values()].sort(compareByAge)) {
    if (note.withdrawn) continue;
    if (note.removed !== null) {
      removed.push(note);
      continue;
    }
    notes.set(note.id, note);
    notesByZone[note.placement.zone].push(note);
  }
  removed.sort((a, b) => (b.removed?.at ?? 0) - (a.removed?.at ?? 0) || compareText(a.id, b.id));
  return { notes, notesByZone, removed, themes: new Map(themes), setAside: [...setAside.values()] };
}
