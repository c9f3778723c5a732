import { clamp, type Rectangle } from "../../shared/board/geometry.ts";
import { type BoardContent, bandsOf, costOfBand, paintArea, pixelsOf } from "./areaPainter.ts";
import { type Camera, zoomCamera } from "./camera.ts";
import { createDirtyAreas } from "./dirtyAreas.ts";
import { letGo } from "./letGo.ts";
import {
  alignedWith,
  barePixels,
  isAlike,
  isCovering,
  isGoodAtRest,
  isWornOut,
  type Plate,
  plateFor,
  roomAround,
  type Screen,
} from "./overscan.ts";
import { createPace } from "./pace.ts";
import type { PlateLayer } from "./plateLayer.ts";

/*
 * The notes that nobody has in hand, with all that lies below them, on a plate. Another one is painted a little in every
 * frame and then takes its place. A changed note is painted anew on the plate that is shown, within its own rectangle.
 * `ground` is the drawing alone, small and of the whole world: it shows where the camera outran the plate.
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
  readonly board: PlateLayer;
  readonly ground: PlateLayer;
  readonly content: BoardContent;
  /** Paints the drawing for a plate as sharply as can be; it takes long. */
  readonly sharpenBackground: (plate: Plate) => void;
  readonly isBackgroundSharp: (plate: Plate) => boolean;
  /** False while the letters are still on their way: words that are laid out now would have to be laid out again. */
  readonly mayLayOut: () => boolean;
  /** There may be more to do: what was painted came to be seen, or it became calm. */
  readonly onMore: () => void;
};

