import { expect, test } from "vitest";
import { drawnBackdrop } from "../../../shared/render/drawnBackdrop.ts";
import { neutralGrowth } from "../../../shared/render/growth.ts";
import { stepsOf } from "../../../shared/render/pathData.ts";
import { focuses } from "../../../shared/template/template.ts";

const endOf = (d: string) => {
  const last = stepsOf(d).at(-1);
  if (last === undefined || last.kind === "close") throw new Error("no place");
  return last.to;
};

test("[P6] path data is read as SVG reads it: relative, repeated, smooth, without spaces", () => {
  expect(stepsOf("M1 2l3-4h-1v.5z").map((step) => ("to" in step ? step.to : step.kind))).toEqual([
    [1, 2],
    [4, -2],
    [3, -2],
    [3, -1.5],
    "close",
  ]);
  expect(stepsOf("m1 1 2 2 3 3").map((step) => ("to" in step ? [step.kind, ...step.to] : []))).toEqual([
    ["move", 1, 1],
    ["line", 3, 3],
    ["line", 6, 6],
  ]);
  expect(stepsOf("M0 0q3 0 3 3t3 3").at(-1)).toMatchObject({ kind: "curve", to: [6, 6] });
  expect(stepsOf("M0 0C0 1 1 2 2 2S4 3 4 4").at(-1)).toMatchObject({ first: [3, 2], second: [4, 3] });
  expect(endOf("M0 0a5 5 0 0110 0")).toEqual([10, 0]);
  expect(() => stepsOf("M0 0x1")).toThrow();
  expect(() => stepsOf("M0 0l1")).toThrow();
});

test("[P6] an arc stays at its radius from the centre", () => {
  const steps = stepsOf("M-10 0a10 10 0 1 1 20 0a10 10 0 1 1-20 0");

  expect(steps.length).toBe(5);
  for (const step of steps) {
    if (step.kind === "curve") expect(Math.hypot(...step.to)).toBeCloseTo(10, 6);
  }
  const quarter = stepsOf("M10 0A10 10 0 0 1 0 10")[1];
  expect(quarter).toMatchObject({ kind: "curve" });
  if (quarter?.kind === "curve") expect(quarter.first[1]).toBeCloseTo(5.523, 2);
});

test("[P6] every path of both drawings can be read", () => {
  for (const focus of focuses) {
    const { shapes } = drawnBackdrop(focus, neutralGrowth);
    expect(shapes.length).toBeGreaterThan(100);
    for (const { d } of shapes) {
      const numbers = stepsOf(d).flatMap((step) => ("to" in step ? step.to : []));
      expect(numbers.every(Number.isFinite)).toBe(true);
    }
  }
});
