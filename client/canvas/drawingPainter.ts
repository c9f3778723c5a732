import type { Drawing } from "../../shared/board/drawing.ts";
import type { Size } from "../../shared/board/geometry.ts";
import { traceStroke } from "../../shared/render/handDrawn.ts";

type Traced = { readonly path: Path2D; readonly isWithin: (size: Size) => boolean };

export type DrawingPainter = (
  context: CanvasRenderingContext2D,
  drawing: Drawing,
  look: { readonly size: Size; readonly ink: string; readonly scale: number },
) => void;

const strokeWidth = 7;

/** Draws what somebody drew on a note, in ink; the note's corner is the origin. `scale` in CSS pixels per world unit. */
export function createDrawingPainter(): DrawingPainter {
  const traced = new WeakMap<Drawing, Traced>();

  function tracedOf(drawing: Drawing): Traced {
    const known = traced.get(drawing);
    if (known !== undefined) return known;
    const made = trace(drawing);
    traced.set(drawing, made);
    return made;
  }

  return (context, drawing, { size, ink, scale }) => {
    const { path, isWithin } = tracedOf(drawing);
    const isClipped = !isWithin(size);
    if (isClipped) {
      context.save();
      context.beginPath();
      context.rect(0, 0, size.width, size.height);
      context.clip();
    }
    context.strokeStyle = ink;
    context.lineWidth = Math.max(strokeWidth, 1 / scale);
    context.lineCap = "round";
    context.lineJoin = "round";
    context.stroke(path);
    if (isClipped) context.restore();
  };
}

function trace(drawing: Drawing): Traced {
  const path = new Path2D();
  let right = 0;
  let bottom = 0;
  for (const stroke of drawing) {
    traceStroke(path, stroke);
    for (let index = 0; index + 1 < stroke.length; index += 2) {
      right = Math.max(right, stroke[index] ?? 0);
      bottom = Math.max(bottom, stroke[index + 1] ?? 0);
    }
  }
  return { path, isWithin: (size) => right <= size.width && bottom <= size.height };
}
