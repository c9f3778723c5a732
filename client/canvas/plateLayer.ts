import { Layer } from "konva/lib/Layer";
import type { Camera } from "./camera.ts";
import { type Plate, placeOnScreen } from "./overscan.ts";

/**
 * A layer whose canvas is larger than the stage, is painted area by area, and is moved by the browser. Browsers copy a
 * canvas that can be seen whole for every frame in which anything moves, whether it was painted on or not: a plate that
 * rests is shown as a picture of itself, which is handed over once.
 */
export class PlateLayer extends Layer {
  private painted: Plate | null = null;
  /** What the browser moves: a canvas that moves itself would be handed over anew in every frame. */
  private readonly carrier = document.createElement("div");
  private readonly picture = document.createElement("canvas");
  private seen: "canvas" | "pictureToCome" | "picture" = "canvas";
  /** How often somebody was about to paint: a picture from before is not the plate any more. */
  private paintings = 0;

  constructor() {
    super({ listening: false });
    Object.assign(this.carrier.style, {
      position: "absolute",
      insetBlockStart: "0",
      insetInlineStart: "0",
      transformOrigin: "0 0",
      willChange: "transform",
    });
    this.picture.style.display = "none";
  }

  /** Once it is on the stage. */
  mount(): void {
    const canvas = this.getNativeCanvasElement();
    canvas.before(this.carrier);
    this.carrier.append(canvas, this.picture);
  }

  override destroy(): this {
    this.paintings += 1;
    super.destroy();
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
    for (const { style } of [canvas, this.picture]) {
      style.width = `${width / plate.ratio}px`;
      style.height = `${height / plate.ratio}px`;
    }
    this.painted = plate;
    return this.surface();
  }

  /** For whoever is about to paint on it. */
  surface(): CanvasRenderingContext2D | null {
    this.paintings += 1;
    this.see("canvas");
    return this.getNativeCanvasElement().getContext("2d");
  }

  /** Nobody paints on it for a while, as far as is known. */
  rest(): void {
    if (this.seen !== "canvas" || this.painted === null) return;
    this.seen = "pictureToCome";
    const { paintings } = this;
    createImageBitmap(this.getNativeCanvasElement()).then(
      (taken) => {
        if (paintings !== this.paintings) return taken.close();
        this.picture.getContext("bitmaprenderer")?.transferFromImageBitmap(taken);
        this.see("picture");
      },
      () => {
        // No room for a second copy: the canvas is shown as before.
      },
    );
  }

  private see(seen: "canvas" | "picture"): void {
    const wasPicture = this.seen === "picture";
    this.seen = seen;
    const isPicture = seen === "picture";
    if (isPicture === wasPicture) return;
    this.getNativeCanvasElement().style.display = isPicture ? "none" : "block";
    this.picture.style.display = isPicture ? "block" : "none";
    // Its pixels are not kept for longer than they are seen.
    if (wasPicture) this.picture.width = 0;
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
    this.paintings += 1;
    this.see("canvas");
    const canvas = this.getNativeCanvasElement();
    canvas.width = 0;
    canvas.height = 0;
    this.painted = null;
  }
}
