import fc from "fast-check";
import { expect, test } from "vitest";
import {
  isRectangleInside,
  overlapArea,
  type Point,
  type Rectangle,
} from "../../../shared/board/geometry.ts";
import {
  nextFreeSpot,
  type Placement,
  placementAt,
  placementSchema,
  type ZoneId,
  type ZoneLayout,
  zoneAt,
  zoneIds,
} from "../../../shared/board/placement.ts";
import { treeTemplate } from "../../../shared/template/tree.ts";

const zoneId = fc.constantFrom(...zoneIds);
/** Picks among the nearest spots; not quite 1, as `Math.random`. */
const choice = fc.double({ min: 0, max: 0.999, noNaN: true });
const corner = fc.record({
  x: fc.integer({ min: -400, max: 3400 }),
  y: fc.integer({ min: -300, max: 2200 }),
});

const frameOf = ({ x, y }: Point, layout: ZoneLayout): Rectangle => ({ x, y, ...layout.noteSize });
const hiddenBy = (spot: Point, taken: readonly Point[], layout: ZoneLayout) =>
  taken.reduce((sum, other) => sum + overlapArea(frameOf(spot, layout), frameOf(other, layout)), 0);

/** Fills an empty zone note by note until one hides another. */
function fill(zone: ZoneId, layout: ZoneLayout, choose: () => number = () => 0): Placement[] {
  const placed: Placement[] = [];
  for (;;) {
    const spot = nextFreeSpot(zone, placed, layout, choose());
    if (hiddenBy(spot, placed, layout) > 0) return placed;
    placed.push(spot);
  }
}

/** One rectangular zone with room for at least one note. */
const roomyLayout: fc.Arbitrary<ZoneLayout> = fc
  .record({
    x: fc.integer({ min: -500, max: 500 }),
    y: fc.integer({ min: -500, max: 500 }),
    width: fc.integer({ min: 60, max: 400 }),
    height: fc.integer({ min: 60, max: 400 }),
    anchor: fc.record({ x: fc.integer({ min: -500, max: 1400 }), y: fc.integer({ min: -500, max: 1400 }) }),
  })
  .map(({ x, y, width, height, anchor }) => ({
    world: { width: 2000, height: 2000 },
    noteSize: { width: 50, height: 40 },
    zones: [
      {
        id: "roots",
        anchor,
        outline: [
          { x, y },
          { x: x + width, y },
          { x: x + width, y: y + height },
          { x, y: y + height },
        ],
      },
    ],
  }));

test("[N3] every zone of the tree takes a group's notes without hiding one, whichever of the nearest spots is chosen", () => {
  fc.assert(
    fc.property(zoneId, fc.infiniteStream(choice), (zone, choices) => {
      const placed = fill(zone, treeTemplate, () => choices.next().value ?? 0);

      expect(placed.length).toBeGreaterThanOrEqual(6);
      expect(placed).toHaveLength(fill(zone, treeTemplate).length);
    }),
    { numRuns: 60 },
  );
});

test("[N3] a new note hides another only when every spot of its zone is taken", () => {
  const spotsByZone = new Map(zoneIds.map((zone) => [zone, fill(zone, treeTemplate)]));
  let timesFree = 0;
  let timesFull = 0;
  fc.assert(
    fc.property(
      zoneId,
      // Notes lie anywhere, and some of them right in the zone, so that it is often full.
      fc.array(fc.oneof(corner, fc.nat(40)), { maxLength: 120, size: "max" }),
      choice,
      (zone, notes, chosen) => {
        const spots = spotsByZone.get(zone) ?? [];
        const taken = notes.flatMap((note) => {
          const at = typeof note === "number" ? spots[note % spots.length] : note;
          return at === undefined ? [] : [at];
        });
        const least = Math.min(...spots.map((spot) => hiddenBy(spot, taken, treeTemplate)));

        const placed = nextFreeSpot(zone, taken, treeTemplate, chosen);

        expect(hiddenBy(placed, taken, treeTemplate) === 0).toBe(least === 0);
        if (least === 0) timesFree += 1;
        else timesFull += 1;
      },
    ),
    { numRuns: 300, seed: 3 },
  );
  expect(timesFree).toBeGreaterThan(30);
  expect(timesFull).toBeGreaterThan(30);
});

