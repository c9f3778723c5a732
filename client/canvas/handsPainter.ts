import {
  boundsOf,
  overlapOf,
  type Point,
  type Polygon,
  type Rectangle,
  type Size,
} from "../../shared/board/geometry.ts";
import { type NoteId, noteIdSchema, type ThemeId } from "../../shared/board/ids.ts";
import type { Note } from "../../shared/board/note.ts";
import { zoneAt } from "../../shared/board/placement.ts";
import { outset } from "../../shared/render/outset.ts";
import { tiltOf } from "../../shared/render/tilt.ts";
import { zoneOf } from "../../shared/template/template.ts";
import type { BoardModel, Other } from "../model/boardModel.ts";
import { coloursOf } from "./boardLook.ts";
import { type Camera, type CanvasPlane, toScreen } from "./camera.ts";
import { paintCaret } from "./caretPainter.ts";
import { detailOf, isTiltSeen } from "./detail.ts";
import { unionOf } from "./dirtyAreas.ts";
import { isTouching } from "./noteIndex.ts";
import { enterNote, type NotePainter } from "./notePainter.ts";
import { createNoteSprites } from "./noteSprites.ts";
import { paintOthers, reachOfName, reachOfPointer } from "./othersPainter.ts";
import type { SceneContent } from "./sceneContent.ts";
import { paintSpotlight } from "./spotlightPainter.ts";
import { paintZoneGlow } from "./zonePainter.ts";

/** What the hand draws on top while it moves: nothing of it is anybody else's. */
export type Sketch = {
  /** World units. */
  readonly lasso: Polygon | null;
  /** Lines along which a lifted note lies flush with others; world units. */
  readonly guides: readonly { readonly from: Point; readonly to: Point }[];
  /** The note, or the theme, that a lifted note would make a theme with. */
  readonly target: NoteId | ThemeId | null;
};

export const emptySketch: Sketch = { lasso: null, guides: [], target: null };

export type HandsOptions = {
  readonly model: BoardModel;
  readonly content: SceneContent;
  readonly painter: NotePainter;
};

export type HandsFrame = {
  readonly camera: Camera;
  readonly ratio: number;
  readonly screen: Size;
  readonly sketch: Sketch;
  readonly nowMs: number;
  /** How many CSS pixels a pixel of full HD is here. */
  readonly unit: number;
};

export type HandsPainter = {
  /** The part of the screen that is drawn on, CSS pixels; null when nothing is in anybody's hands, and nobody points. */
  readonly reach: (frame: HandsFrame) => Rectangle | null;
  /** Draws on a canvas that begins at `corner` of the screen, CSS pixels. */
  readonly paint: (context: CanvasRenderingContext2D, frame: HandsFrame, corner: Point) => void;
  /** Lets go of what was kept for notes that lie still again. */
  readonly sweep: () => void;
  /** Fonts or the look changed: everything is painted anew. */
  readonly forget: () => void;
};

type NoteInHand = {
  readonly note: Note;
  /** Where it is seen now; world units. */
  readonly bounds: Rectangle;
  readonly isLifted: boolean;
  /** What it draws beyond its edges. */
  readonly fringe: number;
};

