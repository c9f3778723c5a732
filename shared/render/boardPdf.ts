import { drawnBackdrop } from "./drawnBackdrop.ts";
import { writeBackdrop } from "./pdfBackdrop.ts";
import { createPdfFile, type Deflate, type PdfReference, pdfText } from "./pdfFile.ts";
import { createPdfFonts } from "./pdfFonts.ts";
import { type DrawLine, pdfMarks } from "./pdfMarks.ts";
import { createPdfResources } from "./pdfResources.ts";
import { fineNumberText, numberText, type Picture } from "./picture.ts";

export const paperNames = ["A4", "A3", "A2", "A1", "A0"] as const;
export type PaperName = (typeof paperNames)[number];
export type Orientation = "landscape" | "portrait";

/** Millimetres, portrait. */
const papers: Readonly<Record<PaperName, readonly [width: number, height: number]>> = {
  A4: [210, 297],
  A3: [297, 420],
  A2: [420, 594],
  A1: [594, 841],
  A0: [841, 1189],
};
const pointsPerMm = 72 / 25.4;
/** Printers leave an edge white; on a larger sheet it may be wider. */
const marginShare = 0.03;

export type Page = {
  /** Points. */
  readonly width: number;
  readonly height: number;
  readonly margin: number;
  /** Width through height of what is printed. */
  readonly aspect: number;
};

export function pageOf(paper: PaperName, orientation: Orientation): Page {
  const [short, long] = papers[paper];
  const [width, height] = orientation === "portrait" ? [short, long] : [long, short];
  const margin = short * marginShare;
  return {
    width: width * pointsPerMm,
    height: height * pointsPerMm,
    margin: margin * pointsPerMm,
    aspect: (width - 2 * margin) / (height - 2 * margin),
  };
}

export type PdfOptions = {
  /** One picture a page, each of the page's aspect. */
  readonly pictures: readonly Picture[];
  readonly page: Page;
  readonly deflate: Deflate;
  readonly drawLine: DrawLine;
  /** TrueType files, tried in this order. */
  readonly fonts: readonly Uint8Array<ArrayBuffer>[];
};

/** Pictures as a PDF with real text and drawn lines, sharp at any size. The same input gives the same bytes. */
export async function picturesToPdf(options: PdfOptions): Promise<Uint8Array<ArrayBuffer>> {
  const { pictures, page, deflate, drawLine } = options;
  const [first] = pictures;
  if (first === undefined) throw new Error("a file without pages");
  const file = createPdfFile(deflate);
  const resources = createPdfResources(file);
  const fonts = createPdfFonts(options.fonts);
  const root = file.reserve();
  const tree = file.reserve();
  const backdrops = new Map<Picture["focus"], PdfReference>();
  // The pages of one file are of one board: one tree for all of them.
  const backdropOf = ({ focus, growth }: Picture): PdfReference => {
    const known = backdrops.get(focus);
    if (known !== undefined) return known;
    const made = writeBackdrop(file, resources, drawnBackdrop(focus, growth));
    backdrops.set(focus, made);
    return made;
  };

  const n = numberText;
  const pages = pictures.map((picture) => {
    const { area } = picture;
    const scale = (page.width - 2 * page.margin) / area.width;
    const [left, top] = [page.margin, page.height - page.margin];
    const height = area.height * scale;
    const toPage = [scale, 0, 0, -scale, left - area.x * scale, top + area.y * scale];
    const content = [
      "q",
      `${n(left)} ${n(top - height)} ${n(area.width * scale)} ${n(height)} re W n`,
      `${toPage.map(fineNumberText).join(" ")} cm 1 J 1 j`,
      `/${resources.object(backdropOf(picture))} Do`,
      pdfMarks(picture.marks, { file, resources, fonts, drawLine, dotsPerUnit: (scale * 300) / 72 }),
      "Q",
    ];
    const stream = file.addStream("", content.join("\n"));
    return file.add(
      `<< /Type /Page /Parent ${tree} /MediaBox [0 0 ${n(page.width)} ${n(page.height)}] /Resources ${resources.reference} /Contents ${stream} /Group << /S /Transparency /CS /DeviceRGB >> >>`,
    );
  });

  resources.write(fonts.write(file));
  file.set(tree, `<< /Type /Pages /Count ${pages.length} /Kids [${pages.join(" ")}] >>`);
  file.set(
    root,
    `<< /Type /Catalog /Pages ${tree} /Lang (${first.language}) /ViewerPreferences << /DisplayDocTitle true >> >>`,
  );
  const info = file.add(`<< /Title ${pdfText(first.title)} /Subject ${pdfText(first.description)} >>`);
  return await file.finish({ root, info });
}
