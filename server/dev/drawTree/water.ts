import { createPen } from "../../../shared/render/backdropPen.ts";
import { layers, type Point, type Shape } from "./backdrop.ts";
import { groundAt } from "./ground.ts";
import type { Random } from "./random.ts";

/** Each jet leaves a hole of the rose and lands on the ground: start, then where it lands. */
const jets: readonly (readonly [Point, number])[] = [
  [[980, 700], 1432],
  [[994, 708], 1372],
  [[1008, 722], 1306],
  [[1022, 732], 1238],
  [[1036, 746], 1170],
];

/** Rise over run with which the water leaves, square to the rose's face. */
const launch = -0.62;

function dropPath(centre: Point, heading: number, size: number): string {
  const [c, s] = [Math.cos(heading), Math.sin(heading)];
  const p = (u: number, v: number): Point => [
    centre[0] + (u * c - v * s) * size,
    centre[1] + (u * s + v * c) * size,
  ];
  return createPen()
    .move(p(-1.7, 0))
    .quad(p(-0.2, -0.62), p(0.5, -0.56))
    .quad(p(1.12, -0.5), p(1.12, 0))
    .quad(p(1.12, 0.5), p(0.5, 0.56))
    .quad(p(-0.2, 0.62), p(-1.7, 0))
    .close()
    .path();
}

/** Drops along the arcs that water really takes: fine streams at the rose, loose drops further down. */
export function drawWater(random: Random): readonly Shape[] {
  const streams = createPen();
  const drops: Shape[] = [];
  for (const [start, landing] of jets) {
    const run = landing - start[0];
    const fall = groundAt(landing) - 10 - start[1];
    const heightAt = (dx: number): number =>
      start[1] + launch * dx + ((fall - launch * run) / run ** 2) * dx ** 2;
    const slopeAt = (dx: number): number => launch + 2 * ((fall - launch * run) / run ** 2) * dx;
    const first = run * 0.34;
    streams
      .move(start)
      .quad([start[0] + first / 2, start[1] + (launch * first) / 2], [start[0] + first, heightAt(first)]);
    let t = random.between(0.34, 0.48);
    while (t < 0.99) {
      const dx = run * t;
      const centre: Point = [
        Math.round(start[0] + dx + random.between(-7, 7)),
        Math.round(heightAt(dx) + random.between(-12, 12)),
      ];
      const size = random.pick([9, 11, 13]);
      drops.push({
        r: "drop",
        l: layers.drop,
        d: dropPath(centre, Math.round(Math.atan2(slopeAt(dx), 1) * 10) / 10, size),
        f: random.chance(0.4) ? "drop1" : "drop2",
        o: 0.85,
      });
      t += random.between(0.07, 0.16);
    }
  }
  const splashes = createPen();
  for (const [, landing] of jets) {
    const y = groundAt(landing) - 8;
    for (const side of [-1, 1])
      splashes
        .move([landing + side * 5, y])
        .quad([landing + side * 14, y - 16], [landing + side * 23, y - 7]);
  }
  return [
    { r: "drop", l: layers.drop, d: streams.path(), s: "drop1", w: 4, o: 0.6 },
    ...drops,
    { r: "drop", l: layers.drop, d: splashes.path(), s: "drop2", w: 4, o: 0.7 },
  ];
}
