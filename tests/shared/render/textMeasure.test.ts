import fc from "fast-check";
import { expect, test } from "vitest";
import { measureText } from "../../../shared/render/textMeasure.ts";

test("[P1] letters have the widths of the typeface, marks have none", () => {
  expect(measureText("")).toBe(0);
  expect(measureText("i")).toBeLessThan(measureText("m"));
  expect(measureText("ğışİ")).toBeGreaterThan(100);
  expect(measureText("e\u0301")).toBe(measureText("e"));
  expect(measureText("Respect\u202e voor\u200b elkaar\u0000")).toBeCloseTo(
    measureText("Respect voor elkaar"),
  );
});

test("[P1] an emoji of several characters is as wide as one", () => {
  const one = measureText("👩");

  for (const emoji of ["👨‍👩‍👧‍👦", "👍🏽", "🇳🇱", "❤️", "🏳️‍🌈"]) {
    expect(measureText(emoji), emoji).toBe(one);
  }
  expect(measureText("🇳🇱🇹🇷")).toBe(2 * one);
});

test("[P1] what the typeface lacks has a width all the same", () => {
  for (const text of ["الثقة", "אמון", "信頼", "Доверие", "Εμπιστοσύνη", "विश्वास", "ꬰ"]) {
    expect(measureText(text) / [...text].length, text).toBeGreaterThan(25);
  }
});

test("[P1] no text breaks the measure: it is a finite length that grows with the text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (first, second) => {
      const width = measureText(first);
      expect(Number.isFinite(width)).toBe(true);
      expect(measureText(first + second)).toBeGreaterThanOrEqual(width - 1e-6);
    }),
    { seed: 1, numRuns: 500 },
  );
});
