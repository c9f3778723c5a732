import type { Point } from "./backdrop.ts";
import { at, type Random } from "./random.ts";

/** A rounded mass of foliage. */
export interface Lobe {
  readonly x: number;
  readonly y: number;
  readonly r: number;
}

/** The place from which every part of the crown's rim is in sight. */
export const crownCentre: Point = [2095, 512];

/** The masses that make the silhouette, drawn by hand clockwise from the left: old trees are never even. */
export const rimLobes: readonly Lobe[] = [
  { x: 1228, y: 566, r: 166 },
  { x: 1256, y: 372, r: 140 },
  { x: 1420, y: 232, r: 150 },
  { x: 1648, y: 214, r: 150 },
  { x: 1880, y: 214, r: 178 },
  { x: 2126, y: 204, r: 138 },
  { x: 2352, y: 206, r: 172 },
  { x: 2596, y: 232, r: 142 },
  { x: 2800, y: 288, r: 158 },
  { x: 2962, y: 440, r: 162 },
  { x: 2972, y: 628, r: 156 },
  { x: 2880, y: 790, r: 160 },
  { x: 2676, y: 838, r: 142 },
  { x: 2446, y: 824, r: 158 },
  { x: 2236, y: 800, r: 130 },
  { x: 2108, y: 770, r: 136 },
  { x: 1986, y: 800, r: 128 },
  { x: 1756, y: 828, r: 158 },
  { x: 1534, y: 832, r: 140 },
  { x: 1344, y: 762, r: 156 },
];

/** How far the crown reaches from its centre in a direction (radians). */
export function crownReach(angle: number): number {
  const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
  let far = 300;
  for (const lobe of rimLobes) {
    const along = (lobe.x - crownCentre[0]) * dx + (lobe.y - crownCentre[1]) * dy;
    const aside = (lobe.x - crownCentre[0]) * dy - (lobe.y - crownCentre[1]) * dx;
    if (along > 0 && Math.abs(aside) < lobe.r)
      far = Math.max(far, along + Math.sqrt(lobe.r ** 2 - aside ** 2));
  }
  return far;
}

/** The crown's rim as points about `spacing` units apart, pulled in by `inset`. */
export function crownRim(spacing: number, inset: number): readonly Point[] {
  const rim: Point[] = [];
  const steps = 1440;
  for (let i = 0; i < steps; i += 1) {
    const angle = (i / steps) * Math.PI * 2;
    const far = crownReach(angle) - inset;
    const point: Point = [crownCentre[0] + Math.cos(angle) * far, crownCentre[1] + Math.sin(angle) * far];
    const last = rim.at(-1);
    if (!last || Math.hypot(point[0] - last[0], point[1] - last[1]) >= spacing) rim.push(point);
  }
  return rim;
}

/** How much sun a place in the crown gets: 1 at the upper left, 0 at the lower right. */
export function sunAt(x: number, y: number): number {
  const along = ((x - crownCentre[0]) / 1040) * 0.5 + ((y - crownCentre[1]) / 480) * 0.62;
  return Math.min(1, Math.max(0, 0.5 - along * 0.52));
}

/** 0 in the calm middle of the crown, where notes lie, to 1 at its rim. */
export function rimShare(x: number, y: number): number {
  const [dx, dy] = [x - crownCentre[0], y - crownCentre[1]];
  return Math.min(1, Math.hypot(dx, dy) / crownReach(Math.atan2(dy, dx)));
}

/** A leafy blob: a circle whose rim swells and dips like foliage seen from afar. */
export function leafyBlob(lobe: Lobe, random: Random, bumps: number): readonly Point[] {
  const phase = random.between(0, 6.28);
  const squash = random.between(0.86, 1.02);
  return Array.from({ length: bumps * 2 }, (_, i): Point => {
    const isDip = i % 2 === 1;
    const angle = ((i + random.between(-0.34, 0.34)) / (bumps * 2)) * Math.PI * 2;
    const swell = 1 + 0.08 * Math.sin(3 * angle + phase) + 0.05 * Math.sin(5 * angle + phase * 2.3);
    const r = lobe.r * swell * (isDip ? 0.94 : random.between(1.06, 1.15));
    return [lobe.x + Math.cos(angle) * r, lobe.y + Math.sin(angle) * r * squash];
  });
}

/** The rim as soft bumps of uneven width, each a swelling and a dip. */
export function bumpyRim(inset: number, random: Random): readonly Point[] {
  const rim = crownRim(6, inset);
  const points: Point[] = [];
  const put = (index: number, lift: number): void => {
    const [x, y] = at(rim, Math.min(rim.length - 1, index));
    const length = Math.hypot(x - crownCentre[0], y - crownCentre[1]);
    points.push([x + ((x - crownCentre[0]) / length) * lift, y + ((y - crownCentre[1]) / length) * lift]);
  };
  for (let i = 0; i < rim.length - 4; ) {
    const width = Math.round(random.between(5, 11));
    const out = random.between(14, 26);
    put(i + Math.round(width * random.between(0.3, 0.5)), out);
    put(i + width, -out * 0.5);
    i += width;
  }
  return points;
}
