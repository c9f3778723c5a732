import fc from "fast-check";
import { expect, test } from "vitest";
import { htmlOfNotes, textOfNotes } from "../../client/model/copiedNotes.ts";
import { cellsOfTable, notesOfFile, notesOfPaste } from "../../client/model/pastedNotes.ts";
import { noteOnPaper } from "../support/notesOnPaper.ts";

test("[H8] cells of a spreadsheet become one note each, empty ones none", () => {
  expect(notesOfPaste("Respect\tVertrouwen\r\n\t \r\nLef\t\r\n")).toEqual(["Respect", "Vertrouwen", "Lef"]);
});

test("[H8] a cell between quotes keeps its lines, tabs and quotes", () => {
  expect(notesOfPaste('"eerst\nen dan"\t"zeg ""ja"""\t5" pijp')).toEqual([
    "eerst\nen dan",
    'zeg "ja"',
    '5" pijp',
  ]);
  expect(notesOfPaste('"niet gesloten\tandere')).toEqual(['"niet gesloten', "andere"]);
});

test("[H8] lists lose their bullets, also from a file", () => {
  expect(notesOfPaste("- Respect\n- Lef")).toEqual(["Respect", "Lef"]);
  expect(notesOfFile({ name: "wortels.md", text: "\uFEFF* Respect\n* Lef\n" })).toEqual(["Respect", "Lef"]);
  expect(notesOfFile({ name: "wortels.CSV", text: '\uFEFFa;"b;c"\r\nd, e;' })).toEqual(["a", "b;c", "d, e"]);
  expect(notesOfFile({ name: "wortels.csv", text: "a,b\nc,d" })).toEqual(["a", "b", "c", "d"]);
});

test("[H8] any table comes back as its cells", () => {
  const cell = fc.string({ unit: fc.constantFrom("a", "é", '"', "\n", " ", ";", "\t") });
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 4 }),
      (rows) => {
        const written = rows
          .map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join("\t"))
          .join("\r\n");

        expect(cellsOfTable(written, "\t")).toEqual(rows);
      },
    ),
  );
});

test("[H9] copied notes are text, one on each line, and a list", () => {
  const notes = [noteOnPaper("one", { text: "Samen\nkoken" }), noteOnPaper("two", { text: "a < b & c" })];

  expect(textOfNotes(notes)).toBe("Samen koken\na < b & c");
  expect(htmlOfNotes(notes)).toBe("<ul><li>Samen koken</li><li>a &lt; b &amp; c</li></ul>");
});
