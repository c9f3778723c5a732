import { type BackdropShape, backdropOf, type Paint } from "../../shared/render/backdrop.ts";
import type { Focus } from "../../shared/template/template.ts";
import type { Camera } from "./camera.ts";

type Prepared = { readonly shape: BackdropShape; readonly path: Path2D };

/** Paints the drawing for a camera into a canvas of its own, so that moving the camera only copies a picture. */
export function createBackdropPainter(focus: Focus) {
  const { shapes, palette } = backdropOf(focus);
  const prepared: readonly Prepared[] = shapes.map((shape) => ({ shape, path: new Path2D(shape.d) }));
  const canvas = document.createElement("canvas");
  let painted: Camera | null = null;

  function paint(camera: Camera, width: number, height: number, ratio: number): void {
    canvas.width = Math.max(1, Math.round(width * ratio));
    canvas.height = Math.max(1, Math.round(height * ratio));
    const context = canvas.getContext("2d");
    if (context === null) return;
    context.setTransform(
      camera.scale * ratio,
      0,
      0,
      camera.scale * ratio,
      camera.x * ratio,
      camera.y * ratio,
    );
    context.lineCap = "round";
    context.lineJoin = "round";
    const styles = new Map<string, string | CanvasGradient>();
    for (const [name, value] of palette) styles.set(name, styleOf(context, value));
    for (const { shape, path } of prepared) {
      context.globalAlpha = shape.o ?? 1;
      const fill = shape.f === undefined ? undefined : styles.get(shape.f);
      if (fill !== undefined) {
        context.fillStyle = fill;
        context.fill(path);
      }
      const stroke = shape.s === undefined ? undefined : styles.get(shape.s);
      if (stroke !== undefined) {
        context.strokeStyle = stroke;
        context.lineWidth = shape.w ?? 1;
        context.stroke(path);
      }
    }
    painted = camera;
  }

  return { canvas, paint, paintedFor: () => painted };
}

function styleOf(context: CanvasRenderingContext2D, paint: Paint): string | CanvasGradient {
  if (typeof paint === "string") return paint;
  const [x, y] = paint.a;
  const gradient =
    paint.k === "linear"
      ? context.createLinearGradient(x, y, paint.b[0], paint.b[1])
      : context.createRadialGradient(x, y, 0, x, y, paint.r);
  for (const [offset, colour] of paint.c) gradient.addColorStop(offset, colour);
  return gradient;
}
