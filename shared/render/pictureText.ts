import type { Size } from "../board/geometry.ts";
import { normaliseText } from "../board/note.ts";
import { baselineShift, type WordsMark } from "./picture.ts";
import { directionOf, type Hyphenate, layoutText } from "./textLayout.ts";
import { measureText } from "./textMeasure.ts";

/**
 * What no XML may hold, and what no font draws, is left out of pictures; lines and tabs stay. Letters with loose marks,
 * as some systems type them, become the one letter that a font has.
 */
export function drawableText(text: string): string {
  return normaliseText(text)
    .normalize("NFC")
    .replace(/[^\P{Cc}\n\t]|[\u00AD\uFFFE\uFFFF]/gu, "");
}

export type LineOptions = {
  readonly x: number;
  /** The middle of the line. */
  readonly middle: number;
  readonly fontSize: number;
  readonly anchor: WordsMark["anchor"];
  readonly fill: string;
};

export function lineOfWords(text: string, { x, middle, fontSize, anchor, fill }: LineOptions): WordsMark {
  return {
    kind: "words",
    lines: [text],
    x,
    y: middle + baselineShift * fontSize,
    lineHeight: 0,
    fontSize,
    anchor,
    direction: directionOf(text),
    fill,
  };
}

export type BlockOptions = {
  readonly box: Size;
  /** Where the block begins or ends; its lines start or end there, whichever way they run. */
  readonly x: number;
  readonly top: number;
  readonly side: "left" | "right";
  /** Sizes go from 26 to 48, times this. */
  readonly scale: number;
  readonly fill: string;
  readonly hyphenate: Hyphenate;
};

/** Words as large as a box allows, from its top; `height` is what they take, more than the box when they are many. */
export function blockOfWords(
  text: string,
  { box, x, top, side, scale, fill, hyphenate }: BlockOptions,
): { readonly mark: WordsMark; readonly height: number } {
  const room = { width: box.width / scale, height: box.height / scale };
  const { lines, fontSize, lineHeight, height } = layoutText(text, room, measureText, hyphenate);
  const direction = directionOf(text);
  const isStart = (side === "left") === (direction === "ltr");
  const mark: WordsMark = {
    kind: "words",
    lines,
    x,
    y: top + scale * (lineHeight / 2 + baselineShift * fontSize),
    lineHeight: scale * lineHeight,
    fontSize: scale * fontSize,
    anchor: isStart ? "start" : "end",
    direction,
    fill,
  };
  return { mark, height: scale * height };
}

/** As many letters as fit, whole characters, with the sign that there are more; `room` at size 100. */
export function shortenedLine(text: string, room: number): string {
  if (measureText(text) <= room) return text;
  const letters = [...text];
  while (letters.length > 1 && measureText(`${letters.join("")}…`) > room) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}

/** As few lines as a width allows, of about the same length: no word is left alone on the last. */
export function evenLines(text: string, room: number): readonly string[] {
  const words = text.split(" ");
  let lines = linesWithin(words, room);
  for (let narrower = room * 0.98; narrower > room / 2; narrower -= room * 0.02) {
    const next = linesWithin(words, narrower);
    if (next.length > lines.length) break;
    lines = next;
  }
  return lines;
}

function linesWithin(words: readonly string[], room: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of words) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && measureText(longer) > room) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}
