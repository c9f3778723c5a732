import { headingAt, type Limb, type Station } from "../../../shared/render/backdropLimbs.ts";
import { at } from "../../../shared/render/backdropPen.ts";
import type { Point } from "./backdrop.ts";
import type { Random } from "./random.ts";

const catmullRom = (a: number, b: number, c: number, d: number, t: number): number =>
  0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t);

/** A limb through a few drawn stations, resampled about every `step` units. */
export function throughStations(drawn: readonly (readonly [number, number, number])[], step: number): Limb {
  const limb: Station[] = [];
  for (let i = 0; i < drawn.length - 1; i += 1) {
    const a = at(drawn, Math.max(0, i - 1));
    const b = at(drawn, i);
    const c = at(drawn, i + 1);
    const d = at(drawn, Math.min(drawn.length - 1, i + 2));
    const count = Math.max(1, Math.round(Math.hypot(c[0] - b[0], c[1] - b[1]) / step));
    for (let k = 0; k < count; k += 1) {
      const t = k / count;
      limb.push({
        x: catmullRom(a[0], b[0], c[0], d[0], t),
        y: catmullRom(a[1], b[1], c[1], d[1], t),
        w: b[2] + (c[2] - b[2]) * t,
      });
    }
  }
  const [x, y, w] = at(drawn, -1);
  return [...limb, { x, y, w }];
}

/** Nudges the stations sideways, more as the limb thins out, so that no two limbs swing alike. */
export function wander(limb: Limb, random: Random, amount: number, firstIndex: number): Limb {
  let drift = 0;
  return limb.map((station, i) => {
    if (i < firstIndex) return station;
    drift = drift * 0.45 + random.between(-amount, amount);
    const [hx, hy] = headingAt(limb, i);
    return {
      ...station,
      x: station.x - hy * drift,
      y: station.y + hx * drift,
      w: station.w * random.between(0.94, 1.06),
    };
  });
}

export interface Sprout {
  readonly index: number;
  readonly side: -1 | 1;
  readonly length: number;
  readonly spreadDegrees: number;
  readonly widthShare: number;
  /** Sideways pull per unit of length, for example gravity: [0, 0.3]. */
  readonly pull: Point;
}

/** A child limb that leaves its parent along the parent's own grain and then turns away. */
export function sprout(parent: Limb, wish: Sprout, random: Random, step: number): Limb {
  const root = at(parent, wish.index);
  const [hx, hy] = headingAt(parent, wish.index);
  const startWidth = root.w * wish.widthShare;
  const count = Math.max(4, Math.round(wish.length / step));
  let angle = Math.atan2(hy, hx);
  const turn = (wish.spreadDegrees * Math.PI) / 180;
  let [x, y] = [root.x - hx * root.w * 0.6, root.y - hy * root.w * 0.6];
  const limb: Station[] = [{ x, y, w: startWidth }];
  for (let k = 1; k <= count; k += 1) {
    const t = k / count;
    angle += (k <= 3 ? turn / 3 : 0) * wish.side + random.between(-0.16, 0.16);
    const stride = wish.length / count + (k === 1 ? root.w * 0.6 : 0);
    x += (Math.cos(angle) + wish.pull[0] * t) * stride;
    y += (Math.sin(angle) + wish.pull[1] * t) * stride;
    limb.push({ x, y, w: Math.max(1.6, startWidth * (1 - t) ** 0.8) });
  }
  return limb;
}
