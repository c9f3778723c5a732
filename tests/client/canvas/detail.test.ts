import { expect, test } from "vitest";
import { detailOf } from "../../../client/canvas/detail.ts";
import { createFrameMeter } from "../../../client/canvas/frameMeter.ts";
import { createPace } from "../../../client/canvas/pace.ts";
import { isInsidePolygon } from "../../../shared/board/geometry.ts";
import { hullOf } from "../../../shared/board/hull.ts";

test("[C8] words that nobody could read are lines, then paper, then a square", () => {
  expect(detailOf(1, 320, 26)).toBe("words");
  expect(detailOf(6 / 26, 320, 26)).toBe("words");
  expect(detailOf(0.2, 320, 26)).toBe("lines");
  expect(detailOf(0.1, 320, 26)).toBe("flat");
  expect(detailOf(0.05, 320, 26)).toBe("block");
  expect(detailOf(0.2, 320, 48)).toBe("words");
});

test("[C8] late frames make the next ones lighter, good ones heavier again", () => {
  const pace = createPace(50);
  pace.learn(50, 40);
  const less = pace.allowance();
  pace.learn(1, 16.7);
  const same = pace.allowance();
  pace.learn(less, 16.7);

  expect(less).toBeLessThan(50);
  expect(same).toBe(less);
  expect(pace.allowance()).toBeGreaterThan(less);
  for (let frame = 0; frame < 100; frame += 1) pace.learn(1000, 100);
  expect(pace.allowance()).toBeGreaterThan(5);
});

test("[C8] frame figures are of the last frames", () => {
  const meter = createFrameMeter();
  for (let at = 0; at <= 1000; at += 20) meter.frame(at);
  meter.work(3);

  expect(meter.figures()).toMatchObject({
    frames: 50,
    perSecond: 50,
    medianMs: 20,
    longestMs: 20,
    workP95Ms: 3,
  });
});

test("[C9] the outline of a theme goes around all its notes", () => {
  const notes = [
    { x: 0, y: 0, width: 320, height: 200 },
    { x: 334, y: 60, width: 320, height: 200 },
    { x: 100, y: 300, width: 320, height: 420 },
  ];
  const hull = hullOf(notes);

  for (const { x, y, width, height } of notes) {
    expect(isInsidePolygon({ x: x + width / 2, y: y + height / 2 }, hull)).toBe(true);
    expect(isInsidePolygon({ x: x + 1, y: y + height - 1 }, hull)).toBe(true);
    expect(isInsidePolygon({ x: x + width - 1, y: y + 1 }, hull)).toBe(true);
  }
  expect(hull.length).toBeLessThanOrEqual(8);
  expect(hullOf([notes[0] ?? { x: 0, y: 0, width: 1, height: 1 }])).toHaveLength(4);
});
