import { deflateSync } from "node:zlib";
import { expect, test } from "vitest";
import {
  type Orientation,
  type PaperName,
  pageOf,
  paperNames,
  picturesToPdf,
} from "../../../shared/render/boardPdf.ts";
import { boardPicture, type PictureInput } from "../../../shared/render/boardPicture.ts";
import { hyphenationOf } from "../../../shared/render/hyphenation.ts";
import type { Deflate } from "../../../shared/render/pdfFile.ts";
import type { DrawLine } from "../../../shared/render/pdfMarks.ts";
import outlines from "../../../shared/render/pictureFontOutlines.json" with { type: "json" };
import { readPdf } from "../../support/pdfText.ts";
import { createBusyInput, createNote, createPictureInput, doornNotes } from "../../support/pictureBoards.ts";

const fonts = Object.values(outlines).map((base64) => new Uint8Array(Buffer.from(base64, "base64")));
const deflate: Deflate = async (bytes) => ({ isDeflated: true, bytes: new Uint8Array(deflateSync(bytes)) });
const drawLine: DrawLine = ({ pixelsPerEm }) => ({
  width: 4,
  height: 2,
  pixels: new Uint8Array(32),
  baseline: 1,
  pixelsPerEm,
});

async function pdfOf(
  inputs: readonly PictureInput[],
  paper: PaperName = "A4",
  orientation: Orientation = "landscape",
): Promise<Uint8Array<ArrayBuffer>> {
  const page = pageOf(paper, orientation);
  const hyphenate = await hyphenationOf("nl");
  const pictures = inputs.map((input) => boardPicture({ ...input, aspect: page.aspect }, hyphenate));
  return await picturesToPdf({ pictures, page, deflate, drawLine, fonts });
}

test("[P7] every word of every note of Doorn is text in the PDF", async () => {
  for (const focus of ["individual", "community"] as const) {
    const { words, pageCount } = readPdf(await pdfOf([createPictureInput(focus)]));
    const whole = words.join(" ");

    expect(pageCount).toBe(1);
    for (const { text } of doornNotes(focus)) {
      for (const word of text.split(" ")) {
        // Long words are broken over lines.
        const [start = ""] = word.length > 7 ? [word.slice(0, 3)] : [word];
        expect(whole, text).toContain(start);
      }
    }
    expect(words).toContain("Onderzoekswerkplaats Doorn");
  }
});

test("[P7] letters beyond Latin-1 are text too; what the typeface lacks is drawn, with its words behind it", async () => {
  const notes = [
    createNote("turkish000000001", { text: "Güven ağacı" }),
    createNote("loose00000000001", { text: "Cafe\u0301 sa\u00admen" }),
    createNote("arabic0000000001", { text: "الثقة" }),
  ];
  const { words } = readPdf(await pdfOf([createPictureInput("individual", { notes })]));

  expect(words).toContain("Güven ağacı");
  expect(words).toContain("Café samen");
  expect(words).toContain("الثقة");
});

test("[P7] a page for each zone, on every size of paper, lying and standing", async () => {
  const zones = (["roots", "wateringCan", "fruits", "unplaced"] as const).map((view) =>
    createBusyInput("individual", { view }),
  );
  expect(readPdf(await pdfOf(zones)).pageCount).toBe(4);

  const millimetres = { A4: 297, A3: 420, A2: 594, A1: 841, A0: 1189 };
  for (const paper of paperNames) {
    const standing = readPdf(await pdfOf([createPictureInput("individual")], paper, "portrait")).mediaBox;
    const lying = readPdf(await pdfOf([createPictureInput("individual")], paper)).mediaBox;
    expect(((standing[3] ?? 0) * 25.4) / 72).toBeCloseTo(millimetres[paper], 0);
    expect(lying).toEqual([0, 0, standing[3], standing[2]]);
  }
});

test("[P2] the same board on the same paper gives the same PDF", async () => {
  const first = await pdfOf([createBusyInput("community")]);
  const second = await pdfOf([createBusyInput("community")]);

  expect(Buffer.from(second).equals(Buffer.from(first))).toBe(true);
  expect(first.length).toBeLessThan(400_000);
});
