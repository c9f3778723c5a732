import type { Point } from "./backdrop.ts";
import { at } from "./random.ts";

/** Writes path data as relative whole numbers; positions are rounded absolutely, so errors never add up. */
export interface Pen {
  readonly move: (to: Point) => Pen;
  readonly line: (to: Point) => Pen;
  readonly quad: (control: Point, to: Point) => Pen;
  readonly cubic: (first: Point, second: Point, to: Point) => Pen;
  /** The larger of the two arcs with these radii, clockwise. */
  readonly arc: (rx: number, ry: number, to: Point) => Pen;
  readonly close: () => Pen;
  readonly path: () => string;
}

/** A pen whose points lie on a grid of `grid` units: large soft shapes need no finer, and the data gets smaller. */
export function createPen(grid = 1): Pen {
  let out = "";
  let lastLetter = "";
  let x = 0;
  let y = 0;
  let startX = 0;
  let startY = 0;
  const snap = (value: number): number => Math.round(value / grid) * grid;
  const write = (letter: string, points: readonly Point[]): void => {
    const numbers = points.flatMap(([px, py]) => [snap(px) - x, snap(py) - y]);
    // The first m is written absolutely by being relative to 0,0.
    const text = numbers
      .map((n, i) => (n < 0 || (i === 0 && letter !== lastLetter) ? `${n}` : ` ${n}`))
      .join("");
    out +=
      letter === lastLetter && letter !== "m" ? text : letter + (text.startsWith(" ") ? text.slice(1) : text);
    lastLetter = letter;
    [x, y] = [x + at(numbers, -2), y + at(numbers, -1)];
  };
  const pen: Pen = {
    move: (to) => {
      lastLetter = "";
      write("m", [to]);
      [startX, startY] = [x, y];
      return pen;
    },
    line: (to) => {
      if (snap(to[0]) !== x || snap(to[1]) !== y) write("l", [to]);
      return pen;
    },
    quad: (control, to) => {
      write("q", [control, to]);
      return pen;
    },
    cubic: (first, second, to) => {
      write("c", [first, second, to]);
      return pen;
    },
    arc: (rx, ry, to) => {
      const [dx, dy] = [snap(to[0]) - x, snap(to[1]) - y];
      out += `a${rx} ${ry} 0 1 1${dx < 0 ? "" : " "}${dx}${dy < 0 ? "" : " "}${dy}`;
      lastLetter = "a";
      [x, y] = [x + dx, y + dy];
      return pen;
    },
    close: () => {
      out += "z";
      lastLetter = "z";
      [x, y] = [startX, startY];
      return pen;
    },
    path: () => out.replace(/^m/, "M"),
  };
  return pen;
}

const middle = (a: Point, b: Point): Point => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];

/** A closed soft curve that is pulled towards each point. */
export function softClosed(pen: Pen, points: readonly Point[]): Pen {
  pen.move(middle(at(points, -1), at(points, 0)));
  points.forEach((point, i) => {
    pen.quad(point, middle(point, at(points, (i + 1) % points.length)));
  });
  return pen.close();
}

/** An open soft curve from the first to the last point. */
export function softOpen(pen: Pen, points: readonly Point[]): Pen {
  pen.move(at(points, 0));
  if (points.length === 2) return pen.line(at(points, 1));
  for (let i = 1; i < points.length - 1; i += 1) {
    const isLast = i === points.length - 2;
    pen.quad(at(points, i), isLast ? at(points, i + 1) : middle(at(points, i), at(points, i + 1)));
  }
  return pen;
}

/** A closed polygon with straight sides. */
export function straightClosed(pen: Pen, points: readonly Point[]): Pen {
  pen.move(at(points, 0));
  for (const point of points.slice(1)) pen.line(point);
  return pen.close();
}

/** An ellipse with whole radii, as two arcs. */
export function ellipse(pen: Pen, [x, y]: Point, rx: number, ry: number): Pen {
  const [wide, high] = [Math.max(1, Math.round(rx)), Math.max(1, Math.round(ry))];
  const left = Math.round(x - wide);
  return pen
    .move([left, y])
    .arc(wide, high, [left + wide * 2, y])
    .arc(wide, high, [left, y])
    .close();
}
