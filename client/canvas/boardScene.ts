import { Shape } from "konva/lib/Shape";
import type { Stage } from "konva/lib/Stage";
import { overlapArea, type Point, type Rectangle } from "../../shared/board/geometry.ts";
import type { NoteId, ThemeId } from "../../shared/board/ids.ts";
import type { Note } from "../../shared/board/note.ts";
import type { Hyphenate } from "../../shared/render/textLayout.ts";
import type { BoardModel } from "../model/boardModel.ts";
import { createBackgroundPictures } from "./backgroundPictures.ts";
import type { BoardLook } from "./boardLook.ts";
import { type Insets, toWorld } from "./camera.ts";
import { createCameraControl } from "./cameraControl.ts";
import { createFrameMeter } from "./frameMeter.ts";
import { HandsLayer } from "./handsLayer.ts";
import { createHandsPainter, emptySketch, type HandsFrame, type Sketch } from "./handsPainter.ts";
import { withoutHidden } from "./hiddenNotes.ts";
import { isTouching } from "./noteIndex.ts";
import { createNotePainter } from "./notePainter.ts";
import { ratioFor, type Screen } from "./overscan.ts";
import { PlateLayer } from "./plateLayer.ts";
import { createRestingBoard } from "./restingBoard.ts";
import { createSceneContent } from "./sceneContent.ts";
import { createTreeGrowth } from "./treeGrowth.ts";

export type { CameraNews } from "./cameraControl.ts";
export type { Sketch } from "./handsPainter.ts";

/*
 * What is on the canvas, outside React. Three layers: the drawing of the whole world, the board at rest, and hands.
 * The camera moves a plate as a picture; a changed note is painted in its own rectangle; what moves is painted on the
 * layer of hands. All work is done once a frame, and none when nothing changed.
 */

export type SceneOptions = {
  readonly stage: Stage;
  readonly model: BoardModel;
  /** Of the language of the notes. */
  readonly hyphenate: Hyphenate;
  /** What the drawing is prepared for; `setLook` may change it. */
  readonly scheme: BoardLook["scheme"];
};

export type Scene = ReturnType<typeof createScene>;

/** What a first look does not need is made a little later. */
const groundAfterMs = 300;
const fontPatienceMs = 700;
/** Notes that come so soon are painted together with the tree; then it is shown without them. */
const notesPatienceMs = 500;
/** Frames further apart than this had nothing to do with each other. */
const pauseMs = 120;

