import fc from "fast-check";
import { expect, test } from "vitest";
import { handsRoomFor, noHandsRoom } from "../../../client/canvas/handsRoom.ts";

const screens = fc.record({
  width: fc.integer({ min: 320, max: 3840 }),
  height: fc.integer({ min: 480, max: 2160 }),
});
const shares = fc.record({
  x: fc.double(unit()),
  y: fc.double(unit()),
  w: fc.double(unit()),
  h: fc.double(unit()),
});

function unit() {
  return { min: 0, max: 1, noNaN: true };
}

test("the canvas for what moves covers what is drawn, is no larger than the screen, and its corner lies on whole pixels", () => {
  fc.assert(
    fc.property(screens, fc.array(shares, { minLength: 1, maxLength: 60 }), (screen, moves) => {
      let room = noHandsRoom;
      for (const { x, y, w, h } of moves) {
        const reach = {
          x: x * screen.width,
          y: y * screen.height,
          width: (1 - x) * w * screen.width,
          height: (1 - y) * h * screen.height,
        };
        room = handsRoomFor(reach, screen, room);
        const { corner, size } = room;
        expect(corner.x).toBeLessThanOrEqual(reach.x);
        expect(corner.y).toBeLessThanOrEqual(reach.y);
        expect(corner.x + size.width).toBeGreaterThanOrEqual(reach.x + reach.width - 1e-6);
        expect(corner.y + size.height).toBeGreaterThanOrEqual(reach.y + reach.height - 1e-6);
        expect(size.width).toBeLessThanOrEqual(screen.width);
        expect(size.height).toBeLessThanOrEqual(screen.height);
        expect([corner.x % 4, corner.y % 4]).toEqual([0, 0]);
      }
    }),
  );
});

test("it stays as large as it was for a moment, and becomes small when one note moves on", () => {
  const screen = { width: 1600, height: 900 };
  const all = handsRoomFor({ x: 0, y: 0, ...screen }, screen, noHandsRoom);
  expect(all.size).toEqual(screen);
  let room = all;
  const sizes = Array.from({ length: 60 }, (_, step) => {
    room = handsRoomFor({ x: 400 + step, y: 300, width: 120, height: 90 }, screen, room);
    return room.size.width;
  });
  expect(sizes[10]).toBe(1600);
  expect(sizes.at(-1)).toBe(128);
});
