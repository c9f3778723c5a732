import fc from "fast-check";
import { expect, test } from "vitest";
import { NoteMap } from "../../client/model/noteMap.ts";
import type { NoteId } from "../../shared/board/ids.ts";
import type { Note } from "../../shared/board/note.ts";
import { compareByAge } from "../../shared/board/readBoard.ts";
import { plainNote } from "../support/plainNote.ts";

const noteMade = (id: number, createdAt: number, text = "") => plainNote(`note${id}`, { createdAt, text });

const step = fc.array(
  fc.record({
    id: fc.integer({ min: 0, max: 200 }),
    // Most are new and newest, as on a board; some belong between others or change how old they are.
    createdAt: fc.oneof(fc.integer({ min: 0, max: 50 }), fc.constant(null)),
    text: fc.string({ maxLength: 2 }),
    isGone: fc.boolean(),
  }),
  { maxLength: 40 },
);

test("[C1] after any changes it holds what a plain map would, oldest first, and older maps what they held", () => {
  let shared = 0;
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), (steps) => {
      let plain = new Map<NoteId, Note>();
      let map = NoteMap.of([]);
      let newest = 100;
      const history: { readonly map: NoteMap; readonly plain: ReadonlyMap<NoteId, Note> }[] = [
        { map, plain },
      ];
      for (const changes of steps) {
        const given = new Map<NoteId, Note | null>();
        plain = new Map(plain);
        for (const { id, createdAt, text, isGone } of changes) {
          newest += 1;
          const before = plain.get(noteMade(id, 0).id);
          const note = noteMade(id, createdAt ?? before?.createdAt ?? newest, text);
          given.set(note.id, isGone ? null : note);
          if (isGone) plain.delete(note.id);
          else plain.set(note.id, note);
        }
        const next = map.with(given);
        if (next.sharesPlaces(map)) shared += 1;
        map = next;
        history.push({ map, plain });
      }

      for (const [index, at] of history.entries()) {
        const sorted = [...at.plain.values()].sort(compareByAge);
        expect([...at.map.values()]).toEqual(sorted);
        expect([...at.map.keys()]).toEqual(sorted.map(({ id }) => id));
        expect(at.map.size).toBe(sorted.length);
        expect(sorted.map(({ id }) => at.map.get(id))).toEqual(sorted);
        const orders = sorted.map(({ id }) => at.map.orderOf(id));
        expect(orders).toEqual([...orders].sort((a, b) => a - b));
        for (const { plain: other, map: otherMap } of history.slice(index)) {
          for (const id of other.keys()) expect(at.map.has(id)).toBe(at.plain.has(id));
          expectDifferences(at, { plain: other, map: otherMap });
        }
      }
    }),
    { numRuns: 60 },
  );
  expect(shared).toBeGreaterThan(60);

  function expectDifferences(
    from: { readonly map: NoteMap; readonly plain: ReadonlyMap<NoteId, Note> },
    to: { readonly map: NoteMap; readonly plain: ReadonlyMap<NoteId, Note> },
  ): void {
    const ids = new Set([...from.plain.keys(), ...to.plain.keys()]);
    const expected = [...ids].filter((id) => from.plain.get(id) !== to.plain.get(id));
    const told = to.map.differencesFrom(from.map);
    expect(told.map(({ before, after }) => (after ?? before)?.id).sort()).toEqual(expected.sort());
    for (const { before, after } of told) {
      const id = (after ?? before)?.id;
      if (id === undefined) throw new Error("neither is there");
      expect([before, after]).toEqual([from.plain.get(id) ?? null, to.plain.get(id) ?? null]);
    }
  }
});

test("[C1] two maps that came from the same one do not see each other's notes", () => {
  const base = NoteMap.of([noteMade(1, 1)]);
  const [second, third] = [noteMade(2, 2), noteMade(3, 3)];

  const one = base.with(new Map([[second.id, second]]));
  const other = base.with(new Map([[third.id, third]]));

  expect([...one.values()]).toEqual([noteMade(1, 1), second]);
  expect([...other.values()]).toEqual([noteMade(1, 1), third]);
  expect([...base.keys()]).toEqual([noteMade(1, 1).id]);
});

test("[C1] of a large board a change makes little anew", () => {
  const notes = Array.from({ length: 5_000 }, (_, index) => noteMade(index, index));
  const before = NoteMap.of(notes);
  const moved = { ...noteMade(2_500, 2_500), text: "elsewhere" };

  const after = before.with(new Map([[moved.id, moved]]));

  expect(after.sharesPlaces(before)).toBe(true);
  expect(after.differencesFrom(before)).toEqual([{ before: notes[2_500], after: moved }]);
});
