import type { Rectangle, Size } from "../../shared/board/geometry.ts";
import type { Camera, CanvasPlane } from "./camera.ts";

/*
 * The resting board is painted on a plate that is larger than the screen. While the camera moves the browser moves
 * the plate as a picture; it is painted again when its edge comes near, when it is too large or too small by far, and
 * when the camera has come to rest.
 */

export type Plate = {
  /** The camera for which the plate's own corner is the origin. */
  readonly base: Camera;
  /** Pixels of the canvas, whole numbers. */
  readonly pixels: Size;
  /** Pixels of the canvas per CSS pixel at the scale of `base`. */
  readonly ratio: number;
};

export type Screen = Size & { readonly devicePixelRatio: number };

/** Plates of more pixels take too long to paint. */
const mostPixels = 8_000_000;
/** A plate is never smaller than the screen with a little around it, however large the screen is. */
const leastOverscan = 1.1;
/** More takes longer to paint, so the camera outruns it as often, and costs memory four times over. */
const mostOverscan = 1.33;
/** Beyond so many pixels on screen nobody sees more, and every browser suffers. */
const mostScreenPixels = 14_000_000;

export function ratioFor(screen: Screen): number {
  const wanted = Math.max(1, Math.min(2, screen.devicePixelRatio));
  const affordable = Math.sqrt(mostScreenPixels / (screen.width * screen.height));
  return affordable >= wanted ? wanted : Math.max(1, Math.floor(affordable * 4) / 4);
}

/** How much room there is around the screen, CSS pixels on each side. */
export function paddingFor(screen: Screen): { readonly x: number; readonly y: number } {
  const ratio = ratioFor(screen);
  const affordable = Math.sqrt(mostPixels / (screen.width * screen.height * ratio * ratio));
  const overscan = Math.min(mostOverscan, Math.max(leastOverscan, affordable));
  const pad = (length: number) => Math.round(((overscan - 1) / 2) * length * ratio) / ratio;
  return { x: pad(screen.width), y: pad(screen.height) };
}

/** A plate around what the camera sees; `ahead` moves it where the camera is going, CSS pixels. */
export function plateFor(camera: Camera, screen: Screen, ahead = { x: 0, y: 0 }): Plate {
  const ratio = ratioFor(screen);
  const padding = paddingFor(screen);
  const whole = (value: number) => Math.round(value * ratio) / ratio;
  return {
    base: {
      scale: camera.scale,
      x: camera.x + padding.x + whole(ahead.x),
      y: camera.y + padding.y + whole(ahead.y),
    },
    pixels: {
      width: Math.ceil((screen.width + 2 * padding.x) * ratio),
      height: Math.ceil((screen.height + 2 * padding.y) * ratio),
    },
    ratio,
  };
}

/** The same place as `plate` up to whole pixels of `like`, so that pixels can be copied from one to the other. */
export function alignedWith(plate: Plate, like: Plate): Plate {
  const whole = (value: number) => Math.round(value * plate.ratio) / plate.ratio;
  const { scale, x, y } = plate.base;
  return {
    ...plate,
    base: { scale, x: like.base.x + whole(x - like.base.x), y: like.base.y + whole(y - like.base.y) },
  };
}

/** The plate that has only these whole pixels of it. */
export function partOf({ base, ratio }: Plate, { x, y, width, height }: Rectangle): Plate {
  return {
    base: { scale: base.scale, x: base.x - x / ratio, y: base.y - y / ratio },
    pixels: { width, height },
    ratio,
  };
}

export function isAlike(a: Plate, b: Plate): boolean {
  return a.base.scale === b.base.scale && a.ratio === b.ratio;
}

/** Where the plate's corner lies on screen, CSS pixels, and how much larger it is shown. Whole pixels where it fits. */
export function placeOnScreen(
  plate: Plate,
  camera: Camera,
  devicePixelRatio: number,
): { readonly x: number; readonly y: number; readonly scale: number } {
  const scale = camera.scale / plate.base.scale;
  const x = camera.x - plate.base.x * scale;
  const y = camera.y - plate.base.y * scale;
  if (scale !== 1) return { x, y, scale };
  const whole = (value: number) => Math.round(value * devicePixelRatio) / devicePixelRatio;
  return { x: whole(x), y: whole(y), scale };
}

