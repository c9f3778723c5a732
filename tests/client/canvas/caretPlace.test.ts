import fc from "fast-check";
import { expect, test } from "vitest";
import { caretPlace } from "../../../client/canvas/caretPlace.ts";
import { layoutText } from "../../../shared/render/textLayout.ts";

test("[C5] a caret stands before the letter it stood before in the raw text", () => {
  const text = "samen een gezin steunen";
  const lines = ["samen een", "gezin", "steunen"];

  expect(caretPlace(text, lines, 0)).toEqual({ line: 0, offset: 0 });
  expect(caretPlace(text, lines, 7)).toEqual({ line: 0, offset: 7 });
  expect(caretPlace(text, lines, 9)).toEqual({ line: 0, offset: 9 });
  expect(caretPlace(text, lines, 10)).toEqual({ line: 1, offset: 0 });
  expect(caretPlace(text, lines, 12)).toEqual({ line: 1, offset: 2 });
  expect(caretPlace(text, lines, text.length)).toEqual({ line: 2, offset: 7 });
  expect(caretPlace(text, lines, 999)).toEqual({ line: 2, offset: 7 });
});

test("[C5] hyphens that laying out added do not count, those of the text do", () => {
  expect(caretPlace("verantwoordelijk", ["verant-", "woordelijk"], 6)).toEqual({ line: 0, offset: 6 });
  expect(caretPlace("verantwoordelijk", ["verant-", "woordelijk"], 8)).toEqual({ line: 1, offset: 2 });
  expect(caretPlace("mede-eigenaar", ["mede-", "eigenaar"], 4)).toEqual({ line: 0, offset: 4 });
  expect(caretPlace("mede-eigenaar", ["mede-", "eigenaar"], 7)).toEqual({ line: 1, offset: 2 });
});

test("[C5] empty lines and rows of spaces keep the caret on its line", () => {
  const text = "een\n\n  twee   drie";
  const lines = ["een", "", "twee drie"];

  expect(caretPlace(text, lines, 3)).toEqual({ line: 0, offset: 3 });
  expect(caretPlace(text, lines, 4)).toEqual({ line: 1, offset: 0 });
  expect(caretPlace(text, lines, 7)).toEqual({ line: 2, offset: 0 });
  expect(caretPlace(text, lines, 11)).toEqual({ line: 2, offset: 4 });
  expect(caretPlace(text, lines, 15)).toEqual({ line: 2, offset: 6 });
  expect(caretPlace("", [""], 0)).toEqual({ line: 0, offset: 0 });
});

test("[C5] whatever was typed, a caret further on never stands further back, and always within a line", () => {
  const word = fc.stringMatching(/^[a-z-]{1,24}$/);
  const text = fc
    .array(fc.oneof(word, fc.constantFrom(" ", "  ", "\n")), { maxLength: 20 })
    .map((parts) => parts.join(" "));
  const layoutOf = (raw: string) =>
    layoutText(
      raw,
      { width: 294, height: 174 },
      (part) => part.length * 55,
      (whole) => whole.match(/.{1,4}/g) ?? [],
    );
  fc.assert(
    fc.property(text, (raw) => {
      const { lines } = layoutOf(raw);
      let last = { line: 0, offset: 0 };
      for (let caret = 0; caret <= raw.length; caret += 1) {
        const place = caretPlace(raw, lines, caret);
        expect(place.line > last.line || (place.line === last.line && place.offset >= last.offset)).toBe(
          true,
        );
        expect(place.offset).toBeLessThanOrEqual(lines[place.line]?.length ?? 0);
        last = place;
      }
      const written = lines.filter((line) => line !== "").length;
      if (written > 0) expect(last.line).toBeGreaterThanOrEqual(written - 1);
    }),
  );
});
