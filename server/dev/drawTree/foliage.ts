import { type Cluster, lastOpening, leafDirections } from "../../../shared/render/backdropLeaves.ts";
import { at } from "../../../shared/render/backdropPen.ts";
import { type Backdrop, type LeafShape, layers, type Point, type Shape } from "./backdrop.ts";
import { crownCentre, crownRim, rimShare, sunAt } from "./crownShape.ts";
import type { Random } from "./random.ts";

/** Leaves fanning out from one place; see backdropLeaves.ts for how a cluster is written. */
function fan(opens: number, [x, y]: Point, outward: number, count: number, random: Random): Cluster {
  const cluster: number[] = [opens];
  let last: Point = [0, 0];
  for (let i = 0; i < count; i += 1) {
    const wish = outward + (i / (count - 1) - 0.5) * random.between(2.4, 3.2) + random.between(-0.25, 0.25);
    const reach = random.between(0, 26);
    const place: Point = [
      x + Math.cos(wish) * reach + random.between(-9, 9),
      y + Math.sin(wish) * reach + random.between(-9, 9),
    ];
    last = add(cluster, last, place, wish, random.pick([0, 1, 2]));
  }
  return cluster;
}

/** A young twig: leaves by turns to both sides of a bent line, and one at its tip. */
function sprig(opens: number, [x, y]: Point, outward: number, length: number, random: Random): Cluster {
  const cluster: number[] = [opens];
  let last: Point = [0, 0];
  const bend = random.between(-0.5, 0.5);
  const count = Math.round(length / 13);
  for (let i = 0; i <= count; i += 1) {
    const share = i / count;
    const heading = outward + bend * share;
    const place: Point = [x + Math.cos(heading) * length * share, y + Math.sin(heading) * length * share];
    const aside = i === count ? 0 : (i % 2 ? 1 : -1) * random.between(0.7, 1.1);
    last = add(cluster, last, place, heading + aside, random.pick(share < 0.6 ? [2, 3] : [1, 2]));
  }
  return cluster;
}

function add(cluster: number[], last: Point, place: Point, angle: number, size: number): Point {
  const [x, y] = [Math.round(place[0]), Math.round(place[1])];
  const turns = Math.round((angle / Math.PI / 2) * leafDirections);
  cluster.push(x - last[0], y - last[1], ((turns % leafDirections) + leafDirections) % leafDirections, size);
  return [x, y];
}

function leafTone(x: number, y: number, random: Random): string {
  const sun = sunAt(x, y) + random.between(-0.3, 0.3);
  if (sun > 0.72) return "leaf1";
  if (sun > 0.46) return "leaf2";
  return sun > 0.2 ? "leaf3" : "leaf4";
}

/**
 * Leaf clusters along the rim, denser here, absent there, and a few quiet ones further in: those that are always there,
 * and those that come as the tree grows, a few everywhere at a time.
 */
export function drawLeaves(random: Random): readonly Shape[] {
  const groups = new Map<string, LeafShape>();
  const put = (cluster: Cluster, place: Point, o: number): void => {
    const f = leafTone(place[0], place[1], random);
    const isLiving = at(cluster, 0) > 0;
    const key = [f, o, isLiving].join();
    const known = groups.get(key) ?? { r: "leaf", l: layers.leaf, f, o, c: [] };
    groups.set(key, { ...known, c: [...known.c, cluster] });
  };
  const outwardFrom = ([x, y]: Point) => Math.atan2(y - crownCentre[1], x - crownCentre[0]);
  const rim = crownRim(9, 24);
  for (let i = 0; i < rim.length; i += Math.round(random.between(6, 17))) {
    const [x, y] = at(rim, i);
    const place: Point = [x + random.between(-22, 12), y + random.between(-16, 16)];
    put(
      fan(0, place, outwardFrom(place) + random.between(-0.5, 0.5), random.pick([3, 4, 5, 6]), random),
      place,
      0.9,
    );
  }
  for (const [x, y] of crownRim(170, 84)) {
    const place: Point = [x + random.between(-50, 50), y + random.between(-40, 30)];
    const o = rimShare(place[0], place[1]) > 0.85 ? 0.7 : 0.45;
    put(fan(0, place, outwardFrom(place) + random.between(-1, 1), random.pick([3, 4]), random), place, o);
  }
  // Quiet sprigs on the shoulders of the masses, so that their edges read as foliage.
  for (const [x, y] of crownRim(210, 190)) {
    const place: Point = [x + random.between(-60, 60), y + random.between(-40, 40)];
    put(fan(0, place, random.between(0.4, 2.7), 4, random), place, 0.4);
  }
  const come = [...crownRim(58, 30)];
  come.forEach(([x, y], i) => {
    // Steps of 17 through 100 visit every part of the rim early on.
    const opens = 1 + ((i * 17) % lastOpening);
    const place: Point = [x + random.between(-16, 16), y + random.between(-14, 14)];
    const outward = outwardFrom(place) + random.between(-0.7, 0.7);
    put(sprig(opens, place, outward, random.between(48, 92), random), place, 0.95);
  });
  [...crownRim(120, 104)].forEach(([x, y], i) => {
    const opens = 1 + ((i * 23 + 9) % lastOpening);
    const place: Point = [x + random.between(-44, 44), y + random.between(-36, 36)];
    put(sprig(opens, place, random.between(-0.6, 3.7), random.between(40, 62), random), place, 0.6);
  });
  return [...groups.values()];
}

/** Where apples hang: at the rim and in the gaps between rows of notes. */
const apples: readonly Point[] = [
  [1176, 498],
  [1112, 636],
  [1226, 700],
  [1310, 250],
  [1404, 168],
  [1640, 120],
  [1836, 92],
  [1908, 120],
  [2340, 104],
  [2640, 168],
  [2842, 214],
  [2990, 352],
  [3054, 560],
  [2950, 700],
  [2900, 890],
  [2612, 930],
  [2396, 934],
  [1800, 928],
  [1704, 948],
  [1446, 908],
  [1330, 836],
  [1560, 506],
  [2010, 300],
  [2620, 506],
  [2250, 706],
];

/** Where fruits hang, how large they are when ripe, and how they lean; backdropFruit.ts draws them. */
export function placeFruits(random: Random): Backdrop["fruits"] {
  return apples.map(([x, y], i) => [x, y, random.pick([28, 32]), random.pick([-12, 10]), i % 3] as const);
}
