import type { Focus } from "../template/template.ts";
import { type BackdropShape, backdropOf, type Paint } from "./backdrop.ts";

export type DrawnBackdrop = {
  /** In drawing order. */
  readonly shapes: readonly BackdropShape[];
  readonly palette: ReadonlyMap<string, Paint>;
};

/** The drawing behind a board as plain paths: the same that `backdropFragment` writes as SVG. */
export function drawnBackdrop(focus: Focus): DrawnBackdrop {
  const { shapes, palette } = backdropOf(focus);
  return { shapes, palette };
}
