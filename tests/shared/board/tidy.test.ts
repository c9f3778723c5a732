import fc from "fast-check";
import { expect, test } from "vitest";
import { overlapArea, type Point } from "../../../shared/board/geometry.ts";
import { noteIdSchema } from "../../../shared/board/ids.ts";
import { nextFreeSpot, nextFreeSpots, type ZoneId, zoneAt } from "../../../shared/board/placement.ts";
import { type Lying, readingOrderOf } from "../../../shared/board/readingOrder.ts";
import { tidySpots } from "../../../shared/board/tidy.ts";
import { treeTemplate } from "../../../shared/template/tree.ts";

const { noteSize } = treeTemplate;
const corner = fc.record({ x: fc.integer({ min: 0, max: 3_000 }), y: fc.integer({ min: 0, max: 1_900 }) });
const zone = fc.constantFrom<ZoneId>("roots", "wateringCan", "fruits", "unplaced");
const cornerOf = ({ placement }: Lying) => placement;

function lyingIn(where: ZoneId, corners: readonly Point[]): readonly Lying[] {
  return corners.map((at, index) => ({
    // Ids that are in no order of their own.
    id: noteIdSchema.parse(`n${(index * 7) % 31}-${index}`),
    placement: { zone: where, ...at },
  }));
}

function tidied(where: ZoneId, notes: readonly Lying[], others: readonly Point[]): readonly Lying[] {
  const moves = new Map(
    tidySpots(where, notes, others, treeTemplate).map(({ note, placement }) => [note, placement]),
  );
  return notes.map((note) => ({ id: note.id, placement: moves.get(note.id) ?? note.placement }));
}

const overlaps = (a: Point, b: Point) => overlapArea({ ...a, ...noteSize }, { ...b, ...noteSize }) > 0;

test("[E28] after tidying no note lies over another while there is room, and none lies in another zone", () => {
  fc.assert(
    fc.property(
      zone,
      fc.array(corner, { maxLength: 9 }),
      fc.array(corner, { maxLength: 6 }),
      (where, corners, others) => {
        const notes = tidied(where, lyingIn(where, corners), others);

        const room = nextFreeSpots(where, corners.length, others, treeTemplate);
        const isRoomy = room.every(
          (spot, index) => ![...others, ...room.slice(index + 1)].some((other) => overlaps(spot, other)),
        );
        for (const [index, { placement }] of notes.entries()) {
          expect(zoneAt(placement, treeTemplate)).toBe(where);
          if (!isRoomy) continue;
          const rest = [...others, ...notes.slice(index + 1).map(cornerOf)];
          expect(rest.some((other) => overlaps(placement, other))).toBe(false);
        }
      },
    ),
    { numRuns: 200 },
  );
});

test("[E28] tidying keeps the order in which notes are read, and tidying again moves nothing, full zones too", () => {
  let moved = 0;
  fc.assert(
    fc.property(
      zone,
      fc.array(corner, { maxLength: 60, size: "max" }),
      fc.array(corner, { maxLength: 6 }),
      (where, corners, others) => {
        const notes = lyingIn(where, corners);
        const once = tidied(where, notes, others);
        moved += tidySpots(where, notes, others, treeTemplate).length;

        expect(tidySpots(where, once, others, treeTemplate)).toEqual([]);
        const spotsRead = (lying: readonly Lying[]) =>
          readingOrderOf(lying, cornerOf, noteSize).map(({ placement: { x, y } }) => `${x},${y}`);
        const before = readingOrderOf([...notes].sort(byId), cornerOf, noteSize).map(({ id }) => id);
        const placeOf = new Map(once.map(({ id, placement: { x, y } }) => [id, `${x},${y}`]));
        expect(before.map((id) => placeOf.get(id))).toEqual(spotsRead(once));
      },
    ),
    { numRuns: 150 },
  );
  expect(moved).toBeGreaterThan(500);
});

test("[E28] what lies a little higher or lower is read as one row", () => {
  const notes = lyingIn("roots", [
    { x: 900, y: 1_300 },
    { x: 500, y: 1_340 },
    { x: 400, y: 1_600 },
    { x: 700, y: 1_270 },
  ]);

  expect(readingOrderOf(notes, cornerOf, noteSize).map(({ placement }) => placement.x)).toEqual([
    500, 700, 900, 400,
  ]);
  expect(readingOrderOf([], cornerOf, noteSize)).toEqual([]);
});

test("[E28] spots for several notes are those that one after the other would have found", () => {
  fc.assert(
    fc.property(
      zone,
      fc.array(corner, { maxLength: 25 }),
      fc.integer({ min: 0, max: 30 }),
      (where, others, count) => {
        const taken = [...others];
        const oneByOne = Array.from({ length: count }, () => {
          const spot = nextFreeSpot(where, taken, treeTemplate);
          taken.push(spot);
          return spot;
        });

        expect(nextFreeSpots(where, count, others, treeTemplate)).toEqual(oneByOne);
      },
    ),
    { numRuns: 60 },
  );
});

function byId(a: Lying, b: Lying): number {
  return a.id < b.id ? -1 : 1;
}
