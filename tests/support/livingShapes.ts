import { type BackdropShape, backdropOf, type Scheme } from "../../shared/render/backdrop.ts";
import { createLiving } from "../../shared/render/backdropLiving.ts";
import type { Growth } from "../../shared/render/growth.ts";
import type { Focus } from "../../shared/template/template.ts";

/** The parts of the picture that grow, in drawing order. */
export function livingShapes(
  focus: Focus,
  growth: Growth,
  scheme: Scheme = "light",
): readonly BackdropShape[] {
  const living = createLiving(backdropOf(focus, scheme))(growth);
  return [...living.roots, ...living.crown];
}
