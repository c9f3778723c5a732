import {
  centreOf,
  isRectangleInside,
  overlapArea,
  type Point,
  type Rectangle,
  type Size,
} from "./geometry.ts";
import type { Placement, ZoneLayout } from "./placement.ts";

/*
 * Where notes of a theme lie: close around one of them, and what is drawn around them. The outline follows from the
 * places of the notes alone, so that every screen and every picture draws the same one.
 */

const gap = 14;
const mostRings = 12;
/** World units between the notes and the outline, and what the title takes above them. */
const margin = 26;
const titleHeight = 74;

/**
 * Places for `count` notes around one that lies still, in its zone: nearest first, beside what is `taken`. When
 * there is no room for one it comes to lie half over the note around which they gather.
 */
export function gatherSpots(
  around: Placement,
  count: number,
  taken: readonly Point[],
  layout: ZoneLayout,
): readonly Placement[] {
  const { width, height } = layout.noteSize;
  const outline = layout.zones.find(({ id }) => id === around.zone)?.outline ?? [];
  const cells: Rectangle[] = [];
  for (let row = -mostRings; row <= mostRings; row += 1) {
    for (let column = -mostRings; column <= mostRings; column += 1) {
      if (row === 0 && column === 0) continue;
      const x = around.x + column * (width + gap);
      const y = around.y + row * (height + gap);
      cells.push({ x, y, width, height });
    }
  }
  const distance = (cell: Rectangle) => Math.hypot(cell.x - around.x, 1.4 * (cell.y - around.y));
  const isFree = (cell: Rectangle) =>
    taken.every((corner) => overlapArea(cell, { ...corner, width, height }) === 0);
  const mayLieThere = (cell: Rectangle) => around.zone === "unplaced" || isRectangleInside(cell, outline);
  const free = cells
    .filter((cell) => mayLieThere(cell) && isFree(cell))
    .sort((a, b) => distance(a) - distance(b) || a.y - b.y || a.x - b.x);
  return Array.from({ length: count }, (_, index) => {
    const cell = free[index] ?? { x: around.x + 24 * (index + 1), y: around.y + 24 * (index + 1) };
    return { zone: around.zone, x: cell.x, y: cell.y };
  });
}

/** What a theme takes on the board: its notes, room around them and its title above; null without notes. */
export function themeBounds(notes: readonly Point[], size: Size): Rectangle | null {
  if (notes.length === 0) return null;
  const left = Math.min(...notes.map(({ x }) => x)) - margin;
  const top = Math.min(...notes.map(({ y }) => y)) - margin - titleHeight;
  const right = Math.max(...notes.map(({ x }) => x)) + size.width + margin;
  const bottom = Math.max(...notes.map(({ y }) => y)) + size.height + margin;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Where the title of a theme is written, inside its bounds. */
export function themeTitleBox(bounds: Rectangle): Rectangle {
  return {
    x: bounds.x + margin,
    y: bounds.y + 12,
    width: bounds.width - 2 * margin,
    height: titleHeight - 12,
  };
}

/** Whether a note that is let go there still belongs to the others of its theme. */
export function isNearTheme(topLeft: Point, others: readonly Point[], size: Size): boolean {
  const bounds = themeBounds(others, size);
  if (bounds === null) return true;
  const centre = centreOf({ ...topLeft, ...size });
  const reach = { x: size.width, y: size.height };
  return (
    centre.x > bounds.x - reach.x &&
    centre.x < bounds.x + bounds.width + reach.x &&
    centre.y > bounds.y - reach.y &&
    centre.y < bounds.y + bounds.height + reach.y
  );
}

/** A note whose middle is covered by the one let go there, topmost last in `notes`; what makes a theme of two. */
export function noteUnder<Note extends { readonly placement: Point }>(
  topLeft: Point,
  notes: readonly Note[],
  size: Size,
): Note | null {
  const dropped = { ...topLeft, ...size };
  const most = size.width * size.height;
  const covered = notes.filter(
    ({ placement }) => overlapArea(dropped, { x: placement.x, y: placement.y, ...size }) > most * 0.45,
  );
  return covered.at(-1) ?? null;
}
