import type { Size } from "../board/geometry.ts";

/** The width of a text at size 100, in units. */
export type Measure = (text: string) => number;
/** Splits a word where it may be broken: `verantwoordelijk` to `ver-ant-woor-de-lijk` as parts. */
export type Hyphenate = (word: string) => readonly string[];

export type TextLayout = {
  readonly fontSize: number;
  readonly lineHeight: number;
  readonly lines: readonly string[];
  /** Height that the lines need: more than the box has when even the smallest size does not hold the whole text. */
  readonly height: number;
};

const largest = 48;
const smallest = 26;
const lineRatio = 1.12;
/** The share of the size that broken words cost: breaking must win more than that to be worth it. */
const costOfBreaks = (breaks: number) => Math.min(0.9, 0.1 * breaks + 0.05 * breaks ** 2);
const shortestToBreak = 8;

/**
 * The text as large as the box allows, in world units, with as few broken words as that is worth. When even the
 * smallest size does not hold it, it goes on below the box: the note grows.
 */
export function layoutText(text: string, box: Size, measure: Measure, hyphenate: Hyphenate): TextLayout {
  const widths = new Map<string, number>();
  const widthOf = (part: string) => {
    const known = widths.get(part);
    if (known !== undefined) return known;
    const width = measure(part);
    widths.set(part, width);
    return width;
  };
  const paragraphs = text
    .split("\n")
    .map((paragraph) => paragraph.split(/\s+/).filter((word) => word !== ""));

  let best: TextLayout | null = null;
  let bestWorth = 0;
  for (let fontSize = largest; fontSize >= smallest && fontSize > bestWorth; fontSize -= 1) {
    const lineHeight = fontSize * lineRatio;
    const most = Math.max(1, Math.floor(box.height / lineHeight));
    for (const mayBreakEarly of [false, true]) {
      const { lines, breaks } = wrap(paragraphs, {
        width: (box.width * 100) / fontSize,
        widthOf,
        hyphenate,
        mayBreakEarly,
      });
      const worth = fontSize * (1 - costOfBreaks(breaks));
      if (lines.length > most || worth <= bestWorth) continue;
      best = { fontSize, lineHeight, lines, height: lines.length * lineHeight };
      bestWorth = worth;
    }
  }
  if (best !== null) return best;

  const lineHeight = smallest * lineRatio;
  const width = (box.width * 100) / smallest;
  const { lines } = wrap(paragraphs, { width, widthOf, hyphenate, mayBreakEarly: true });
  return { fontSize: smallest, lineHeight, lines, height: lines.length * lineHeight };
}

type Wrapping = {
  /** In units at size 100. */
  readonly width: number;
  readonly widthOf: Measure;
  readonly hyphenate: Hyphenate;
  /** Long words fill up a line at a syllable; otherwise only words wider than a line are broken. */
  readonly mayBreakEarly: boolean;
};

function wrap(
  paragraphs: readonly (readonly string[])[],
  { width, widthOf, hyphenate, mayBreakEarly }: Wrapping,
): { readonly lines: readonly string[]; readonly breaks: number } {
  const lines: string[] = [];
  let breaks = 0;
  const space = widthOf(" ");
  for (const words of paragraphs) {
    let line = "";
    let filled = 0;
    for (const word of words) {
      const wordWidth = widthOf(word);
      const before = line === "" ? 0 : filled + space;
      if (before + wordWidth <= width) {
        line = line === "" ? word : `${line} ${word}`;
        filled = before + wordWidth;
        continue;
      }
      if (wordWidth <= width && !(mayBreakEarly && word.length >= shortestToBreak)) {
        if (line !== "") lines.push(line);
        line = word;
        filled = wordWidth;
        continue;
      }
      const pieces = breakWord(word, { room: width - before, width, widthOf, hyphenate });
      const [first = "", ...rest] = pieces;
      if (first !== "") breaks += 1;
      if (line !== "" || first !== "") lines.push([line, first].filter((part) => part !== "").join(" "));
      for (const piece of rest.slice(0, -1)) {
        lines.push(piece);
        breaks += 1;
      }
      line = rest.at(-1) ?? "";
      filled = widthOf(line);
    }
    lines.push(line);
  }
  return { lines, breaks };
}

type Breaking = {
  /** What is left of the line the word begins on. */
  readonly room: number;
  readonly width: number;
  readonly widthOf: Measure;
  readonly hyphenate: Hyphenate;
};

/**
 * A word over several lines, at syllables, or at letters where a syllable is wider than a line. The first piece goes
 * behind what already stands on the line and is empty when nothing of the word fits there.
 */
function breakWord(word: string, { room, width, widthOf, hyphenate }: Breaking): string[] {
  const pieces: string[] = [];
  let piece = "";
  let available = room;
  const close = () => {
    pieces.push(piece === "" ? "" : `${piece}-`);
    piece = "";
    available = width;
  };
  for (const syllable of hyphenate(word)) {
    if (widthOf(`${piece}${syllable}-`) <= available) {
      piece += syllable;
      continue;
    }
    if (piece !== "" || pieces.length === 0) close();
    if (widthOf(`${syllable}-`) <= available) {
      piece = syllable;
      continue;
    }
    for (const letter of syllable) {
      if (piece !== "" && widthOf(`${piece}${letter}-`) > available) close();
      piece += letter;
    }
  }
  pieces.push(piece);
  return pieces;
}

/** Arabic and Hebrew first letters make a text run from right to left, as `dir=auto` does. */
export function directionOf(text: string): "ltr" | "rtl" {
  const strong = /[\p{L}]/u.exec(text)?.[0] ?? "";
  return /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/.test(strong) ? "rtl" : "ltr";
}
