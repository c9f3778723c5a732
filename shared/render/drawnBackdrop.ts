import type { Focus } from "../template/template.ts";
import { type BackdropShape, backdropOf, type Paint } from "./backdrop.ts";
import { createLiving } from "./backdropLiving.ts";
import type { Growth } from "./growth.ts";

export type DrawnBackdrop = {
  /** In drawing order. */
  readonly shapes: readonly BackdropShape[];
  readonly palette: ReadonlyMap<string, Paint>;
};

/** The drawing behind a board as plain paths: the same that `backdropFragment` writes as SVG. */
export function drawnBackdrop(focus: Focus, growth: Growth): DrawnBackdrop {
  const backdrop = backdropOf(focus);
  const living = createLiving(backdrop)(growth);
  const shapes = [...backdrop.still, ...living.roots, ...living.crown]
    .filter(({ d }) => d !== "")
    .sort((a, b) => a.l - b.l);
  return { shapes, palette: backdrop.palette };
}
