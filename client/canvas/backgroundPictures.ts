import type { Rectangle } from "../../shared/board/geometry.ts";
import type { Scheme } from "../../shared/render/backdrop.ts";
import { type Growth, neutralGrowth } from "../../shared/render/growth.ts";
import type { Focus } from "../../shared/template/template.ts";
import { type BackdropPainter, createBackdropPainter, createTreeShapes } from "./backdropPainter.ts";
import { letGo } from "./letGo.ts";
import { isAlike, type Plate, planeOf } from "./overscan.ts";
import type { PlateLayer } from "./plateLayer.ts";
import type { GrowthWay } from "./treeGrowth.ts";

/*
 * The drawing behind the notes as two pictures: one of the whole world, small, made once, and one as sharp as the
 * plate at rest. While the camera moves the plates copy from whichever fits.
 */

export type BackgroundPictures = {
  readonly paint: (context: CanvasRenderingContext2D, plate: Plate, pixels: Rectangle) => "copied" | "scaled";
  readonly sharpen: (plate: Plate) => void;
  readonly isSharp: (plate: Plate) => boolean;
  /** Makes the picture of the whole world, when there is time. */
  readonly prepareGround: () => void;
  /**
   * The tree grows; the rectangles of the world where it changed. The picture of the world, which is seen for moments
   * and handed to the page as a whole, follows when the tree is there.
   */
  readonly grow: (growth: Growth, way: GrowthWay) => readonly Rectangle[];
  readonly setScheme: (scheme: Scheme) => void;
};

/** Wherever a note may lie there is a picture; world units. */
const world: Rectangle = { x: -1_600, y: -1_300, width: 6_400, height: 4_600 };
const groundScale = Math.sqrt(1_500_000 / (world.width * world.height));
const groundPlate: Plate = {
  base: { scale: groundScale, x: -world.x * groundScale, y: -world.y * groundScale },
  pixels: { width: Math.floor(world.width * groundScale), height: Math.floor(world.height * groundScale) },
  ratio: 1,
};

export function createBackgroundPictures(
  focus: Focus,
  firstScheme: Scheme,
  ground: PlateLayer,
): BackgroundPictures {
  const shapesOf = createTreeShapes(focus);
  let growth = neutralGrowth;
  let scheme = firstScheme;
  const backdrop = createBackdropPainter(shapesOf, scheme, growth);
  let sharp: Plate | null = null;
  let hasGround = false;
  /** The tree has grown since. */
  let isGroundOld = false;

  /** Painted as a whole whenever it changes, and kept only as what the page shows: it is in memory often enough. */
  function paintGround(): void {
    isGroundOld = false;
    const painter = createBackdropPainter(shapesOf, scheme, growth);
    paintBackdrop(painter, groundPlate);
    void ground.present(groundPlate, painter.canvas).then((isOnPage) => {
      if (!isOnPage) letGo(painter.canvas);
    });
  }

  function paintBackdrop(painter: BackdropPainter, { base, pixels, ratio }: Plate): void {
    painter.paint(base, pixels.width / ratio, pixels.height / ratio, ratio);
  }

  return {
    paint(context, plate, pixels) {
      const { x, y, width, height } = pixels;
      context.clearRect(x, y, width, height);
      const isSharp = sharp !== null && isAlike(sharp, plate);
      const far = ground.shownCanvas();
      if (far !== null && (sharp === null || !isCoveredBy(sharp, plate, pixels))) {
        copy(context, far, groundPlate, plate, pixels);
        if (isSharp && sharp !== null) copy(context, backdrop.canvas, sharp, plate, pixels);
        return "scaled";
      }
      if (sharp !== null) copy(context, backdrop.canvas, sharp, plate, pixels);
      return isSharp ? "copied" : "scaled";
    },
    sharpen(plate) {
      paintBackdrop(backdrop, plate);
      sharp = plate;
    },
    isSharp: (plate) => sharp !== null && isAlike(sharp, plate) && isSamePlace(plate, sharp),
    prepareGround() {
      if (hasGround) return;
      hasGround = true;
      paintGround();
    },
    grow(next, { isThere }) {
      growth = next;
      const areas = backdrop.grow(next);
      if (areas.length > 0) isGroundOld = true;
      if (hasGround && isThere && isGroundOld) paintGround();
      return areas;
    },
    setScheme(next) {
      if (next === scheme) return;
      scheme = next;
      backdrop.setScheme(next);
      if (hasGround) paintGround();
    },
  };
}

/** Whether the picture has everything that `pixels` of the plate show, and as finely as the ground at least. */
function isCoveredBy(picture: Plate, plate: Plate, pixels: Rectangle): boolean {
  const { left, top, right, bottom } = sourceOf(picture, plate, pixels);
  return (
    left >= -0.5 &&
    top >= -0.5 &&
    right <= picture.pixels.width + 0.5 &&
    bottom <= picture.pixels.height + 0.5
  );
}

/** Where `pixels` of one plate lie on another, in its pixels. */
function sourceOf(from: Plate, to: Plate, pixels: Rectangle) {
  const source = planeOf(from);
  const target = planeOf(to);
  const grown = source.scale / target.scale;
  const whole = (value: number) => (grown === 1 ? Math.round(value) : value);
  const left = pixels.x * grown + whole(source.x - target.x * grown);
  const top = pixels.y * grown + whole(source.y - target.y * grown);
  return { grown, left, top, right: left + pixels.width * grown, bottom: top + pixels.height * grown };
}

/** Copies what two plates share. */
function copy(
  context: CanvasRenderingContext2D,
  picture: HTMLCanvasElement,
  from: Plate,
  to: Plate,
  pixels: Rectangle,
): void {
  const { grown, left, top, right, bottom } = sourceOf(from, to, pixels);
  const x = Math.max(0, left);
  const y = Math.max(0, top);
  const width = Math.min(from.pixels.width, right) - x;
  const height = Math.min(from.pixels.height, bottom) - y;
  if (width <= 0 || height <= 0) return;
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
}

function isSamePlace(plate: Plate, other: Plate): boolean {
  const dx = (plate.base.x - other.base.x) * plate.ratio;
  const dy = (plate.base.y - other.base.y) * plate.ratio;
  const isSameSize = plate.pixels.width === other.pixels.width && plate.pixels.height === other.pixels.height;
  return Math.abs(dx) < 0.01 && Math.abs(dy) < 0.01 && isSameSize;
}
