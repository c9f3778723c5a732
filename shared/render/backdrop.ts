import { z } from "zod";
import type { Focus } from "../template/template.ts";
import drawing from "../template/treeBackdrop.json" with { type: "json" };
import { clusterPath } from "./backdropLeaves.ts";
import { type Limb, type LimbStyle, limbsPath, readLimbs } from "./backdropLimbs.ts";

/*
 * The drawing behind a board, as data that two renderers share: canvas on screen, SVG for pages and pictures. It is
 * made by server/dev/drawTree. What grows with the notes is kept as what it grows from: limbs as centre lines with
 * a width, leaves and fruits as places; backdropLiving.ts draws them.
 */

const point = z.tuple([z.number(), z.number()]);
const stops = z.array(z.tuple([z.number(), z.string()]));
const paintSchema = z.union([
  z.string(),
  z.object({ k: z.literal("linear"), a: point, b: point, c: stops }),
  z.object({ k: z.literal("radial"), a: point, r: z.number(), c: stops }),
]);
export type Paint = z.infer<typeof paintSchema>;

const look = {
  /** Role: trunk, root-1, leaf, fruit … */
  r: z.string(),
  /** Layer: lower ones are drawn first. */
  l: z.number(),
  /** Fill and stroke: the name of a paint in the palette, or #rrggbb. */
  f: z.string().optional(),
  s: z.string().optional(),
  w: z.number().optional(),
  o: z.number().optional(),
};
/** SVG path data in world units. */
const pathSchema = z.object({ ...look, d: z.string() });
/** Sets of limbs, named with spaces between: outlined, as one edge of each (`e`: stations from and to, outer and inner share), or as lines. */
const limbSchema = z.object({
  ...look,
  k: z.string(),
  e: z.tuple([z.number(), z.number(), z.number(), z.number()]).optional(),
});
const leafSchema = z.object({ ...look, c: z.array(z.array(z.number())) });

export type BackdropShape = z.infer<typeof pathSchema>;
export type LimbShape = z.infer<typeof limbSchema>;
export type LeafShape = z.infer<typeof leafSchema>;

const palette = z.record(z.string(), paintSchema);
const shapes = z.array(z.union([pathSchema, limbSchema, leafSchema]));
const drawingSchema = z.object({
  shapes: z.object({ common: shapes, individual: shapes, community: shapes }),
  limbs: z.record(z.string(), z.array(z.array(z.number()))),
  /** Each: x, y, radius, lean in hundredths of a radian, tone. */
  fruits: z.array(z.tuple([z.number(), z.number(), z.number(), z.number(), z.number()])),
  fruitLayer: z.number(),
  palettes: z.object({ individual: palette, community: palette }),
  palettesDark: z.object({ individual: palette, community: palette }),
});

/** The room the picture is shown in. */
export type Scheme = "light" | "dark";

export type Backdrop = {
  /** What never changes, in drawing order. */
  readonly still: readonly BackdropShape[];
  readonly roots: readonly LimbShape[];
  readonly leaves: readonly LeafShape[];
  readonly fruits: z.infer<typeof drawingSchema>["fruits"];
  readonly fruitLayer: number;
  readonly limbs: ReadonlyMap<string, readonly Limb[]>;
  readonly palette: ReadonlyMap<string, Paint>;
};

export function backdropOf(focus: Focus, scheme: Scheme = "light"): Backdrop {
  const read = drawingSchema.parse(drawing);
  const { [focus]: colours } = scheme === "light" ? read.palettes : read.palettesDark;
  const limbs = new Map(Object.entries(read.limbs).map(([name, set]) => [name, readLimbs(set)]));
  const still: BackdropShape[] = [];
  const roots: LimbShape[] = [];
  const leaves: LeafShape[] = [];
  for (const shape of [...read.shapes.common, ...read.shapes[focus]].sort((a, b) => a.l - b.l)) {
    // What has no colour in this room is not there: stars by day.
    if (!Object.hasOwn(colours, shape.f ?? shape.s ?? "")) continue;
    if ("d" in shape) still.push(shape);
    else if ("c" in shape) {
      if (shape.c.some(([opens]) => opens !== 0)) leaves.push(shape);
      else still.push(withPath(shape, shape.c.map((cluster) => clusterPath(cluster, 1)).join("")));
    } else if (shape.r.startsWith("root-")) roots.push(shape);
    else still.push(withPath(shape, limbsPath(limbsOf(shape, limbs), styleOf(shape))));
  }
  return {
    still,
    roots,
    leaves,
    fruits: read.fruits,
    fruitLayer: read.fruitLayer,
    limbs,
    palette: new Map(Object.entries(colours)),
  };
}

export function limbsOf({ k }: LimbShape, limbs: Backdrop["limbs"]): readonly Limb[] {
  return k.split(" ").flatMap((name) => limbs.get(name) ?? []);
}

export function styleOf({ e, s }: LimbShape): LimbStyle {
  if (e !== undefined) return { kind: "edge", edge: e };
  return { kind: s === undefined ? "whole" : "line" };
}

/** The same look with a path instead of what it is drawn from. */
export function withPath({ r, l, f, s, w, o }: LimbShape | LeafShape, d: string): BackdropShape {
  return {
    r,
    l,
    d,
    ...(f === undefined ? {} : { f }),
    ...(s === undefined ? {} : { s }),
    ...(w === undefined ? {} : { w }),
    ...(o === undefined ? {} : { o }),
  };
}
