import type { Point, Rectangle } from "../../shared/board/geometry.ts";
import type { NoteId } from "../../shared/board/ids.ts";
import type { Note } from "../../shared/board/note.ts";
import { NoteMap } from "../model/noteMap.ts";

/*
 * Where the notes lie, in a grid of squares: what is on screen, or under a finger, is found without looking at all
 * five thousand, and a new view of the board costs what changed in it.
 */

/** A note with the room it takes on the board, world units. */
export type PlacedNote = {
  readonly note: Note;
  readonly bounds: Rectangle;
  /** Lower ones lie below. */
  readonly order: number;
};

/** What became of a note; one of both is there. */
export type PlaceChange = { readonly before: PlacedNote | null; readonly after: PlacedNote | null };

export type NoteIndex = {
  readonly update: (notes: NoteMap) => readonly PlaceChange[];
  /** The text turned out to need another height. */
  readonly setHeight: (id: NoteId, height: number) => PlaceChange | null;
  readonly get: (id: NoteId) => PlacedNote | undefined;
  /** Notes that reach into the area, from the bottom up; raised ones lie on top of all others. */
  readonly within: (area: Rectangle, raised: ReadonlySet<NoteId>) => readonly PlacedNote[];
  /** The topmost note under a point. */
  readonly at: (point: Point, raised: ReadonlySet<NoteId>) => PlacedNote | null;
  readonly size: () => number;
};

export type NoteIndexOptions = {
  readonly noteWidth: number;
  /** As well as it is known without laying out the text. */
  readonly heightOf: (text: string) => number;
};

type Entry = {
  note: Note;
  bounds: Rectangle;
  order: number;
  /** The query that found it last. */
  query: number;
};

const cell = 256;
/** More columns than the reach of a note has, so that every square has one number. */
const columns = 4096;

export function createNoteIndex({ noteWidth, heightOf }: NoteIndexOptions): NoteIndex {
  const entries = new Map<NoteId, Entry>();
  const cells = new Map<number, Entry[]>();
  let seen = NoteMap.of([]);
  let queries = 0;

  function forEachCell({ x, y, width, height }: Rectangle, visit: (key: number) => void): void {
    const right = Math.floor((x + width) / cell);
    const bottom = Math.floor((y + height) / cell);
    for (let row = Math.floor(y / cell); row <= bottom; row += 1) {
      for (let column = Math.floor(x / cell); column <= right; column += 1) visit(row * columns + column);
    }
  }

  function enter(entry: Entry): void {
    forEachCell(entry.bounds, (key) => {
      const there = cells.get(key);
      if (there === undefined) cells.set(key, [entry]);
      else there.push(entry);
    });
  }

  function leave(entry: Entry): void {
    forEachCell(entry.bounds, (key) => {
      const there = cells.get(key);
      if (there === undefined) return;
      const last = there.pop();
      const index = last === entry ? -1 : there.indexOf(entry);
      if (index >= 0 && last !== undefined) there[index] = last;
      if (there.length === 0) cells.delete(key);
    });
  }

  const boundsOf = ({ placement: { x, y }, text }: Note): Rectangle => ({
    x,
    y,
    width: noteWidth,
    height: heightOf(text),
  });

  function add(note: Note, order: number): PlaceChange {
    const entry = { note, bounds: boundsOf(note), order, query: 0 };
    entries.set(note.id, entry);
    enter(entry);
    return { before: null, after: placedOf(entry) };
  }

  function change(entry: Entry, note: Note): PlaceChange {
    const before = placedOf(entry);
    leave(entry);
    Object.assign(entry, { note, bounds: boundsOf(note) });
    enter(entry);
    return { before, after: placedOf(entry) };
  }

  function drop(entry: Entry): PlaceChange {
    entries.delete(entry.note.id);
    leave(entry);
    return { before: placedOf(entry), after: null };
  }

  function within(area: Rectangle, raised: ReadonlySet<NoteId>): readonly PlacedNote[] {
    queries += 1;
    const found: Entry[] = [];
    forEachCell(area, (key) => {
      for (const entry of cells.get(key) ?? []) {
        if (entry.query === queries) continue;
        entry.query = queries;
        if (isTouching(entry.bounds, area)) found.push(entry);
      }
    });
    if (raised.size === 0) return found.sort((a, b) => a.order - b.order);
    const isRaised = (entry: Entry) => Number(raised.has(entry.note.id));
    return found.sort((a, b) => isRaised(a) - isRaised(b) || a.order - b.order);
  }

  return {
    update(notes) {
      const differences = notes.differencesFrom(seen);
      if (!notes.sharesPlaces(seen)) for (const [id, entry] of entries) entry.order = notes.orderOf(id);
      seen = notes;
      return differences.flatMap(({ before, after }) => {
        const entry = before === null ? undefined : entries.get(before.id);
        if (after === null) return entry === undefined ? [] : drop(entry);
        return entry === undefined ? add(after, notes.orderOf(after.id)) : change(entry, after);
      });
    },
    setHeight(id, height) {
      const entry = entries.get(id);
      if (entry === undefined || entry.bounds.height === height) return null;
      const before = placedOf(entry);
      leave(entry);
      entry.bounds = { ...entry.bounds, height };
      enter(entry);
      return { before, after: placedOf(entry) };
    },
    get: (id) => entries.get(id),
    within,
    at: ({ x, y }, raised) => within({ x, y, width: 0, height: 0 }, raised).at(-1) ?? null,
    size: () => entries.size,
  };
}

function placedOf({ note, bounds, order }: Entry): PlacedNote {
  return { note, bounds, order };
}

/** Touching edges count. */
export function isTouching(a: Rectangle, b: Rectangle): boolean {
  return a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height;
}
