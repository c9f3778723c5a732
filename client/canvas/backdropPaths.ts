import type { BackdropShape, Paint } from "../../shared/render/backdrop.ts";
import { type Bounds, boundsOfPath } from "../../shared/render/backdropPen.ts";

/** A shape ready to be painted, and how far it reaches; world units. */
export type Prepared = { readonly shape: BackdropShape; readonly path: Path2D; readonly bounds: Bounds };
export type Styles = ReadonlyMap<string, string | CanvasGradient>;

/** Every shape is prepared once; those that are drawn no more are forgotten with it. */
export function createPreparing(): (shapes: readonly BackdropShape[]) => readonly Prepared[] {
  const known = new WeakMap<BackdropShape, Prepared | null>();
  function prepare(shape: BackdropShape): Prepared | null {
    const before = known.get(shape);
    if (before !== undefined) return before;
    const bounds = boundsOfPath(shape.d);
    const reach = (shape.s === undefined ? 0 : (shape.w ?? 1) / 2) + 1;
    const prepared =
      bounds === null
        ? null
        : {
            shape,
            path: new Path2D(shape.d),
            bounds: {
              left: bounds.left - reach,
              top: bounds.top - reach,
              right: bounds.right + reach,
              bottom: bounds.bottom + reach,
            },
          };
    known.set(shape, prepared);
    return prepared;
  }
  return (shapes) => shapes.flatMap((shape) => prepare(shape) ?? []);
}

function isMeeting(a: Bounds, b: Bounds): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

export function sharedBounds(a: Bounds, b: Bounds): Bounds | null {
  const shared = {
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  };
  return shared.left < shared.right && shared.top < shared.bottom ? shared : null;
}

function around(a: Bounds, b: Bounds): Bounds {
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  };
}

/** The same place in as few rectangles that have nothing in common: nothing is painted twice. */
export function mergedBounds(all: readonly Bounds[]): readonly Bounds[] {
  const merged: Bounds[] = [];
  for (const bounds of all) {
    let grown = bounds;
    // A rectangle that grew may meet others: until it meets none.
    for (let i = merged.findIndex((other) => isMeeting(other, grown)); i >= 0; ) {
      const [other] = merged.splice(i, 1);
      if (other !== undefined) grown = around(grown, other);
      i = merged.findIndex((next) => isMeeting(next, grown));
    }
    merged.push(grown);
  }
  return merged;
}

/** Paints those shapes that reach into `within`; the context is set to world units. */
export function paintShapes(
  context: CanvasRenderingContext2D,
  shapes: readonly Prepared[],
  styles: Styles,
  within: Bounds,
): void {
  context.lineCap = "round";
  context.lineJoin = "round";
  for (const { shape, path, bounds } of shapes) {
    if (!isMeeting(bounds, within)) continue;
    context.globalAlpha = shape.o ?? 1;
    if (shape.f !== undefined) {
      context.fillStyle = styles.get(shape.f) ?? shape.f;
      context.fill(path);
    }
    if (shape.s !== undefined) {
      context.strokeStyle = styles.get(shape.s) ?? shape.s;
      context.lineWidth = shape.w ?? 1;
      context.stroke(path);
    }
  }
  context.globalAlpha = 1;
}

export function stylesOf(context: CanvasRenderingContext2D, palette: ReadonlyMap<string, Paint>): Styles {
  return new Map([...palette].map(([name, paint]) => [name, styleOf(context, paint)] as const));
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