/** Room left between the edges of screen and plate, CSS pixels; below zero something is bare. */
export type Room = {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
};

export function roomAround(plate: Plate, camera: Camera, screen: Screen): Room {
  const scale = camera.scale / plate.base.scale;
  const x = camera.x - plate.base.x * scale;
  const y = camera.y - plate.base.y * scale;
  return {
    left: -x,
    top: -y,
    right: x + (plate.pixels.width / plate.ratio) * scale - screen.width,
    bottom: y + (plate.pixels.height / plate.ratio) * scale - screen.height,
  };
}

export function isCovering({ left, top, right, bottom }: Room): boolean {
  return Math.min(left, top, right, bottom) >= -0.5;
}

/** A picture that is shown so much larger, or smaller, is painted again while the camera still moves. */
const mostEnlarged = 2.2;
const mostReduced = 1.6;
/** So much of the padding may be used up before the plate is moved along. */
const leastShare = 0.4;

/** `velocity` in CSS pixels per frame, as the camera's offset moves. */
export function isWornOut(
  plate: Plate,
  camera: Camera,
  screen: Screen,
  velocity: { readonly x: number; readonly y: number },
): boolean {
  const scale = camera.scale / plate.base.scale;
  if (scale > mostEnlarged || scale < 1 / mostReduced) return true;
  const room = roomAround(plate, camera, screen);
  if (!isCovering(room)) return true;
  if (scale !== 1) return false;
  const padding = paddingFor(screen);
  const isNear = (space: number, pad: number, towards: number) => towards > 0 && space < pad * leastShare;
  return (
    isNear(room.left, padding.x, velocity.x) ||
    isNear(room.right, padding.x, -velocity.x) ||
    isNear(room.top, padding.y, velocity.y) ||
    isNear(room.bottom, padding.y, -velocity.y)
  );
}

/** At rest: sharp at this scale, with room to start moving any way. */
export function isGoodAtRest(plate: Plate, camera: Camera, screen: Screen): boolean {
  if (plate.base.scale !== camera.scale || plate.ratio !== ratioFor(screen)) return false;
  const padding = paddingFor(screen);
  const { left, top, right, bottom } = roomAround(plate, camera, screen);
  return Math.min(left, right) >= padding.x * leastShare && Math.min(top, bottom) >= padding.y * leastShare;
}

/** What lies on the plate, world units. */
export function worldOf({ base, pixels, ratio }: Plate): Rectangle {
  const scale = base.scale * ratio;
  return {
    x: -base.x / base.scale,
    y: -base.y / base.scale,
    width: pixels.width / scale,
    height: pixels.height / scale,
  };
}

/** Parts of `plate` that do not lie on `other`, pixels of `plate`: at most two strips beside and two above and below. */
export function barePixels(plate: Plate, other: Plate): readonly Rectangle[] {
  const dx = Math.round((plate.base.x - other.base.x) * plate.ratio);
  const dy = Math.round((plate.base.y - other.base.y) * plate.ratio);
  const { width, height } = plate.pixels;
  const left = Math.min(width, Math.max(0, dx));
  const right = Math.max(left, Math.min(width, other.pixels.width + dx));
  const top = Math.min(height, Math.max(0, dy));
  const bottom = Math.max(top, Math.min(height, other.pixels.height + dy));
  if (right === left || bottom === top) return [{ x: 0, y: 0, width, height }];
  return [
    { x: 0, y: 0, width, height: top },
    { x: 0, y: bottom, width, height: height - bottom },
    { x: 0, y: top, width: left, height: bottom - top },
    { x: right, y: top, width: width - right, height: bottom - top },
  ].filter((strip) => strip.width > 0 && strip.height > 0);
}

export function planeOf({ base, ratio }: Plate): CanvasPlane {
  return { scale: base.scale * ratio, x: base.x * ratio, y: base.y * ratio, ratio };
}
