import { Layer } from "konva/lib/Layer";
import type { Point, Rectangle, Size } from "../../shared/board/geometry.ts";
import { handsRoomFor, noHandsRoom } from "./handsRoom.ts";
import { letGo } from "./letGo.ts";

/**
 * A layer that is only as large as what is drawn on it, and has no pixels when nothing is. Browsers without a graphics
 * card copy it whole for every frame, and most of the time one note moves on a large screen.
 */
export class HandsLayer extends Layer {
  private room = noHandsRoom;

  constructor() {
    super({ listening: false });
    Object.assign(this.getNativeCanvasElement().style, { display: "none", willChange: "transform" });
  }

  /** The stage has another size: it is placed before it is drawn on. */
  override _setSize(): this {
    return this;
  }

  override destroy(): this {
    super.destroy();
    letGo(this.getNativeCanvasElement());
    return this;
  }

  /** CSS pixels of the screen from where it begins. */
  at(): Point {
    return this.room.corner;
  }

  /** Makes room for what is drawn within this part of the screen; null for nothing. CSS pixels. */
  cover(reach: Rectangle | null, screen: Size, ratio: number): void {
    const canvas = this.getCanvas();
    const { style } = this.getNativeCanvasElement();
    const isShown = reach !== null;
    if ((style.display !== "none") !== isShown) style.display = isShown ? "block" : "none";
    if (reach === null) {
      if (this.room !== noHandsRoom) letGo(this.getNativeCanvasElement());
      this.room = noHandsRoom;
      return;
    }
    const before = this.room;
    const room = handsRoomFor(reach, screen, before);
    this.room = room;
    const { corner, size } = room;
    if (
      canvas.getPixelRatio() !== ratio ||
      size.width !== before.size.width ||
      size.height !== before.size.height
    ) {
      canvas.pixelRatio = ratio;
      canvas.setSize(size.width, size.height);
    }
    style.transform = `translate(${corner.x}px, ${corner.y}px)`;
  }
}
