import type { Paint } from "./backdrop.ts";
import type { DrawnBackdrop } from "./drawnBackdrop.ts";
import type { PdfFile, PdfReference } from "./pdfFile.ts";
import { numberText3, opacityIn, type PdfResources, pdfColour, pdfPath } from "./pdfResources.ts";

type Gradient = Exclude<Paint, string>;

/** Larger than anything that is drawn; world units. */
const everywhere = "[-8000 -8000 12000 12000]";

/** The drawing as a form in world units, drawn once however many pages show it. Gradients stay gradients. */
export function writeBackdrop(
  file: PdfFile,
  resources: PdfResources,
  { shapes, palette }: DrawnBackdrop,
): PdfReference {
  const paints = new Map<string, PdfPaint>();
  for (const [name, paint] of palette) paints.set(name, paintOf(file, resources, paint));
  const named = (name: string): PdfPaint => paints.get(name) ?? paintOf(file, resources, name);

  const content = shapes.flatMap((shape) => {
    if (shape.d === "") return [];
    const path = pdfPath(shape.d);
    const drawn: string[] = [];
    const draw = (paint: PdfPaint, parts: readonly string[]) => {
      const opacity = paint.opacity * (shape.o ?? 1);
      const states = [
        ...(opacity < 1 ? [`/${resources.opacity(opacity)} gs`] : []),
        ...(paint.mask === null ? [] : [`/${paint.mask} gs`]),
      ];
      drawn.push("q", ...states, ...parts, "Q");
    };
    if (shape.f !== undefined) {
      const paint = named(shape.f);
      draw(paint, [paint.fill, path, "f"]);
    }
    if (shape.s !== undefined) {
      const paint = named(shape.s);
      draw(paint, [paint.stroke, `${shape.w ?? 1} w`, path, "S"]);
    }
    return drawn;
  });
  return file.addStream(
    `/Type /XObject /Subtype /Form /BBox ${everywhere} /Resources ${resources.reference}`,
    ["1 J 1 j", ...content].join("\n"),
  );
}

type PdfPaint = {
  readonly fill: string;
  readonly stroke: string;
  readonly opacity: number;
  /** The state that lets a gradient fade; null for what covers. */
  readonly mask: string | null;
};

function paintOf(file: PdfFile, resources: PdfResources, paint: Paint): PdfPaint {
  if (typeof paint === "string") {
    const colour = pdfColour(paint);
    return { fill: `${colour} rg`, stroke: `${colour} RG`, opacity: opacityIn(paint), mask: null };
  }
  const pattern = resources.pattern(writeShading(file, paint, "DeviceRGB", pdfColour));
  const doesFade = paint.c.some(([, colour]) => opacityIn(colour) < 1);
  return {
    fill: `/Pattern cs /${pattern} scn`,
    stroke: `/Pattern CS /${pattern} SCN`,
    opacity: 1,
    mask: doesFade ? resources.mask(writeMask(file, paint)) : null,
  };
}

/** The opacity of a gradient as light and dark. */
function writeMask(file: PdfFile, paint: Gradient): PdfReference {
  const shading = writeShading(file, paint, "DeviceGray", (colour) => numberText3(opacityIn(colour)));
  return file.addStream(
    [
      `/Type /XObject /Subtype /Form /BBox ${everywhere}`,
      "/Group << /S /Transparency /CS /DeviceGray >>",
      `/Resources << /Shading << /S ${shading} >> >>`,
    ].join(" "),
    "/S sh",
  );
}

function writeShading(
  file: PdfFile,
  paint: Gradient,
  space: "DeviceRGB" | "DeviceGray",
  shareOf: (colour: string) => string,
): PdfReference {
  const [x, y] = paint.a;
  const geometry =
    paint.k === "linear"
      ? `/ShadingType 2 /Coords [${x} ${y} ${paint.b[0]} ${paint.b[1]}]`
      : `/ShadingType 3 /Coords [${x} ${y} 0 ${x} ${y} ${paint.r}]`;
  return file.add(
    `<< ${geometry} /ColorSpace /${space} /Extend [true true] /Function ${functionOf(paint, shareOf)} >>`,
  );
}

function functionOf({ c }: Gradient, shareOf: (colour: string) => string): string {
  const [first, last] = [c[0], c.at(-1)];
  if (first === undefined || last === undefined) throw new Error("a gradient without colours");
  // From end to end, whatever the drawing says.
  const stops = [
    ...(first[0] > 0 ? [[0, first[1]] as const] : []),
    ...c,
    ...(last[0] < 1 ? [[1, last[1]] as const] : []),
  ];
  if (stops.length === 1) stops.push([1, last[1]]);
  const parts = stops.slice(1).map(([, to], index) => {
    const from = stops[index]?.[1] ?? to;
    return `<< /FunctionType 2 /Domain [0 1] /N 1 /C0 [${shareOf(from)}] /C1 [${shareOf(to)}] >>`;
  });
  const bounds = stops.slice(1, -1).map(([offset]) => numberText3(offset));
  return [
    `<< /FunctionType 3 /Domain [0 1] /Functions [${parts.join(" ")}]`,
    `/Bounds [${bounds.join(" ")}] /Encode [${parts.map(() => "0 1").join(" ")}] >>`,
  ].join(" ");
}
