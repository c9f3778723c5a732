import { isRectangleInside, overlapArea, type Point, type Rectangle } from "../../shared/board/geometry.ts";
import { nextFreeSpot, placementAt, type ZoneLayout, zoneAt } from "../../shared/board/placement.ts";

const gap = 14;
const mostRings = 14;

/**
 * Top-left corners for new notes around a point of the world, all in the zone in which it lies, nearest first, on top
 * of nothing that is `taken`. What finds no room there goes where any new note of that zone would.
 */
export function freeSpotsNear(
  middle: Point,
  count: number,
  taken: readonly Point[],
  layout: ZoneLayout,
): readonly Point[] {
  const { width, height } = layout.noteSize;
  const corner = { x: Math.round(middle.x - width / 2), y: Math.round(middle.y - height / 2) };
  const zone = zoneAt(corner, layout);
  const outline = layout.zones.find(({ id }) => id === zone)?.outline ?? [];
  const isOfZone = (cell: Rectangle) =>
    zone === "unplaced" ? placementAt(cell, layout).zone === zone : isRectangleInside(cell, outline);
  const isFree = (cell: Rectangle) =>
    taken.every((other) => overlapArea(cell, { ...other, width, height }) === 0);
  const cells = cellsAround({ ...corner, width, height }).filter((cell) => isOfZone(cell) && isFree(cell));
  const spots: Point[] = cells.slice(0, count).map(({ x, y }) => ({ x, y }));
  // A single note lies where it was put, also over the edge of its zone.
  if (count === 1 && isFree({ ...corner, width, height })) return [corner];
  while (spots.length < count) {
    const { x, y } = nextFreeSpot(zone, [...taken, ...spots], layout);
    spots.push({ x, y });
  }
  return spots;
}

/** A grid of cells with `first` in its middle, nearest first. */
function cellsAround(first: Rectangle): readonly Rectangle[] {
  const { width, height } = first;
  const cells: Rectangle[] = [];
  for (let row = -mostRings; row <= mostRings; row += 1) {
    for (let column = -mostRings; column <= mostRings; column += 1) {
      const x = first.x + column * (width + gap);
      const y = first.y + row * (height + gap);
      cells.push({ x, y, width, height });
    }
  }
  const distance = (cell: Rectangle) => Math.hypot(cell.x - first.x, 1.4 * (cell.y - first.y));
  return cells.sort((a, b) => distance(a) - distance(b) || a.y - b.y || a.x - b.x);
}
