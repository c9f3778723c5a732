import fc from "fast-check";
import { expect, test } from "vitest";
import { isRectangleInside, overlapArea, type Point } from "../../../shared/board/geometry.ts";
import { type Placement, placementSchema, zoneAt, zoneIds } from "../../../shared/board/placement.ts";
import {
  gatherSpots,
  isNearTheme,
  noteUnder,
  themeBounds,
  themeTitleBox,
} from "../../../shared/board/themeLayout.ts";
import { treeTemplate } from "../../../shared/template/tree.ts";

const { noteSize, zones, world } = treeTemplate;
const corner = fc.record({
  x: fc.integer({ min: -200, max: 3_200 }),
  y: fc.integer({ min: -200, max: 2_000 }),
});
const overlaps = (a: Point, b: Point) => overlapArea({ ...a, ...noteSize }, { ...b, ...noteSize }) > 0;
/** A note that lies where it is, whatever its zone. */
const placed = corner.map((at): Placement => ({ zone: zoneAt(at, treeTemplate), ...at }));

test("[E27] notes gather in the zone of the first, beside each other and beside all others while there is room", () => {
  let roomy = 0;
  fc.assert(
    fc.property(
      placed,
      fc.integer({ min: 0, max: 30 }),
      fc.array(corner, { maxLength: 40 }),
      (around, count, others) => {
        const taken = [around, ...others];
        const spots = gatherSpots(around, count, taken, treeTemplate);

        expect(spots).toHaveLength(count);
        expect(gatherSpots(around, count, [...taken].reverse(), treeTemplate)).toEqual(spots);
        const free = spots.filter((spot) => !overlaps(spot, around));
        roomy += free.length;
        for (const [index, spot] of free.entries()) {
          expect([...taken, ...free.slice(index + 1)].some((other) => overlaps(spot, other))).toBe(false);
        }
        // Who has a spot of its own comes before those that pile up.
        expect(spots.slice(0, free.length)).toEqual(free);
        for (const spot of spots) {
          expect(spot.zone).toBe(around.zone);
          expect(zoneAt(spot, treeTemplate)).toBe(around.zone);
          expect(placementSchema.parse(spot)).toEqual(spot);
        }
      },
    ),
    { numRuns: 300 },
  );
  expect(roomy).toBeGreaterThan(500);
});

test("[E27] in a zone with room every note of a theme has a spot of its own, whole in the zone, nearest first", () => {
  for (const zone of ["roots", "fruits"] as const) {
    const found = zones.find(({ id }) => id === zone);
    if (found === undefined) throw new Error("no such zone");
    const around = { zone, ...found.anchor };

    const spots = gatherSpots(around, 6, [around], treeTemplate);

    for (const spot of spots) {
      expect(overlaps(spot, around)).toBe(false);
      expect(isRectangleInside({ ...spot, ...noteSize }, found.outline)).toBe(true);
    }
    const far = spots.map((spot) => Math.hypot(spot.x - around.x, 1.4 * (spot.y - around.y)));
    expect([...far].sort((a, b) => a - b)).toEqual(far);
  }
});

test("[E27] where there is no room notes pile up on the first, within reach, however many", () => {
  for (const zone of zoneIds) {
    const anchor = zones.find(({ id }) => id === zone)?.anchor ?? { x: 0, y: 0 };
    const around = { zone, x: anchor.x - noteSize.width / 2, y: anchor.y - noteSize.height / 2 };
    const full = Array.from({ length: 30 * 30 }, (_, index) => ({
      x: (index % 30) * 120 - 100,
      y: Math.floor(index / 30) * 80 - 100,
    }));

    const spots = gatherSpots(around, 300, full, treeTemplate);

    expect(spots).toHaveLength(300);
    for (const spot of spots) {
      expect(Math.hypot(spot.x - around.x, spot.y - around.y)).toBeLessThan(noteSize.width);
      expect(zoneAt(spot, treeTemplate)).toBe(zone);
    }
  }
});

test("[E27] what gathers beside the tree stays in the world and off the tree", () => {
  const around: Placement = { zone: "unplaced", x: 30, y: 30 };

  const spots = gatherSpots(around, 60, [around], treeTemplate);

  for (const spot of spots) {
    expect(zoneAt(spot, treeTemplate)).toBe("unplaced");
    expect(spot.x >= 0 && spot.y >= 0 && spot.x <= world.width && spot.y <= world.height).toBe(true);
  }
});

test("[E27] a theme is drawn around all of its notes with its title above them", () => {
  fc.assert(
    fc.property(fc.array(corner, { minLength: 1, maxLength: 20 }), (notes) => {
      const bounds = themeBounds(notes, noteSize);
      if (bounds === null) throw new Error("bounds expected");
      const title = themeTitleBox(bounds);
      for (const note of notes) {
        expect(overlapArea(bounds, { ...note, ...noteSize })).toBe(noteSize.width * noteSize.height);
        expect(overlapArea(title, { ...note, ...noteSize })).toBe(0);
        expect(isNearTheme(note, notes, noteSize)).toBe(true);
      }
      expect(title.width).toBeGreaterThanOrEqual(noteSize.width);
      expect(overlapArea(bounds, title)).toBe(title.width * title.height);
    }),
  );
  expect(themeBounds([], noteSize)).toBeNull();
});

test("[E27] a note belongs to its theme until it lies more than its own size beside it", () => {
  const others = [{ x: 1_000, y: 1_000 }];

  expect(isNearTheme({ x: 1_000 + 2 * noteSize.width, y: 1_000 }, others, noteSize)).toBe(false);
  expect(isNearTheme({ x: 1_000 + noteSize.width, y: 1_000 }, others, noteSize)).toBe(true);
  expect(isNearTheme({ x: 1_000, y: 1_000 - 3 * noteSize.height }, others, noteSize)).toBe(false);
  expect(isNearTheme({ x: 9_999, y: 9_999 }, [], noteSize)).toBe(true);
});

test("[E27] a note that is let go over most of another lies on it, on the topmost of several", () => {
  const lying = [
    { id: "below", placement: { x: 100, y: 100 } },
    { id: "above", placement: { x: 110, y: 110 } },
    { id: "beside", placement: { x: 800, y: 100 } },
  ];

  expect(noteUnder({ x: 100, y: 100 }, lying, noteSize)?.id).toBe("above");
  expect(noteUnder({ x: 800, y: 100 + noteSize.height / 2 }, lying, noteSize)?.id).toBe("beside");
  expect(noteUnder({ x: 800, y: 100 + 0.6 * noteSize.height }, lying, noteSize)).toBeNull();
  expect(noteUnder({ x: 2_000, y: 100 }, lying, noteSize)).toBeNull();
  expect(noteUnder({ x: 0, y: 0 }, [], noteSize)).toBeNull();
});
