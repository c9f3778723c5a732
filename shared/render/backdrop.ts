import { z } from "zod";
import type { Focus } from "../template/template.ts";
import drawing from "../template/treeBackdrop.json" with { type: "json" };

/*
 * The drawing behind a board, as data that two renderers share: canvas on screen, SVG for pages and pictures. It is
 * made by server/dev/drawTree.
 */

const point = z.tuple([z.number(), z.number()]);
const stops = z.array(z.tuple([z.number(), z.string()]));
const paintSchema = z.union([
  z.string(),
  z.object({ k: z.literal("linear"), a: point, b: point, c: stops }),
  z.object({ k: z.literal("radial"), a: point, r: z.number(), c: stops }),
]);
export type Paint = z.infer<typeof paintSchema>;

const shapeSchema = z.object({
  /** Role: trunk, root-1, leaf, fruit … */
  r: z.string(),
  /** Layer: lower ones are drawn first. */
  l: z.number(),
  /** SVG path data in world units. */
  d: z.string(),
  f: z.string().optional(),
  s: z.string().optional(),
  w: z.number().optional(),
  o: z.number().optional(),
});
export type BackdropShape = z.infer<typeof shapeSchema>;

const palette = z.record(z.string(), paintSchema);
const drawingSchema = z.object({
  shapes: z.object({
    common: z.array(shapeSchema),
    individual: z.array(shapeSchema),
    community: z.array(shapeSchema),
  }),
  palettes: z.object({ individual: palette, community: palette }),
});

export type Backdrop = {
  /** In drawing order. */
  readonly shapes: readonly BackdropShape[];
  readonly palette: ReadonlyMap<string, Paint>;
};

export function backdropOf(focus: Focus): Backdrop {
  const { shapes, palettes } = drawingSchema.parse(drawing);
  return {
    shapes: [...shapes.common, ...shapes[focus]].sort((a, b) => a.l - b.l),
    palette: new Map(Object.entries(palettes[focus])),
  };
}
