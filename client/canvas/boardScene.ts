import { Layer } from "konva/lib/Layer";
import { Shape } from "konva/lib/Shape";
import type { Stage } from "konva/lib/Stage";
import {
  boundsOf,
  clamp,
  overlapArea,
  type Point,
  type Polygon,
  type Rectangle,
} from "../../shared/board/geometry.ts";
import type { NoteId, ThemeId } from "../../shared/board/ids.ts";
import type { Note } from "../../shared/board/note.ts";
import type { ZoneId } from "../../shared/board/placement.ts";
import { zoneAt } from "../../shared/board/placement.ts";
import { themeBounds } from "../../shared/board/themeLayout.ts";
import { type Language, zoneOf } from "../../shared/template/template.ts";
import type { BoardModel } from "../model/boardModel.ts";
import { createBackdropPainter } from "./backdropPainter.ts";
import { type Camera, fitCamera, type Insets, toWorld, zoomCamera } from "./camera.ts";
import { hyphenationFor } from "./hyphenation.ts";
import { createNotePainter } from "./notePainter.ts";
import { paintOthers } from "./othersPainter.ts";
import { paintZoneWords } from "./zonePainter.ts";

/*
 * What is on the canvas, outside React: the drawing, the words of the zones, the notes, what is in somebody's hands,
 * and pointers. One change of a note redraws the notes' layer; a moving pointer redraws only its own.
 */

export type SceneOptions = {
  readonly stage: Stage;
  readonly model: BoardModel;
};

/** While the camera moves, and when it has come to rest. */
export type CameraNews = "moving" | "settled";

/** What the hand draws on top while it moves: nothing of it is anybody else's. */
export type Sketch = {
  /** World units. */
  readonly lasso: Polygon | null;
  /** Lines along which a lifted note lies flush with others; world units. */
  readonly guides: readonly { readonly from: Point; readonly to: Point }[];
  /** The note, or the theme, that a lifted note would make a theme with. */
  readonly target: NoteId | ThemeId | null;
};

export type Scene = ReturnType<typeof createScene>;

const settleMs = 120;