/** Everything that moves over the resting board: lifted notes, those that others hold, what is sketched, pointers. */
export function createHandsPainter({ model, content, painter }: HandsOptions): HandsPainter {
  const { template } = model;
  const { index, themes, inMotion } = content;
  const { width } = template.noteSize;
  const sprites = createNoteSprites();

  function paintTarget(context: CanvasRenderingContext2D, target: NoteId | ThemeId, scale: number): void {
    const colours = coloursOf(content.look());
    const path = new Path2D();
    const theme = themes.all().find(({ id }) => id === target);
    const bounds = noteOf(target);
    if (theme !== undefined) path.addPath(theme.outline);
    else if (bounds !== undefined) {
      const { x, y, width: wide, height } = outset(bounds, 16);
      path.roundRect(x, y, wide, height, 22);
    }
    context.strokeStyle = colours.ringEdge;
    context.lineWidth = Math.max(24, 9 / scale);
    context.stroke(path);
    context.strokeStyle = colours.ring;
    context.lineWidth = Math.max(14, 5 / scale);
    context.stroke(path);
  }

  function paintSketch(context: CanvasRenderingContext2D, { lasso, guides }: Sketch, scale: number): void {
    const colours = coloursOf(content.look());
    const strokeTwice = () => {
      context.strokeStyle = colours.ringEdge;
      context.lineWidth = 5 / scale;
      context.stroke();
      context.strokeStyle = colours.ring;
      context.lineWidth = 2.5 / scale;
      context.stroke();
    };
    if (lasso !== null) {
      context.beginPath();
      for (const { x, y } of lasso) context.lineTo(x, y);
      context.closePath();
      context.fillStyle = "rgba(63, 107, 46, 0.14)";
      context.fill();
      strokeTwice();
    }
    for (const { from, to } of guides) {
      context.beginPath();
      context.moveTo(from.x, from.y);
      context.lineTo(to.x, to.y);
      strokeTwice();
    }
  }

  function paintCarets(context: CanvasRenderingContext2D, plane: CanvasPlane): void {
    for (const { editing, caret, colour } of model.others.get()) {
      const placed = editing === null ? undefined : index.get(editing);
      if (placed === undefined || caret === null || inMotion.isAway(placed.note.id)) continue;
      const scale = plane.scale / plane.ratio;
      const layout = painter.layoutOf(placed.note.text);
      if (detailOf(scale, width, layout.fontSize) !== "words") continue;
      enterNote(context, plane, placed.bounds, isTiltSeen(scale) ? tiltOf(placed.note.id) : 0);
      paintCaret(context, { text: placed.note.text, layout, noteWidth: width, caret, colour });
    }
  }

  function typing(): readonly {
    readonly other: Other;
    readonly corner: Point;
    readonly bounds: Rectangle;
  }[] {
    return model.others.get().flatMap((other) => {
      const bounds = other.editing === null ? undefined : index.get(other.editing)?.bounds;
      return bounds === undefined ? [] : [{ other, corner: bounds, bounds }];
    });
  }

  function sweep(): void {
    sprites.sweep((id) => inMotion.isAway(id) || inMotion.landing().has(id));
  }

  /** Where the pointers of others are seen now; nowhere for who wants to see none. */
  function pointersNow(nowMs: number): ReturnType<typeof inMotion.pointersAt> {
    return inMotion.pointersAt(content.look().isCalm ? [] : model.others.get(), nowMs);
  }

  function notesInHand(nowMs: number): readonly NoteInHand[] {
    return [...inMotion.landing(), ...inMotion.ids()].flatMap((id) => {
      const placed = index.get(id);
      if (placed === undefined) return [];
      const { note } = placed;
      const { x, y } = inMotion.placeNow(id, nowMs) ?? placed.bounds;
      const isLifted = inMotion.isHeld(id);
      return [
        { note, bounds: { ...placed.bounds, x, y }, isLifted, fringe: content.fringeOf(note, isLifted) },
      ];
    });
  }

  /** Where a lifted note would go, and what is sketched; CSS pixels. */
  function reachOfHands({ camera, sketch }: HandsFrame): readonly Rectangle[] {
    const areas: Rectangle[] = [];
    const [inOwnHand] = inMotion.lifted().values();
    const zone = inOwnHand === undefined ? "unplaced" : zoneAt(inOwnHand, template);
    if (zone !== "unplaced") areas.push(boundsOf(zoneOf(template, zone).outline));
    const { target, lasso, guides } = sketch;
    const theme = themes.all().find(({ id }) => id === target);
    const note = noteOf(target);
    if (theme !== undefined) areas.push(theme.bounds);
    if (note !== undefined) areas.push(note);
    if (lasso !== null) areas.push(boundsOf(lasso));
    for (const { from, to } of guides) areas.push(boundsOf([from, to]));
    // The widest of their lines: 24 units of the world, or 10 pixels.
    return areas.map((area) => outset(onScreen(outset(area, 40), camera), 12));
  }

  function noteOf(target: Sketch["target"]): Rectangle | undefined {
    const id = noteIdSchema.safeParse(target);
    return id.success ? index.get(id.data)?.bounds : undefined;
  }

  return {
    reach(frame) {
      const { camera, screen, unit, nowMs } = frame;
      const whole = { x: 0, y: 0, ...screen };
      if (model.pointing.lit.get() !== null) return whole;
      const reaches = [
        ...reachOfHands(frame),
        ...notesInHand(nowMs).map(({ bounds, fringe }) => onScreen(outset(bounds, fringe), camera)),
        ...typing().map(({ other, corner, bounds }) =>
          unionOf(reachOfName(other, toScreen(camera, corner), unit), onScreen(bounds, camera)),
        ),
        ...pointersNow(nowMs).map(({ other, at }) => reachOfPointer(other, toScreen(camera, at), unit)),
      ].flatMap((area) => overlapOf(area, whole) ?? []);
      const [first, ...more] = reaches;
      return first === undefined ? null : more.reduce(unionOf, first);
    },
    sweep,
    forget: sprites.clear,
    paint(context, { camera: ofScreen, ratio, screen, sketch, nowMs, unit }, corner) {
      const { scale } = ofScreen;
      const camera = { scale, x: ofScreen.x - corner.x, y: ofScreen.y - corner.y };
      const plane = { scale: scale * ratio, x: camera.x * ratio, y: camera.y * ratio, ratio };
      const inSight: Rectangle = outset(
        {
          x: -camera.x / scale,
          y: -camera.y / scale,
          width: screen.width / scale,
          height: screen.height / scale,
        },
        90,
      );
      context.save();
      const enterWorld = () => context.setTransform(plane.scale, 0, 0, plane.scale, plane.x, plane.y);
      enterWorld();
      const [inOwnHand] = inMotion.lifted().values();
      const zone = inOwnHand === undefined ? "unplaced" : zoneAt(inOwnHand, template);
      if (zone !== "unplaced") paintZoneGlow(context, zoneOf(template, zone), scale);
      if (sketch.target !== null) paintTarget(context, sketch.target, scale);
      for (const { note, bounds, isLifted, fringe } of notesInHand(nowMs)) {
        if (!isTouching(bounds, inSight)) continue;
        sprites.draw(context, plane, {
          note,
          bounds,
          fringe,
          look: `${content.lookKey(note)} ${isLifted}`,
          paint: (inner, on) => content.paintNote(inner, on, note, bounds, { isLifted, hasTime: true }),
        });
      }
      sweep();
      paintCarets(context, plane);
      enterWorld();
      paintSketch(context, sketch, scale);
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      const noteHeight = (text: string) => painter.layoutOf(text).noteHeight;
      const pointers = pointersNow(nowMs);
      paintSpotlight(context, { model, camera, screen, unit, noteHeight, pointers });
      paintOthers(context, { camera, unit, pointers, typing: typing() });
      context.restore();
    },
  };
}

function onScreen({ x, y, width, height }: Rectangle, camera: Camera): Rectangle {
  const { scale } = camera;
  return { ...toScreen(camera, { x, y }), width: width * scale, height: height * scale };
}
