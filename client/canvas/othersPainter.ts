import type { Point } from "../../shared/board/geometry.ts";
import type { Other } from "../model/boardModel.ts";
import { type Camera, toScreen } from "./camera.ts";
import { fontFamily } from "./measureWords.ts";

export type OthersOnScreen = {
  readonly camera: Camera;
  /** How many CSS pixels a pixel of full HD is here: 2 on a wall of 4K. */
  readonly unit: number;
  readonly pointers: readonly { readonly other: Other; readonly at: Point }[];
  /** Where the note lies in which somebody types. */
  readonly typing: readonly { readonly other: Other; readonly corner: Point }[];
};

/** Others' pointers with their names, in CSS pixels so that they never shrink with the drawing. */
export function paintOthers(
  context: CanvasRenderingContext2D,
  { camera, unit, pointers, typing }: OthersOnScreen,
): void {
  context.scale(unit, unit);
  context.font = `600 14px ${fontFamily}`;
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.direction = "ltr";
  const onScreen = (at: Point): Point => {
    const { x, y } = toScreen(camera, at);
    return { x: x / unit, y: y / unit };
  };
  for (const { other, corner } of typing) {
    const { x, y } = onScreen(corner);
    paintName(context, `${other.name ?? "•"} …`, other.colour, x, y - 14);
  }
  for (const { other, at } of pointers) {
    const { x, y } = onScreen(at);
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + 5, y + 18);
    context.lineTo(x + 9, y + 11);
    context.lineTo(x + 17, y + 11);
    context.closePath();
    context.fillStyle = other.colour;
    context.fill();
    context.strokeStyle = "#ffffff";
    context.lineWidth = 1.5;
    context.stroke();
    if (other.name !== null) paintName(context, other.name, other.colour, x + 14, y + 26);
  }
}

function paintName(
  context: CanvasRenderingContext2D,
  name: string,
  colour: string,
  x: number,
  y: number,
): void {
  const width = context.measureText(name).width + 14;
  context.beginPath();
  context.fillStyle = colour;
  context.roundRect(x, y - 11, width, 22, 7);
  context.fill();
  context.fillStyle = "#ffffff";
  context.fillText(name, x + 7, y + 1);
}
