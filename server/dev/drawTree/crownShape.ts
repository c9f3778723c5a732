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
  { x: 1236, y: 560, r: 176 },
  { x: 1262, y: 372, r: 158 },
  { x: 1420, y: 236, r: 158 },
  { x: 1640, y: 186, r: 152 },
  { x: 1876, y: 202, r: 184 },
  { x: 2120, y: 186, r: 152 },
  { x: 2344, y: 192, r: 170 },
  { x: 2580, y: 214, r: 156 },
  { x: 2786, y: 272, r: 160 },
  { x: 2944, y: 424, r: 172 },
  { x: 2966, y: 610, r: 164 },
  { x: 2872, y: 776, r: 168 },
  { x: 2676, y: 830, r: 150 },
  { x: 2450, y: 812, r: 160 },
  { x: 2230, y: 800, r: 136 },
  { x: 1990, y: 796, r: 134 },
  { x: 1760, y: 820, r: 160 },
  { x: 1540, y: 820, r: 154 },
  { x: 1350, y: 752, r: 166 },
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
  const points: Point[] = [];
  for (let i = 0; i < bumps; i += 1) {
    const angle = (i / bumps) * Math.PI * 2;
    const swell = 1 + 0.07 * Math.sin(3 * angle + phase) + 0.05 * Math.sin(5 * angle + phase * 2.3);
    for (const [offset, out] of [
      [-0.28, 1.07],
      [0.24, 1.07],
      [0.5, 0.9],
    ] as const) {
      const a = angle + (offset / bumps) * Math.PI * 2 + random.between(-0.02, 0.02);
      const r = lobe.r * swell * out * random.between(0.98, 1.02);
      points.push([lobe.x + Math.cos(a) * r, lobe.y + Math.sin(a) * r * squash]);
    }
  }
  return points;
}

/** The rim as soft bumps of uneven width, each a swelling and a dip. */
export function bumpyRim(inset: number, random: Random): readonly Point[] {
  const rim = crownRim(6, inset);
  const points: Point[] = [];
  let i = 0;
  while (i < rim.length - 5) {
    const width = Math.round(random.between(5, 11));
    const out = random.between(10, 20);
    for (const [share, lift] of [
      [0.22, out],
      [0.72, out],
      [1, -out * 0.55],
    ] as const) {
      const [x, y] = at(rim, Math.min(rim.length - 1, i + Math.round(width * share)));
      const length = Math.hypot(x - crownCentre[0], y - crownCentre[1]);
      points.push([x + ((x - crownCentre[0]) / length) * lift, y + ((y - crownCentre[1]) / length) * lift]);
    }
    i += width;
  }
  return points;
}
