import { expect, test } from "vitest";
import { createGlides } from "../../../client/canvas/glides.ts";

const notHeld = () => false;

test("[C6] what others move glides from where it was seen to where it is", () => {
  const glides = createGlides<string>(300);
  glides.aim("note", { x: 0, y: 0 }, { x: 100, y: 0 }, 1000);
  const half = glides.at("note", 1070);
  glides.aim("note", { x: 0, y: 0 }, { x: 100, y: 60 }, 1070);

  expect(half).toEqual({ x: 50, y: 0 });
  expect(glides.at("note", 1070)).toEqual(half);
  expect(glides.isMoving(1100)).toBe(true);
  expect(glides.at("note", 2000)).toEqual({ x: 100, y: 60 });
  expect(glides.isMoving(2000)).toBe(false);
});

test("[C6] it lies down a while after it came to rest, and not while somebody holds it", () => {
  const glides = createGlides<string>(300);
  glides.aim("note", { x: 0, y: 0 }, { x: 100, y: 0 }, 1000);

  expect(glides.takeRested(1300, notHeld)).toEqual([]);
  expect(glides.takeRested(2000, () => true)).toEqual([]);
  expect(glides.takeRested(2000, notHeld)).toEqual(["note"]);
  expect(glides.has("note")).toBe(false);
});

test("[C6] for who wants no motion it is there at once", () => {
  const glides = createGlides<string>(300);
  glides.jump("note", { x: 70, y: 10 }, 1000);

  expect(glides.at("note", 1000)).toEqual({ x: 70, y: 10 });
  expect(glides.isMoving(1000)).toBe(false);
});
