import fc from "fast-check";
import { expect, test } from "vitest";
import { linesOfPaste } from "../../client/model/pastedLines.ts";

const word = fc.stringMatching(/^[A-Za-zé😀]{1,8}$/u);
const bullet = fc.constantFrom(
  "- ",
  "* ",
  "• ",
  "– ",
  "— ",
  "· ",
  "▪ ",
  "◦ ",
  "‣ ",
  "1. ",
  "12) ",
  "•\t",
  "",
);
const lineEnd = fc.constantFrom("\n", "\r\n", "\r", "\n\n", "\n \t\n");

test("[N2] any list becomes its lines, in order, whatever its bullets and line ends", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(bullet, fc.array(word, { minLength: 1, maxLength: 3 }), lineEnd), { maxLength: 10 }),
      (lines) => {
        const pasted = lines.map(([mark, words, end]) => `  ${mark}${words.join(" ")} ${end}`).join("");

        expect(linesOfPaste(pasted)).toEqual(lines.map(([, words]) => words.join(" ")));
      },
    ),
  );
});

test("[N2] whatever is pasted, no line is blank or broken over two, and nothing is made up", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.oneof(fc.constantFrom("\n", "\r", "-", " ", "1", "."), fc.string()) }),
      (pasted) => {
        const lines = linesOfPaste(pasted);

        for (const line of lines) {
          expect(line.trim()).toBe(line);
          expect(line).not.toBe("");
          expect(line).not.toMatch(/[\r\n]/);
          expect(pasted).toContain(line);
        }
      },
    ),
  );
});

test("[N2] signs that mean something stay: minus, years, decimals, sayings between dashes", () => {
  const said = [
    "-2 graden",
    "2024. was een goed jaar? Nee: 2024.",
    "3.5 uur",
    "1.Respect",
    "*belangrijk*",
    "a - b",
  ];

  expect(linesOfPaste(said.join("\n"))).toEqual(said);
});

test("[N2] nothing but blanks gives no notes", () => {
  expect(linesOfPaste("")).toEqual([]);
  expect(linesOfPaste(" \r\n\t\n \n")).toEqual([]);
});

test("[N2] a bullet with nothing behind it is no note", () => {
  expect(linesOfPaste("• \n- Lef\n2.\n")).toEqual(["Lef"]);
});