test("[N3] in a full zone notes pile up evenly, each a little beside the one below", () => {
  for (const zone of zoneIds) {
    const layer = fill(zone, treeTemplate).length;
    const placed: Placement[] = [];
    for (let count = 0; count < layer * 4; count += 1) placed.push(nextFreeSpot(zone, placed, treeTemplate));

    const corners = new Set(placed.map(({ x, y }) => `${x},${y}`));
    expect(corners.size, zone).toBe(layer * 4);
    expect(placed.every((at) => zoneAt(at, treeTemplate) === zone)).toBe(true);
  }
});

test("[N3] in a rectangular zone of any size no spot overlaps another while there is room", () => {
  fc.assert(
    fc.property(roomyLayout, fc.infiniteStream(choice), (layout, choices) => {
      const placed = fill("roots", layout, () => choices.next().value ?? 0);

      expect(placed.length).toBeGreaterThanOrEqual(1);
    }),
  );
});

test("[N3] a full zone still takes every note", () => {
  const placed: Placement[] = [];
  for (let count = 0; count < 200; count += 1) placed.push(nextFreeSpot("wateringCan", placed, treeTemplate));

  const deepest = Math.max(
    ...placed.map((spot) => placed.filter(({ x, y }) => x === spot.x && y === spot.y).length),
  );

  expect(placed.every(({ zone }) => zone === "wateringCan")).toBe(true);
  // They are spread over all spots, not piled on one.
  expect(deepest).toBeLessThanOrEqual(Math.ceil(200 / fill("wateringCan", treeTemplate).length));
});

test("[N3] two phones that send at the same moment choose different spots", () => {
  const spots = [0, 0.4, 0.8].map((chosen) => nextFreeSpot("fruits", [], treeTemplate, chosen));

  expect(new Set(spots.map(({ x, y }) => `${x} ${y}`)).size).toBe(3);
});

test("[N4] a new note lies in its zone, whole, however full the board is", () => {
  fc.assert(
    fc.property(zoneId, fc.array(corner, { maxLength: 80 }), choice, (zone, taken, chosen) => {
      const placed = nextFreeSpot(zone, taken, treeTemplate, chosen);
      const outline = treeTemplate.zones.find(({ id }) => id === zone)?.outline ?? [];
      // Corners are rounded to whole units: a note may stand out by less than one.
      const inner = {
        x: placed.x + 1,
        y: placed.y + 1,
        width: treeTemplate.noteSize.width - 2,
        height: treeTemplate.noteSize.height - 2,
      };

      expect(placed.zone).toBe(zone);
      expect(zoneAt(placed, treeTemplate)).toBe(zone);
      expect(isRectangleInside(inner, outline)).toBe(true);
      expect(placementSchema.parse(placed)).toEqual(placed);
    }),
  );
});

test("[N4] a zone that the template does not have is a bug", () => {
  expect(() => nextFreeSpot("roots", [], { ...treeTemplate, zones: [] })).toThrow("without zone roots");
});

test("[N5] where a note is dropped decides its zone: that under its middle, beside every outline unplaced", () => {
  const middleOn = ({ x, y }: Point) => ({
    x: x - treeTemplate.noteSize.width / 2,
    y: y - treeTemplate.noteSize.height / 2,
  });
  for (const { id, anchor } of treeTemplate.zones) {
    expect(placementAt(middleOn(anchor), treeTemplate)).toEqual({ zone: id, ...middleOn(anchor) });
  }
  expect(placementAt({ x: 3100, y: 1900 }, treeTemplate).zone).toBe("unplaced");
});

test("[N5] a note dropped far away stays within reach, in the zone of where it comes to lie", () => {
  const anywhere = fc.double({ noNaN: true });
  fc.assert(
    fc.property(anywhere, anywhere, (x, y) => {
      const placed = placementAt({ x, y }, treeTemplate);

      expect(placed.x).toBe(Math.min(Math.max(x, -1600), 4800));
      expect(placed.y).toBe(Math.min(Math.max(y, -1600), 4800));
      expect(placed.zone).toBe(zoneAt(placed, treeTemplate));
    }),
  );
});

test("[N5] a placement from elsewhere is pulled within reach, and one that is none is refused", () => {
  expect(placementSchema.parse({ zone: "roots", x: 1e9, y: -1e9 })).toEqual({
    zone: "roots",
    x: 4800,
    y: -1600,
  });
  for (const odd of [
    { zone: "crown", x: 1, y: 1 },
    { zone: "roots", x: Number.NaN, y: 1 },
    { zone: "roots", x: Number.POSITIVE_INFINITY, y: 1 },
    { zone: "roots", x: "1", y: 1 },
    { zone: "roots", x: 1 },
    null,
    "roots",
  ]) {
    expect(placementSchema.safeParse(odd).success).toBe(false);
  }
});
