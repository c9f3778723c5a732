import type { Point } from "../../shared/board/geometry.ts";

/*
 * What is drawn on a sheet, as a pure machine: one pointer draws at a time. A hand that leans on the sheet is too
 * large for a finger; and once a pen has drawn here fingers draw no more.
 */

export type PenDown = {
  readonly pointer: number;
  readonly kind: "mouse" | "pen" | "touch";
  /** The longer side of what touches, CSS pixels. */
  readonly size: number;
  readonly at: Point;
};

export type Drawn = {
  /** Flat lists x, y, x, y … as drawings have them. */
  readonly strokes: readonly (readonly number[])[];
  readonly drawing: number | null;
  readonly hasPen: boolean;
};

export const nothingDrawn: Drawn = { strokes: [], drawing: null, hasPen: false };
const palmPx = 60;

export function startStroke(drawn: Drawn, { pointer, kind, size, at }: PenDown): Drawn {
  const hasPen = drawn.hasPen || kind === "pen";
  const isHand = kind === "touch" && (size > palmPx || drawn.hasPen);
  if (isHand) return drawn;
  // The hand came down before its pen: what it drew goes.
  const isPenLater = drawn.drawing !== null && kind === "pen" && !drawn.hasPen;
  if (drawn.drawing !== null && !isPenLater) return drawn;
  const strokes = isPenLater ? drawn.strokes.slice(0, -1) : drawn.strokes;
  return { strokes: [...strokes, [at.x, at.y]], drawing: pointer, hasPen };
}

export function drawOn(drawn: Drawn, pointer: number, points: readonly Point[]): Drawn {
  const last = drawn.strokes.at(-1);
  if (drawn.drawing !== pointer || last === undefined) return drawn;
  const longer = [...last, ...points.flatMap(({ x, y }) => [x, y])];
  return { ...drawn, strokes: [...drawn.strokes.slice(0, -1), longer] };
}

export function endStroke(drawn: Drawn, pointer: number): Drawn {
  return drawn.drawing === pointer ? { ...drawn, drawing: null } : drawn;
}

/** The browser took the pointer away: a second finger, or a gesture of the system. */
export function loseStroke(drawn: Drawn, pointer: number): Drawn {
  return drawn.drawing === pointer ? { ...drawn, drawing: null, strokes: drawn.strokes.slice(0, -1) } : drawn;
}

export function undoStroke(drawn: Drawn): Drawn {
  return { ...drawn, drawing: null, strokes: drawn.strokes.slice(0, -1) };
}
