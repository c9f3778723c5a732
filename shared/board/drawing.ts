import { z } from "zod";

/*
 * What somebody drew on a note with a finger or a pen: a few strokes, each a flat list of whole numbers x, y, x, y …
 * from the top-left corner of the note, in world units. Small enough that a note with a drawing is a note like others.
 */

export const maxStrokes = 100;
export const maxDrawingPoints = 3_000;
/** Nothing is drawn beyond the largest note that a template has. */
export const maxDrawingCoordinate = 2_000;

const strokeSchema = z
  .array(z.number().int().min(0).max(maxDrawingCoordinate))
  .min(2)
  .max(2 * maxDrawingPoints)
  .refine((stroke) => stroke.length % 2 === 0);

export const drawingSchema = z
  .array(strokeSchema)
  .min(1)
  .max(maxStrokes)
  .refine((strokes) => strokes.reduce((sum, stroke) => sum + stroke.length, 0) <= 2 * maxDrawingPoints);

export type Stroke = readonly number[];
export type Drawing = readonly Stroke[];

/** Strokes as somebody drew them, any numbers, to a drawing that may be kept; null when nothing of it is left. */
export function toDrawing(strokes: readonly (readonly number[])[]): Drawing | null {
  const kept: number[][] = [];
  let points = 0;
  for (const stroke of strokes) {
    const thinned = thin(stroke);
    if (thinned.length < 2) continue;
    points += thinned.length / 2;
    if (points > maxDrawingPoints || kept.length >= maxStrokes) break;
    kept.push(thinned);
  }
  return kept.length === 0 ? null : kept;
}

/** Points closer than this show no difference. */
const closest = 2;

function thin(stroke: readonly number[]): number[] {
  const kept: number[] = [];
  for (let index = 0; index + 1 < stroke.length; index += 2) {
    const x = whole(stroke[index]);
    const y = whole(stroke[index + 1]);
    const lastX = kept.at(-2);
    const lastY = kept.at(-1);
    const isLast = index + 3 >= stroke.length;
    if (lastX !== undefined && lastY !== undefined) {
      const distance = Math.hypot(x - lastX, y - lastY);
      if (distance === 0 || (distance < closest && !isLast)) continue;
    }
    kept.push(x, y);
  }
  return kept;
}

function whole(value: number | undefined): number {
  if (value === undefined || !Number.isFinite(value)) return 0;
  return Math.min(Math.max(Math.round(value), 0), maxDrawingCoordinate);
}
