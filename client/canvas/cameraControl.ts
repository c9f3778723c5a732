import { clamp, type Point, type Rectangle, type Size } from "../../shared/board/geometry.ts";
import { type Camera, fitCamera, type Insets, zoomCamera } from "./camera.ts";

/** While the camera moves, and when it has come to rest. */
export type CameraNews = "moving" | "settled";

export type CameraControl = {
  readonly camera: () => Camera;
  readonly isMoving: () => boolean;
  readonly onCamera: (listener: (how: CameraNews) => void) => () => void;
  /** Settles a moment after the last call. */
  readonly moveTo: (camera: Camera) => void;
  readonly pan: (dx: number, dy: number) => void;
  readonly zoom: (factor: number, at: Point) => void;
  readonly fitWorld: () => void;
  readonly fitRectangle: (target: Rectangle) => void;
  readonly resize: (screen: Size, insets: Insets) => void;
  readonly stop: () => void;
};

export type CameraControlOptions = {
  readonly world: Size;
  /** Before anybody else hears of it. */
  readonly onMove: (camera: Camera, before: Camera) => void;
  readonly onSettled: () => void;
};

const settleMs = 120;
/** So much of the world may be pushed off the screen. */
const reach = 0.85;

/** Where the camera is, how far it may go, and when it has come to rest. */
export function createCameraControl({ world, onMove, onSettled }: CameraControlOptions): CameraControl {
  const wholeWorld = { x: 0, y: 0, ...world };
  const listeners = new Set<(how: CameraNews) => void>();
  let camera: Camera = { scale: 1, x: 0, y: 0 };
  let screen: Size = { width: 1, height: 1 };
  let insets: Insets = { top: 0, right: 0, bottom: 0, left: 0 };
  /** Showing the whole world, also when the window gets another size. */
  let isFitted = true;
  let settleTimer: ReturnType<typeof setTimeout> | null = null;

  function tell(how: CameraNews): void {
    for (const listener of listeners) listener(how);
  }

  function settle(): void {
    settleTimer = null;
    onSettled();
    tell("settled");
  }

  function move(next: Camera): void {
    const before = camera;
    camera = next;
    onMove(next, before);
    if (settleTimer !== null) clearTimeout(settleTimer);
    settleTimer = null;
  }

  function moveTo(next: Camera): void {
    isFitted = false;
    move(next);
    settleTimer = setTimeout(settle, settleMs);
    tell("moving");
  }

  function jumpTo(next: Camera): void {
    move(next);
    settle();
  }

  function fitWorld(): void {
    isFitted = true;
    jumpTo(fitCamera(wholeWorld, screen, insets));
  }

  return {
    camera: () => camera,
    isMoving: () => settleTimer !== null,
    onCamera(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    moveTo,
    pan(dx, dy) {
      const keep = (offset: number, length: number, space: number) =>
        clamp(offset, -length * reach, space - length * (1 - reach));
      const { scale, x, y } = camera;
      moveTo({
        scale,
        x: keep(x + dx, world.width * scale, screen.width),
        y: keep(y + dy, world.height * scale, screen.height),
      });
    },
    zoom(factor, at) {
      const smallestScale = fitCamera(wholeWorld, screen, insets).scale / 2;
      moveTo(zoomCamera(camera, factor, at, smallestScale));
    },
    fitWorld,
    fitRectangle(target) {
      isFitted = false;
      jumpTo(fitCamera(target, screen, insets));
    },
    resize(size, covered) {
      screen = size;
      insets = covered;
      if (isFitted) fitWorld();
      else jumpTo(camera);
    },
    stop() {
      if (settleTimer !== null) clearTimeout(settleTimer);
    },
  };
}
