import fc from "fast-check";
import { expect, test } from "vitest";
import {
  boundsOf,
  centreOf,
  clamp,
  isInsidePolygon,
  isRectangleInside,
  overlapArea,
  type Polygon,
  type Rectangle,
} from "../../../shared/board/geometry.ts";

const length = fc.integer({ min: 1, max: 500 });
const coordinate = fc.integer({ min: -1000, max: 1000 });
const rectangle: fc.Arbitrary<Rectangle> = fc.record({
  x: coordinate,
  y: coordinate,
  width: length,
  height: length,
});

const outlineOf = ({ x, y, width, height }: Rectangle): Polygon => [
  { x, y },
  { x: x + width, y },
  { x: x + width, y: y + height },
  { x, y: y + height },
];

/** The letter L: a square of 100 without its upper right quarter. */
const corner: Polygon = [
  { x: 0, y: 0 },
  { x: 50, y: 0 },
  { x: 50, y: 50 },
  { x: 100, y: 50 },
  { x: 100, y: 100 },
  { x: 0, y: 100 },
];

test("[N3] two notes hide as much of each other, at most all of the smaller, and nothing when they only touch", () => {
  fc.assert(
    fc.property(rectangle, rectangle, (a, b) => {
      const shared = overlapArea(a, b);

      expect(shared).toBe(overlapArea(b, a));
      expect(shared).toBeGreaterThanOrEqual(0);
      expect(shared).toBeLessThanOrEqual(Math.min(a.width * a.height, b.width * b.height));
      expect(overlapArea(a, a)).toBe(a.width * a.height);
      expect(overlapArea(a, { ...b, x: a.x + a.width })).toBe(0);
      expect(overlapArea(a, { ...b, y: a.y - b.height })).toBe(0);
    }),
  );
});

test("[N4] a point is inside a rectangle's outline exactly when it lies between its sides", () => {
  fc.assert(
    fc.property(rectangle, coordinate, coordinate, (frame, x, y) => {
      // Halves keep the point off the edges, where either answer is right.
      const point = { x: x + 0.5, y: y + 0.5 };
      const isBetween =
        point.x > frame.x &&
        point.x < frame.x + frame.width &&
        point.y > frame.y &&
        point.y < frame.y + frame.height;

      expect(isInsidePolygon(point, outlineOf(frame))).toBe(isBetween);
      expect(isInsidePolygon(point, [...outlineOf(frame)].reverse())).toBe(isBetween);
    }),
  );
});

test("[N4] an outline with a bay leaves out what lies in the bay", () => {
  expect(isInsidePolygon({ x: 25, y: 25 }, corner)).toBe(true);
  expect(isInsidePolygon({ x: 75, y: 75 }, corner)).toBe(true);
  expect(isInsidePolygon({ x: 75, y: 25 }, corner)).toBe(false);
  expect(isRectangleInside({ x: 5, y: 5, width: 40, height: 90 }, corner)).toBe(true);
  expect(isRectangleInside({ x: 5, y: 5, width: 90, height: 90 }, corner)).toBe(false);
});

test("[N4] outlines without an inside hold nothing", () => {
  const onePoint = [{ x: 10, y: 10 }];
  const line = [
    { x: 0, y: 0 },
    { x: 100, y: 0 },
  ];

  for (const outline of [[], onePoint, line]) {
    expect(isInsidePolygon({ x: 10, y: 10 }, outline)).toBe(false);
    expect(isRectangleInside({ x: 1, y: 1, width: 5, height: 5 }, outline)).toBe(false);
  }
});

test("[N4] the bounds of an outline hold all of its points, and those of a rectangle are the rectangle", () => {
  fc.assert(
    fc.property(rectangle, fc.array(fc.record({ x: coordinate, y: coordinate })), (frame, more) => {
      const outline = [...outlineOf(frame), ...more];
      const bounds = boundsOf(outline);

      for (const point of outline) {
        expect(clamp(point.x, bounds.x, bounds.x + bounds.width)).toBe(point.x);
        expect(clamp(point.y, bounds.y, bounds.y + bounds.height)).toBe(point.y);
      }
      expect(boundsOf(outlineOf(frame))).toEqual(frame);
      expect(boundsOf([centreOf(frame)])).toEqual({ ...centreOf(frame), width: 0, height: 0 });
    }),
  );
});
