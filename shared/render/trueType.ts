/*
 * What is read of a TrueType file: which glyph a character has, how wide it is, and the few measures that a PDF tells
 * about a font it carries. The files are our own, made by server/dev/makePictureFont.ts.
 */

export type TrueType = {
  readonly unitsPerEm: number;
  readonly ascent: number;
  readonly descent: number;
  readonly capHeight: number;
  /** Left, bottom, right, top. */
  readonly bounds: readonly [number, number, number, number];
  /** Code point to glyph; only characters that have one. */
  readonly glyphs: ReadonlyMap<number, number>;
  /** Font units. */
  readonly advanceOf: (glyph: number) => number;
};

export function readTrueType(bytes: Uint8Array): TrueType {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tables = new Map<string, number>();
  for (let index = 0; index < view.getUint16(4); index += 1) {
    const at = 12 + 16 * index;
    const tag = [0, 1, 2, 3].map((byte) => String.fromCharCode(view.getUint8(at + byte))).join("");
    tables.set(tag, view.getUint32(at + 8));
  }
  const at = (tag: string): number => {
    const offset = tables.get(tag);
    if (offset === undefined) throw new Error(`a font without ${tag}`);
    return offset;
  };

  const widthCount = view.getUint16(at("hhea") + 34);
  const head = at("head");
  return {
    unitsPerEm: view.getUint16(head + 18),
    bounds: [
      view.getInt16(head + 36),
      view.getInt16(head + 38),
      view.getInt16(head + 40),
      view.getInt16(head + 42),
    ],
    ascent: view.getInt16(at("hhea") + 4),
    descent: view.getInt16(at("hhea") + 6),
    capHeight: view.getInt16(at("OS/2") + 88),
    glyphs: glyphsOf(view, at("cmap")),
    advanceOf: (glyph) => view.getUint16(at("hmtx") + 4 * Math.min(glyph, widthCount - 1)),
  };
}

/** The table for the first plane, format 4: every font has it. */
function glyphsOf(view: DataView, cmap: number): ReadonlyMap<number, number> {
  const glyphs = new Map<number, number>();
  const count = view.getUint16(cmap + 2);
  const table = Array.from({ length: count }, (_, index) => cmap + view.getUint32(cmap + 8 + 8 * index)).find(
    (offset) => view.getUint16(offset) === 4,
  );
  if (table === undefined) throw new Error("a font without a table of characters");
  const size = view.getUint16(table + 6);
  const ends = table + 14;
  const starts = ends + size + 2;
  const deltas = starts + size;
  const offsets = deltas + size;
  for (let segment = 0; segment < size; segment += 2) {
    const [start, end] = [view.getUint16(starts + segment), view.getUint16(ends + segment)];
    const delta = view.getUint16(deltas + segment);
    const offset = view.getUint16(offsets + segment);
    for (let code = start; code <= end && code < 0xffff; code += 1) {
      const found = offset === 0 ? code : view.getUint16(offsets + segment + offset + 2 * (code - start));
      const glyph = found === 0 && offset !== 0 ? 0 : (found + delta) & 0xffff;
      if (glyph !== 0) glyphs.set(code, glyph);
    }
  }
  return glyphs;
}
