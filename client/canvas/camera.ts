import { clamp, type Point, type Rectangle, type Size } from "../../shared/board/geometry.ts";

/** Where the world lies on the screen: `screen = world * scale + offset`, in CSS pixels. */
export type Camera = { readonly scale: number; readonly x: number; readonly y: number };
/** Where the world lies on a canvas: like a camera, in pixels of the canvas; `ratio` of them make one CSS pixel. */
export type CanvasPlane = Camera & { readonly ratio: number };
export type Insets = {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
};

const largestScale = 3;

/** The whole rectangle in the middle of what the floating controls leave free. */
export function fitCamera(target: Rectangle, screen: Size, insets: Insets): Camera {
  const width = Math.max(1, screen.width - insets.left - insets.right);
  const height = Math.max(1, screen.height - insets.top - insets.bottom);
  const nearest = largestScale * Math.max(1, screen.width / 1_920);
  const scale = Math.min(nearest, width / target.width, height / target.height);
  return {
    scale,
    x: insets.left + (width - target.width * scale) / 2 - target.x * scale,
    y: insets.top + (height - target.height * scale) / 2 - target.y * scale,
  };
}

/** Zooms so that the point of the world under `screenPoint` stays there. */
export function zoomCamera(
  camera: Camera,
  factor: number,
  screenPoint: Point,
  smallestScale: number,
): Camera {
  const scale = clamp(camera.scale * factor, smallestScale, largestScale);
  const world = toWorld(camera, screenPoint);
  return { scale, x: screenPoint.x - world.x * scale, y: screenPoint.y - world.y * scale };
}

export function toWorld(camera: Camera, point: Point): Point {
  return { x: (point.x - camera.x) / camera.scale, y: (point.y - camera.y) / camera.scale };
}

export function toScreen(camera: Camera, point: Point): Point {
  return { x: point.x * camera.scale + camera.x, y: point.y * camera.scale + camera.y };
}
