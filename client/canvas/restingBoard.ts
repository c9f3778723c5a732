import { clamp, type Rectangle } from "../../shared/board/geometry.ts";
import { type BoardContent, paintArea, pixelsOf } from "./areaPainter.ts";
import { type Camera, zoomCamera } from "./camera.ts";
import { createDirtyAreas } from "./dirtyAreas.ts";
import {
  alignedWith,
  barePixels,
  isAlike,
  isCovering,
  isGoodAtRest,
  isWornOut,
  type Plate,
  paddingFor,
  plateFor,
  roomAround,
  type Screen,
} from "./overscan.ts";
import { createPace } from "./pace.ts";
import type { PlateLayer } from "./plateLayer.ts";

/*
 * The notes that nobody has in hand, with all that lies below them, on two plates: one is shown, the other is painted
 * a little in every frame and then takes its place. A changed note is painted anew on the plate that is shown, within
 * its own rectangle. `ground` is the drawing alone, small and of the whole world: it shows where the camera outran
 * the plate.
 */

export type RestingBoard = {
  readonly moveTo: (camera: Camera, movedBy: { readonly x: number; readonly y: number }) => void;
  /** The camera came to rest: from here on everything is made sharp. */
  readonly settle: () => void;
  readonly resize: (screen: Screen) => void;
  readonly dirty: (area: Rectangle) => void;
  readonly dirtyAll: () => void;
  /** Does what this frame has time for; true when there is more to do. `frameMs`: how long the last frame took. */
  readonly paint: (frameMs: number | null) => boolean;
  /** What is seen is the board as it is, sharp or not. */
  readonly isUpToDate: () => boolean;
  /** Nothing waits to be painted, and everything is sharp. */
  readonly isFinished: () => boolean;
};

export type RestingBoardOptions = {
  readonly plates: readonly [PlateLayer, PlateLayer];
  readonly ground: PlateLayer;
  readonly content: BoardContent;
  /** Paints the drawing for a plate as sharply as can be; it takes long. */
  readonly sharpenBackground: (plate: Plate) => void;
  readonly isBackgroundSharp: (plate: Plate) => boolean;
  /** False while the letters are still on their way: words that are laid out now would have to be laid out again. */
  readonly mayLayOut: () => boolean;
  /** What was painted came to be seen; there may be more to do. */
  readonly onPresented: () => void;
};

type Draft = {
  readonly layer: PlateLayer;
  readonly plate: Plate;
  /** `moving`: what is at hand; `resting`: everything laid out, the drawing sharp. */
  readonly kind: "moving" | "resting";
  isWordless: boolean;
  /** So much changed since it was begun that it has to be done again. */
  isStale: boolean;
};
type Job = { readonly draft: Draft; readonly steps: Generator<number, void> };

/** Before anything was sharp nobody works yet: then it may take longer. */
const sliceMs = { moving: 5, resting: 10, opening: 60 } as const;
/** An area that takes more of the plate than this is painted on the other plate, bit by bit. */
const mostOfPlate = 0.35;
/** While the camera rests nobody sees a late frame, and everybody waits for sharp words. */
const restingShare = 2.5;
/** How many frames ahead a plate is laid where the camera is going. */
const framesAhead = 14;
/** And how much smaller or larger than what the camera sees now. */
const zoomAhead = { least: 0.7, most: 1.4 } as const;
/** A camera that changes its scale less than this in a frame is not zooming. */
const leastZoom = 0.004;

