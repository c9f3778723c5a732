/** A place in world units, y downwards. */
export type Point = readonly [number, number];

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
    // The first m is written absolutely by being relative to 0,0.
    const isNew = letter !== lastLetter || letter === "m";
    let [nextX, nextY] = [x, y];
    let text = isNew ? letter : "";
    let isFirst = isNew;
    for (const point of points) {
      nextX = snap(point[0]);
      nextY = snap(point[1]);
      const [dx, dy] = [nextX - x, nextY - y];
      text += `${dx < 0 || isFirst ? "" : " "}${dx}${dy < 0 ? "" : " "}${dy}`;
      isFirst = false;
    }
    out += text;
    lastLetter = letter;
    [x, y] = [nextX, nextY];
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

/** Around all points and control points of path data, so never smaller than what is drawn; `null` for an empty path. */
export function boundsOfPath(d: string): Bounds | null {
  const bounds = {
    left: Number.POSITIVE_INFINITY,
    top: Number.POSITIVE_INFINITY,
    right: -Infinity,
    bottom: -Infinity,
  };
  let [x, y, startX, startY] = [0, 0, 0, 0];
  for (const [, letter = "", rest = ""] of d.matchAll(/([MmlqcazZ])([^MmlqcazZ]*)/g)) {
    const numbers = (rest.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number);
    if (letter === "z") [x, y] = [startX, startY];
    if (letter === "M") [x, y] = [0, 0];
    // An arc's own numbers are its radii, of which the second half of its five flags is of no interest here.
    const stride = letter === "a" ? 7 : (pointsPer[letter] ?? 1) * 2;
    for (let i = 0; i + stride <= numbers.length; i += stride) {
      const points = letter === "a" ? arcPoints(numbers.slice(i, i + 7)) : numbers.slice(i, i + stride);
      for (let k = 0; k + 1 < points.length; k += 2) {
        const [px, py] = [x + at(points, k), y + at(points, k + 1)];
        bounds.left = Math.min(bounds.left, px);
        bounds.right = Math.max(bounds.right, px);
        bounds.top = Math.min(bounds.top, py);
        bounds.bottom = Math.max(bounds.bottom, py);
      }
      [x, y] = [x + at(points, -2), y + at(points, -1)];
      if (letter === "M" || letter === "m") [startX, startY] = [x, y];
    }
  }
  return bounds.left > bounds.right ? null : bounds;
}

export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const pointsPer: Readonly<Record<string, number>> = { M: 1, m: 1, l: 1, q: 2, c: 3 };

/** Half an ellipse reaches as far as its radius to either side of the line between its ends. */
function arcPoints(numbers: readonly number[]): readonly number[] {
  const [rx, ry, dx, dy] = [at(numbers, 0), at(numbers, 1), at(numbers, 5), at(numbers, 6)];
  return [-rx, -ry, rx, ry, dx - rx, dy - ry, dx + rx, dy + ry, dx, dy];
}

/** The item at an index that must exist; negative counts from the end. */
export function at<T>(list: readonly T[], index: number): T {
  const item = list.at(index);
  if (item === undefined) throw new RangeError(`no item ${index} in a list of ${list.length}`);
  return item;
}
