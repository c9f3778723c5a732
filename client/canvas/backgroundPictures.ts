import type { Rectangle } from "../../shared/board/geometry.ts";
import type { Scheme } from "../../shared/render/backdrop.ts";
import type { Growth } from "../../shared/render/growth.ts";
import type { Focus } from "../../shared/template/template.ts";
import { type BackdropPainter, createBackdropPainter } from "./backdropPainter.ts";
import { isAlike, type Plate, planeOf } from "./overscan.ts";
import type { PlateLayer } from "./plateLayer.ts";

/*
 * The drawing behind the notes as two pictures: one of the whole world, small, made once, and one as sharp as the
 * plate at rest. While the camera moves the plates copy from whichever fits.
 */

export type BackgroundPictures = {
  readonly paint: (context: CanvasRenderingContext2D, plate: Plate, pixels: Rectangle) => void;
  readonly sharpen: (plate: Plate) => void;
  readonly isSharp: (plate: Plate) => boolean;
  /** The tree grows in both pictures; the rectangles of the world where they changed. */
  readonly grow: (growth: Growth) => readonly Rectangle[];
  readonly setScheme: (scheme: Scheme) => void;
};

/** Wherever a note may lie there is a picture; world units. */
const world: Rectangle = { x: -1_600, y: -1_300, width: 6_400, height: 4_600 };
const groundPixels = 3_000_000;

export function createBackgroundPictures(focus: Focus, ground: PlateLayer): BackgroundPictures {
  const far = createBackdropPainter(focus);
  const near = createBackdropPainter(focus);
  let sharp: Plate | null = null;

  const groundPlate = (): Plate => ground.plate() ?? paintGround();

  function paintGround(): Plate {
    const scale = Math.sqrt(groundPixels / (world.width * world.height));
    const plate: Plate = {
      base: { scale, x: -world.x * scale, y: -world.y * scale },
      pixels: { width: Math.floor(world.width * scale), height: Math.floor(world.height * scale) },
      ratio: 1,
    };
    paintBackdrop(far, plate);
    ground.become(plate)?.drawImage(far.canvas, 0, 0);
    return plate;
  }

  function copyGround(): void {
    if (ground.plate() === null) return;
    ground.getNativeCanvasElement().getContext("2d")?.drawImage(far.canvas, 0, 0);
  }

  return {
    paint(context, plate, pixels) {
      context.clearRect(pixels.x, pixels.y, pixels.width, pixels.height);
      const isEnough =
        sharp !== null && isAlike(sharp, plate) && copy(context, near.canvas, sharp, plate, pixels);
      if (isEnough) return;
      copy(context, ground.getNativeCanvasElement(), groundPlate(), plate, pixels);
      if (sharp !== null && sharp.base.scale * sharp.ratio > groundPlate().base.scale) {
        copy(context, near.canvas, sharp, plate, pixels);
      }
    },
    sharpen(plate) {
      groundPlate();
      paintBackdrop(near, plate);
      sharp = plate;
    },
    isSharp: (plate) => sharp !== null && isAlike(sharp, plate) && isWithin(plate, sharp),
    grow(growth) {
      const areas = near.grow(growth);
      if (far.grow(growth).length > 0) copyGround();
      return areas;
    },
    setScheme(scheme) {
      near.setScheme(scheme);
      far.setScheme(scheme);
      copyGround();
    },
  };
}

function paintBackdrop(painter: BackdropPainter, { base, pixels, ratio }: Plate): void {
  painter.paint(base, pixels.width / ratio, pixels.height / ratio, ratio);
}

/** Copies what two plates share; true when that is all of `pixels`. */
function copy(
  context: CanvasRenderingContext2D,
  picture: HTMLCanvasElement,
  from: Plate,
  to: Plate,
  pixels: Rectangle,
): boolean {
  const source = planeOf(from);
  const target = planeOf(to);
  const grown = source.scale / target.scale;
  const dx = source.x - target.x * grown;
  const dy = source.y - target.y * grown;
  const isSame = grown === 1;
  const left = pixels.x * grown + (isSame ? Math.round(dx) : dx);
  const top = pixels.y * grown + (isSame ? Math.round(dy) : dy);
  const right = left + pixels.width * grown;
  const bottom = top + pixels.height * grown;
  const x = Math.max(0, left);
  const y = Math.max(0, top);
  const width = Math.min(from.pixels.width, right) - x;
  const height = Math.min(from.pixels.height, bottom) - y;
  if (width <= 0 || height <= 0) return false;
  context.drawImage(
    picture,
    x,
    y,
    width,
    height,
    pixels.x + (x - left) / grown,
    pixels.y + (y - top) / grown,
    width / grown,
    height / grown,
  );
  return x === left && y === top && x + width >= right && y + height >= bottom;
}

function isWithin(plate: Plate, other: Plate): boolean {
  const dx = (plate.base.x - other.base.x) * plate.ratio;
  const dy = (plate.base.y - other.base.y) * plate.ratio;
  return (
    Math.abs(dx) < 0.01 &&
    Math.abs(dy) < 0.01 &&
    plate.pixels.width <= other.pixels.width &&
    plate.pixels.height <= other.pixels.height
  );
}
