import { type Orientation, type PaperName, pageOf, picturesToPdf } from "../../shared/render/boardPdf.ts";
import type { Deflate } from "../../shared/render/pdfFile.ts";
import type { DrawLine } from "../../shared/render/pdfMarks.ts";
import outlines from "../../shared/render/pictureFontOutlines.json" with { type: "json" };
import { type PictureOf, pagesOf } from "./boardPictures.ts";

export type PdfChoice = {
  readonly paper: PaperName;
  readonly orientation: Orientation;
  readonly pages: "one" | "zones";
};

export async function pdfOf(of: PictureOf, choice: PdfChoice): Promise<Blob> {
  const page = pageOf(choice.paper, choice.orientation);
  const bytes = await picturesToPdf({
    pictures: await pagesOf(of, choice.pages, page.aspect),
    page,
    deflate,
    drawLine,
    fonts: Object.values(outlines).map(bytesOf),
  });
  return new Blob([bytes], { type: "application/pdf" });
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

const deflate: Deflate = async (bytes) => {
  // Browsers before 2023 write larger files.
  if (typeof CompressionStream === "undefined") return { isDeflated: false, bytes };
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"));
  return { isDeflated: true, bytes: new Uint8Array(await new Response(stream).arrayBuffer()) };
};

const fontFamily = "'Atkinson Hyperlegible Next Variable', system-ui, sans-serif";

/** Arabic, emoji and whatever else the typeface lacks: drawn with the fonts of this device, as on its screen. */
const drawLine: DrawLine = ({ text, direction, fill, pixelsPerEm }) => {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) return null;
  const font = `600 ${pixelsPerEm}px ${fontFamily}`;
  context.font = font;
  const side = Math.ceil(pixelsPerEm * 0.1);
  canvas.width = Math.min(8192, Math.ceil(context.measureText(text).width) + 2 * side);
  canvas.height = Math.ceil(pixelsPerEm * 1.7);
  // A canvas that got a size has forgotten its font.
  context.font = font;
  context.direction = direction;
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  context.fillStyle = fill;
  const baseline = Math.round(pixelsPerEm * 1.2);
  context.fillText(text, canvas.width / 2, baseline);
  const { width, height } = canvas;
  return { width, height, baseline, pixelsPerEm, pixels: context.getImageData(0, 0, width, height).data };
};
