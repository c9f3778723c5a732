import fc from "fast-check";
import { expect, test } from "vitest";
import { createDirtyAreas } from "../../../client/canvas/dirtyAreas.ts";
import type { Rectangle } from "../../../shared/board/geometry.ts";

const rectangle = fc.record({
  x: fc.integer({ min: -500, max: 3000 }),
  y: fc.integer({ min: -500, max: 3000 }),
  width: fc.integer({ min: 1, max: 500 }),
  height: fc.integer({ min: 1, max: 500 }),
});

const contains = (outer: Rectangle, inner: Rectangle) =>
  outer.x <= inner.x &&
  outer.y <= inner.y &&
  outer.x + outer.width >= inner.x + inner.width &&
  outer.y + outer.height >= inner.y + inner.height;

test("[C3] everything that changed is painted again", () => {
  fc.assert(
    fc.property(fc.array(rectangle, { maxLength: 80 }), (areas) => {
      const dirty = createDirtyAreas();
      for (const area of areas) dirty.add(area);
      const taken: (Rectangle | "all")[] = [];
      for (let area = dirty.take(); area !== null; area = dirty.take()) taken.push(area);

      for (const area of areas) expect(taken.some((one) => one === "all" || contains(one, area))).toBe(true);
      expect(dirty.isEmpty()).toBe(true);
    }),
  );
});

test("[C3] where a note was and where it is now, close by, are painted once; far apart they stay two", () => {
  const dirty = createDirtyAreas();
  dirty.add({ x: 0, y: 0, width: 320, height: 200 });
  dirty.add({ x: 30, y: 20, width: 320, height: 200 });
  dirty.add({ x: 2000, y: 1500, width: 320, height: 200 });

  expect(dirty.take()).toEqual({ x: 0, y: 0, width: 350, height: 220 });
  expect(dirty.take()).toEqual({ x: 2000, y: 1500, width: 320, height: 200 });
  expect(dirty.take()).toBeNull();
});

test("[C3] very many changes become one painting of everything", () => {
  const dirty = createDirtyAreas();
  for (let index = 0; index < 200; index += 1)
    dirty.add({ x: index * 900, y: index * 900, width: 10, height: 10 });

  expect(dirty.take()).toBe("all");
  expect(dirty.take()).toBeNull();
});
