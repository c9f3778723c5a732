import type { Rectangle } from "../../shared/board/geometry.ts";
import { type Backdrop, backdropOf, type Scheme } from "../../shared/render/backdrop.ts";
import { createLiving, type Living } from "../../shared/render/backdropLiving.ts";
import type { Bounds } from "../../shared/render/backdropPen.ts";
import type { Growth } from "../../shared/render/growth.ts";
import type { Focus } from "../../shared/template/template.ts";
import {
  createPreparing,
  mergedBounds,
  type Prepared,
  paintShapes,
  type Styles,
  sharedBounds,
  stylesOf,
} from "./backdropPaths.ts";
import type { Camera } from "./camera.ts";

/*
 * Paints the drawing for a camera into a canvas of its own, so that moving the camera only copies a picture. Things grow
 * in two regions, the crown and the soil, between the still shapes below and above them: growth paints all three anew
 * within the rectangle around what changed.
 */

export type BackdropPainter = ReturnType<typeof createBackdropPainter>;

/** The regions, in world units, share no pixel. What grows there lies on the still shapes up to this layer, and under the others. */
const regions = [
  { part: "crown", area: { left: 960, top: -80, right: 3260, bottom: 1070 }, layer: 27 },
  { part: "roots", area: { left: 280, top: 1070, right: 3220, bottom: 2120 }, layer: 21 },
] as const satisfies readonly Region[];

type Region = { readonly part: keyof Living; readonly area: Bounds; readonly layer: number };

type Frame = { readonly camera: Camera; readonly pixels: Bounds; readonly ratio: number };

export type TreeShapes = {
  readonly palette: Backdrop["palette"];
  readonly still: readonly Prepared[];
  readonly livingOf: (growth: Growth) => Readonly<Record<keyof Living, readonly Prepared[]>>;
};

/** What several painters of one tree share: preparing its shapes takes longer than painting them. */
export type TreeShapesOf = (scheme: Scheme) => TreeShapes;

export function createTreeShapes(focus: Focus): TreeShapesOf {
  const prepare = createPreparing();
  const made = new Map<Scheme, TreeShapes>();

  function draw(scheme: Scheme): TreeShapes {
    const backdrop = backdropOf(focus, scheme);
    const living = createLiving(backdrop);
    return {
      palette: backdrop.palette,
      still: prepare(backdrop.still),
      livingOf(growth) {
        const { roots, crown } = living(growth);
        return { roots: prepare(roots), crown: prepare(crown) };
      },
    };
  }

  return (scheme) => {
    const shapes = made.get(scheme) ?? draw(scheme);
    made.set(scheme, shapes);
    return shapes;
  };
}