type Draft = {
  readonly plate: Plate;
  /** `moving`: what is at hand; `resting`: everything laid out, the drawing sharp; `joined`: what is shown, in one piece. */
  readonly kind: "moving" | "resting" | "joined";
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
/** When nothing changed for so long there is time to put patches together. */
const calmMs = 1_000;
/** How many frames ahead a plate is laid where the camera is going. */
const framesAhead = 14;
/** At most so much of the screen: whoever turns round finds something there, too. */
const mostAhead = 0.6;
/** And how much smaller or larger than what the camera sees now. */
const zoomAhead = { least: 0.7, most: 1.4 } as const;
/** A camera that changes its scale less than this in a frame is not zooming. */
const leastZoom = 0.004;

export function createRestingBoard(options: RestingBoardOptions): RestingBoard {
  const { board, ground, content, sharpenBackground, isBackgroundSharp, mayLayOut, onMore } = options;
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
  /** Where drafts are painted, one at a time. It has no pixels in between, but knows its fonts. */
  let canvas = document.createElement("canvas");
  let job: Job | null = null;
  /** Done, and about to take its place. */
  let done: Draft | null = null;
  let spent = 0;
  let patchedAt = Number.NEGATIVE_INFINITY;
  let calmTimer: ReturnType<typeof setTimeout> | undefined;
  const dirtyOnBoard = createDirtyAreas();
  /** What changed on the draft since it was begun. */
  const dirtyOnDraft = createDirtyAreas();
  const pace = createPace();

  function* stepsOf(draft: Draft): Generator<number, void> {
    const { plate, kind } = draft;
    const shown = board.plate();
    const context = canvas.getContext("2d");
    if (context === null) return;
    let areas: readonly Rectangle[] = [{ x: 0, y: 0, ...plate.pixels }];
    if (kind !== "resting" && !isStale && shown !== null && isAlike(plate, shown)) {
      // The same notes at the same scale: their pixels are copied, only what comes into sight is painted.
      for (const band of bandsOf({ x: 0, y: 0, ...plate.pixels })) {
        board.copyTo(context, plate, band);
        yield costOfBand(band, "copied");
      }
      areas = barePixels(plate, shown);
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

  function begin(kind: Draft["kind"]): Job {
    // Pixels that are copied have to be right.
    if (kind !== "resting") mend(Number.POSITIVE_INFINITY);
    const plate = plateOf(kind);
    dirtyOnDraft.clear();
    Object.assign(canvas, plate.pixels);
    const draft: Draft = { plate, kind, isWordless: false, isStale: false };
    return { draft, steps: stepsOf(draft) };
  }

  function plateOf(kind: Draft["kind"]): Plate {
    const shown = board.plate();
    if (kind === "joined" && shown !== null) return shown;
    const around = kind === "resting" ? plateFor(camera, screen) : plateAhead();
    return shown !== null && isAlike(around, shown) ? alignedWith(around, shown) : around;
  }

  /** Where the camera will be when it is painted. */
  function plateAhead(): Plate {
    if (Math.abs(zoom - 1) > leastZoom) {
      const factor = clamp(zoom ** framesAhead, zoomAhead.least, zoomAhead.most);
      const middle = { x: screen.width / 2, y: screen.height / 2 };
      return plateFor(zoomCamera(camera, factor, middle, 0), screen);
    }
    const lead = (speed: number, length: number) =>
      clamp(speed * framesAhead, -mostAhead * length, mostAhead * length);
    return plateFor(camera, screen, {
      x: lead(velocity.x, screen.width),
      y: lead(velocity.y, screen.height),
    });
  }

  function giveUp({ steps }: Job): void {
    steps.return();
    letGo(canvas);
    job = null;
  }

  /** Until it can be seen, what is shown is mended and moved as before. */
  function finish({ draft }: Job): void {
    job = null;
    done = draft;
    void board.present(draft.plate, canvas).then((isOnPage) => {
      done = null;
      if (isOnPage) canvas = document.createElement("canvas");
      else letGo(canvas);
      noteShown(draft);
      onMore();
    });
  }

  function noteShown(draft: Draft): void {
    if (draft.kind !== "joined") isRough = draft.kind === "moving" || !isBackgroundSharp(draft.plate);
    isRough ||= draft.isWordless;
    isStale = draft.isStale;
    hasBeenSharp ||= !isRough;
    dirtyOnBoard.clear();
    for (let area = dirtyOnDraft.take(); area !== null; area = dirtyOnDraft.take()) {
      if (area === "all") isStale = true;
      else dirtyOnBoard.add(area);
    }
    follow();
    board.setShown(true);
  }

  function follow(): void {
    board.follow(camera, screen.devicePixelRatio);
    const plate = board.plate();
    const isBare = plate === null || !isCovering(roomAround(plate, camera, screen));
    if (isBare) ground.follow(camera, screen.devicePixelRatio);
    if (ground.isShown() !== isBare) ground.setShown(isBare);
  }

  /** Whether another plate is wanted now, and how good it must be. */
  function wanted(): Draft["kind"] | null {
    const plate = board.plate();
    if (plate === null) return "moving";
    const isCalm = isResting && performance.now() - patchedAt >= calmMs;
    const joined = board.isPatchy(isCalm ? "calm" : "busy") ? "joined" : null;
    if (!mayLayOut()) return isStale ? "moving" : joined;
    if (isResting) return isRough || isStale || !isGoodAtRest(plate, camera, screen) ? "resting" : joined;
    return isStale || isWornOut(plate, camera, screen, velocity) ? "moving" : joined;
  }

  /** A plate that is being painted for a place where the camera no longer is. */
  function isInVain({ draft: { plate, kind } }: Job): boolean {
    if (kind === "joined") return false;
    if (kind === "resting") return !isResting || !isGoodAtRest(plate, camera, screen);
    const shown = board.plate();
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
    const shown = board.plate();
    if (shown === null) return;
    // Another plate is on its way: until then people see the board as it was, and no mixture.
    if (isStale) {
      dirtyOnBoard.clear();
      return;
    }
    while (spent < allowance) {
      const area = dirtyOnBoard.take();
      if (area === null) break;
      const pixels = area === "all" ? { x: 0, y: 0, ...shown.pixels } : pixelsOf(shown, area);
      if (pixels === null) continue;
      const share = (pixels.width * pixels.height) / (shown.pixels.width * shown.pixels.height);
      const patch = share > mostOfPlate ? null : board.patch(pixels);
      if (patch === null) {
        isStale = true;
        dirtyOnBoard.clear();
        return;
      }
      const { plate, context } = patch;
      const time = { hasTime: mayLayOut() };
      const whole = { x: 0, y: 0, ...plate.pixels };
      const steps = paintArea(content, { plate, context, pixels: whole, time, onWordless: () => undefined });
      for (const cost of steps) spent += cost;
      patchedAt = performance.now();
      clearTimeout(calmTimer);
      calmTimer = setTimeout(onMore, calmMs + 1);
    }
  }

  const isUpToDate = () => !isStale && dirtyOnBoard.isEmpty();

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
      dirtyOnBoard.add(area);
      dirtyOnDraft.add(area);
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
      const isFirst = board.plate() === null;
      if (job !== null && isDone(job, isFirst ? Number.POSITIVE_INFINITY : allowance)) finish(job);
      return job !== null || !dirtyOnBoard.isEmpty() || (done === null && wanted() !== null);
    },
    isUpToDate,
    isFinished: () =>
      mayLayOut() && job === null && done === null && isUpToDate() && isResting && wanted() === null,
  };
}
