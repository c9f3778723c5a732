import fc from "fast-check";
import { expect, test } from "vitest";
import {
  fruitCount,
  type Grown,
  type Growth,
  growthBetween,
  growthOf,
  neutralGrowth,
  rootCount,
} from "../../../shared/render/growth.ts";

type Zones = Grown["notesByZone"];

const notes = (...votes: readonly number[]) => votes.map((count) => ({ votes: count }));
const unvoted = (count: number) => notes(...new Array<number>(count).fill(0));
const zones = (some: Partial<Zones>): Zones => ({
  roots: [],
  wateringCan: [],
  fruits: [],
  unplaced: [],
  ...some,
});
const zoneNotes = fc.array(fc.record({ votes: fc.nat(12) }), { maxLength: 40 });
const anyZones = fc.record({
  roots: zoneNotes,
  wateringCan: zoneNotes,
  fruits: zoneNotes,
  unplaced: zoneNotes,
});
const everyPart = ({ roots, leaves, fruits }: Growth) => [...roots, leaves, ...fruits];

test("[T1] the same notes give the same tree, in whatever order they came", () => {
  fc.assert(
    fc.property(anyZones, fc.infiniteStream(fc.nat()), (notesByZone, chance) => {
      const shuffled = (list: Zones["roots"]) =>
        list
          .map((note) => ({ note, at: chance.next().value }))
          .sort((a, b) => a.at - b.at)
          .map(({ note }) => note);
      const otherOrder = {
        roots: shuffled(notesByZone.roots),
        wateringCan: shuffled(notesByZone.wateringCan),
        fruits: shuffled(notesByZone.fruits),
        unplaced: shuffled(notesByZone.unplaced),
      };

      expect(growthOf({ notesByZone: otherOrder, voting: null })).toEqual(
        growthOf({ notesByZone, voting: null }),
      );
    }),
  );
});

test("[T2] one more note or dot makes no part of the tree smaller, and nothing grows past its fullest", () => {
  const zone = fc.constantFrom(
    "roots" as const,
    "wateringCan" as const,
    "fruits" as const,
    "unplaced" as const,
  );
  fc.assert(
    fc.property(anyZones, zone, fc.nat(40), (notesByZone, id, index) => {
      const list = notesByZone[id];
      const moreNotes = { ...notesByZone, [id]: [...list, { votes: 0 }] };
      const moreDots = {
        ...notesByZone,
        [id]: list.map((note, i) => (i === index ? { votes: note.votes + 1 } : note)),
      };
      const before = everyPart(growthOf({ notesByZone, voting: null }));

      for (const after of [moreNotes, moreDots]) {
        everyPart(growthOf({ notesByZone: after, voting: null })).forEach((value, i) => {
          expect(value).toBeGreaterThanOrEqual((before[i] ?? 0) - 1e-12);
          expect(value).toBeLessThanOrEqual(1);
        });
      }
    }),
  );
});

test("[T2] one note already shows, and twenty in the watering can bring every leaf", () => {
  const empty = growthOf({ notesByZone: zones({}), voting: null });
  const one = growthOf({
    notesByZone: zones({ roots: unvoted(1), wateringCan: unvoted(1), fruits: unvoted(1) }),
    voting: null,
  });
  const full = growthOf({ notesByZone: zones({ wateringCan: unvoted(20) }), voting: null });

  expect(empty.leaves).toBe(0);
  expect(empty.roots).toEqual(new Array(rootCount).fill(0));
  expect(one.leaves).toBeGreaterThan(0.1);
  expect(Math.max(...one.roots)).toBeGreaterThan(0.3);
  expect(Math.max(...one.fruits)).toBeGreaterThan(0.5);
  expect(full.leaves).toBe(1);
});

test("[T3] while a round of dots is open the tree knows nothing of the dots", () => {
  fc.assert(
    fc.property(anyZones, (notesByZone) => {
      const without = (list: Zones["roots"]) => list.map(() => ({ votes: 0 }));
      const undotted = {
        roots: without(notesByZone.roots),
        wateringCan: without(notesByZone.wateringCan),
        fruits: without(notesByZone.fruits),
        unplaced: without(notesByZone.unplaced),
      };

      const open = growthOf({ notesByZone, voting: { dots: 3, phase: "open" } });

      expect(open).toEqual(growthOf({ notesByZone: undotted, voting: null }));
    }),
  );
});

test("[T3] fruits ripen when the dots are shown, the note with the most dots first", () => {
  const notesByZone = zones({ fruits: notes(0, 5, 1) });

  const open = growthOf({ notesByZone, voting: { dots: 3, phase: "open" } });
  const shown = growthOf({ notesByZone, voting: { dots: 3, phase: "shown" } });

  const byRipeness = (growth: Growth) => [...growth.fruits].sort((a, b) => b - a);
  expect(byRipeness(shown)[0]).toBeGreaterThan((byRipeness(open)[0] ?? 1) + 0.25);
  expect(byRipeness(shown)[0]).toBeGreaterThan((byRipeness(shown)[1] ?? 1) + 0.1);
});

test("[T1] every fruit and every root of the drawing has its own growth", () => {
  const growth = growthOf({ notesByZone: zones({}), voting: null });

  for (const { fruits, roots } of [growth, neutralGrowth]) {
    expect(fruits).toHaveLength(fruitCount);
    expect(roots).toHaveLength(rootCount);
  }
  expect(growthBetween(growth, neutralGrowth, 0)).toEqual(growth);
  expect(growthBetween(growth, neutralGrowth, 1).leaves).toBeCloseTo(neutralGrowth.leaves);
});
