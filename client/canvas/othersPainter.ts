import type { Point, Rectangle } from "../../shared/board/geometry.ts";
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
  // Setting a font takes longer than all the rest.
  if (pointers.length === 0 && typing.length === 0) return;
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

/** More than any letter takes; pixels of full HD. */
const widestLetter = 15;

/** Where the name of who types is drawn at most, with the note's corner here; CSS pixels. */
export function reachOfName({ name }: Other, corner: Point, unit: number): Rectangle {
  const width = ((name?.length ?? 1) + 2) * widestLetter + 16;
  return { x: corner.x, y: corner.y - 28 * unit, width: width * unit, height: 30 * unit };
}

/** Where a pointer is drawn at most: with its name, or with the ring of who presents. */
export function reachOfPointer({ name }: Other, at: Point, unit: number): Rectangle {
  const around = 40 * unit;
  const width = (name?.length ?? 0) * widestLetter + 44;
  return {
    x: at.x - around,
    y: at.y - around,
    width: around + Math.max(around, width * unit),
    height: 2 * around,
  };
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
