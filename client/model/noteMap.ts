import type { NoteId } from "../../shared/board/ids.ts";
import type { Note } from "../../shared/board/note.ts";
import { compareByAge } from "../../shared/board/readBoard.ts";

/*
 * The notes on a board at one moment, oldest first. The next moment's map shares with it all that did not change: where
 * five thousand notes lie and somebody moves thirty of them ten times a second, thirty small pieces are new each time,
 * and not the list.
 *
 * Every note has a place in the order. Which place is known to all maps that came from each other; the notes lie in
 * pieces that are not written to again. One that leaves leaves its place empty, one that is the newest of all gets the
 * next place; a note that belongs between others, as one that comes back, makes a map of its own.
 */

/** What became of a note; one of both is there. */
export type NoteDifference = { readonly before: Note | null; readonly after: Note | null };

export type NoteChanges = ReadonlyMap<NoteId, Note | null>;

type Piece = readonly (Note | null)[];

/** `newest`: the one with the last place. */
type Places = { readonly of: Map<NoteId, number>; newest: Note | null };

const pieceSize = 64;

export class NoteMap implements ReadonlyMap<NoteId, Note> {
  readonly size: number;
  private readonly places: Places;
  private readonly pieces: readonly Piece[];
  /** Places from here on were given to notes that came later. */
  private readonly end: number;

  private constructor(parts: {
    readonly places: Places;
    readonly pieces: readonly Piece[];
    readonly end: number;
    readonly size: number;
  }) {
    this.places = parts.places;
    this.pieces = parts.pieces;
    this.end = parts.end;
    this.size = parts.size;
  }

  static of(notes: Iterable<Note>): NoteMap {
    const sorted = [...notes].sort(compareByAge);
    const pieces: Piece[] = [];
    for (let from = 0; from < sorted.length; from += pieceSize) {
      pieces.push(sorted.slice(from, from + pieceSize));
    }
    return new NoteMap({
      places: { of: new Map(sorted.map(({ id }, place) => [id, place])), newest: sorted.at(-1) ?? null },
      pieces,
      end: sorted.length,
      size: sorted.length,
    });
  }

  /** The map after these changes: `null` for a note that is not on the board any more. */
  with(changes: NoteChanges): NoteMap {
    const { places } = this;
    const pieces = new PiecesInWork(this.pieces);
    const added: Note[] = [];
    let { size } = this;
    for (const [id, note] of changes) {
      const before = this.get(id) ?? null;
      if (note === before) continue;
      if (before === null) {
        if (note !== null) added.push(note);
        continue;
      }
      if (note === null) size -= 1;
      else if (compareByAge(before, note) !== 0) return this.anew(changes);
      pieces.put(this.orderOf(id), note);
    }
    if (added.length > 0 && !this.mayAppend(added)) return this.anew(changes);
    let { end } = this;
    for (const note of added.sort(compareByAge)) {
      pieces.put(end, note);
      places.of.set(note.id, end);
      places.newest = note;
      end += 1;
    }
    return new NoteMap({ places, pieces: pieces.all, end, size: size + added.length });
  }

  /** Whether they belong behind all that have a place, and nobody else has put notes there meanwhile. */
  private mayAppend(added: readonly Note[]): boolean {
    const { of, newest } = this.places;
    if (this.end !== of.size) return false;
    return added.every((note) => !of.has(note.id) && (newest === null || compareByAge(newest, note) < 0));
  }

  private anew(changes: NoteChanges): NoteMap {
    const notes: Note[] = [];
    this.forEach((note) => {
      if (!changes.has(note.id)) notes.push(note);
    });
    for (const note of changes.values()) if (note !== null) notes.push(note);
    return NoteMap.of(notes);
  }

  get(id: NoteId): Note | undefined {
    const place = this.places.of.get(id);
    return place === undefined ? undefined : this.noteIn(place);
  }

  has(id: NoteId): boolean {
    return this.get(id) !== undefined;
  }

  /** Lower ones are older. Only of notes that are in it; the same in all maps that `sharesPlaces` is true of. */
  orderOf(id: NoteId): number {
    return this.places.of.get(id) ?? -1;
  }

  sharesPlaces(other: NoteMap): boolean {
    return this.places === other.places;
  }

  /** From `before` to this one, in the order of neither. */
  differencesFrom(before: NoteMap): readonly NoteDifference[] {
    const differences: NoteDifference[] = [];
    if (!this.sharesPlaces(before)) {
      this.forEach((after, id) => {
        const old = before.get(id) ?? null;
        if (old !== after) differences.push({ before: old, after });
      });
      before.forEach((old, id) => {
        if (!this.has(id)) differences.push({ before: old, after: null });
      });
      return differences;
    }
    const most = Math.max(this.pieces.length, before.pieces.length);
    for (let index = 0; index < most; index += 1) {
      const [old, now] = [before.pieces[index], this.pieces[index]];
      if (old === now) continue;
      for (let offset = 0; offset < pieceSize; offset += 1) {
        const [was, is] = [old?.[offset] ?? null, now?.[offset] ?? null];
        if (was !== is) differences.push({ before: was, after: is });
      }
    }
    return differences;
  }

  private noteIn(place: number): Note | undefined {
    if (place >= this.end) return undefined;
    return this.pieces[Math.floor(place / pieceSize)]?.[place % pieceSize] ?? undefined;
  }

  forEach(visit: (note: Note, id: NoteId, map: ReadonlyMap<NoteId, Note>) => void): void {
    for (const piece of this.pieces) {
      for (const note of piece) if (note !== null) visit(note, note.id, this);
    }
  }

  *values(): MapIterator<Note> {
    for (const piece of this.pieces) {
      for (const note of piece) if (note !== null) yield note;
    }
  }

  *keys(): MapIterator<NoteId> {
    for (const { id } of this.values()) yield id;
  }

  *entries(): MapIterator<[NoteId, Note]> {
    for (const note of this.values()) yield [note.id, note];
  }

  [Symbol.iterator](): MapIterator<[NoteId, Note]> {
    return this.entries();
  }
}

/** Copies a piece when it is written to for the first time. */
class PiecesInWork {
  readonly all: (readonly (Note | null)[])[];
  private readonly own = new Map<number, (Note | null)[]>();

  constructor(pieces: readonly Piece[]) {
    this.all = [...pieces];
  }

  put(place: number, note: Note | null): void {
    const index = Math.floor(place / pieceSize);
    let piece = this.own.get(index);
    if (piece === undefined) {
      piece = [...(this.all[index] ?? [])];
      this.own.set(index, piece);
      this.all[index] = piece;
    }
    piece[place % pieceSize] = note;
  }
}
