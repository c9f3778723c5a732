import type { Rectangle } from "../board/geometry.ts";

/** Larger by so much on every side. */
export function outset({ x, y, width, height }: Rectangle, by: number): Rectangle {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}
