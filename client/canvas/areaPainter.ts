import type { Point, Rectangle, Size } from "../../shared/board/geometry.ts";
import type { Note } from "../../shared/board/note.ts";
import { outset } from "../../shared/render/outset.ts";
import { surelyUnder } from "../../shared/render/signPlaces.ts";
import type { LookColours } from "./boardLook.ts";
import type { CanvasPlane } from "./camera.ts";
import { withoutHidden } from "./hiddenNotes.ts";
import { isTouching, type PlacedNote } from "./noteIndex.ts";
import type { Painted } from "./notePainter.ts";
import { type Plate, planeOf, worldOf } from "./overscan.ts";
import { backgroundCosts, costOfNote } from "./pace.ts";
import { type DrawnTheme, paintThemeOutline, paintThemeTitle } from "./themePainter.ts";

/** What the resting board consists of; `area` in world units throughout. */
export type BoardContent = {
  readonly notesIn: (area: Rectangle) => readonly PlacedNote[];
  readonly themes: () => readonly DrawnTheme[];
  readonly colours: () => LookColours;
  /** `pixels` of the plate; the context draws in pixels. */
  readonly paintBackground: (
    context: CanvasRenderingContext2D,
    plate: Plate,
    pixels: Rectangle,
  ) => "copied" | "scaled";
  readonly paintZoneWords: (context: CanvasRenderingContext2D, area: Rectangle) => void;
  readonly paintNote: (
    context: CanvasRenderingContext2D,
    plane: CanvasPlane,
    note: Note,
    at: Point,
    time: { readonly hasTime: boolean },
  ) => Painted;
  readonly paintSigns: (
    context: CanvasRenderingContext2D,
    plane: CanvasPlane,
    note: Note,
    at: Point,
    isSeen: (place: Point) => boolean,
  ) => void;
  /** A note turned out to be higher or lower than was thought. */
  readonly learnHeight: (note: PlacedNote) => void;
};

export type AreaPainting = {
  readonly plate: Plate;
  readonly context: CanvasRenderingContext2D;
  /** Pixels of the plate, whole numbers. */
  readonly pixels: Rectangle;
  readonly time: { readonly hasTime: boolean };
  /** Words were left out. */
  readonly onWordless: () => void;
};

/**
 * What notes draw beyond their edges, world units: shadow, tilt and voice; with a ring; with the shadow of one that is
 * lifted; with marks that grow when seen from afar.
 */
export const fringe = { plain: 22, ringed: 34, lifted: 56, marked: 100 } as const;

export function hasLargeMarks({ note }: PlacedNote): boolean {
  return note.highlight !== null || note.votes > 0;
}

/** All that a note draws. */
export function inkOf(placed: PlacedNote): Rectangle {
  return outset(placed.bounds, hasLargeMarks(placed) ? fringe.marked : fringe.ringed);
}

/**
 * Paints one area of the plate anew, in steps; each yields what it cost. Between steps the context belongs to this
 * painting.
 */
export function* paintArea(content: BoardContent, painting: AreaPainting): Generator<number, void> {
  const { plate, context, pixels, time, onWordless } = painting;
  const plane = planeOf(plate);
  const area = worldIn(plate, pixels);
  const wide = outset(area, fringe.marked);
  const colours = content.colours();
  const enterWorld = () => context.setTransform(plane.scale, 0, 0, plane.scale, plane.x, plane.y);
  context.save();
  try {
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.beginPath();
    context.rect(pixels.x, pixels.y, pixels.width, pixels.height);
    context.clip();
    for (const band of bandsOf(pixels)) {
      const how = content.paintBackground(context, plate, band);
      yield costOfBand(band, how);
    }
    const themes = content.themes().filter(({ bounds }) => isTouching(bounds, area));
    enterWorld();
    for (const theme of themes) paintThemeOutline(context, theme, colours);
    content.paintZoneWords(context, area);
    const notes = withoutHidden(content.notesIn(wide), wide, hasLargeMarks);
    yield 0.5;
    for (const placed of notes) {
      const painted = content.paintNote(context, plane, placed.note, placed.bounds, time);
      if (painted === "wordless") onWordless();
      else content.learnHeight(placed);
      const { width, height } = placed.bounds;
      yield costOfNote(width * height * plane.scale ** 2, painted === "wordless");
    }
    yield* paintSignsAbove(content, context, plane, notes);
    enterWorld();
    for (const theme of themes) paintThemeTitle(context, theme, colours);
  } finally {
    // Also when the painting is given up half-way.
    context.restore();
  }
}

/** The signs of all notes lie above all paper, as in pictures, save where a note lies under another. */
function* paintSignsAbove(
  content: BoardContent,
  context: CanvasRenderingContext2D,
  plane: CanvasPlane,
  notes: readonly PlacedNote[],
): Generator<number, void> {
  for (const [index, placed] of notes.entries()) {
    if (!hasLargeMarks(placed)) continue;
    const { note, bounds } = placed;
    content.paintSigns(context, plane, note, bounds, (corner) => {
      const [x, y] = [bounds.x + corner.x, bounds.y + corner.y];
      for (let above = index + 1; above < notes.length; above += 1) {
        if (isWellWithin(notes[above]?.bounds ?? bounds, x, y)) return false;
      }
      return true;
    });
    yield 0.05;
  }
}

function isWellWithin(cover: Rectangle, x: number, y: number): boolean {
  return (
    x > cover.x + surelyUnder &&
    y > cover.y + surelyUnder &&
    x < cover.x + cover.width - surelyUnder &&
    y < cover.y + cover.height - surelyUnder
  );
}

/** Copying a large picture takes longer than a frame has: a strip at a time. */
const bandPixels = 250_000;

export function bandsOf({ x, y, width, height }: Rectangle): readonly Rectangle[] {
  const step = Math.max(1, Math.floor(bandPixels / width));
  return Array.from({ length: Math.ceil(height / step) }, (_, index) => ({
    x,
    y: y + index * step,
    width,
    height: Math.min(step, height - index * step),
  }));
}

/** Of copying a strip, in the units of the pace. */
export function costOfBand({ width, height }: Size, how: keyof typeof backgroundCosts): number {
  return 0.2 + backgroundCosts[how] * ((width * height) / 500_000);
}

function worldIn(plate: Plate, pixels: Rectangle): Rectangle {
  const { scale, x, y } = planeOf(plate);
  return {
    x: (pixels.x - x) / scale,
    y: (pixels.y - y) / scale,
    width: pixels.width / scale,
    height: pixels.height / scale,
  };
}

/** An area of the world as whole pixels of the plate; null when none of it lies there. */
export function pixelsOf(plate: Plate, area: Rectangle): Rectangle | null {
  if (!isTouching(area, worldOf(plate))) return null;
  const { scale, x, y } = planeOf(plate);
  const left = Math.max(0, Math.floor(area.x * scale + x) - 1);
  const top = Math.max(0, Math.floor(area.y * scale + y) - 1);
  const right = Math.min(plate.pixels.width, Math.ceil((area.x + area.width) * scale + x) + 1);
  const bottom = Math.min(plate.pixels.height, Math.ceil((area.y + area.height) * scale + y) + 1);
  return right > left && bottom > top ? { x: left, y: top, width: right - left, height: bottom - top } : null;
}