export function createRestingBoard(options: RestingBoardOptions): RestingBoard {
  const { ground, content, sharpenBackground, isBackgroundSharp, mayLayOut, onPresented } = options;
  let [front, spare] = options.plates;
  let screen: Screen = { width: 1, height: 1, devicePixelRatio: 1 };
  let camera: Camera = { scale: 1, x: 0, y: 0 };
  let velocity = { x: 0, y: 0 };
  /** How much larger everything becomes in a frame. */
  let zoom = 1;
  let isResting = true;
  /** What is shown lacks words, or the sharp drawing. */
  let isRough = true;
  /** What is shown is not the board any more. */
  let isStale = false;
  let hasBeenSharp = false;
  let job: Job | null = null;
  /** Done, and about to take its place. */
  let done: Draft | null = null;
  /** What was painted on the plate that is shown: on its way to be seen, and changed again since. */
  let presenting: "no" | "once" | "again" = "no";
  let spent = 0;
  const dirtyOnFront = createDirtyAreas();
  /** What changed on the other plate since it was begun. */
  const dirtyOnSpare = createDirtyAreas();
  const pace = createPace();

  function* stepsOf(draft: Draft): Generator<number, void> {
    const { layer, plate, kind } = draft;
    const shown = front.plate();
    const context = layer.become(plate);
    if (context === null) return;
    let areas: readonly Rectangle[] = [{ x: 0, y: 0, ...plate.pixels }];
    if (kind === "moving" && !isStale && shown !== null && isAlike(plate, shown)) {
      // The same notes at the same scale: their pixels are copied, only what comes into sight is painted.
      copyPixels(context, plate, shown);
      areas = barePixels(plate, shown);
      yield 10;
    } else if ((kind === "resting" || shown === null) && !isBackgroundSharp(plate)) {
      sharpenBackground(plate);
      yield Number.POSITIVE_INFINITY;
    }
    const onWordless = () => {
      draft.isWordless = true;
    };
    for (const pixels of areas) {
      const time = { hasTime: kind === "resting" };
      yield* paintArea(content, { plate, context, pixels, time, onWordless });
    }
  }

  function copyPixels(context: CanvasRenderingContext2D, plate: Plate, shown: Plate): void {
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalCompositeOperation = "copy";
    context.drawImage(
      front.getNativeCanvasElement(),
      Math.round((plate.base.x - shown.base.x) * plate.ratio),
      Math.round((plate.base.y - shown.base.y) * plate.ratio),
    );
    context.globalCompositeOperation = "source-over";
  }

  function begin(kind: Draft["kind"]): Job {
    // Pixels that are copied have to be right.
    if (kind === "moving") mend(Number.POSITIVE_INFINITY);
    const shown = front.plate();
    const around = kind === "resting" ? plateFor(camera, screen) : plateAhead();
    const plate = shown !== null && isAlike(around, shown) ? alignedWith(around, shown) : around;
    dirtyOnSpare.clear();
    const draft: Draft = { layer: spare, plate, kind, isWordless: false, isStale: false };
    return { draft, steps: stepsOf(draft) };
  }

  /** Where the camera will be when it is painted. */
  function plateAhead(): Plate {
    if (Math.abs(zoom - 1) > leastZoom) {
      const factor = clamp(zoom ** framesAhead, zoomAhead.least, zoomAhead.most);
      const middle = { x: screen.width / 2, y: screen.height / 2 };
      return plateFor(zoomCamera(camera, factor, middle, 0), screen);
    }
    const padding = paddingFor(screen);
    const lead = (speed: number, pad: number) => clamp(speed * framesAhead, -0.6 * pad, 0.6 * pad);
    return plateFor(camera, screen, { x: lead(velocity.x, padding.x), y: lead(velocity.y, padding.y) });
  }

  function giveUp({ steps }: Job): void {
    steps.return();
    job = null;
  }

  /** Until it can be seen, the other plate is shown, mended and moved as before. */
  function finish({ draft }: Job): void {
    job = null;
    done = draft;
    void draft.layer.present().then(() => {
      done = null;
      tradePlaces(draft);
      onPresented();
    });
  }

  function tradePlaces(draft: Draft): void {
    spare = front;
    front = draft.layer;
    isRough = draft.isWordless || draft.kind === "moving" || !isBackgroundSharp(draft.plate);
    isStale = draft.isStale;
    hasBeenSharp ||= !isRough;
    dirtyOnFront.clear();
    for (let area = dirtyOnSpare.take(); area !== null; area = dirtyOnSpare.take()) {
      if (area === "all") isStale = true;
      else dirtyOnFront.add(area);
    }
    follow();
    front.setShown(true);
    spare.setShown(false);
    // At rest the other plate is not needed for a while, and takes as much memory as this one.
    if (isResting) spare.release();
  }

  function follow(): void {
    front.follow(camera, screen.devicePixelRatio);
    const plate = front.plate();
    const isBare = plate === null || !isCovering(roomAround(plate, camera, screen));
    if (isBare) ground.follow(camera, screen.devicePixelRatio);
    if (ground.isShown() !== isBare) ground.setShown(isBare);
  }

  /** Whether another plate is wanted now, and how good it must be. */
  function wanted(): Draft["kind"] | null {
    const plate = front.plate();
    if (plate === null) return "moving";
    if (!mayLayOut()) return isStale ? "moving" : null;
    if (isResting) return isRough || isStale || !isGoodAtRest(plate, camera, screen) ? "resting" : null;
    return isStale || isWornOut(plate, camera, screen, velocity) ? "moving" : null;
  }

  /** A plate that is being painted for a place where the camera no longer is. */
  function isInVain({ draft: { plate, kind } }: Job): boolean {
    if (kind === "resting") return !isResting || !isGoodAtRest(plate, camera, screen);
    const shown = front.plate();
    if (shown === null) return false;
    const distance = (scale: number) => Math.max(scale / camera.scale, camera.scale / scale);
    const far = distance(plate.base.scale);
    return far > 1.8 && far > distance(shown.base.scale);
  }

  function isDone({ steps }: Job, allowance: number): boolean {
    const until = performance.now() + sliceMs[hasBeenSharp ? (isResting ? "resting" : "moving") : "opening"];
    for (;;) {
      const step = steps.next();
      if (step.done === true) return true;
      spent += step.value;
      if (spent >= allowance || (allowance < Number.POSITIVE_INFINITY && performance.now() >= until))
        return false;
    }
  }

  /** Painting on the plate that is shown is done whole, area by area: half a note is never seen. */
  function mend(allowance: number): void {
    const plate = front.plate();
    if (plate === null) return;
    // Another plate is on its way: until then people see the board as it was, and no mixture.
    if (isStale) {
      dirtyOnFront.clear();
      return;
    }
    const context = dirtyOnFront.isEmpty() ? null : front.surface();
    if (context === null) return;
    while (spent < allowance) {
      const area = dirtyOnFront.take();
      if (area === null) break;
      const pixels = area === "all" ? { x: 0, y: 0, ...plate.pixels } : pixelsOf(plate, area);
      if (pixels === null) continue;
      const share = (pixels.width * pixels.height) / (plate.pixels.width * plate.pixels.height);
      if (share > mostOfPlate) {
        isStale = true;
        dirtyOnFront.clear();
        return;
      }
      const time = { hasTime: mayLayOut() };
      const steps = paintArea(content, { plate, context, pixels, time, onWordless: () => undefined });
      for (const cost of steps) spent += cost;
    }
    present();
  }

  /** What was mended is seen, whole, however often something is mended meanwhile. */
  function present(): void {
    if (presenting !== "no") {
      presenting = "again";
      return;
    }
    presenting = "once";
    void front.present().then(() => {
      const isAgain = presenting === "again";
      presenting = "no";
      if (isAgain) present();
      else onPresented();
    });
  }

  const isUpToDate = () => !isStale && presenting === "no" && dirtyOnFront.isEmpty();

  return {
    moveTo(next, movedBy) {
      zoom = zoom * 0.5 + (next.scale / camera.scale) * 0.5;
      camera = next;
      isResting = false;
      velocity = { x: velocity.x * 0.5 + movedBy.x * 0.5, y: velocity.y * 0.5 + movedBy.y * 0.5 };
    },
    settle() {
      isResting = true;
      velocity = { x: 0, y: 0 };
      zoom = 1;
    },
    resize(next) {
      screen = next;
    },
    dirty(area) {
      dirtyOnFront.add(area);
      dirtyOnSpare.add(area);
    },
    dirtyAll() {
      isStale = true;
      const draft = job?.draft ?? done;
      if (draft !== null) draft.isStale = true;
    },
    paint(frameMs) {
      if (frameMs !== null && Number.isFinite(spent)) pace.learn(spent, frameMs);
      spent = 0;
      const allowance = pace.allowance() * (hasBeenSharp ? (isResting ? restingShare : 1) : 10);
      follow();
      mend(allowance / 2);
      if (job !== null && isInVain(job)) giveUp(job);
      const kind = wanted();
      if (job === null && done === null && kind !== null) job = begin(kind);
      const isFirst = front.plate() === null;
      if (job !== null && isDone(job, isFirst ? Number.POSITIVE_INFINITY : allowance)) finish(job);
      return job !== null || !dirtyOnFront.isEmpty() || (done === null && wanted() !== null);
    },
    isUpToDate,
    isFinished: () =>
      mayLayOut() && job === null && done === null && isUpToDate() && isResting && wanted() === null,
  };
}
