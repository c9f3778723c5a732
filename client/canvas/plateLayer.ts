import { Layer } from "konva/lib/Layer";
import type { Camera } from "./camera.ts";
import { type Plate, placeOnScreen } from "./overscan.ts";

/** A layer whose canvas is larger than the stage, is painted area by area, and is moved by the browser as a picture. */
export class PlateLayer extends Layer {
  private painted: Plate | null = null;
  /** What the browser moves: a canvas that moves itself would be handed over anew in every frame. */
  private readonly carrier = document.createElement("div");

  constructor() {
    super({ listening: false });
    Object.assign(this.carrier.style, {
      position: "absolute",
      insetBlockStart: "0",
      insetInlineStart: "0",
      transformOrigin: "0 0",
      willChange: "transform",
    });
  }

  /** Once it is on the stage. */
  mount(): void {
    const canvas = this.getNativeCanvasElement();
    canvas.before(this.carrier);
    this.carrier.append(canvas);
  }

  override destroy(): this {
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
    canvas.style.width = `${width / plate.ratio}px`;
    canvas.style.height = `${height / plate.ratio}px`;
    this.painted = plate;
    return this.surface();
  }

  surface(): CanvasRenderingContext2D | null {
    return this.getNativeCanvasElement().getContext("2d");
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
    const canvas = this.getNativeCanvasElement();
    canvas.width = 0;
    canvas.height = 0;
    this.painted = null;
  }
}
