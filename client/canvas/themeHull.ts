import type { Point } from "../../shared/board/geometry.ts";

/** A hull made larger by `margin` on every side, with round corners, as a path. */
export function traceHull(path: Path2D, hull: readonly Point[], margin: number): void {
  for (const [index, corner] of hull.entries()) {
    const before = hull.at(index - 1) ?? corner;
    const after = hull[(index + 1) % hull.length] ?? corner;
    path.arc(corner.x, corner.y, margin, outwardOf(before, corner), outwardOf(corner, after));
  }
  path.closePath();
}

/** The direction that points away from the hull at the side between two corners. */
function outwardOf(from: Point, to: Point): number {
  return Math.atan2(to.y - from.y, to.x - from.x) - Math.PI / 2;
}
