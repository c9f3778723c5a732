import fc from "fast-check";
import { expect, test } from "vitest";
import { noteIdSchema } from "../../../shared/board/ids.ts";
import { inReadingOrder, type Lying } from "../../../shared/board/readingOrder.ts";
import { tidySpots } from "../../../shared/board/tidy.ts";
import { treeTemplate } from "../../../shared/template/tree.ts";

const { noteSize } = treeTemplate;

function note(id: string, x: number, y: number): Lying {
  return { id: noteIdSchema.parse(id), placement: { zone: "roots", x, y } };
}

const idsOf = (notes: readonly Lying[]) => notes.map(({ id }) => id);

test("[L1] notes are read in rows from top to bottom, in a row from left to right, also where they hang askew", () => {
  const half = noteSize.height / 2;
  const notes = [
    note("e", 900, 1000 + noteSize.height + 20),
    note("c", 700, 1000),
    note("a", 10, 1000 + half - 5),
    note("b", 400, 1000 + 30),
    note("d", 20, 1000 + noteSize.height + 10),
  ];

  expect(idsOf(inReadingOrder(notes, noteSize))).toEqual(["a", "b", "c", "d", "e"]);
});

test("[L1] the order depends on where notes lie and on nothing else, and two that change places change in it", () => {
  const places = fc.array(
    fc.record({ x: fc.integer({ min: -1600, max: 4800 }), y: fc.integer({ min: -1600, max: 4800 }) }),
    { minLength: 2, maxLength: 30 },
  );
  let swaps = 0;
  fc.assert(
    fc.property(places, fc.nat(), fc.nat(), (found, seedA, seedB) => {
      const notes = found.map(({ x, y }, index) => note(`n${index}`, x, y));
      const order = inReadingOrder(notes, noteSize);
      expect(inReadingOrder([...notes].reverse(), noteSize)).toEqual(order);
      expect(new Set(idsOf(order)).size).toBe(notes.length);

      const [a, b] = [order[seedA % order.length], order[seedB % order.length]];
      if (a === undefined || b === undefined || a === b) return;
      if (a.placement.x === b.placement.x && a.placement.y === b.placement.y) return;
      swaps += 1;
      const exchanged = notes.map((old) => {
        if (old === a) return { ...a, placement: b.placement };
        return old === b ? { ...b, placement: a.placement } : old;
      });
      const expected = idsOf(order).map((id) => (id === a.id ? b.id : id === b.id ? a.id : id));
      const isUnique = new Set(found.map(({ x, y }) => `${x} ${y}`)).size === found.length;
      if (isUnique) expect(idsOf(inReadingOrder(exchanged, noteSize))).toEqual(expected);
    }),
  );
  expect(swaps).toBeGreaterThan(20);
});

test("[L1] tidying a zone keeps the order in which it is read", () => {
  const notes = [note("c", 1500, 1700), note("a", 1200, 1500), note("b", 1900, 1520)];
  const moves = new Map(
    tidySpots("roots", notes, [], treeTemplate).map(({ note: id, placement }) => [id, placement]),
  );
  const tidied = notes.map((old) => ({ ...old, placement: moves.get(old.id) ?? old.placement }));

  expect(moves.size).toBeGreaterThan(0);
  expect(idsOf(inReadingOrder(tidied, noteSize))).toEqual(["a", "b", "c"]);
});
