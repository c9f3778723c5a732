import {
  centreOf,
  isRectangleInside,
  overlapArea,
  type Point,
  type Rectangle,
  type Size,
} from "./geometry.ts";
import { areLaidOver, type Placement, type ZoneId, type ZoneLayout, zoneAt } from "./placement.ts";

/*
 * Where notes of a theme lie: close around one of them, and what is drawn around them. The outline follows from the
 * places of the notes alone, so that every screen and every picture draws the same one.
 */

const gap = 14;
const mostRings = 12;
/** World units between the notes and the outline, and what the title takes above them. */
const margin = 26;
const titleHeight = 74;
/** Where there is no room notes lie on the first one, a little aside, so that the edges of a few show. */
const pileStep = 24;
const pileHeight = 5;

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
  const { noteSize } = layout;
  const mayLieAt = createFence(around.zone, layout);
  const spots: Placement[] = [];
  for (const cell of cellsAround(around, noteSize)) {
    if (spots.length === count) break;
    if (!mayLieAt(cell) || taken.some((corner) => areLaidOver(cell, corner, noteSize))) continue;
    spots.push({ zone: around.zone, ...cell });
  }
  for (let height = 1; spots.length < count; height += 1) {
    const aside = pileStep * (1 + ((height - 1) % pileHeight));
    const corners = [
      { x: around.x + aside, y: around.y + aside },
      { x: around.x - aside, y: around.y + aside },
      { x: around.x + aside, y: around.y - aside },
      { x: around.x - aside, y: around.y - aside },
    ];
    const { x, y } = corners.find(mayLieAt) ?? around;
    spots.push({ zone: around.zone, x, y });
  }
  return spots;
}

/** Nearest first; a step up or down counts for more, so that a theme grows sideways. */
function cellsAround(around: Point, { width, height }: Size): readonly Point[] {
  const cells: Point[] = [];
  for (let row = -mostRings; row <= mostRings; row += 1) {
    for (let column = -mostRings; column <= mostRings; column += 1) {
      if (row === 0 && column === 0) continue;
      cells.push({ x: around.x + column * (width + gap), y: around.y + row * (height + gap) });
    }
  }
  const distance = (cell: Point) => Math.hypot(cell.x - around.x, 1.4 * (cell.y - around.y));
  return cells.sort((a, b) => distance(a) - distance(b) || a.y - b.y || a.x - b.x);
}

/** Whole inside the outline of a zone; beside the tree: inside the world, and in no other zone. */
function createFence(zone: ZoneId, layout: ZoneLayout): (corner: Point) => boolean {
  const { world, noteSize, zones } = layout;
  if (zone === "unplaced") {
    const outline = [
      { x: 0, y: 0 },
      { x: world.width, y: 0 },
      { x: world.width, y: world.height },
      { x: 0, y: world.height },
    ];
    return (corner) =>
      isRectangleInside({ ...corner, ...noteSize }, outline) && zoneAt(corner, layout) === "unplaced";
  }
  const outline = zones.find(({ id }) => id === zone)?.outline ?? [];
  return (corner) => isRectangleInside({ ...corner, ...noteSize }, outline);
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
