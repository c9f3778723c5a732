import { Layer } from "konva/lib/Layer";
import { overlapOf, type Rectangle, type Size } from "../../shared/board/geometry.ts";
import type { Camera } from "./camera.ts";
import { letGo } from "./letGo.ts";
import { type Plate, partOf, placeOnScreen, planeOf } from "./overscan.ts";

type Patch = { readonly pixels: Rectangle; readonly canvas: HTMLCanvasElement };

/** So many patches, or so much of the plate under them, cost more than one picture: less when there is time to make it. */
const mostPatches = { busy: 40, calm: 6 } as const;
const mostPatched = 0.35;

/**
 * A layer that shows a plate, which the browser moves. Browsers copy a canvas on the page, whole, for every frame in
 * which anything moves, and keep several copies. A plate is therefore handed to the page once, as a picture; what
 * changes on it afterwards is painted on small canvases that lie over it.
 */
export class PlateLayer extends Layer {
  private shown: Plate | null = null;
  /** What the browser moves. */
  private readonly carrier = document.createElement("div");
  private readonly picture = document.createElement("canvas");
  /** The picture; or what was painted, where the browser takes no picture of it. */
  private seen = this.picture;
  private patches: readonly Patch[] = [];
  private isDestroyed = false;

  constructor() {
    super({ listening: false });
    Object.assign(this.carrier.style, {
      position: "absolute",
      insetBlockStart: "0",
      insetInlineStart: "0",
      transformOrigin: "0 0",
      willChange: "transform",
      display: "none",
    });
  }

  /** Once it is on the stage. */
  mount(): void {
    this.getNativeCanvasElement().replaceWith(this.carrier);
  }

  override destroy(): this {
    this.isDestroyed = true;
    super.destroy();
    for (const canvas of [this.picture, this.seen]) letGo(canvas);
    this.dropPatches();
    this.carrier.remove();
    return this;
  }

  /** Its own canvas is never painted on. */
  override _setSize(): this {
    return this;
  }

  /** There are no shapes in it: the stage has nothing to draw. */
  override draw(): this {
    return this;
  }

  plate(): Plate | null {
    return this.shown;
  }

  /**
   * Shows what was painted for this plate: when this settles it is in the place of what was shown before, and of its
   * patches. Resolves to whether the canvas itself is on the page now; else it may be painted on again. Never rejects.
   */
  async present(plate: Plate, canvas: HTMLCanvasElement): Promise<boolean> {
    const taken = await pictureOf(canvas);
    if (this.isDestroyed) {
      taken?.close();
      return false;
    }
    // Without room for a picture, or in a browser that takes none, the canvas itself is on the page: slower, and as good.
    const context = taken === null ? null : this.picture.getContext("bitmaprenderer");
    if (context === null) taken?.close();
    else context.transferFromImageBitmap(taken);
    const before = this.seen;
    this.seen = context === null ? canvas : this.picture;
    this.shown = plate;
    Object.assign(this.seen.style, { display: "block", ...sizeOnPage(plate.pixels, plate.ratio) });
    this.dropPatches();
    if (before !== this.seen || !this.seen.isConnected) this.carrier.replaceChildren(this.seen);
    if (before !== this.picture && before !== this.seen) letGo(before);
    return this.seen === canvas;
  }

  /** Where to paint anew what changed within these whole pixels of the plate; null when it cannot be. */
  patch(pixels: Rectangle): { readonly plate: Plate; readonly context: CanvasRenderingContext2D } | null {
    if (this.shown === null) return null;
    const plate = partOf(this.shown, pixels);
    const again = this.patches.find((patch) => isSame(patch.pixels, pixels));
    const canvas = again?.canvas ?? document.createElement("canvas");
    if (again === undefined) Object.assign(canvas, { width: pixels.width, height: pixels.height });
    const context = canvas.getContext("2d");
    if (context === null) return null;
    const { ratio } = this.shown;
    Object.assign(canvas.style, {
      position: "absolute",
      insetBlockStart: "0",
      insetInlineStart: "0",
      transform: `translate(${pixels.x / ratio}px, ${pixels.y / ratio}px)`,
      ...sizeOnPage(pixels, ratio),
    });
    for (const patch of this.patches) {
      if (patch.canvas === canvas || !isWithin(patch.pixels, pixels)) continue;
      patch.canvas.remove();
      letGo(patch.canvas);
    }
    this.patches = [...this.patches.filter((patch) => !isWithin(patch.pixels, pixels)), { pixels, canvas }];
    this.carrier.append(canvas);
    return { plate, context };
  }

  /** There are so many patches that one picture would be better. */
  isPatchy(time: keyof typeof mostPatches): boolean {
    if (this.shown === null) return false;
    const { width, height } = this.shown.pixels;
    const patched = this.patches.reduce((sum, { pixels }) => sum + pixels.width * pixels.height, 0);
    return this.patches.length > mostPatches[time] || patched > width * height * mostPatched;
  }

  /** What is shown, without its patches. */
  shownCanvas(): HTMLCanvasElement | null {
    return this.shown === null ? null : this.seen;
  }

  /** Copies what is shown to where it lies within these pixels of another plate of the same scale, where nothing is yet. */
  copyTo(context: CanvasRenderingContext2D, plate: Plate, within: Rectangle): void {
    if (this.shown === null) return;
    const [from, to] = [planeOf(this.shown), planeOf(plate)];
    const [left, top] = [Math.round(to.x - from.x), Math.round(to.y - from.y)];
    const wanted = { ...within, x: within.x - left, y: within.y - top };
    context.setTransform(1, 0, 0, 1, 0, 0);
    const whole = { pixels: { x: 0, y: 0, ...this.shown.pixels }, canvas: this.seen };
    for (const { pixels, canvas } of [whole, ...this.patches]) {
      const shared = overlapOf(pixels, wanted);
      if (shared === null) continue;
      const { x, y, width, height } = shared;
      const [fromX, fromY] = [x - pixels.x, y - pixels.y];
      // Patches cover what is below them, also where they are transparent.
      if (canvas !== this.seen) context.clearRect(left + x, top + y, width, height);
      context.drawImage(canvas, fromX, fromY, width, height, left + x, top + y, width, height);
    }
  }

  isShown(): boolean {
    return this.carrier.style.display !== "none";
  }

  setShown(isShown: boolean): void {
    this.carrier.style.display = isShown ? "block" : "none";
  }

  /** Shows the plate where the camera sees it. */
  follow(camera: Camera, devicePixelRatio: number): void {
    if (this.shown === null) return;
    const { x, y, scale } = placeOnScreen(this.shown, camera, devicePixelRatio);
    this.carrier.style.transform =
      scale === 1 ? `translate(${x}px, ${y}px)` : `translate(${x}px, ${y}px) scale(${scale})`;
  }

  private dropPatches(): void {
    for (const { canvas } of this.patches) {
      canvas.remove();
      letGo(canvas);
    }
    this.patches = [];
  }
}

async function pictureOf(canvas: HTMLCanvasElement): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(canvas);
  } catch {
    return null;
  }
}

function sizeOnPage({ width, height }: Size, ratio: number) {
  return { inlineSize: `${width / ratio}px`, blockSize: `${height / ratio}px` };
}

function isSame(a: Rectangle, b: Rectangle): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}

function isWithin(inner: Rectangle, outer: Rectangle): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}
