import { at, type Pen } from "../../../shared/render/backdropPen.ts";
import type { Point } from "./backdrop.ts";
import type { Random } from "./random.ts";

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
function crownReach(angle: number): number {
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
    const gap = last ? Math.hypot(point[0] - last[0], point[1] - last[1]) : spacing;
    if (gap < spacing) continue;
    // Behind a lobe the rim falls back all at once: the way back is rim too.
    const count = Math.floor(gap / spacing);
    for (let k = 1; k < count && last; k += 1) {
      rim.push([last[0] + ((point[0] - last[0]) * k) / count, last[1] + ((point[1] - last[1]) * k) / count]);
    }
    rim.push(point);
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

/** The edge of foliage seen from afar: arcs that swell outwards and meet in notches. */
export interface Scallop {
  readonly notch: Point;
  /** The arc's control point: it swells half as far. */
  readonly swell: Point;
}

/** A closed line of scallops. */
export function scalloped(pen: Pen, scallops: readonly Scallop[]): Pen {
  pen.move(at(scallops, 0).notch);
  scallops.forEach(({ swell }, i) => {
    pen.quad(swell, at(scallops, (i + 1) % scallops.length).notch);
  });
  return pen.close();
}

/** A mass of foliage: a swaying round with scallops of uneven width. */
export function leafyBlob(lobe: Lobe, random: Random, width: number): readonly Scallop[] {
  const phase = random.between(0, 6.28);
  const squash = random.between(0.84, 0.98);
  const place = (angle: number, share: number): Point => {
    const sway = 1 + 0.07 * Math.sin(3 * angle + phase) + 0.05 * Math.sin(5 * angle + phase * 2.3);
    return [
      lobe.x + Math.cos(angle) * lobe.r * sway * share,
      lobe.y + Math.sin(angle) * lobe.r * sway * share * squash,
    ];
  };
  const angles: number[] = [];
  for (let angle = 0; angle < Math.PI * 2; angle += (width / lobe.r) * random.between(0.6, 1.4))
    angles.push(angle + phase);
  return angles.map((angle, i): Scallop => {
    const next = angles[i + 1] ?? at(angles, 0) + Math.PI * 2;
    const bulge = ((next - angle) * lobe.r * random.between(0.5, 0.7)) / lobe.r;
    return { notch: place(angle, 1), swell: place((angle + next) / 2, 1 + bulge) };
  });
}

/** The crown's rim as scallops of uneven width. */
export function leafyRim(inset: number, random: Random): readonly Scallop[] {
  const rim = crownRim(6, inset);
  const notches: Point[] = [];
  for (let i = 0; i < rim.length - 5; i += Math.round(random.between(5, 16))) notches.push(at(rim, i));
  return notches.map((notch, i): Scallop => {
    const next = at(notches, (i + 1) % notches.length);
    // The rim runs clockwise, so that outside lies to the left.
    const [dx, dy] = [next[0] - notch[0], next[1] - notch[1]];
    const bulge = random.between(0.4, 0.74);
    const along = random.between(0.4, 0.6);
    return { notch, swell: [notch[0] + dx * along + dy * bulge, notch[1] + dy * along - dx * bulge] };
  });
}
