import type { Size } from "../../shared/board/geometry.ts";

/** The width of a text at size 100, in units. */
export type Measure = (text: string) => number;
/** Splits a word where it may be broken: `verantwoordelijk` to `ver-ant-woor-de-lijk` as parts. */
export type Hyphenate = (word: string) => readonly string[];

export type TextLayout = {
  readonly fontSize: number;
  readonly lineHeight: number;
  readonly lines: readonly string[];
  /** True when even the smallest size does not hold the whole text. */
  readonly isCut: boolean;
};

const sizes = [46, 43, 40, 37, 34, 31, 28, 26];
const lineRatio = 1.14;

/** The largest size at which the whole text fits the box, in world units; at the floor the rest is cut with "…". */
export function layoutText(text: string, box: Size, measure: Measure, hyphenate: Hyphenate): TextLayout {
  let smallest: TextLayout | null = null;
  for (const fontSize of sizes) {
    const lineHeight = fontSize * lineRatio;
    const most = Math.max(1, Math.floor(box.height / lineHeight));
    const lines = wrap(text, (box.width * 100) / fontSize, measure, hyphenate);
    if (lines.length <= most) return { fontSize, lineHeight, lines, isCut: false };
    const kept = lines.slice(0, most);
    const last = kept.pop() ?? "";
    smallest = { fontSize, lineHeight, lines: [...kept, `${last.slice(0, -1).trimEnd()}…`], isCut: true };
  }
  if (smallest === null) throw new Error("no sizes to lay text out in");
  return smallest;
}

function wrap(text: string, width: number, measure: Measure, hyphenate: Hyphenate): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    let line = "";
    for (const word of paragraph.split(/\s+/).filter((part) => part !== "")) {
      const longer = line === "" ? word : `${line} ${word}`;
      if (measure(longer) <= width) {
        line = longer;
        continue;
      }
      if (measure(word) <= width) {
        if (line !== "") lines.push(line);
        line = word;
        continue;
      }
      const pieces = breakWord(word, line, width, measure, hyphenate);
      lines.push(...pieces.slice(0, -1));
      line = pieces.at(-1) ?? "";
    }
    lines.push(line);
  }
  return lines;
}

/** A word too long for a line, after what already stands on it: broken at syllables, or at letters if it must. */
function breakWord(
  word: string,
  before: string,
  width: number,
  measure: Measure,
  hyphenate: Hyphenate,
): string[] {
  const lines: string[] = [];
  let line = before === "" ? "" : `${before} `;
  let fresh = "";
  for (const syllable of hyphenate(word)) {
    if (measure(`${line}${fresh}${syllable}-`) <= width) {
      fresh += syllable;
      continue;
    }
    if (fresh !== "") lines.push(`${line}${fresh}-`);
    else if (line.trim() !== "") lines.push(line.trimEnd());
    line = "";
    fresh = "";
    for (const letter of syllable) {
      if (fresh !== "" && measure(`${fresh}${letter}-`) > width) {
        lines.push(`${fresh}-`);
        fresh = "";
      }
      fresh += letter;
    }
  }
  lines.push(`${line}${fresh}`);
  return lines;
}

/** Arabic and Hebrew first letters make a text run from right to left, as `dir=auto` does. */
export function directionOf(text: string): "ltr" | "rtl" {
  const strong = /[\p{L}]/u.exec(text)?.[0] ?? "";
  return /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/.test(strong) ? "rtl" : "ltr";
}
