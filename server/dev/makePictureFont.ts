import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import subsetFont from "subset-font";
import { readTrueType } from "../../shared/render/trueType.ts";

/*
 * Makes what pictures know of the typeface of the screen, from its variable files at weight 600: the widths of its
 * characters, and two still fonts that pictures carry along. To be run when the typeface changes; what it writes is
 * kept in the repository. Its one tool is no dependency of the product:
 *
 *   npm install --no-save subset-font@2.9.0 && npx tsx server/dev/makePictureFont.ts
 */

const weight = 600;
const packageFolder = new URL(
  "../../node_modules/@fontsource-variable/atkinson-hyperlegible-next/",
  import.meta.url,
);
const renderFolder = new URL("../../shared/render/", import.meta.url);
const parts = ["latin", "latin-ext"] as const;

const css = readFileSync(new URL("wght.css", packageFolder), "utf8");
const widths = new Map<number, number>();
const woff2: Record<string, { readonly unicodeRange: string; readonly data: string }> = {};
const trueType: Record<string, string> = {};

for (const part of parts) {
  const file = new URL(`files/atkinson-hyperlegible-next-${part}-wght-normal.woff2`, packageFolder);
  const unicodeRange = rangeOf(part);
  const variable = readFileSync(file);
  const make = (targetFormat: "woff2" | "truetype") =>
    subsetFont(variable, charactersOf(unicodeRange), {
      targetFormat,
      variationAxes: { wght: weight },
      noLayoutClosure: true,
    });
  const still = await make("truetype");
  const { unitsPerEm, glyphs, advanceOf } = readTrueType(still);
  for (const [code, glyph] of glyphs) {
    if (!widths.has(code)) widths.set(code, (advanceOf(glyph) * 100) / unitsPerEm);
  }
  woff2[part] = { unicodeRange, data: Buffer.from(await make("woff2")).toString("base64") };
  trueType[part] = Buffer.from(still).toString("base64");
}

write("pictureFont.json", woff2);
write("pictureFontOutlines.json", trueType);
write("glyphWidths.json", inRuns(widths));

function rangeOf(part: string): string {
  const block = css.slice(css.indexOf(`next-${part}-wght-normal */`));
  const range = /unicode-range: ([^;]+);/.exec(block)?.[1];
  if (range === undefined) throw new Error(`no range of ${part}`);
  return range;
}

function charactersOf(unicodeRange: string): string {
  const characters: string[] = [];
  for (const range of unicodeRange.split(",")) {
    const [first = "", last = first] = range.replace("U+", "").split("-");
    for (let code = Number.parseInt(first, 16); code <= Number.parseInt(last, 16); code += 1) {
      characters.push(String.fromCodePoint(code));
    }
  }
  return characters.join("");
}

/** Neighbouring characters together: the first code point, then the widths at size 100. */
function inRuns(all: ReadonlyMap<number, number>): readonly (readonly number[])[] {
  const runs: number[][] = [];
  let next = -1;
  for (const [code, width] of [...all].sort(([a], [b]) => a - b)) {
    const rounded = Math.round(width * 100) / 100;
    const run = runs.at(-1);
    if (run !== undefined && code === next) run.push(rounded);
    else runs.push([code, rounded]);
    next = code + 1;
  }
  return runs;
}

function write(name: string, value: unknown): void {
  writeFileSync(fileURLToPath(new URL(name, renderFolder)), `${JSON.stringify(value)}\n`);
}
