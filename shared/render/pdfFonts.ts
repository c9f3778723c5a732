import { hexOf, type PdfFile, type PdfReference } from "./pdfFile.ts";
import { readTrueType, type TrueType } from "./trueType.ts";

/*
 * The typeface inside a PDF: words stay words, to search, copy and read aloud. Glyphs are named by their number in the
 * font, and a table says which character each of them is.
 */

export type PdfFonts = {
  /** Pieces of a line, each in one font, in order; null where a character has no glyph. */
  readonly piecesOf: (line: string) => readonly Piece[] | null;
  /** Resource names with their objects, once everything is drawn. */
  readonly write: (file: PdfFile) => readonly (readonly [name: string, PdfReference])[];
};

export type Piece = {
  readonly font: string;
  /** Glyph numbers as hexadecimal. */
  readonly hex: string;
  /** At size 1. */
  readonly width: number;
};

type Font = {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: TrueType;
  /** Glyph to code point. */
  readonly used: Map<number, number>;
};

export function createPdfFonts(files: readonly Uint8Array<ArrayBuffer>[]): PdfFonts {
  const fonts = files.map(
    (bytes, index): Font => ({ name: `F${index + 1}`, bytes, type: readTrueType(bytes), used: new Map() }),
  );

  return {
    piecesOf(line) {
      const pieces: { font: string; hex: string; width: number }[] = [];
      for (const character of line) {
        const code = character.codePointAt(0) ?? 0;
        const font = fonts.find(({ type }) => type.glyphs.has(code));
        const glyph = font?.type.glyphs.get(code);
        if (font === undefined || glyph === undefined) return null;
        font.used.set(glyph, code);
        const width = font.type.advanceOf(glyph) / font.type.unitsPerEm;
        const last = pieces.at(-1);
        if (last?.font === font.name) {
          last.hex += hexOf(glyph);
          last.width += width;
        } else {
          pieces.push({ font: font.name, hex: hexOf(glyph), width });
        }
      }
      return pieces;
    },
    write: (file) =>
      fonts.filter(({ used }) => used.size > 0).map((font) => [font.name, writeFont(file, font)] as const),
  };
}

function writeFont(file: PdfFile, { name, bytes, type, used }: Font): PdfReference {
  const perThousand = (value: number) => Math.round((value * 1000) / type.unitsPerEm);
  const psName = `${name === "F1" ? "AAAAAA" : "AAAAAB"}+AtkinsonHyperlegibleNext-SemiBold`;
  const data = file.addStream(`/Length1 ${bytes.length}`, bytes);
  const descriptor = file.add(
    [
      `<< /Type /FontDescriptor /FontName /${psName} /Flags 32 /ItalicAngle 0 /StemV 110`,
      `/FontBBox [${type.bounds.map(perThousand).join(" ")}]`,
      `/Ascent ${perThousand(type.ascent)} /Descent ${perThousand(type.descent)}`,
      `/CapHeight ${perThousand(type.capHeight)} /FontFile2 ${data} >>`,
    ].join("\n"),
  );
  const glyphs = [...used].sort(([a], [b]) => a - b);
  const widths = glyphs.map(([glyph]) => `${glyph} [${perThousand(type.advanceOf(glyph))}]`).join(" ");
  const descendant = file.add(
    [
      `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /${psName}`,
      "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>",
      `/FontDescriptor ${descriptor} /CIDToGIDMap /Identity /DW 500 /W [${widths}] >>`,
    ].join("\n"),
  );
  const toUnicode = file.addStream("", unicodeMap(glyphs));
  return file.add(
    `<< /Type /Font /Subtype /Type0 /BaseFont /${psName} /Encoding /Identity-H /DescendantFonts [${descendant}] /ToUnicode ${toUnicode} >>`,
  );
}

function unicodeMap(glyphs: readonly (readonly [glyph: number, code: number])[]): string {
  const lines: string[] = [];
  // At most a hundred in one block.
  for (let index = 0; index < glyphs.length; index += 100) {
    const block = glyphs.slice(index, index + 100);
    lines.push(
      `${block.length} beginbfchar`,
      ...block.map(([glyph, code]) => `<${hexOf(glyph)}> <${hexOf(code)}>`),
      "endbfchar",
    );
  }
  return [
    "/CIDInit /ProcSet findresource begin",
    "12 dict begin",
    "begincmap",
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
    "/CMapName /Adobe-Identity-UCS def",
    "/CMapType 2 def",
    "1 begincodespacerange",
    "<0000> <FFFF>",
    "endcodespacerange",
    ...lines,
    "endcmap",
    "CMapName currentdict /CMap defineresource pop",
    "end",
    "end",
  ].join("\n");
}
