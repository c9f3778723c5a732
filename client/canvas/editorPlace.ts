import type { Point, Size } from "../../shared/board/geometry.ts";
import { type Camera, toScreen } from "./camera.ts";

/** Where the editor of a note lies on the canvas; CSS pixels. */
export type EditorPlace = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** CSS pixels for one world unit. */
  readonly scale: number;
};

/** Words stay large enough to type, however far away the tree is. */
const smallestScale = 0.55;

export function editorPlace(corner: Point, size: Size, camera: Camera): EditorPlace {
  const at = toScreen(camera, corner);
  const scale = Math.max(camera.scale, smallestScale);
  return {
    x: at.x + (size.width * (camera.scale - scale)) / 2,
    y: at.y + (size.height * (camera.scale - scale)) / 2,
    width: size.width * scale,
    height: size.height * scale,
    scale,
  };
}

const sizes = { largest: 48, smallest: 26, step: 2 } as const;

/** Shrinks the words of an editor until they fit its note, as on the canvas; then the editor grows with them. */
export function fitWords(area: HTMLTextAreaElement, { height, scale }: EditorPlace): void {
  const { style } = area;
  style.paddingBlock = "0";
  style.blockSize = "0";
  const border = area.offsetHeight - area.clientHeight;
  const room = height - border - 2 * paddingOf(scale);
  let size: number = sizes.largest;
  style.fontSize = `${size * scale}px`;
  while (area.scrollHeight > room && size > sizes.smallest) {
    size -= sizes.step;
    style.fontSize = `${size * scale}px`;
  }
  const content = area.scrollHeight;
  const padding = Math.max(paddingOf(scale), (height - border - content) / 2);
  style.paddingBlock = `${padding}px`;
  style.blockSize = `${content + 2 * padding + border}px`;
}

const paddingOf = (scale: number) => 13 * scale;
