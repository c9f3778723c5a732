import type { Point, Rectangle } from "./geometry.ts";

/** The outline of a shape stretched around rectangles, as corners in order, clockwise on screen. */
export function hullOf(rectangles: readonly Rectangle[]): readonly Point[] {
  const corners = rectangles.flatMap(({ x, y, width, height }) => [
    { x, y },
    { x: x + width, y },
    { x: x + width, y: y + height },
    { x, y: y + height },
  ]);
  corners.sort((a, b) => a.x - b.x || a.y - b.y);
  return [...halfOf(corners), ...halfOf(corners.reverse())];
}

/** Andrew's monotone chain: the corners that turn right, without the last, with which the other half begins. */
function halfOf(sorted: readonly Point[]): readonly Point[] {
  const half: Point[] = [];
  for (const corner of sorted) {
    for (;;) {
      const [before, last] = [half.at(-2), half.at(-1)];
      if (before === undefined || last === undefined) break;
      const turn = (last.x - before.x) * (corner.y - before.y) - (last.y - before.y) * (corner.x - before.x);
      if (turn > 0) break;
      half.pop();
    }
    half.push(corner);
  }
  return half.slice(0, -1);
}
