import type { Context } from "konva/lib/Context";
import type { Point } from "../../shared/board/geometry.ts";
import type { BoardModel } from "../model/boardModel.ts";
import { type Camera, toScreen } from "./camera.ts";
import { fontFamily } from "./notePainter.ts";

export type OthersOnScreen = {
  readonly model: BoardModel;
  readonly camera: Camera;
  /** How many CSS pixels a pixel of full HD is here: 2 on a wall of 4K. */
  readonly unit: number;
  /** Nobody's pointer is shown. */
  readonly isCalm: boolean;
};

/** Others' pointers with their names, in screen pixels so that they never shrink with the drawing. */
export function paintOthers(context: Context, { model, camera, unit, isCalm }: OthersOnScreen): void {
  context.save();
  context.scale(unit, unit);
  context.setAttr("font", `600 14px ${fontFamily}`);
  context.setAttr("textAlign", "left");
  context.setAttr("textBaseline", "middle");
  context.setAttr("direction", "ltr");
  const { notes } = model.board.get();
  const inUnits = ({ x, y }: Point): Point => ({ x: x / unit, y: y / unit });
  for (const other of model.others.get()) {
    const edited = other.editing === null ? undefined : notes.get(other.editing);
    if (edited !== undefined) {
      const corner = inUnits(toScreen(camera, edited.placement));
      paintName(context, `${other.name ?? "•"} …`, other.colour, corner.x, corner.y - 14);
    }
    if (other.pointer === null || isCalm) continue;
    const { x, y } = inUnits(toScreen(camera, other.pointer));
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + 5, y + 18);
    context.lineTo(x + 9, y + 11);
    context.lineTo(x + 17, y + 11);
    context.closePath();
    context.setAttr("fillStyle", other.colour);
    context.fill();
    context.setAttr("strokeStyle", "#ffffff");
    context.setAttr("lineWidth", 1.5);
    context.stroke();
    if (other.name !== null) paintName(context, other.name, other.colour, x + 14, y + 26);
  }
  context.restore();
}

function paintName(context: Context, name: string, colour: string, x: number, y: number): void {
  const width = context.measureText(name).width + 14;
  context.beginPath();
  context.setAttr("fillStyle", colour);
  context.roundRect(x, y - 11, width, 22, 7);
  context.fill();
  context.setAttr("fillStyle", "#ffffff");
  context.fillText(name, x + 7, y + 1);
}
