import {
  boundsOf,
  centreOf,
  overlapArea,
  type Point,
  type Rectangle,
  type Size,
} from "../../shared/board/geometry.ts";
import type { Note } from "../../shared/board/note.ts";
import type { ZoneId } from "../../shared/board/placement.ts";
import { createNoteLayouts, type NoteLayouts } from "../../shared/render/noteLayout.ts";
import { type Template, zoneOf } from "../../shared/template/template.ts";

/* Where to look on a board, so that the back row of a room can read what it looks at. */

/** What is read from the back row of a room with a projector of this size; larger screens show the same, larger. */
const readable = { letter: 18, screen: { width: 1024, height: 768 } } as const;
const margin = 44;
/** A lonely note does not fill a wall. */
const leastView: Size = { width: 1_500, height: 900 };

/** The scale below which the back row cannot read letters of so many world units, for a screen of so many CSS pixels. */
export function readableScale(screen: Size, letter: number): number {
  const larger = Math.min(screen.width / readable.screen.width, screen.height / readable.screen.height);
  return (readable.letter * Math.max(larger, 0.6)) / letter;
}

export type ZoneViewsOptions = {
  readonly notes: readonly Note[];
  readonly zone: ZoneId;
  readonly template: Template;
  readonly layouts: NoteLayouts;
  readonly screen: Size;
  readonly free: Size;
};

/** Where to look to read all notes of a zone from the back row, in reading order; at least one place. */
export function zoneViews(options: ZoneViewsOptions): readonly Rectangle[] {
  const { notes, zone, template, layouts, screen, free } = options;
  if (notes.length === 0) return [boundsOf(zoneOf(template, zone).outline)];
  const letter = notes.reduce(
    (smallest, { text }) => Math.min(smallest, layouts.layoutOf(text).fontSize),
    Number.POSITIVE_INFINITY,
  );
  const scale = readableScale(screen, letter);
  const most: Size = { width: free.width / scale, height: free.height / scale };
  const boxes = noteBoxes(notes, template, layouts);
  return splitUntilReadable(boxes, most).map((part) =>
    atLeast(grown(boundsOfAll(part), margin, margin), leastView, most),
  );
}

/** Where notes lie, as high as their words make them. */
export function noteBoxes(
  notes: Iterable<Note>,
  template: Template,
  { layoutOf }: NoteLayouts,
): readonly Rectangle[] {
  return [...notes].map(({ placement: { x, y }, text }) => ({
    x,
    y,
    width: template.noteSize.width,
    height: layoutOf(text).noteHeight,
  }));
}

/** Letters of the typeface are 0.57 of their size wide on average: for a view with a margin as good as measured. */
export function createRoughLayouts(template: Template): NoteLayouts {
  return createNoteLayouts(
    template.noteSize,
    (text) => text.length * 57,
    (word) => [word],
  );
}

/** Halves the notes across their longer side until each part is small enough; a single note always is. */
function splitUntilReadable(boxes: readonly Rectangle[], most: Size): readonly (readonly Rectangle[])[] {
  const bounds = grown(boundsOfAll(boxes), margin, margin);
  const tooWide = bounds.width / most.width;
  const tooHigh = bounds.height / most.height;
  if (boxes.length === 1 || Math.max(tooWide, tooHigh) <= 1.001) return [boxes];
  const along = (box: Rectangle) => (tooWide >= tooHigh ? centreOf(box).x : centreOf(box).y);
  const sorted = [...boxes].sort((a, b) => along(a) - along(b));
  const middle = tooWide >= tooHigh ? centreOf(bounds).x : centreOf(bounds).y;
  const before = sorted.filter((box) => along(box) < middle).length;
  // Notes that all lie on one spot still have to come apart somewhere.
  const at = Math.min(Math.max(before, 1), sorted.length - 1);
  return [...splitUntilReadable(sorted.slice(0, at), most), ...splitUntilReadable(sorted.slice(at), most)];
}

function boundsOfAll(boxes: readonly Rectangle[]): Rectangle {
  return boundsOf(
    boxes.flatMap(({ x, y, width, height }) => [
      { x, y },
      { x: x + width, y: y + height },
    ]),
  );
}

/** Larger by so much on each side. */
export function grown({ x, y, width, height }: Rectangle, byX: number, byY: number): Rectangle {
  return { x: x - byX, y: y - byY, width: width + 2 * byX, height: height + 2 * byY };
}

/** Around the same middle, not smaller than `least` as far as `most` has room for it. */
function atLeast(view: Rectangle, least: Size, most: Size): Rectangle {
  const byX = (Math.min(least.width, most.width) - view.width) / 2;
  const byY = (Math.min(least.height, most.height) - view.height) / 2;
  return grown(view, Math.max(0, byX), Math.max(0, byY));
}

export type Covered = {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
};

const edge = 12;
const uncovered = (top: number): Covered => ({ top, right: edge, bottom: edge, left: edge });

export type FreePlaceOptions = {
  readonly view: Rectangle;
  /** What must not lie under the card in the corner, world units. */
  readonly boxes: readonly Rectangle[];
  readonly screen: Size;
  readonly top: number;
  /** The card in the lower corner at the end of a line; 0 by 0 when it is away. */
  readonly corner: Size;
};

/** How much of each side to leave free, so that the view is as large as can be and the card hides no note. */
export function freePlace({ view, boxes, screen, top, corner }: FreePlaceOptions): Covered {
  const none = uncovered(top);
  if (corner.width === 0 || !cardHidesNote({ view, boxes, screen, top, corner })) return none;
  const beside: Covered = { ...none, right: corner.width + edge };
  const above: Covered = { ...none, bottom: corner.height + edge };
  return placed(view, screen, beside).scale >= placed(view, screen, above).scale ? beside : above;
}

/** Whether a note lies under the card when the view has the whole screen. */
export function cardHidesNote(options: FreePlaceOptions): boolean {
  const { view, boxes, screen, corner } = options;
  const covered = uncovered(options.top);
  const { scale, offset } = placed(view, screen, covered);
  const card = { x: screen.width - corner.width, y: screen.height - corner.height, ...corner };
  return boxes.some(
    ({ x, y, width, height }) =>
      overlapArea(card, {
        x: x * scale + offset.x,
        y: y * scale + offset.y,
        width: width * scale,
        height: height * scale,
      }) > 0,
  );
}

function placed(
  view: Rectangle,
  screen: Size,
  covered: Covered,
): { readonly scale: number; readonly offset: Point } {
  const width = screen.width - covered.left - covered.right;
  const height = screen.height - covered.top - covered.bottom;
  const scale = Math.min(width / view.width, height / view.height);
  return {
    scale,
    offset: {
      x: covered.left + (width - view.width * scale) / 2 - view.x * scale,
      y: covered.top + (height - view.height * scale) / 2 - view.y * scale,
    },
  };
}
