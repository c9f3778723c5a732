import type { Point, Polygon, Rectangle, Size } from "../../shared/board/geometry.ts";
import type { NoteId, ThemeId } from "../../shared/board/ids.ts";
import { zoneAt } from "../../shared/board/placement.ts";
import { zoneOf } from "../../shared/template/template.ts";
import type { BoardModel, Other } from "../model/boardModel.ts";
import { coloursOf } from "./boardLook.ts";
import type { Camera, CanvasPlane } from "./camera.ts";
import { paintCaret } from "./caretPainter.ts";
import { detailOf, isTiltSeen } from "./detail.ts";
import { outset } from "./dirtyAreas.ts";
import { isTouching } from "./noteIndex.ts";
import { enterNote, type NotePainter } from "./notePainter.ts";
import { createNoteSprites } from "./noteSprites.ts";
import { paintOthers } from "./othersPainter.ts";
import type { SceneContent } from "./sceneContent.ts";
import { paintSpotlight } from "./spotlightPainter.ts";
import { tiltOf } from "./tilt.ts";
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
  /** Nothing is in anybody's hands, and nobody points. */
  readonly isEmpty: (sketch: Sketch) => boolean;
  readonly paint: (context: CanvasRenderingContext2D, frame: HandsFrame) => void;
  /** Fonts or the look changed: everything is painted anew. */
  readonly forget: () => void;
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
    const note = [...model.board.get().notes.values()].find(({ id }) => id === target);
    const bounds = note === undefined ? undefined : index.get(note.id)?.bounds;
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

  function typing(): readonly { readonly other: Other; readonly corner: Point }[] {
    return model.others.get().flatMap((other) => {
      const corner = other.editing === null ? undefined : index.get(other.editing)?.bounds;
      return corner === undefined ? [] : [{ other, corner }];
    });
  }

  return {
    isEmpty({ lasso, guides, target }) {
      const isCalm = content.look().isCalm;
      return (
        lasso === null &&
        guides.length === 0 &&
        target === null &&
        model.pointing.shown.get() === null &&
        inMotion.ids().length === 0 &&
        inMotion.landing().size === 0 &&
        model.others.get().every(({ pointer, editing }) => (pointer === null || isCalm) && editing === null)
      );
    },
    forget: sprites.clear,
    paint(context, { camera, ratio, screen, sketch, nowMs, unit }) {
      const { scale } = camera;
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
      for (const id of [...inMotion.landing(), ...inMotion.ids()]) {
        const placed = index.get(id);
        if (placed === undefined) continue;
        const at = inMotion.placeNow(id, nowMs) ?? placed.bounds;
        if (!isTouching({ ...placed.bounds, x: at.x, y: at.y }, inSight)) continue;
        const isLifted = inMotion.isHeld(id);
        const bounds = { ...placed.bounds, x: at.x, y: at.y };
        sprites.draw(context, plane, {
          note: placed.note,
          bounds,
          look: `${content.lookKey(placed.note)} ${isLifted}`,
          paint: (inner, on) => content.paintNote(inner, on, placed.note, at, { isLifted, hasTime: true }),
        });
      }
      sprites.sweep();
      paintCarets(context, plane);
      enterWorld();
      paintSketch(context, sketch, scale);
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      const { isCalm } = content.look();
      const noteHeight = (text: string) => painter.layoutOf(text).noteHeight;
      paintSpotlight(context, { model, camera, screen, unit, noteHeight, isCalm });
      const others = isCalm ? [] : model.others.get();
      const pointers = inMotion.pointersAt(others, nowMs);
      paintOthers(context, { camera, unit, pointers, typing: typing() });
      context.restore();
    },
  };
}
