import { clamp } from "./geometry.ts";

/*
 * What somebody drew on a note with a finger or a pen: a few strokes, each a flat list of whole numbers x, y, x, y …
 * from the top-left corner of the note, in world units. Small enough that a note with a drawing is a note like others.
 */

export const maxStrokes = 400;
export const maxDrawingPoints = 3_000;
/** Nothing is drawn beyond the largest note that a template has. */
export const maxDrawingCoordinate = 2_000;

export type Stroke = readonly number[];
export type Drawing = readonly Stroke[];

/**
 * A drawing that another peer wrote, or null when it is none. By hand and not by a schema: it gives back the same
 * object every time, looks at lengths before it looks at numbers, and is read again whenever its note moves.
 */
export function readDrawing(value: unknown): Drawing | null {
  return isDrawing(value) ? value : null;
}

function isDrawing(value: unknown): value is Drawing {
  if (!Array.isArray(value) || value.length < 1 || value.length > maxStrokes) return false;
  let numbers = 0;
  for (const stroke of value) {
    if (!Array.isArray(stroke) || stroke.length < 2 || stroke.length % 2 !== 0) return false;
    numbers += stroke.length;
    if (numbers > 2 * maxDrawingPoints) return false;
  }
  // Not `every`, which passes over the holes of a sparse list.
  for (const stroke of value) for (const number of stroke) if (!isCoordinate(number)) return false;
  return true;
}

function isCoordinate(value: unknown): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= maxDrawingCoordinate;
}

/** Points closer than this show no difference; a drawing with too many is kept coarser, rather than cut off. */
const coarseness = [2, 4, 8, 16] as const;

/** Strokes as somebody drew them, any numbers, to a drawing that may be kept; null when nothing of it is left. */
export function toDrawing(strokes: readonly (readonly number[])[]): Drawing | null {
  let thinned: number[][] = [];
  for (const closest of coarseness) {
    thinned = strokes.map((stroke) => thin(stroke, closest)).filter(({ length }) => length > 0);
    if (countNumbers(thinned) <= 2 * maxDrawingPoints) break;
  }
  const kept: number[][] = [];
  let room = 2 * maxDrawingPoints;
  for (const stroke of thinned.slice(0, maxStrokes)) {
    if (room === 0) break;
    const part = stroke.slice(0, room);
    room -= part.length;
    kept.push(part);
  }
  return kept.length === 0 ? null : kept;
}

function countNumbers(strokes: readonly Stroke[]): number {
  return strokes.reduce((sum, { length }) => sum + length, 0);
}

/** First and last point always stay; a point that is no place at all is left out. */
function thin(stroke: readonly number[], closest: number): number[] {
  const points = pointsOf(stroke);
  const kept: number[] = [];
  for (const [index, { x, y }] of points.entries()) {
    const lastX = kept.at(-2);
    const lastY = kept.at(-1);
    const isLast = index === points.length - 1;
    if (lastX !== undefined && lastY !== undefined) {
      const distance = Math.hypot(x - lastX, y - lastY);
      if (distance === 0 || (distance < closest && !isLast)) continue;
    }
    kept.push(x, y);
  }
  return kept;
}

function pointsOf(stroke: readonly number[]): readonly { readonly x: number; readonly y: number }[] {
  const points: { x: number; y: number }[] = [];
  for (let index = 0; index + 1 < stroke.length; index += 2) {
    const x = stroke[index];
    const y = stroke[index + 1];
    if (x === undefined || y === undefined || Number.isNaN(x) || Number.isNaN(y)) continue;
    points.push({ x: toCoordinate(x), y: toCoordinate(y) });
  }
  return points;
}

function toCoordinate(value: number): number {
  return clamp(Math.round(value), 0, maxDrawingCoordinate);
}

/** Straight from point to point, for the `d` of a path with round ends: a dot is a line of no length. */
export function straightPath(stroke: Stroke): string {
  return stroke.length === 2 ? `M${stroke.join(" ")}h0` : `M${stroke.join(" ")}`;
}
