import fc from "fast-check";
import { expect, test } from "vitest";
import { createNoteIndex, isTouching } from "../../../client/canvas/noteIndex.ts";
import { NoteMap } from "../../../client/model/noteMap.ts";
import type { Rectangle } from "../../../shared/board/geometry.ts";
import type { NoteId } from "../../../shared/board/ids.ts";
import type { Note } from "../../../shared/board/note.ts";
import { compareByAge } from "../../../shared/board/readBoard.ts";
import { plainNote } from "../../support/plainNote.ts";

const noteWidth = 320;
const heightOf = (text: string) => 200 + text.length;
const noneRaised: ReadonlySet<NoteId> = new Set();
const noteAt = (id: string, x: number, y: number, createdAt = 0) =>
  plainNote(id, { placement: { zone: "roots", x, y }, createdAt });
const coordinate = fc.integer({ min: -1600, max: 4800 });

test("[C1] an area finds exactly the notes that reach into it, whatever was moved, added and removed", () => {
  const step = fc.array(
    fc.record({ id: fc.integer({ min: 0, max: 40 }), x: coordinate, y: coordinate, isGone: fc.boolean() }),
    { minLength: 8, maxLength: 30 },
  );
  const area = fc.record({
    x: coordinate,
    y: coordinate,
    width: fc.integer({ min: 500, max: 6000 }),
    height: fc.integer({ min: 500, max: 6000 }),
  });
  let found = 0;
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), area, (steps, wanted) => {
      const index = createNoteIndex({ noteWidth, heightOf });
      let notes = NoteMap.of([]);
      for (const step of steps) {
        const changes = step.map(({ id, x, y, isGone }) => {
          const note = noteAt(`note${id}`, x, y);
          return [note.id, isGone ? null : note] as const;
        });
        notes = notes.with(new Map(changes));
        index.update(notes);
      }

      const expected = [...notes.values()]
        .filter((note) => isTouching(boundsOf(note), wanted))
        .sort(compareByAge);
      expect(index.within(wanted, noneRaised).map(({ note }) => note)).toEqual(expected);
      found += expected.length;
    }),
  );
  expect(found).toBeGreaterThan(100);

  function boundsOf({ placement: { x, y }, text }: Note): Rectangle {
    return { x, y, width: noteWidth, height: heightOf(text) };
  }
});

test("[C1] only notes that are other objects count as changed, with where they were and where they are", () => {
  const index = createNoteIndex({ noteWidth, heightOf });
  const [still, moved, gone] = [
    noteAt("still", 0, 0, 1),
    noteAt("moved", 400, 0, 2),
    noteAt("gone", 800, 0, 3),
  ];
  index.update(NoteMap.of([still, moved, gone]));
  const elsewhere = noteAt("moved", 400, 900, 2);
  const fresh = noteAt("fresh", 0, 900, 4);

  const changes = index.update(NoteMap.of([still, elsewhere, fresh]));

  expect(changes.map(({ before, after }) => [before?.bounds.y ?? null, after?.bounds.y ?? null])).toEqual([
    [0, 900],
    [null, 900],
    [0, null],
  ]);
  expect(index.size()).toBe(3);
});

test("[C1] a finger takes the topmost note; one that is chosen lies on top", () => {
  const index = createNoteIndex({ noteWidth, heightOf });
  const [below, above] = [noteAt("below", 0, 0, 1), noteAt("above", 100, 50, 2)];
  index.update(NoteMap.of([below, above]));

  expect(index.at({ x: 150, y: 100 }, noneRaised)?.note.id).toBe(above.id);
  expect(index.at({ x: 150, y: 100 }, new Set([below.id]))?.note.id).toBe(below.id);
  expect(index.at({ x: 10, y: 10 }, noneRaised)?.note.id).toBe(below.id);
  expect(index.at({ x: 900, y: 10 }, noneRaised)).toBeNull();
});

test("[C1] a note that turned out to be higher is found in all of its height", () => {
  const index = createNoteIndex({ noteWidth, heightOf });
  const note = noteAt("note", 0, 0);
  index.update(NoteMap.of([note]));

  index.setHeight(note.id, 1500);

  expect(index.at({ x: 10, y: 1400 }, noneRaised)?.note.id).toBe(note.id);
  expect(index.setHeight(note.id, 1500)).toBeNull();
});
