import { createPen, ellipse, softOpen, straightClosed } from "../../../shared/render/backdropPen.ts";
import { layers, type Point, type Shape } from "./backdrop.ts";

/** Street lamps on their feet. What they light up is seen in a dark room only: by day that paint does not exist. */
export function drawLamps(feet: readonly Point[]): readonly Shape[] {
  const posts = createPen();
  const glasses = createPen();
  const hoods = createPen();
  for (const [x, y] of feet) {
    const top = y - 128;
    softOpen(posts, [
      [x, y],
      [x, y - 60],
      [x, top + 24],
    ]);
    straightClosed(glasses, [
      [x - 5, top + 24],
      [x - 9, top + 4],
      [x + 9, top + 4],
      [x + 5, top + 24],
    ]);
    straightClosed(hoods, [
      [x - 12, top + 5],
      [x, top - 8],
      [x + 12, top + 5],
    ]);
  }
  const look = { r: "scenery", l: layers.garden } as const;
  return [
    { ...look, d: posts.path(), s: "lampPost", w: 4 },
    { ...look, d: glasses.path(), f: "lampGlass" },
    { ...look, d: hoods.path(), f: "lampPost" },
    ...[70, 44, 24].map((radius): Shape => {
      const halo = createPen();
      for (const [x, y] of feet) ellipse(halo, [x, y - 114], radius, radius);
      return { ...look, d: halo.path(), f: "lampHalo", o: 0.16 };
    }),
  ];
}

/** Warm light that lies around lit windows in a dark room: washes over each other, so that it has no rim. */
export function drawWindowGlow([x, y]: Point, rx: number, ry: number): readonly Shape[] {
  return [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4].map((share) => ({
    r: "scenery",
    l: layers.meadow,
    d: ellipse(createPen(), [x, y], rx * share, ry * share).path(),
    f: "lampHalo",
    o: 0.035,
  }));
}
