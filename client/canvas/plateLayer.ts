import { Layer } from "konva/lib/Layer";
import type { Camera } from "./camera.ts";
import { type Plate, placeOnScreen } from "./overscan.ts";

/**
 * A layer whose canvas is larger than the stage, is painted area by area, and is moved by the browser. The canvas itself is
 * not on the page: browsers copy one that can be seen whole for every frame in which anything moves, and keep several
 * copies. What is seen is a picture of it, which is handed over once.
 */
export class PlateLayer extends Layer {
  private painted: Plate | null = null;
  /** What the browser moves. */
  private readonly carrier = document.createElement("div");
  private picture = document.createElement("canvas");
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
    this.release();
    this.carrier.remove();
    return this;
  }

  /** The stage has another size: what is on the plate stays. */
  override _setSize(): this {
    return this;
  }

  /** There are no shapes in it: the stage has nothing to draw. */
  override draw(): this {
    return this;
  }

  plate(): Plate | null {
    return this.painted;
  }

  /** From here on the canvas is for this plate; what was on it is gone when the size is another. */
  become(plate: Plate): CanvasRenderingContext2D | null {
    const canvas = this.getNativeCanvasElement();
    const { width, height } = plate.pixels;
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    this.painted = plate;
    return this.surface();
  }

  surface(): CanvasRenderingContext2D | null {
    return this.getNativeCanvasElement().getContext("2d");
  }

  /** What is painted now is seen when this settles, a moment later. Never rejects. */
  async present(): Promise<void> {
    const plate = this.painted;
    if (plate === null) return;
    const canvas = this.getNativeCanvasElement();
    // Without room for a copy, or in a browser that takes none, the canvas itself is on the page: slower, and as good.
    const taken = await pictureOf(canvas);
    if (this.isDestroyed || this.painted !== plate) return taken?.close();
    const context = taken === null ? null : this.picture.getContext("bitmaprenderer");
    context?.transferFromImageBitmap(taken);
    const seen = context === null ? canvas : this.picture;
    Object.assign(seen.style, {
      display: "block",
      inlineSize: `${plate.pixels.width / plate.ratio}px`,
      blockSize: `${plate.pixels.height / plate.ratio}px`,
    });
    this.carrier.replaceChildren(seen);
  }

  isShown(): boolean {
    return this.carrier.style.display !== "none";
  }

  setShown(isShown: boolean): void {
    this.carrier.style.display = isShown ? "block" : "none";
  }

  /** Shows the plate where the camera sees it. */
  follow(camera: Camera, devicePixelRatio: number): void {
    if (this.painted === null) return;
    const { x, y, scale } = placeOnScreen(this.painted, camera, devicePixelRatio);
    this.carrier.style.transform =
      scale === 1 ? `translate(${x}px, ${y}px)` : `translate(${x}px, ${y}px) scale(${scale})`;
  }

  /** Its pixels are let go until it is painted again. */
  release(): void {
    for (const canvas of [this.getNativeCanvasElement(), this.picture]) {
      canvas.width = 0;
      canvas.height = 0;
    }
    // Browsers keep the memory of the pictures that a canvas showed for as long as it is there.
    this.picture.remove();
    this.picture = document.createElement("canvas");
    this.painted = null;
  }
}

async function pictureOf(canvas: HTMLCanvasElement): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(canvas);
  } catch {
    return null;
  }
}
