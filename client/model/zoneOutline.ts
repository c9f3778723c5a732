import type { Size } from "../../shared/board/geometry.ts";
import type { ThemeId } from "../../shared/board/ids.ts";
import type { Note } from "../../shared/board/note.ts";
import { type ZoneId, zoneIds } from "../../shared/board/placement.ts";
import { inReadingOrder } from "../../shared/board/readingOrder.ts";
import type { BoardView } from "./boardModel.ts";
import type { Observable } from "./observable.ts";

/** The notes of one theme that lie in one zone, in reading order; at least one. */
export type OutlinedTheme = {
  readonly id: ThemeId;
  readonly title: string;
  readonly notes: readonly Note[];
};

/** A zone as one reads it aloud: notes under no theme first, then the themes, each where its first note is read. */
export type ZoneOutline = {
  readonly free: readonly Note[];
  readonly themes: readonly OutlinedTheme[];
  readonly count: number;
};

export type BoardOutline = Readonly<Record<ZoneId, ZoneOutline>>;

type Themes = BoardView["themes"];

export function outlineOf(notes: readonly Note[], themes: Themes, noteSize: Size): ZoneOutline {
  const free: Note[] = [];
  const members = new Map<ThemeId, Note[]>();
  for (const note of inReadingOrder(notes, noteSize)) {
    const theme = note.theme !== null && themes.has(note.theme) ? note.theme : null;
    const list = theme === null ? free : members.get(theme);
    if (list !== undefined) list.push(note);
    else if (theme !== null) members.set(theme, [note]);
  }
  const outlined = [...members].map(([id, list]) => ({
    id,
    title: themes.get(id)?.title ?? "",
    notes: list,
  }));
  return { free, themes: outlined, count: notes.length };
}

/** The notes among which this one goes earlier or later: of its zone and its theme, in reading order. */
export function siblingsOf(
  note: Note,
  board: Pick<BoardView, "notesByZone" | "themes">,
  noteSize: Size,
): readonly Note[] {
  const { free, themes } = outlineOf(board.notesByZone[note.placement.zone], board.themes, noteSize);
  return themes.find(({ id }) => id === note.theme)?.notes ?? free;
}

/** The whole board outlined; what reads the same as before stays the same object, so that it is not drawn again. */
export function watchOutline(board: Observable<BoardView>, noteSize: Size): Observable<BoardOutline> {
  let read: BoardView | null = null;
  let outline: BoardOutline | null = null;

  function zoneNow(zone: ZoneId, now: BoardView): ZoneOutline {
    const before = outline?.[zone];
    const notes = now.notesByZone[zone];
    const isUntouched = read !== null && isSameList(read.notesByZone[zone], notes);
    if (before !== undefined && isUntouched && isSameThemes(read?.themes, now.themes)) return before;
    return keepOutline(before, outlineOf(notes, now.themes, noteSize));
  }

  return {
    subscribe: board.subscribe,
    get() {
      const now = board.get();
      if (outline !== null && now === read) return outline;
      const [roots, wateringCan, fruits, unplaced] = zoneIds.map((zone) => zoneNow(zone, now));
      if (!roots || !wateringCan || !fruits || !unplaced) throw new Error("a board without its zones");
      const isSame =
        outline?.roots === roots &&
        outline.wateringCan === wateringCan &&
        outline.fruits === fruits &&
        outline.unplaced === unplaced;
      if (!isSame) outline = { roots, wateringCan, fruits, unplaced };
      read = now;
      return outline ?? { roots, wateringCan, fruits, unplaced };
    },
  };
}

function keepOutline(before: ZoneOutline | undefined, now: ZoneOutline): ZoneOutline {
  if (before === undefined) return now;
  const free = isSameList(before.free, now.free) ? before.free : now.free;
  const themes = now.themes.map((theme) => {
    const old = before.themes.find(({ id }) => id === theme.id);
    if (old === undefined || !isSameList(old.notes, theme.notes)) return theme;
    return old.title === theme.title ? old : { ...theme, notes: old.notes };
  });
  const keptThemes = isSameList(before.themes, themes) ? before.themes : themes;
  if (free === before.free && keptThemes === before.themes) return before;
  return { free, themes: keptThemes, count: now.count };
}

function isSameThemes(before: Themes | undefined, now: Themes): boolean {
  if (before === undefined || before.size !== now.size) return false;
  for (const [id, { title }] of now) if (before.get(id)?.title !== title) return false;
  return true;
}

function isSameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
