import { inflateSync } from "node:zlib";

export type ReadPdf = {
  readonly pageCount: number;
  /** Lines as they stand on the pages, and what stands behind pictures of lines. */
  readonly words: readonly string[];
  readonly mediaBox: readonly number[];
};

/** Reads as much of a PDF of ours as tests ask: every object by its place in the table, and the words by the font's map. */
export function readPdf(bytes: Uint8Array): ReadPdf {
  const text = Buffer.from(bytes).toString("latin1");
  const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1]);
  const table = text.slice(start);
  if (!table.startsWith("xref\n")) throw new Error("the table is not where the file says");
  const places = [...table.matchAll(/^(\d{10}) 00000 n $/gm)].map(([, place]) => Number(place));
  const objects = places.map((place, index) => {
    const head = `${index + 1} 0 obj\n`;
    if (text.slice(place, place + head.length) !== head)
      throw new Error(`object ${index + 1} is not in its place`);
    const end = text.indexOf("\nendobj\n", place);
    const body = text.slice(place + head.length, end);
    const at = body.indexOf(" >>\nstream\n");
    if (at === -1) return { body, stream: "" };
    const from = place + head.length + at + " >>\nstream\n".length;
    const length = Number(/\/Length (\d+)$/.exec(body.slice(0, at))?.[1]);
    const packed = bytes.subarray(from, from + length);
    const isDeflated = body.slice(0, at).includes("/FlateDecode");
    return {
      body: body.slice(0, at),
      stream: Buffer.from(isDeflated ? inflateSync(packed) : packed).toString("latin1"),
    };
  });

  const resources = objects.find(({ body }) => body.includes("/ExtGState"))?.body ?? "";
  const objectAt = (reference: string | undefined) =>
    objects[Number(reference) - 1] ?? { body: "", stream: "" };
  const maps = new Map(
    [...resources.matchAll(/\/(F\d) (\d+) 0 R/g)].map(([, name = "", reference]) => {
      const map = objectAt(/\/ToUnicode (\d+) 0 R/.exec(objectAt(reference).body)?.[1]).stream;
      return [
        name,
        new Map([...map.matchAll(/^<(\w{4})> <(\w{4})>$/gm)].map(([, glyph, code]) => [glyph, code])),
      ];
    }),
  );
  const pages = objects.filter(({ body }) => body.includes("/Type /Page "));
  const words = pages.flatMap(({ body }) => {
    const { stream } = objectAt(/\/Contents (\d+) 0 R/.exec(body)?.[1]);
    return [...stream.matchAll(/ActualText <FEFF(\w*)>|^BT [^3].*?^ET/gms)].map(([block, actual]) =>
      actual === undefined
        ? [...block.matchAll(/\/(F\d) \S+ Tf <(\w*)> Tj/g)]
            .map(([, font = "", hex = ""]) => lettersOf(hex, (glyph) => maps.get(font)?.get(glyph)))
            .join("")
        : lettersOf(actual, (code) => code),
    );
  });
  const mediaBox =
    /\/MediaBox \[([^\]]+)\]/
      .exec(pages[0]?.body ?? "")?.[1]
      ?.split(" ")
      .map(Number) ?? [];
  return { pageCount: pages.length, words, mediaBox };
}

function lettersOf(hex: string, codeOf: (glyph: string) => string | undefined): string {
  return (hex.match(/.{4}/g) ?? [])
    .map((glyph) => String.fromCharCode(Number.parseInt(codeOf(glyph) ?? "FFFD", 16)))
    .join("");
}
