/** World units throughout: a board is 3200 × 2000 of them, y grows downwards. */
export type Point = { readonly x: number; readonly y: number };
export type Size = { readonly width: number; readonly height: number };
export type Rectangle = Point & Size;
/** A closed outline; the last point joins the first. */
export type Polygon = readonly Point[];

export function centreOf(rectangle: Rectangle): Point {
  return { x: rectangle.x + rectangle.width / 2, y: rectangle.y + rectangle.height / 2 };
}

/** What two rectangles share; null for nothing, and touching edges share nothing. */
export function overlapOf(a: Rectangle, b: Rectangle): Rectangle | null {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  const height = Math.min(a.y + a.height, b.y + b.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

/** Area shared by two rectangles, in square units. */
export function overlapArea(a: Rectangle, b: Rectangle): number {
  const shared = overlapOf(a, b);
  return shared === null ? 0 : shared.width * shared.height;
}

/** Even-odd rule; a point exactly on an edge may fall on either side. */
export function isInsidePolygon(point: Point, polygon: Polygon): boolean {
  let inside = false;
  let previous = polygon.at(-1);
  for (const current of polygon) {
    if (previous === undefined) break;
    const crosses = current.y > point.y !== previous.y > point.y;
    if (crosses) {
      const x = ((previous.x - current.x) * (point.y - current.y)) / (previous.y - current.y) + current.x;
      if (point.x < x) inside = !inside;
    }
    previous = current;
  }
  return inside;
}

/** True when the corners and the middles of the sides lie inside: exact enough for the gentle outlines of a template. */
export function isRectangleInside(rectangle: Rectangle, polygon: Polygon): boolean {
  const { x, y, width, height } = rectangle;
  for (const dx of [0, width / 2, width]) {
    for (const dy of [0, height / 2, height]) {
      if (!isInsidePolygon({ x: x + dx, y: y + dy }, polygon)) return false;
    }
  }
  return true;
}

/** The smallest rectangle around an outline. */
export function boundsOf(polygon: Polygon): Rectangle {
  const xs = polygon.map((point) => point.x);
  const ys = polygon.map((point) => point.y);
  const x = Math.min(...xs);
  const y = Math.min(...ys);
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

export function clamp(value: number, lowest: number, highest: number): number {
  return Math.min(Math.max(value, lowest), highest);
}