export function createScene({ stage, model }: SceneOptions) {
  const { template } = model;
  const focus = model.group.get().focus;
  const backdrop = createBackdropPainter(focus);
  const painter = createNotePainter(
    template.noteSize,
    hyphenationFor(model.workshop.get().workshop.language),
  );
  const [back, sheets, hands] = [0, 1, 2].map(() => new Layer({ listening: false }));
  if (back === undefined || sheets === undefined || hands === undefined) throw new Error("no layers");
  stage.add(back, sheets, hands);

  let language: Language = model.workshop.get().workshop.language;
  let insets: Insets = { top: 0, right: 0, bottom: 0, left: 0 };
  let camera: Camera = { scale: 1, x: 0, y: 0 };
  let isFitted = true;
  let selected: ReadonlySet<NoteId> = new Set();
  let sketch: Sketch = { lasso: null, guides: [], target: null };
  let edited: NoteId | null = null;
  const lifted = new Map<NoteId, Point>();
  const cameraListeners = new Set<(how: CameraNews) => void>();
  let settleTimer: ReturnType<typeof setTimeout> | null = null;

  const ratio = () => Math.min(2, window.devicePixelRatio || 1);
  const unitPx = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  const heldByOthers = () =>
    new Map(
      model.others.get().flatMap((other) => other.drag.map((drag) => [drag.note, { drag, other }] as const)),
    );

  /** From the bottom up; selected notes lie on top, so that what was just dropped is not hidden. */
  function stacked(): readonly Note[] {
    const all = [...model.board.get().notes.values()];
    if (selected.size === 0) return all;
    return [...all.filter(({ id }) => !selected.has(id)), ...all.filter(({ id }) => selected.has(id))];
  }

  const backShape = new Shape({
    listening: false,
    perfectDrawEnabled: false,
    sceneFunc(context) {
      const painted = backdrop.paintedFor();
      if (painted === null) return;
      const scale = camera.scale / painted.scale;
      context.drawImage(
        backdrop.canvas,
        camera.x - painted.x * scale,
        camera.y - painted.y * scale,
        stage.width() * scale,
        stage.height() * scale,
      );
      inWorld(context, () => paintZoneWords(context, { model, language, target: dropZone() }));
    },
  });
  back.add(backShape);

  sheets.add(
    new Shape({
      listening: false,
      perfectDrawEnabled: false,
      sceneFunc(context) {
        const held = heldByOthers();
        inWorld(context, () => {
          for (const note of stacked()) {
            if (!lifted.has(note.id) && !held.has(note.id)) paintNote(context, note, note.placement, "lying");
          }
        });
      },
    }),
  );
  hands.add(
    new Shape({
      listening: false,
      perfectDrawEnabled: false,
      sceneFunc(context) {
        const { notes } = model.board.get();
        inWorld(context, () => {
          for (const [id, { drag }] of heldByOthers()) {
            const note = notes.get(id);
            if (note !== undefined && !lifted.has(id)) paintNote(context, note, drag, "lifted");
          }
          for (const [id, at] of lifted) {
            const note = notes.get(id);
            if (note !== undefined) paintNote(context, note, at, "lifted");
          }
        });
        inWorld(context, () => paintSketch(context));
        paintOthers(context, { model, camera, unit: unitPx() / 16 });
      },
    }),
  );

  type SceneContext = Parameters<
    NonNullable<ConstructorParameters<typeof Shape>[0]>["sceneFunc"] & object
  >[0];

  function inWorld(context: SceneContext, draw: () => void): void {
    context.save();
    context.translate(camera.x, camera.y);
    context.scale(camera.scale, camera.scale);
    draw();
    context.restore();
  }

  function paintNote(context: SceneContext, note: Note, at: Point, how: "lying" | "lifted"): void {
    if (!isOnScreen({ ...at, ...template.noteSize })) return;
    const holder = model.others
      .get()
      .find((other) => other.editing === note.id || other.drag.some((drag) => drag.note === note.id));
    const { width, height } = template.noteSize;
    context.save();
    context.translate(at.x + width / 2, at.y + height / 2);
    context.rotate(tiltOf(note.id));
    context.translate(-width / 2, -height / 2);
    painter.paint(context, edited === note.id ? { ...note, text: "" } : note, {
      style: zoneOf(template, note.placement.zone).noteStyle,
      isSelected: selected.has(note.id),
      isLifted: how === "lifted",
      heldBy: holder?.colour ?? null,
    });
    context.restore();
  }

  function paintSketch(context: SceneContext): void {
    context.setAttr("lineWidth", 3 / camera.scale);
    context.setAttr("strokeStyle", "#3f6b2e");
    if (sketch.lasso !== null) {
      context.beginPath();
      for (const { x, y } of sketch.lasso) context.lineTo(x, y);
      context.closePath();
      context.setAttr("fillStyle", "rgba(63, 107, 46, 0.12)");
      context.fill();
      context.stroke();
    }
    for (const { from, to } of sketch.guides) {
      context.beginPath();
      context.moveTo(from.x, from.y);
      context.lineTo(to.x, to.y);
      context.stroke();
    }
  }

  function isOnScreen(rectangle: Rectangle): boolean {
    const x = rectangle.x * camera.scale + camera.x;
    const y = rectangle.y * camera.scale + camera.y;
    const margin = 60;
    return (
      x < stage.width() + margin &&
      y < stage.height() + margin &&
      x + rectangle.width * camera.scale > -margin &&
      y + rectangle.height * camera.scale > -margin
    );
  }

  /** The zone a lifted note would fall into. */
  function dropZone(): ZoneId | null {
    const [first] = lifted.values();
    return first === undefined ? null : zoneAt(first, template);
  }

  function settle(): void {
    backdrop.paint(camera, stage.width(), stage.height(), ratio());
    back?.batchDraw();
    for (const listener of cameraListeners) listener("settled");
  }

  function setCamera(next: Camera, how: "moving" | "settled" = "moving"): void {
    camera = next;
    if (settleTimer !== null) clearTimeout(settleTimer);
    if (how === "settled") {
      settle();
    } else {
      settleTimer = setTimeout(settle, settleMs);
      for (const listener of cameraListeners) listener("moving");
    }
    drawAll();
  }

  function drawAll(): void {
    back?.batchDraw();
    sheets?.batchDraw();
    hands?.batchDraw();
  }

  function fitTo(target: Rectangle): void {
    setCamera(fitCamera(target, stage.size(), insets), "settled");
  }

  const wholeWorld = { x: 0, y: 0, ...template.world };
  function fitWorld(): void {
    isFitted = true;
    fitTo(wholeWorld);
  }

  const smallestScale = () => fitCamera(wholeWorld, stage.size(), insets).scale / 2;
  const subscriptions = [
    model.board.subscribe(drawAll),
    model.group.subscribe(drawAll),
    model.others.subscribe(() => {
      sheets.batchDraw();
      hands.batchDraw();
    }),
  ];
  void document.fonts.load("600 40px 'Atkinson Hyperlegible Next Variable'").then(() => {
    painter.forget();
    drawAll();
  });

  return {
    camera: () => camera,
    onCamera(listener: (how: CameraNews) => void): () => void {
      cameraListeners.add(listener);
      return () => cameraListeners.delete(listener);
    },
    fitWorld,
    fitRectangle(target: Rectangle) {
      isFitted = false;
      fitTo(target);
    },
    fitZone(zone: ZoneId) {
      isFitted = false;
      fitTo(boundsOf(zoneOf(template, zone).outline));
    },
    speak(next: Language) {
      language = next;
      back.batchDraw();
    },
    /** CSS pixels: the size of the canvas, and what floating controls cover of it. */
    resize(width: number, height: number, covered: Insets) {
      if (width === 0 || height === 0) return;
      insets = covered;
      stage.size({ width, height });
      if (isFitted) fitWorld();
      else setCamera(camera, "settled");
    },
    pan(dx: number, dy: number) {
      isFitted = false;
      const reach = 0.85;
      const keep = (offset: number, length: number, screen: number) =>
        clamp(offset, -length * reach, screen - length * (1 - reach));
      setCamera({
        scale: camera.scale,
        x: keep(camera.x + dx, template.world.width * camera.scale, stage.width()),
        y: keep(camera.y + dy, template.world.height * camera.scale, stage.height()),
      });
    },
    zoom(factor: number, at: Point) {
      isFitted = false;
      setCamera(zoomCamera(camera, factor, at, smallestScale()));
    },
    noteAt(screen: Point): Note | null {
      const point = toWorld(camera, screen);
      const { width, height } = template.noteSize;
      const hits = stacked().filter(
        ({ placement }) =>
          point.x >= placement.x &&
          point.x <= placement.x + width &&
          point.y >= placement.y &&
          point.y <= placement.y + height,
      );
      return hits.at(-1) ?? null;
    },
    /** Where a note lies, as high as its words need; world units. */
    boundsOf(id: NoteId): Rectangle | null {
      const note = model.board.get().notes.get(id);
      if (note === undefined) return null;
      const { x, y } = note.placement;
      return { x, y, width: template.noteSize.width, height: painter.layoutOf(note.text).noteHeight };
    },
    /** Notes that lie at least half within; world units. */
    notesIn(area: Rectangle): readonly NoteId[] {
      const { width, height } = template.noteSize;
      return [...model.board.get().notes.values()]
        .filter(
          ({ placement: { x, y } }) => overlapArea({ x, y, width, height }, area) >= (width * height) / 2,
        )
        .map(({ id }) => id);
    },
    /** The theme whose outline or title lies there, and no note; CSS pixels. */
    themeAt(screen: Point): ThemeId | null {
      const point = toWorld(camera, screen);
      for (const theme of model.board.get().themes.values()) {
        const bounds = themeBounds(
          theme.notes.map(({ placement }) => placement),
          template.noteSize,
        );
        if (bounds === null) continue;
        if (overlapArea({ ...point, width: 1, height: 1 }, bounds) > 0) return theme.id;
      }
      return null;
    },
    /** What the hand draws while it moves. */
    sketch(next: Sketch) {
      sketch = next;
      hands.batchDraw();
    },
    lift(id: NoteId, at: Point | null) {
      if (at === null) lifted.delete(id);
      else lifted.set(id, at);
      sheets.batchDraw();
      hands.batchDraw();
      back.batchDraw();
    },
    liftedNotes: () => [...lifted].map(([note, { x, y }]) => ({ note, x, y })),
    select(ids: ReadonlySet<NoteId>) {
      selected = ids;
      sheets.batchDraw();
    },
    edit(id: NoteId | null) {
      edited = id;
      sheets.batchDraw();
    },
    destroy() {
      for (const unsubscribe of subscriptions) unsubscribe();
      if (settleTimer !== null) clearTimeout(settleTimer);
      for (const layer of [back, sheets, hands]) layer.destroy();
    },
  };
}

/** Up to 1.2 degrees either way, the same for a note on every screen: paper is never quite straight. */
function tiltOf(id: NoteId): number {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 997;
  return ((sum / 996) * 2 - 1) * 0.021;
}
