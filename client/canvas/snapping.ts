import type { Point, Rectangle } from "../../shared/board/geometry.ts";

/*
 * Where a note in somebody's hand lies flush with its neighbours. Each axis is looked at by itself; the nearest
 * alignment wins, and one guide is drawn along everything that lies on it.
 */

export type Guide = { readonly from: Point; readonly to: Point };
export type Snap = { readonly by: Point; readonly guides: readonly Guide[] };

export const noSnap: Snap = { by: { x: 0, y: 0 }, guides: [] };
/** World units: what lies further away is no neighbour. */
const nearby = 600;
/** Alignments that differ less are the same one. */
const same = 0.5;

type Axis = { readonly at: "x" | "y"; readonly along: "x" | "y"; readonly size: "width" | "height" };
const axes: readonly Axis[] = [
  { at: "x", along: "y", size: "width" },
  { at: "y", along: "x", size: "height" },
];

/** `within` in world units: how near an edge or a middle has to come. */
export function snapTo(moving: Rectangle, others: readonly Rectangle[], within: number): Snap {
  const near = others.filter((other) => isNear(moving, other));
  const [x, y] = axes.map((axis) => bestOn(axis, moving, near, within));
  const by = { x: x ?? 0, y: y ?? 0 };
  const moved = { ...moving, x: moving.x + by.x, y: moving.y + by.y };
  const guides = axes.flatMap((axis, index) => ([x, y][index] == null ? [] : guidesOn(axis, moved, near)));
  return { by, guides };
}

function linesOf(rectangle: Rectangle, { at, size }: Axis): readonly number[] {
  return [rectangle[at], rectangle[at] + rectangle[size] / 2, rectangle[at] + rectangle[size]];
}

/** How far to go for the nearest alignment: edge with edge, middle with middle. */
function bestOn(axis: Axis, moving: Rectangle, near: readonly Rectangle[], within: number): number | null {
  let best: number | null = null;
  const own = linesOf(moving, axis);
  for (const other of near) {
    for (const [index, line] of linesOf(other, axis).entries()) {
      for (const [ownIndex, ownLine] of own.entries()) {
        if ((index === 1) !== (ownIndex === 1)) continue;
        const by = line - ownLine;
        if (Math.abs(by) <= within && (best === null || Math.abs(by) < Math.abs(best))) best = by;
      }
    }
  }
  return best;
}

function guidesOn(axis: Axis, moved: Rectangle, near: readonly Rectangle[]): readonly Guide[] {
  const length = axis.along === "y" ? "height" : "width";
  return linesOf(moved, axis).flatMap((line) => {
    const flush = near.filter((other) => linesOf(other, axis).some((at) => Math.abs(at - line) < same));
    if (flush.length === 0) return [];
    const ends = [moved, ...flush].flatMap((one) => [one[axis.along], one[axis.along] + one[length]]);
    const from = Math.min(...ends);
    const to = Math.max(...ends);
    return axis.at === "x"
      ? [{ from: { x: line, y: from }, to: { x: line, y: to } }]
      : [{ from: { x: from, y: line }, to: { x: to, y: line } }];
  });
}

function isNear(a: Rectangle, b: Rectangle): boolean {
  const dx = Math.max(b.x - (a.x + a.width), a.x - (b.x + b.width), 0);
  const dy = Math.max(b.y - (a.y + a.height), a.y - (b.y + b.height), 0);
  return Math.hypot(dx, dy) <= nearby;
}
