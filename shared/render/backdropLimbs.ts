import { at, createPen, type Pen, type Point, softClosed, softOpen } from "./backdropPen.ts";

/** One station on a limb's centre line; `w` is half the limb's width there. */
export interface Station {
  readonly x: number;
  readonly y: number;
  readonly w: number;
}

/** A limb runs from its thick end, which lies inside its parent, to its tip. */
export type Limb = readonly Station[];

/** Direction of travel at a station, as a unit vector. */
export function headingAt(limb: Limb, index: number): Point {
  const before = at(limb, Math.max(0, index - 1));
  const after = at(limb, Math.min(limb.length - 1, index + 1));
  const length = Math.hypot(after.x - before.x, after.y - before.y) || 1;
  return [(after.x - before.x) / length, (after.y - before.y) / length];
}

/** The place beside a station: `share` -1 is the left edge in the direction of travel, 1 the right edge. */
export function besideLimb(limb: Limb, index: number, share: number): Point {
  const { x, y, w } = at(limb, index);
  const [hx, hy] = headingAt(limb, index);
  return [x - hy * w * share, y + hx * w * share];
}

/** Draws the limb's outline. All limbs turn the same way round, so overlapping ones never cut holes in each other. */
export function outlineLimb(pen: Pen, limb: Limb): Pen {
  const left = limb.map((_, i) => besideLimb(limb, i, -1));
  const right = limb.map((_, i) => besideLimb(limb, i, 1)).reverse();
  const tip = at(limb, -1);
  const [hx, hy] = headingAt(limb, limb.length - 1);
  return softClosed(pen, [...left, [tip.x + hx * tip.w, tip.y + hy * tip.w], ...right]);
}

/** A sliver along one side of the limb between two stations: the lit or the shaded edge. */
export function outlineEdge(
  pen: Pen,
  limb: Limb,
  span: readonly [number, number],
  shares: readonly [number, number],
): Pen {
  const indices = limb.map((_, i) => i).slice(span[0], span[1]);
  const outer = indices.map((i) => besideLimb(limb, i, shares[0]));
  const inner = indices.slice(1, -1).map((i) => besideLimb(limb, i, shares[1]));
  return softClosed(pen, [...outer, ...inner.reverse()]);
}

/** Limbs as flat numbers, each station relative to the one before; positions in steps of two units, widths in units. */
export function writeLimbs(limbs: readonly Limb[]): number[][] {
  return limbs.map((limb) => {
    let [x, y] = [0, 0];
    return limb.flatMap((station) => {
      const [nextX, nextY] = [Math.round(station.x / 2), Math.round(station.y / 2)];
      const numbers = [nextX - x, nextY - y, Math.max(1, Math.round(station.w))];
      [x, y] = [nextX, nextY];
      return numbers;
    });
  });
}

export function readLimbs(written: readonly (readonly number[])[]): readonly Limb[] {
  return written.map((numbers) => {
    const limb: Station[] = [];
    let [x, y] = [0, 0];
    for (let i = 0; i + 2 < numbers.length; i += 3) {
      x += at(numbers, i) * 2;
      y += at(numbers, i + 1) * 2;
      limb.push({ x, y, w: at(numbers, i + 2) });
    }
    return limb;
  });
}

/** How limbs become a path: filled whole, filled along one edge, or stroked along the middle. */
export type LimbStyle =
  | { readonly kind: "whole" }
  | { readonly kind: "edge"; readonly edge: readonly [number, number, number, number] }
  | { readonly kind: "line" };

export function limbsPath(limbs: readonly Limb[], style: LimbStyle): string {
  const pen = createPen();
  for (const limb of limbs) {
    if (style.kind === "whole") {
      outlineLimb(pen, limb);
    } else if (style.kind === "edge") {
      const [from, fromEnd, outer, inner] = style.edge;
      outlineEdge(pen, limb, [from, Math.max(from + 2, limb.length - fromEnd)], [outer, inner]);
    } else {
      softOpen(
        pen,
        limb.map(({ x, y }): Point => [x, y]),
      );
    }
  }
  return pen.path();
}