export function createBackdropPainter(shapesOf: TreeShapesOf, scheme: Scheme, firstGrowth: Growth) {
  const canvas = document.createElement("canvas");
  let shapes = shapesOf(scheme);
  let growth = firstGrowth;
  let living = shapes.livingOf(growth);
  let frame: Frame | null = null;
  let styles: Styles = new Map();

  function paint(camera: Camera, width: number, height: number, ratio: number): void {
    const pixels = {
      left: 0,
      top: 0,
      right: Math.max(1, Math.round(width * ratio)),
      bottom: Math.max(1, Math.round(height * ratio)),
    };
    resize(canvas, pixels);
    const context = canvas.getContext("2d");
    if (context === null) return;
    const at: Frame = { camera, pixels, ratio };
    frame = at;
    styles = stylesOf(context, shapes.palette);
    paintAround(context, at);
    for (const region of regions) compose(region, pixels);
  }

  /** Everything but what no one would see, because both regions are painted over it. */
  function paintAround(context: CanvasRenderingContext2D, at: Frame): void {
    toWorldUnits(context, at);
    const around = shapes.still.filter(({ bounds }) => !isCovered(bounds));
    paintShapes(context, around, styles, worldOf(at.pixels, at));
    context.setTransform(1, 0, 0, 1, 0, 0);
  }

  /** Paints anew what lies within these pixels of a region: its still shapes, and between them what grew. */
  function compose({ part, area, layer }: Region, dirty: Bounds): void {
    const context = canvas.getContext("2d");
    const cell = frame === null ? null : sharedBounds(cellOf(area, frame), frame.pixels);
    const within = cell === null ? null : sharedBounds(dirty, cell);
    if (context === null || frame === null || within === null) return;
    context.save();
    context.beginPath();
    context.rect(...edgesOf(within));
    context.clip();
    toWorldUnits(context, frame);
    const still = (isAbove: boolean) => shapes.still.filter(({ shape }) => shape.l > layer === isAbove);
    for (const some of [still(false), living[part], still(true)]) {
      paintShapes(context, some, styles, worldOf(within, frame));
    }
    context.restore();
  }

  return {
    canvas,
    paint,
    paintedFor: () => frame?.camera ?? null,
    /** Lets the tree be as grown as this; the rectangles of the world, if any, where the canvas changed. */
    grow(next: Growth): readonly Rectangle[] {
      growth = next;
      const before = living;
      living = shapes.livingOf(growth);
      return (["crown", "roots"] as const).flatMap((part) => {
        const changed = mergedBounds(changedBetween(before[part], living[part]));
        for (const region of regions) {
          if (frame === null || region.part !== part) continue;
          for (const area of changed) compose(region, pixelsOf(area, frame));
        }
        return changed.map(rectangleOf);
      });
    },
    /** Colours for a light or a dark room; paints again what was painted. */
    setScheme(next: Scheme): void {
      shapes = shapesOf(next);
      living = shapes.livingOf(growth);
      if (frame === null) return;
      const { camera, pixels, ratio } = frame;
      paint(camera, pixels.right / ratio, pixels.bottom / ratio, ratio);
    },
  };
}

/** The regions lie on top of each other: what both have in width they cover together. */
function isCovered({ left, top, right, bottom }: Bounds): boolean {
  const [upper, lower] = [regions[0].area, regions[1].area];
  return (
    left > Math.max(upper.left, lower.left) &&
    right < Math.min(upper.right, lower.right) &&
    top > upper.top &&
    bottom < lower.bottom
  );
}

/** Where shapes lie that only one of both has. */
function changedBetween(before: readonly Prepared[], after: readonly Prepared[]): readonly Bounds[] {
  const [were, are] = [new Set(before), new Set(after)];
  return [...before.filter((it) => !are.has(it)), ...after.filter((it) => !were.has(it))].map(
    ({ bounds }) => bounds,
  );
}

function resize(canvas: HTMLCanvasElement, { left, top, right, bottom }: Bounds): void {
  // Setting the size also clears, and forgets the transform.
  canvas.width = right - left;
  canvas.height = bottom - top;
}

function toWorldUnits(context: CanvasRenderingContext2D, { camera, ratio }: Frame): void {
  const scale = camera.scale * ratio;
  context.setTransform(scale, 0, 0, scale, camera.x * ratio, camera.y * ratio);
}

/** The pixels that belong to a region and to no other. */
function cellOf(world: Bounds, { camera, ratio }: Frame): Bounds {
  const scale = camera.scale * ratio;
  return {
    left: Math.floor(world.left * scale + camera.x * ratio),
    top: Math.floor(world.top * scale + camera.y * ratio),
    right: Math.floor(world.right * scale + camera.x * ratio),
    bottom: Math.floor(world.bottom * scale + camera.y * ratio),
  };
}

/** Every pixel that something may touch. */
function pixelsOf(world: Bounds, at: Frame): Bounds {
  const { left, top, right, bottom } = cellOf(world, at);
  return { left, top, right: right + 1, bottom: bottom + 1 };
}

function worldOf(pixels: Bounds, { camera, ratio }: Frame): Bounds {
  const scale = camera.scale * ratio;
  return {
    left: (pixels.left - camera.x * ratio) / scale,
    top: (pixels.top - camera.y * ratio) / scale,
    right: (pixels.right - camera.x * ratio) / scale,
    bottom: (pixels.bottom - camera.y * ratio) / scale,
  };
}

function edgesOf({ left, top, right, bottom }: Bounds): [number, number, number, number] {
  return [left, top, right - left, bottom - top];
}

function rectangleOf({ left, top, right, bottom }: Bounds): Rectangle {
  return { x: left, y: top, width: right - left, height: bottom - top };
}
