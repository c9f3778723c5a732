import { expect, test } from "vitest";
import { edgeVelocity } from "../../../client/canvas/edgePan.ts";

const screen = { width: 1000, height: 700 };
const everywhere = { left: 500, top: 500, right: 500, bottom: 500 };

test("[H19] a hand at an edge goes on to what lies beyond it, faster the nearer it is", () => {
  expect(edgeVelocity({ x: 500, y: 350 }, screen, everywhere)).toEqual({ x: 0, y: 0 });
  const near = edgeVelocity({ x: 980, y: 350 }, screen, everywhere);
  const nearer = edgeVelocity({ x: 998, y: 350 }, screen, everywhere);
  expect(near.x).toBeGreaterThan(0);
  expect(nearer.x).toBeGreaterThan(near.x);
  const corner = edgeVelocity({ x: 5, y: 5 }, screen, everywhere);
  expect(corner.x).toBeLessThan(0);
  expect(corner.y).toBeLessThan(0);
});

test("[H19] a hand beyond the screen is not faster than at its edge", () => {
  expect(edgeVelocity({ x: -300, y: 350 }, screen, everywhere)).toEqual(
    edgeVelocity({ x: 0, y: 350 }, screen, everywhere),
  );
});

test("[H19] where the board ends nothing moves", () => {
  const whole = { left: -20, top: 0, right: -20, bottom: 0 };
  for (const at of [
    { x: 2, y: 350 },
    { x: 998, y: 350 },
    { x: 500, y: 2 },
    { x: 500, y: 698 },
  ]) {
    expect(edgeVelocity(at, screen, whole)).toEqual({ x: 0, y: 0 });
  }
});
