import { assertNever } from "../result.ts";
import { backdropFragment } from "./backdropSvg.ts";
import { boardPicture, type PictureInput } from "./boardPicture.ts";
import {
  fineNumberText,
  type Mark,
  numberText,
  type PathMark,
  type Picture,
  type WordsMark,
} from "./picture.ts";
import { fontFacesFor } from "./pictureFonts.ts";
import type { Hyphenate } from "./textLayout.ts";

/** A board as one SVG file that needs nothing else: its typeface is inside. The same input gives the same bytes. */
export function boardToSvg(input: PictureInput, hyphenate: Hyphenate): string {
  return pictureToSvg(boardPicture(input, hyphenate));
}

/** World units to pixels: as large as it opens where nobody says how large. */
const pixelsPerUnit = 0.5;

export function pictureToSvg(picture: Picture): string {
  const { area, marks, language } = picture;
  const { defs, paths } = backdropFragment(picture.focus, picture.growth);
  const n = numberText;
  const body = marks.map(markText).join("\n");
  const words = [picture.title, ...marks.flatMap(wordsIn)].join("");
  const size = `width="${n(area.width * pixelsPerUnit)}" height="${n(area.height * pixelsPerUnit)}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${n(area.x)} ${n(area.y)} ${n(area.width)} ${n(area.height)}" ${size} xml:lang="${language}">`,
    `<title>${escaped(picture.title)}</title>`,
    `<desc>${escaped(picture.description)}</desc>`,
    `<style>${fontFacesFor(words)}</style>`,
    `<defs>${defs}</defs>`,
    paths,
    `<g font-family="'Atkinson Hyperlegible Next','Atkinson Hyperlegible Next Variable',system-ui,sans-serif" font-weight="600" stroke-linecap="round" stroke-linejoin="round">`,
    body,
    "</g>",
    "</svg>",
    "",
  ].join("\n");
}

function markText(mark: Mark): string {
  switch (mark.kind) {
    case "path":
      return pathText(mark);
    case "words":
      return wordsText(mark);
    case "group": {
      const title = mark.label === "" ? "" : `<title>${escaped(mark.label)}</title>`;
      const matrix = mark.matrix.map(fineNumberText).join(" ");
      return `<g class="${mark.role}" transform="matrix(${matrix})">${title}${mark.marks.map(markText).join("")}</g>`;
    }
    default:
      return assertNever(mark);
  }
}

function pathText({ d, fill, stroke, strokeWidth, opacity }: PathMark): string {
  const edge = stroke === null ? "" : ` stroke="${stroke}" stroke-width="${numberText(strokeWidth)}"`;
  const seen = opacity === 1 ? "" : ` opacity="${numberText(opacity)}"`;
  return `<path d="${d}" fill="${fill ?? "none"}"${edge}${seen}/>`;
}

/** Each line is closed in itself, so that no mark of direction in one line turns the next. */
function wordsText(mark: WordsMark): string {
  const { lines, x, y, lineHeight, fontSize, anchor, direction, fill } = mark;
  const n = numberText;
  const spans = lines
    .map((line, index) =>
      line === ""
        ? ""
        : `<tspan x="${n(x)}" y="${n(y + index * lineHeight)}" unicode-bidi="isolate">${escaped(line)}</tspan>`,
    )
    .join("");
  return `<text font-size="${n(fontSize)}" text-anchor="${anchor}" direction="${direction}" fill="${fill}">${spans}</text>`;
}

function wordsIn(mark: Mark): readonly string[] {
  if (mark.kind === "words") return mark.lines;
  return mark.kind === "group" ? mark.marks.flatMap(wordsIn) : [];
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
