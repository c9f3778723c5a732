import * as Y from "yjs";
import { type NoteId, noteIdSchema } from "../../shared/board/ids.ts";
import { readBoard } from "../../shared/board/readBoard.ts";
import { BoardWriter } from "../../shared/board/writeBoard.ts";
import { mustWork, newNote } from "./writers.ts";

/*
 * Somebody who works on a board and remembers what came of it. Their own notes nobody else touches, so how those must
 * end is known to the letter; in the one note that all share everybody leaves marks, and each must be there once.
 */

export type Person = {
  readonly name: string;
  readonly doc: Y.Doc;
  /** One change. */
  readonly act: () => void;
  /** Own notes as they must be, one line each. */
  readonly notes: () => readonly string[];
  readonly marks: () => readonly string[];
};

const sharedNote = noteIdSchema.parse("everybody");

/** The first to come makes the note that all write in. */
export function makeSharedNote(doc: Y.Doc): void {
  const writer = createWriterOf(doc, () => sharedNote);
  mustWork(writer.addNote(newNote("")));
}

export function hasSharedNote(doc: Y.Doc): boolean {
  return readBoard(doc).notes.has(sharedNote);
}

export function createPerson(name: string, doc: Y.Doc): Person {
  const kept = new Map<NoteId, { text: string; isRemoved: boolean }>();
  const ids: NoteId[] = [];
  const marks: string[] = [];
  const writer = createWriterOf(doc, () => noteIdSchema.parse(`${name}-${ids.length}`));
  let step = -1;

  function add(): void {
    const text = `${name} schrijft in stap ${step}`;
    const id = mustWork(writer.addNote(newNote(text)));
    ids.push(id);
    kept.set(id, { text, isRemoved: false });
  }

  function reword(id: NoteId): void {
    const text = `in stap ${step} zegt ${name} het zo`;
    mustWork(writer.rewordNote(id, text));
    kept.set(id, { text, isRemoved: kept.get(id)?.isRemoved ?? false });
  }

  function bin(id: NoteId, isRemoved: boolean): void {
    mustWork(isRemoved ? writer.removeNote(id) : writer.restoreNote(id));
    kept.set(id, { text: kept.get(id)?.text ?? "", isRemoved });
  }

  function mark(): void {
    const word = `${name}${step}`;
    const length = writer.openText(sharedNote)?.length ?? 0;
    const index = step % 8 === 2 ? 0 : length;
    mustWork(writer.spliceText(sharedNote, { index, deleteCount: 0, insert: `${word} ` }));
    marks.push(word);
  }

  return {
    name,
    doc,
    act() {
      step += 1;
      const [older, latest] = [ids.at(-2), ids.at(-1)];
      if (latest === undefined || older === undefined || step % 6 === 0) add();
      else if (step % 6 === 1 || step % 6 === 4) reword(latest);
      else if (step % 6 === 2) mark();
      else if (step % 6 === 3) bin(older, true);
      else if (step % 12 === 5) bin(older, false);
      else add();
    },
    notes: () => [...kept].map(([id, { text, isRemoved }]) => lineOf(id, text, isRemoved)).sort(),
    marks: () => [...marks].sort(),
  };
}

export type BoardSeen = {
  readonly notes: readonly string[];
  readonly marks: readonly string[];
  readonly setAside: number;
};

/** A board in the words of `Person`, to compare with what everybody remembers. */
export function seeBoard(doc: Y.Doc): BoardSeen {
  const board = readBoard(doc);
  const own = [...board.notes.values()].filter(({ id }) => id !== sharedNote);
  return {
    notes: own.map((note) => lineOf(note.id, note.text, note.removed !== null)).sort(),
    marks: (board.notes.get(sharedNote)?.text ?? "")
      .split(" ")
      .filter((word) => word !== "")
      .sort(),
    setAside: board.setAside.length,
  };
}

export function notesSeenOf(name: string, doc: Y.Doc): readonly string[] {
  return seeBoard(doc).notes.filter((line) => line.startsWith(`${name}-`));
}

export function rememberedBy(people: readonly Person[]): BoardSeen {
  return {
    notes: people.flatMap((person) => person.notes()).sort(),
    marks: people.flatMap((person) => person.marks()).sort(),
    setAside: 0,
  };
}

/** State vector and delete set. */
export function areDocumentsEqual(docs: readonly Y.Doc[]): boolean {
  // Counting is quick; delete sets are only worth gathering when the counts agree.
  if (new Set(docs.map(clocksOf)).size > 1) return false;
  const [first, ...others] = docs.map((doc) => Y.snapshot(doc));
  return first !== undefined && others.every((other) => Y.equalSnapshots(first, other));
}

function clocksOf(doc: Y.Doc): string {
  const clocks = [...Y.decodeStateVector(Y.encodeStateVector(doc))];
  return JSON.stringify(clocks.sort(([a], [b]) => a - b));
}

function lineOf(id: NoteId, text: string, isRemoved: boolean): string {
  return `${id}: ${text}${isRemoved ? " (bin)" : ""}`;
}

function createWriterOf(doc: Y.Doc, createNoteId: () => NoteId): BoardWriter {
  return new BoardWriter({ doc, now: Date.now, createNoteId, actor: () => null });
}