export function createScene({ stage, model, hyphenate, scheme }: SceneOptions) {
  const { template } = model;
  const painter = createNotePainter(template.noteSize, hyphenate);
  const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");
  const content = createSceneContent({
    model,
    painter,
    isStill: () => reducedMotion.matches || content.look().isCalm,
    onDirty(area) {
      resting.dirty(area);
      ask();
    },
    onAllDirty() {
      resting.dirtyAll();
      ask();
    },
  });
  const { index, themes, inMotion } = content;
  const ground = new PlateLayer();
  const board = new PlateLayer();
  const hands = new HandsLayer();
  stage.add(ground, board, hands);
  for (const layer of [ground, board]) layer.mount();
  const background = createBackgroundPictures(model.group.get().focus, scheme, ground);
  const resting = createRestingBoard({
    board,
    ground,
    content: content.resting(background),
    sharpenBackground: background.sharpen,
    isBackgroundSharp: background.isSharp,
    mayLayOut: () => hasFonts,
    onMore: ask,
  });
  const handsPainter = createHandsPainter({ model, content, painter });
  const meter = createFrameMeter();

  const control = createCameraControl({
    world: template.world,
    onMove(next, before) {
      resting.moveTo(next, { x: next.x - before.x, y: next.y - before.y });
      touchHands();
    },
    onSettled() {
      resting.settle();
      ask();
    },
  });
  const { camera } = control;
  let insets: Insets = { top: 0, right: 0, bottom: 0, left: 0 };
  let screen: Screen = { width: 0, height: 0, devicePixelRatio: 1 };
  let sketch = emptySketch;
  let wakeTimer: ReturnType<typeof setTimeout> | null = null;
  let groundTimer: ReturnType<typeof setTimeout> | null = null;
  let asked: number | null = null;
  let lastFrame: number | null = null;
  let hasFonts = false;
  let isDestroyed = false;
  let isWaitingForNotes = !model.isLoaded.get();
  let wasGliding = false;
  let isSeen = false;
  let isHandsDirty = true;
  let isBoardNews = false;
  let isOthersNews = false;

  const unitPx = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  let unit = unitPx() / 16;

  hands.add(
    new Shape({
      listening: false,
      perfectDrawEnabled: false,
      sceneFunc(context) {
        handsPainter.paint(context._context, handsFrame(), hands.at());
      },
    }),
  );

  function handsFrame(): HandsFrame {
    const ratio = ratioFor(screen);
    return { camera: camera(), ratio, screen, sketch, nowMs: performance.now(), unit };
  }

  /** One frame, later: however often it is asked for. */
  function ask(): void {
    if (!isDestroyed) asked ??= requestAnimationFrame(frame);
  }

  function frame(at: number): void {
    asked = null;
    if (screen.width === 0 || isWaitingForNotes) return;
    const start = performance.now();
    // News of a whole frame is taken together: the relay may send several bundles in it.
    if (isBoardNews) content.followBoard(start);
    if (isOthersNews) content.followOthers(start);
    if (isBoardNews || isOthersNews) isHandsDirty = true;
    isBoardNews = false;
    isOthersNews = false;
    if (inMotion.takeRested(start).length > 0) isHandsDirty = true;
    const passed = lastFrame === null ? null : at - lastFrame;
    const hasMore = resting.paint(passed !== null && passed < pauseMs ? passed : null);
    if (resting.isUpToDate() && inMotion.land()) isHandsDirty = true;
    // Until then the page shows its place, as `board.css` has it.
    if (board.isShown() && !isSeen) {
      isSeen = true;
      stage.container().classList.add("seen");
    }
    const isGliding = inMotion.isGliding(start);
    // Once more when it is over: the last step is where they lie.
    if (isHandsDirty || isGliding || wasGliding) drawHands();
    wasGliding = isGliding;
    lastFrame = hasMore || isGliding || control.isMoving() ? at : null;
    if (hasMore || isGliding) ask();
    else if (groundTimer === null && model.isLoaded.get()) {
      groundTimer = setTimeout(background.prepareGround, groundAfterMs);
    }
    if (!hasMore && !isGliding && inMotion.isWaiting()) wakeTimer ??= setTimeout(wake, 100);
    meter.work(performance.now() - start);
  }

  function wake(): void {
    wakeTimer = null;
    ask();
  }

  function drawHands(): void {
    isHandsDirty = false;
    const reach = handsPainter.reach(handsFrame());
    hands.cover(reach, screen, ratioFor(screen));
    if (reach !== null) hands.draw();
    else handsPainter.sweep();
  }

  function touchHands(): void {
    isHandsDirty = true;
    ask();
  }

  function resize(width: number, height: number, covered: Insets): void {
    if (width === 0 || height === 0) return;
    insets = covered;
    screen = { width, height, devicePixelRatio: window.devicePixelRatio || 1 };
    unit = unitPx() / 16;
    stage.size({ width, height });
    resting.resize(screen);
    control.resize({ width, height }, covered);
  }

  /** The window came to a screen with other pixels, or the page was zoomed. */
  function watchPixelRatio(): () => void {
    const query = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    const onChange = () => {
      resize(screen.width, screen.height, insets);
      query.removeEventListener("change", onChange);
      stopWatchingRatio = watchPixelRatio();
    };
    query.addEventListener("change", onChange);
    return () => query.removeEventListener("change", onChange);
  }
  let stopWatchingRatio = watchPixelRatio();

  const tree = createTreeGrowth({
    board: model.board,
    painter: background,
    onGrown(areas) {
      for (const area of areas) resting.dirty(area);
      ask();
    },
    isBusy: () => control.isMoving() || inMotion.lifted().size > 0 || inMotion.isGliding(performance.now()),
    isStill: () => reducedMotion.matches,
    isOpening: () => !model.isLoaded.get(),
    after(ms, run) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
  });

  function waitNoLonger(): void {
    isWaitingForNotes = false;
    ask();
  }
  const notesTimer = setTimeout(waitNoLonger, notesPatienceMs);

  const subscriptions = [
    model.board.subscribe(() => {
      isBoardNews = true;
      ask();
    }),
    model.isLoaded.subscribe(() => {
      isBoardNews = true;
      waitNoLonger();
    }),
    model.pointing.lit.subscribe(touchHands),
    model.group.subscribe(ask),
    model.others.subscribe(() => {
      isOthersNews = true;
      ask();
    }),
  ];
  content.followOthers(performance.now());

  function layOutAgain(): void {
    hasFonts = true;
    painter.forget();
    handsPainter.forget();
    resting.dirtyAll();
    touchHands();
  }
  // A slow network must not keep words from people: then they come in the device's own letters first.
  const fontTimer = setTimeout(layOutAgain, fontPatienceMs);
  const onFonts = () => {
    clearTimeout(fontTimer);
    layOutAgain();
  };
  // Without them the device's own letters do.
  document.fonts.load("600 40px 'Atkinson Hyperlegible Next Variable'").then(onFonts, onFonts);

  /** Picking sees what the document says now, also between two frames. */
  function upToDate(): typeof index {
    if (isBoardNews) {
      isBoardNews = false;
      content.followBoard(performance.now());
      touchHands();
    }
    return index;
  }

  return {
    camera,
    onCamera: control.onCamera,
    /** Jumps there; for programs that test or measure. */
    setCamera: control.moveTo,
    fitWorld: control.fitWorld,
    fitRectangle: control.fitRectangle,
    pan: control.pan,
    zoom: control.zoom,
    speak: content.speak,
    setLook(look: BoardLook) {
      background.setScheme(look.scheme);
      tree.setLiving(look.isLiving ? "living" : "still");
      content.setLook(look);
      handsPainter.forget();
      touchHands();
    },
    /** CSS pixels: the size of the canvas, and what floating controls cover of it. */
    resize,
    /** The topmost note under a point of the screen, CSS pixels. */
    noteAt: (at: Point): Note | null =>
      upToDate().at(toWorld(camera(), at), content.selected())?.note ?? null,
    /** Where a note lies, as high as its words need; world units. */
    boundsOf: (id: NoteId): Rectangle | null => upToDate().get(id)?.bounds ?? null,
    /** Notes that lie at least half within; world units. */
    notesIn: (area: Rectangle): readonly NoteId[] =>
      upToDate()
        .within(area, content.selected())
        .filter(({ bounds }) => overlapArea(bounds, area) >= (bounds.width * bounds.height) / 2)
        .map(({ note }) => note.id),
    /** The theme whose outline or title lies there, and no note; CSS pixels. */
    themeAt(at: Point): ThemeId | null {
      upToDate();
      const point = { ...toWorld(camera(), at), width: 0, height: 0 };
      return themes.all().find(({ bounds }) => isTouching(bounds, point))?.id ?? null;
    },
    /** What the hand draws while it moves. */
    sketch(next: Sketch) {
      sketch = next;
      touchHands();
    },
    lift(id: NoteId, at: Point | null) {
      upToDate();
      inMotion.lift(id, at);
      touchHands();
    },
    liftedNotes: () => [...inMotion.lifted()].map(([note, { x, y }]) => ({ note, x, y })),
    select(ids: ReadonlySet<NoteId>) {
      content.select(ids);
      touchHands();
    },
    edit(id: NoteId | null) {
      content.edit(id);
      touchHands();
    },
    /** Everything is loaded, painted and sharp. */
    isReady: () => model.isLoaded.get() && !isBoardNews && resting.isFinished(),
    /** How many notes and themes there are, and how many notes can be seen. */
    counts() {
      const corner = toWorld(camera(), { x: 0, y: 0 });
      const { width, height } = screen;
      const area = { ...corner, width: width / camera().scale, height: height / camera().scale };
      const seen = withoutHidden(upToDate().within(area, content.selected()), area);
      return { notes: index.size(), drawn: seen.length, themes: themes.all().length };
    },
    meter,
    destroy() {
      tree.destroy();
      for (const unsubscribe of subscriptions) unsubscribe();
      stopWatchingRatio();
      control.stop();
      isDestroyed = true;
      clearTimeout(fontTimer);
      clearTimeout(notesTimer);
      for (const timer of [wakeTimer, groundTimer]) if (timer !== null) clearTimeout(timer);
      if (asked !== null) cancelAnimationFrame(asked);
      for (const layer of [ground, board, hands]) layer.destroy();
    },
  };
}
