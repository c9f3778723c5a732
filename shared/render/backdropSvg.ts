import type { Rectangle } from "../board/geometry.ts";
import type { Focus } from "../template/template.ts";
import { type BackdropShape, backdropOf, type Paint, type Scheme } from "./backdrop.ts";
import { createLiving } from "./backdropLiving.ts";
import { type Growth, neutralGrowth } from "./growth.ts";

/** The backdrop as an SVG document; `view` in world units. */
export function backdropToSvg(
  focus: Focus,
  view: Rectangle,
  growth: Growth = neutralGrowth,
  scheme: Scheme = "light",
): string {
  const { defs, paths } = backdropFragment(focus, growth, scheme);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${view.x} ${view.y} ${view.width} ${view.height}" preserveAspectRatio="xMidYMid slice">`,
    `<defs>${defs}</defs>`,
    paths,
    "</svg>",
    "",
  ].join("\n");
}

export type BackdropFragment = {
  /** Gradients; their ids begin with `backdrop-`. */
  readonly defs: string;
  readonly paths: string;
};

/** The backdrop as part of a larger SVG, in world units. */
export function backdropFragment(
  focus: Focus,
  growth: Growth = neutralGrowth,
  scheme: Scheme = "light",
): BackdropFragment {
  const backdrop = backdropOf(focus, scheme);
  const living = createLiving(backdrop)(growth);
  const gradients: string[] = [];
  const references = new Map<string, string>();
  for (const [name, paint] of backdrop.palette) {
    if (typeof paint === "string") {
      references.set(name, paint);
      continue;
    }
    const id = `backdrop-${gradients.length}`;
    gradients.push(gradientOf(id, paint));
    references.set(name, `url(#${id})`);
  }
  const paintOf = (name: string) => references.get(name) ?? name;
  const shapes = [...backdrop.still, ...living.roots, ...living.crown].sort((a, b) => a.l - b.l);
  return {
    defs: gradients.join(""),
    paths: shapes
      .filter(({ d }) => d !== "")
      .map((shape) => pathOf(shape, paintOf))
      .join("\n"),
  };
}

function pathOf(shape: BackdropShape, paintOf: (name: string) => string): string {
  const stroke =
    shape.s === undefined
      ? ""
      : ` stroke="${paintOf(shape.s)}" stroke-width="${shape.w ?? 1}" stroke-linecap="round" stroke-linejoin="round"`;
  const opacity = shape.o === undefined ? "" : ` opacity="${shape.o}"`;
  const fill = shape.f === undefined ? "none" : paintOf(shape.f);
  return `<path d="${shape.d}" fill="${fill}"${stroke}${opacity}/>`;
}

function gradientOf(id: string, paint: Exclude<Paint, string>): string {
  const stops = paint.c
    .map(([offset, colour]) => {
      const opacity = colour.length > 7 ? Number.parseInt(colour.slice(7), 16) / 255 : 1;
      return `<stop offset="${offset}" stop-color="${colour.slice(0, 7)}" stop-opacity="${opacity.toFixed(3)}"/>`;
    })
    .join("");
  const [x, y] = paint.a;
  return paint.k === "linear"
    ? `<linearGradient id="${id}" gradientUnits="userSpaceOnUse" x1="${x}" y1="${y}" x2="${paint.b[0]}" y2="${paint.b[1]}">${stops}</linearGradient>`
    : `<radialGradient id="${id}" gradientUnits="userSpaceOnUse" cx="${x}" cy="${y}" r="${paint.r}">${stops}</radialGradient>`;
}
