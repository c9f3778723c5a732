/*
 * A PDF file from its objects: bodies, streams, the table of where they stand. Written for this product because that is
 * all it needs; docs/decisions has the reasons. Bodies are plain text of ISO 32000.
 */

/** To the zlib format; where a browser cannot, the bytes as they are. */
export type Deflate = (
  bytes: Uint8Array<ArrayBuffer>,
) => Promise<{ readonly isDeflated: boolean; readonly bytes: Uint8Array<ArrayBuffer> }>;

export type PdfReference = `${number} 0 R`;

export type PdfFile = {
  readonly add: (body: string) => PdfReference;
  /** A number for an object that others name before it is there. */
  readonly reserve: () => PdfReference;
  readonly set: (reference: PdfReference, body: string) => void;
  /** `entries` of its dictionary, without length and filter. */
  readonly addStream: (entries: string, content: string | Uint8Array<ArrayBuffer>) => PdfReference;
  readonly finish: (entries: {
    readonly root: PdfReference;
    readonly info: PdfReference;
  }) => Promise<Uint8Array<ArrayBuffer>>;
};

type Entry =
  | { readonly kind: "body"; readonly body: string }
  | { readonly kind: "stream"; readonly entries: string; readonly bytes: Uint8Array<ArrayBuffer> };

export function createPdfFile(deflate: Deflate): PdfFile {
  const objects: (Entry | null)[] = [];
  const keep = (entry: Entry | null): PdfReference => `${objects.push(entry)} 0 R`;

  return {
    add: (body) => keep({ kind: "body", body }),
    reserve: () => keep(null),
    set(reference, body) {
      objects[Number.parseInt(reference, 10) - 1] = { kind: "body", body };
    },
    addStream: (entries, content) =>
      keep({
        kind: "stream",
        entries,
        bytes: typeof content === "string" ? latinBytes(content) : content,
      }),
    async finish({ root, info }) {
      const parts: Uint8Array<ArrayBuffer>[] = [];
      let length = 0;
      const write = (part: string | Uint8Array<ArrayBuffer>) => {
        const bytes = typeof part === "string" ? latinBytes(part) : part;
        parts.push(bytes);
        length += bytes.length;
      };
      // The second line tells programs that this is no text.
      write("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n");
      const places: number[] = [];
      for (const [index, entry] of objects.entries()) {
        if (entry === null) throw new Error(`object ${index + 1} was never written`);
        const packed = entry.kind === "stream" ? await deflate(entry.bytes) : null;
        places.push(length);
        write(`${index + 1} 0 obj\n`);
        if (entry.kind === "body") write(entry.body);
        else if (packed !== null) {
          const filter = packed.isDeflated ? "/Filter /FlateDecode " : "";
          write(`<< ${entry.entries} ${filter}/Length ${packed.bytes.length} >>\nstream\n`);
          write(packed.bytes);
          write("\nendstream");
        }
        write("\nendobj\n");
      }
      const start = length;
      const row = (place: number) => `${String(place).padStart(10, "0")} 00000 n \n`;
      write(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.map(row).join("")}`);
      write(
        `trailer\n<< /Size ${objects.length + 1} /Root ${root} /Info ${info} >>\nstartxref\n${start}\n%%EOF\n`,
      );
      return joined(parts, length);
    },
  };
}

/** Every character as one byte: bodies hold no others. */
function latinBytes(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index);
  return bytes;
}

function joined(parts: readonly Uint8Array<ArrayBuffer>[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Text for titles and for what stands behind a picture: UTF-16, as hexadecimal. */
export function pdfText(text: string): string {
  let hex = "FEFF";
  for (let index = 0; index < text.length; index += 1) hex += hexOf(text.charCodeAt(index));
  return `<${hex}>`;
}

/** Four digits. */
export function hexOf(value: number): string {
  return value.toString(16).toUpperCase().padStart(4, "0");
}
