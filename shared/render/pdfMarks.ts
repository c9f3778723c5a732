import { assertNever } from "../result.ts";
import type { PdfFile, PdfReference } from "./pdfFile.ts";
import { pdfText } from "./pdfFile.ts";
import type { PdfFonts, Piece } from "./pdfFonts.ts";
import { type PdfResources, pdfColour, pdfPath } from "./pdfResources.ts";
import { fineNumberText, type Mark, numberText, type PathMark, type WordsMark } from "./picture.ts";

/** A line that the typeface cannot write, as pixels from some font of the device. */
export type LinePicture = {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Four bytes a pixel: red, green, blue, opacity. */
  readonly pixels: Uint8Array<ArrayBuffer> | Uint8ClampedArray<ArrayBuffer>;
  /** Pixels from the top to the baseline. */
  readonly baseline: number;
  /** Pixels in one unit of the size of letters. */
  readonly pixelsPerEm: number;
};

export type LineToPicture = {
  readonly text: string;
  readonly direction: "ltr" | "rtl";
  readonly fill: string;
  /** Pixels in one unit of the size of letters, for sharp print. */
  readonly pixelsPerEm: number;
};

export type DrawLine = (line: LineToPicture) => LinePicture | null;

export type MarkContext = {
  readonly file: PdfFile;
  readonly resources: PdfResources;
  readonly fonts: PdfFonts;
  readonly drawLine: DrawLine;
  /** Printed dots in one unit of the marks, at 300 to the inch. */
  readonly dotsPerUnit: number;
};

/** The operators that draw marks; y grows downwards, so that letters are turned over once more. */
export function pdfMarks(marks: readonly Mark[], context: MarkContext): string {
  return marks.map((mark) => pdfMark(mark, context)).join("\n");
}

function pdfMark(mark: Mark, context: MarkContext): string {
  switch (mark.kind) {
    case "path":
      return pathOperators(mark, context);
    case "words":
      return mark.lines
        .map((line, index) => (line === "" ? "" : lineOperators(line, index, mark, context)))
        .join("\n");
    case "group": {
      const [a, b] = mark.matrix;
      const scale = Math.sqrt(a * a + b * b);
      const inside = { ...context, dotsPerUnit: context.dotsPerUnit * scale };
      const matrix = mark.matrix.map(fineNumberText).join(" ");
      return `q ${matrix} cm\n${pdfMarks(mark.marks, inside)}\nQ`;
    }
    default:
      return assertNever(mark);
  }
}

function pathOperators(mark: PathMark, { resources }: MarkContext): string {
  const { d, fill, stroke, strokeWidth, opacity } = mark;
  const state = opacity < 1 ? `/${resources.opacity(opacity)} gs ` : "";
  const path = pdfPath(d);
  const drawn = [
    fill === null ? "" : `${pdfColour(fill)} rg\n${path}\nf`,
    stroke === null ? "" : `${pdfColour(stroke)} RG ${numberText(strokeWidth)} w\n${path}\nS`,
  ];
  return `q ${state}\n${drawn.join("\n")}\nQ`;
}

function lineOperators(line: string, index: number, mark: WordsMark, context: MarkContext): string {
  const y = mark.y + index * mark.lineHeight;
  const pieces = context.fonts.piecesOf(line);
  if (pieces !== null) return writtenLine(pieces, y, mark);
  const picture = context.drawLine({
    text: line,
    direction: mark.direction,
    fill: mark.fill,
    pixelsPerEm: Math.min(400, Math.max(48, Math.round(mark.fontSize * context.dotsPerUnit))),
  });
  return picture === null
    ? writtenLine(context.fonts.piecesOf(withoutUnknown(line, context.fonts)) ?? [], y, mark)
    : picturedLine(line, picture, y, mark, context);
}

function withoutUnknown(line: string, fonts: PdfFonts): string {
  return [...line].map((character) => (fonts.piecesOf(character) === null ? "?" : character)).join("");
}

function leftOf(width: number, { x, anchor, direction }: WordsMark): number {
  if (anchor === "middle") return x - width / 2;
  return (anchor === "start") === (direction === "ltr") ? x : x - width;
}

function writtenLine(pieces: readonly Piece[], y: number, mark: WordsMark): string {
  const { fontSize, fill } = mark;
  const n = fineNumberText;
  const width = pieces.reduce((sum, piece) => sum + piece.width, 0) * fontSize;
  const shown = pieces.map(({ font, hex }) => `/${font} ${n(fontSize)} Tf <${hex}> Tj`);
  return `BT ${pdfColour(fill)} rg 1 0 0 -1 ${n(leftOf(width, mark))} ${n(y)} Tm\n${shown.join("\n")}\nET`;
}

/** The pixels, and behind them the words for whoever searches or copies: one unseen space as wide as the line. */
function picturedLine(
  line: string,
  picture: LinePicture,
  y: number,
  mark: WordsMark,
  context: MarkContext,
): string {
  const scale = mark.fontSize / picture.pixelsPerEm;
  const [width, height] = [picture.width * scale, picture.height * scale];
  const [left, bottom] = [leftOf(width, mark), y - picture.baseline * scale + height];
  const n = fineNumberText;
  const name = context.resources.object(writeImage(context.file, picture));
  const [space] = context.fonts.piecesOf(" ") ?? [];
  const unseen =
    space === undefined
      ? ""
      : [
          `BT 3 Tr ${n((100 * width) / (space.width * mark.fontSize))} Tz`,
          `1 0 0 -1 ${n(left)} ${n(y)} Tm /${space.font} ${n(mark.fontSize)} Tf <${space.hex}> Tj`,
          "100 Tz 0 Tr ET",
        ].join("\n");
  return [
    `/Span << /ActualText ${pdfText(line)} >> BDC`,
    `q ${n(width)} 0 0 ${n(-height)} ${n(left)} ${n(bottom)} cm /${name} Do Q`,
    unseen,
    "EMC",
  ].join("\n");
}

function writeImage(file: PdfFile, { width, height, pixels }: LinePicture): PdfReference {
  const count = width * height;
  const colours = new Uint8Array(3 * count);
  const opacities = new Uint8Array(count);
  for (let pixel = 0; pixel < count; pixel += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      colours[3 * pixel + channel] = pixels[4 * pixel + channel] ?? 0;
    }
    opacities[pixel] = pixels[4 * pixel + 3] ?? 0;
  }
  const size = `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /BitsPerComponent 8 /Interpolate true`;
  const mask = file.addStream(`${size} /ColorSpace /DeviceGray`, opacities);
  return file.addStream(`${size} /ColorSpace /DeviceRGB /SMask ${mask}`, colours);
}
