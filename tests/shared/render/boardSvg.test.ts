import { expect, test } from "vitest";
import { boardPicture as boardPictureOf, type PictureInput } from "../../../shared/render/boardPicture.ts";
import { boardToSvg as boardToSvgOf } from "../../../shared/render/boardSvg.ts";
import { hyphenationOf } from "../../../shared/render/hyphenation.ts";
import type { Mark } from "../../../shared/render/picture.ts";
import { createBusyInput, createNote, createPictureInput, doornNotes } from "../../support/pictureBoards.ts";

const hyphenate = await hyphenationOf("nl");
const boardPicture = (input: PictureInput) => boardPictureOf(input, hyphenate);
const boardToSvg = (input: PictureInput) => boardToSvgOf(input, hyphenate);

function wordsOf(marks: readonly Mark[]): readonly string[] {
  return marks.flatMap((mark) => {
    if (mark.kind === "words") return mark.lines;
    return mark.kind === "group" ? wordsOf(mark.marks) : [];
  });
}
const allWords = (input: PictureInput) => wordsOf(boardPicture(input).marks).join(" ");

test("[P2] the same board gives the same bytes, in whatever order its notes come", () => {
  const input = createBusyInput("individual");
  const backwards = { ...input, notes: [...input.notes].reverse() };

  expect(boardToSvg(backwards)).toBe(boardToSvg(input));
  expect(boardToSvg(createBusyInput("community"))).not.toBe(boardToSvg(input));
});

test("[P3] a picture says whose board it is, from which workshop and day, and what its signs mean", () => {
  const words = allWords(createBusyInput("individual"));

  for (const part of [
    "Groep 1",
    "Samen een gezin ondersteunen",
    "Onderzoekswerkplaats Doorn",
    "9 oktober 2025",
  ]) {
    expect(words).toContain(part);
  }
  for (const sign of [
    "Wortels: 10",
    "Gieter: 4",
    "Vruchten: 8",
    "Formeel",
    "Informeel",
    "Allebei",
    "Thema",
  ]) {
    expect(words).toContain(sign);
  }
  expect(words).toContain("Hierover vertelt de groep");
  expect(words).toContain("Stippen van de groep");
  expect(allWords(createBusyInput("individual", { language: "en" }))).toContain("9 October 2025");
});

test("[P3] every note of Doorn is on the picture, whole", () => {
  for (const focus of ["individual", "community"] as const) {
    const labels = boardPicture(createPictureInput(focus)).marks.flatMap((mark) =>
      mark.kind === "group" && mark.role === "note" ? [mark.label] : [],
    );
    expect(labels.sort()).toEqual(
      doornNotes(focus)
        .map(({ text }) => text)
        .sort(),
    );
  }
});

test("[P4] removed and withdrawn notes are on no picture", () => {
  const notes = [
    createNote("shown00000000001", { text: "Blijft" }),
    createNote("removed000000001", { text: "Weggehaald", removed: { by: null, at: 1 } }),
    createNote("withdrawn0000001", { text: "Teruggenomen", withdrawn: true }),
  ];

  const svg = boardToSvg(createPictureInput("individual", { notes }));

  expect(svg).toContain("Blijft");
  expect(svg).not.toContain("Weggehaald");
  expect(svg).not.toContain("Teruggenomen");
});

test("[P4] how many dots a note has is on no picture while they are given", () => {
  const notes = [createNote("voted00000000001", { text: "Veel stippen", votes: 77 })];
  const svgOf = (voting: Parameters<typeof createPictureInput>[1]) =>
    boardToSvg(createPictureInput("individual", { notes, ...voting }));

  expect(svgOf({ voting: { dots: 3, phase: "open" } })).not.toContain(">77<");
  expect(svgOf({ voting: { dots: 3, phase: "shown" } })).toContain(">77<");
  expect(svgOf({ voting: null })).toContain(">77<");
});

test("[P4] a picture says how many notes their writers keep out of it", () => {
  expect(allWords(createPictureInput("individual", { leftOut: 2 }))).toContain(
    "2 briefjes staan hier niet op",
  );
  expect(allWords(createPictureInput("individual"))).not.toContain("staan hier niet op");
});

test("[P5] nothing that a note says becomes part of the file's markup", () => {
  const texts = [
    "<script>alert(1)</script>",
    "]]> & <b onclick='alert(1)'>\"",
    "\u0000\u0001\u001b[31m\uffff\ud800 rood",
    "\u202egnorw yaw eht\u202c",
    "&lt;image href=x onerror=alert(1)&gt;",
  ];
  const notes = texts.map((text, index) => createNote(`hostile00000000${index}`, { text }));

  const svg = boardToSvg(
    createPictureInput("individual", { notes, groupName: "</title><script>x</script>" }),
  );

  expect(svg).not.toMatch(/<script|<b |<image|onerror=a[^l]/);
  expect(svg).toContain("&lt;script&gt;");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
  expect(svg).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
  expect(svg).not.toMatch(/[\uD800-\uDFFF]/u);
});

test("[P3] one zone is shown alone, with its question; an empty one asks it in its place", () => {
  const input = createBusyInput("individual", { view: "fruits" });

  const words = allWords(input);

  expect(words).toContain("Groep 1: Vruchten");
  expect(words).toContain("Wat levert het op");
  expect(words).not.toContain("Gezamenlijke");
  expect(allWords(createPictureInput("individual", { notes: [] }))).toContain("Wortels");
});

test("[P3] a picture is as wide for its height as the page, and keeps every note", () => {
  for (const aspect of [1.45, 0.69, 3]) {
    for (const view of ["board", "roots", "unplaced"] as const) {
      const { area } = boardPicture(createBusyInput("individual", { aspect, view }));
      expect(area.width / area.height).toBeCloseTo(aspect, 5);
    }
  }
  const whole = boardPicture(createBusyInput("individual")).area;
  const wide = boardPicture(createBusyInput("individual", { aspect: 3 })).area;
  expect(wide.width).toBeGreaterThan(whole.width);
});
