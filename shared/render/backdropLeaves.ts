import { at, createPen, type Pen, type Point } from "./backdropPen.ts";

/** Lengths and widths that leaves come in. Few sizes and directions keep the data small, and no eye notices. */
const leafSizes = [
  [26, 10],
  [32, 12],
  [38, 14],
  [46, 17],
] as const;
export const leafDirections = 22;

/** A cluster unfolds while the growth of the leaves passes this many hundredths. */
const unfolding = 14;
/** The last cluster must have unfolded when the growth is 1. */
export const lastOpening = 100 - unfolding;

/** One leaf from stalk to tip. */
export function leaf(pen: Pen, [x, y]: Point, angle: number, length: number, width: number): void {
  const [cx, cy] = [Math.cos(angle), Math.sin(angle)];
  const tip: Point = [x + cx * length, y + cy * length];
  const side = (share: number): Point => [
    x + cx * length * 0.42 - cy * width * share,
    y + cy * length * 0.42 + cx * width * share,
  ];
  pen.move([x, y]).quad(side(1), tip).quad(side(-1), [x, y]).close();
}

/**
 * A cluster is: the hundredths of growth at which it opens (0: always there), then per leaf x and y relative to the leaf
 * before, direction and size.
 */
export type Cluster = readonly number[];

/** How far a cluster has unfolded, from 0 to 1. */
export function opennessOf(cluster: Cluster, growth: number): number {
  const opens = at(cluster, 0);
  if (opens === 0) return 1;
  const share = Math.min(1, Math.max(0, (growth * 100 - opens) / unfolding));
  return share * share * (3 - 2 * share);
}

/** It spreads from where its first leaf is; empty while a leaf would be no more than a speck. */
export function clusterPath(cluster: Cluster, openness: number): string {
  if (openness < 0.12) return "";
  const pen = createPen();
  const first: Point = [at(cluster, 1), at(cluster, 2)];
  let [x, y] = [0, 0];
  for (let i = 1; i + 3 < cluster.length; i += 4) {
    x += at(cluster, i);
    y += at(cluster, i + 1);
    const [length, width] = at(leafSizes, at(cluster, i + 3));
    const angle = (at(cluster, i + 2) / leafDirections) * Math.PI * 2;
    const stalk: Point = [first[0] + (x - first[0]) * openness, first[1] + (y - first[1]) * openness];
    leaf(pen, stalk, angle, length * openness, width * openness);
  }
  return pen.path();
}
