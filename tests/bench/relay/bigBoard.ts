import * as Y from "yjs";
import { metaOf, noteKeys, notesOf } from "../../../shared/board/boardDocument.ts";
import { voices } from "../../../shared/board/note.ts";
import { zoneIds } from "../../../shared/board/placement.ts";
import { createSeededRandom } from "../../support/random.ts";

/*
 * A board with a history, as the updates that made it: notes as people have them, then moves, typed words and words taken
 * away, by twenty devices that take turns. The same numbers always give the same board.
 */

export type BigBoard = {
  /** In the order in which they were made. */
  readonly updates: readonly Uint8Array[];
  /** The board before its last hundred edits, for who comes back after a short while. */
  readonly almost: Uint8Array;
  readonly whole: Uint8Array;
  readonly isComplete: (doc: Y.Doc) => boolean;
};

export type BigBoardOptions = {
  readonly notes: number;
  readonly edits: number;
  /** Edits in one update: one is how people make them, more is quicker to build. */
  readonly editsPerUpdate: number;
};

const devices = 20;
const lastEdits = 100;
const words =
  "samen vertrouwen luisteren afspraken ontmoeten respect buurt school ouders tijd open warm".split(" ");

export function createBigBoard({ notes, edits, editsPerUpdate }: BigBoardOptions): BigBoard {
  const random = createSeededRandom(notes * edits);
  const below = (limit: number) => Math.floor(random() * limit);
  const anyOf = <T>(values: readonly [T, ...T[]] | readonly T[]): T => {
    const value = values[below(values.length)];
    if (value === undefined) throw new Error("nothing to choose from");
    return value;
  };
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  const texts: Y.Text[] = [];
  const entries: Y.Map<unknown>[] = [];
  const clientIds = Array.from({ length: devices }, () => 1 + below(2 ** 32 - 1));
  let almost: Uint8Array | null = null;
  doc.on("update", (update: Uint8Array) => updates.push(update));

  const placement = () => ({ zone: anyOf(zoneIds), x: below(3_200), y: below(2_000) });
  function addNote(index: number): void {
    const entry = new Y.Map<unknown>();
    const text = new Y.Text(Array.from({ length: 4 + below(8) }, () => anyOf(words)).join(" "));
    entry.set(noteKeys.text, text);
    entry.set(noteKeys.placement, placement());
    entry.set(noteKeys.voice, anyOf(voices));
    entry.set(noteKeys.enteredBy, `p${String(below(devices)).padStart(16, "0")}`);
    entry.set(noteKeys.source, "phone");
    entry.set(noteKeys.createdAt, 1_700_000_000_000 + index * 1_000);
    notesOf(doc).set(`n${String(index).padStart(16, "0")}`, entry);
    texts.push(text);
    entries.push(entry);
  }
  function edit(): void {
    const chance = random();
    const text = anyOf(texts);
    if (chance < 0.7) anyOf(entries).set(noteKeys.placement, placement());
    else if (chance < 0.88 || text.length < 20) text.insert(below(text.length + 1), `${anyOf(words)} `);
    else {
      const index = below(text.length - 8);
      text.delete(index, 1 + below(8));
    }
  }

  const steps = notes + edits;
  for (let step = 0; step < steps; step += editsPerUpdate) {
    if (almost === null && step >= steps - lastEdits) almost = Y.encodeStateAsUpdate(doc);
    doc.clientID = anyOf(clientIds);
    doc.transact(() => {
      for (let index = step; index < Math.min(steps, step + editsPerUpdate); index += 1) {
        if (index < notes) addNote(index);
        else edit();
      }
      if (step === 0) metaOf(doc).set("schema", 1);
    });
  }

  const whole = Y.encodeStateAsUpdate(doc);
  const stateVector = Y.decodeStateVector(Y.encodeStateVector(doc));
  const content = contentOf(doc);
  return {
    updates,
    almost: almost ?? whole,
    whole,
    isComplete(other) {
      for (const [client, clock] of stateVector) if (Y.getState(other.store, client) < clock) return false;
      return contentOf(other) === content;
    },
  };
}

function contentOf(doc: Y.Doc): string {
  const notes: Record<string, unknown> = notesOf(doc).toJSON();
  return JSON.stringify(
    Object.keys(notes)
      .sort()
      .map((id) => [id, notes[id]]),
  );
}
