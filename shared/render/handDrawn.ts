import type { Size } from "../board/geometry.ts";

/* Lines that no ruler drew, for whatever takes the steps of a path: a canvas, or the text of one. */

/** A `Path2D` is one. */
export type HandPen = {
  readonly moveTo: (x: number, y: number) => void;
  readonly lineTo: (x: number, y: number) => void;
  readonly quadraticCurveTo: (throughX: number, throughY: number, x: number, y: number) => void;
  readonly closePath: () => void;
};

/** Through the middles between points, bent at the points: a hand makes no corners. */
export function traceStroke(pen: HandPen, stroke: readonly number[]): void {
  const point = (index: number) => ({ x: stroke[2 * index] ?? 0, y: stroke[2 * index + 1] ?? 0 });
  const count = stroke.length / 2;
  const first = point(0);
  pen.moveTo(first.x, first.y);
  // A dot: a line without length draws its round ends.
  if (count === 1) pen.lineTo(first.x, first.y + 0.01);
  for (let index = 1; index < count - 1; index += 1) {
    const here = point(index);
    const next = point(index + 1);
    pen.quadraticCurveTo(here.x, here.y, (here.x + next.x) / 2, (here.y + next.y) / 2);
  }
  if (count > 1) pen.lineTo(point(count - 1).x, point(count - 1).y);
}

/** A sheet whose edges are not quite straight. */
export function traceSheet(pen: HandPen, { width, height }: Size): void {
  pen.moveTo(7, 1);
  pen.quadraticCurveTo(width / 2, -2, width - 6, 2);
  pen.quadraticCurveTo(width, 2, width - 1, 9);
  pen.quadraticCurveTo(width + 2, height / 2, width, height - 9);
  pen.quadraticCurveTo(width - 1, height, width - 9, height - 1);
  pen.quadraticCurveTo(width / 2, height + 2, 8, height);
  pen.quadraticCurveTo(0, height, 1, height - 8);
  pen.quadraticCurveTo(-2, height / 2, 0, 8);
  pen.quadraticCurveTo(0, 1, 7, 1);
  pen.closePath();
}
