import fc from "fast-check";
import { expect, test } from "vitest";
import type { Camera } from "../../../client/canvas/camera.ts";
import {
  alignedWith,
  barePixels,
  isCovering,
  isGoodAtRest,
  isWornOut,
  paddingFor,
  placeOnScreen,
  plateFor,
  roomAround,
  type Screen,
  worldOf,
} from "../../../client/canvas/overscan.ts";

const laptop: Screen = { width: 1280, height: 800, devicePixelRatio: 1 };
const screens: readonly Screen[] = [
  { width: 1024, height: 768, devicePixelRatio: 1 },
  { width: 1920, height: 1080, devicePixelRatio: 2 },
  { width: 3840, height: 2160, devicePixelRatio: 1 },
  { width: 3840, height: 2160, devicePixelRatio: 2 },
  { width: 390, height: 700, devicePixelRatio: 3 },
];
const screen = fc.constantFrom(laptop, ...screens);
const camera: fc.Arbitrary<Camera> = fc.record({
  scale: fc.double({ min: 0.1, max: 3, noNaN: true }),
  x: fc.double({ min: -4000, max: 4000, noNaN: true }),
  y: fc.double({ min: -4000, max: 4000, noNaN: true }),
});
const still = { x: 0, y: 0 };

test("[C4] a fresh plate covers the screen, is sharp and has room to start moving", () => {
  fc.assert(
    fc.property(camera, screen, (seen, on) => {
      const plate = plateFor(seen, on);

      expect(isCovering(roomAround(plate, seen, on))).toBe(true);
      expect(isGoodAtRest(plate, seen, on)).toBe(true);
      expect(isWornOut(plate, seen, on, still)).toBe(false);
      expect(plate.ratio).toBeLessThanOrEqual(2);
      const isHuge = on.width * on.height * plate.ratio ** 2 > 6_000_000;
      expect(plate.pixels.width * plate.pixels.height).toBeLessThan(isHuge ? 18_000_000 : 8_100_000);
    }),
  );
});

test("[C4] a point of the world lies on screen where the camera says, however the plate is shown", () => {
  const point = fc.record({ x: fc.integer({ min: 0, max: 3200 }), y: fc.integer({ min: 0, max: 2000 }) });
  fc.assert(
    fc.property(camera, camera, screen, point, (painted, seen, on, { x, y }) => {
      const plate = plateFor(painted, on);
      const place = placeOnScreen(plate, seen, on.devicePixelRatio);
      const shownX = (x * plate.base.scale + plate.base.x) * place.scale + place.x;
      const shownY = (y * plate.base.scale + plate.base.y) * place.scale + place.y;

      // At the same scale the plate lies on whole pixels: at most half of one away.
      expect(Math.abs(shownX - (x * seen.scale + seen.x))).toBeLessThan(0.51);
      expect(Math.abs(shownY - (y * seen.scale + seen.y))).toBeLessThan(0.51);
    }),
  );
});

test("[C4] a plate is laid ahead when its edge comes near in the direction of travel, and before it shows", () => {
  const seen = { scale: 1, x: -500, y: -300 };
  const plate = plateFor(seen, laptop);
  const padding = paddingFor(laptop);
  let moved = 0;
  while (!isWornOut(plate, { ...seen, x: seen.x - moved }, laptop, { x: -20, y: 0 })) moved += 1;

  expect(moved).toBeLessThan(padding.x);
  expect(moved).toBeGreaterThan(padding.x * 0.4);
  expect(isWornOut(plate, { ...seen, x: seen.x - moved }, laptop, { x: 20, y: 0 })).toBe(false);
  const ahead = plateFor(seen, laptop, { x: -100, y: 0 });
  expect(worldOf(ahead).x - worldOf(plate).x).toBeCloseTo(100);
});

test("[C4] a picture is shown at most 1.6 times as large or as small", () => {
  const seen = { scale: 1, x: 0, y: 0 };
  const plate = plateFor(seen, laptop);

  expect(isWornOut(plate, { ...seen, scale: 2.1 }, laptop, still)).toBe(false);
  expect(isWornOut(plate, { ...seen, scale: 2.3 }, laptop, still)).toBe(true);
  expect(isWornOut(plate, { ...seen, scale: 0.5 }, laptop, still)).toBe(true);
});

test("[C4] what is copied from one plate to the next and what is painted make the whole, without overlap", () => {
  const shift = fc.integer({ min: -3000, max: 3000 });
  fc.assert(
    fc.property(shift, shift, (dx, dy) => {
      const before = plateFor({ scale: 1, x: 0, y: 0 }, laptop);
      const after = alignedWith(plateFor({ scale: 1, x: dx + 0.3, y: dy }, laptop), before);
      const bare = barePixels(after, before);
      const { width, height } = after.pixels;
      const shared = Math.max(0, width - Math.abs(dx)) * Math.max(0, height - Math.abs(dy));
      const painted = bare.reduce((sum, strip) => sum + strip.width * strip.height, 0);

      expect(Number.isInteger(Math.round((after.base.x - before.base.x) * 1e6) / 1e6)).toBe(true);
      expect(painted + shared).toBe(width * height);
    }),
  );
});
