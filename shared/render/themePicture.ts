import type { Point, Rectangle, Size } from "../board/geometry.ts";
import { hullOf } from "../board/hull.ts";
import { themeBounds, themeTitleBox } from "../board/themeLayout.ts";
import {
  filledPath,
  type GroupMark,
  type Mark,
  numberText,
  roundedRectangle,
  strokedPath,
} from "./picture.ts";
import { lineOfWords, shortenedLine } from "./pictureText.ts";
import { measureText } from "./textMeasure.ts";

export type ThemeLook = {
  readonly title: string;
  /** Where its notes lie, as high as they are. */
  readonly notes: readonly Rectangle[];
  readonly size: Size;
};

export type ThemeMarks = {
  /** Under the notes. */
  readonly outline: GroupMark;
  /** Above them: a theme that cannot be named is none. */
  readonly title: readonly Mark[];
  readonly bounds: Rectangle;
};

const margin = 20;
const green = "#3f6b2e";
const paper = "#fffdf7";
const ink = "#2b2118";
const largestTitle = 48;
const smallestTitle = 26;

/** Null without notes. */
export function themeMarks({ title, notes, size }: ThemeLook): ThemeMarks | null {
  const bounds = themeBounds(notes, size);
  if (bounds === null) return null;
  const titleBox = themeTitleBox(bounds);
  const outline = outlineAround([...notes, titleBox], margin);
  return {
    bounds,
    outline: {
      kind: "group",
      role: "theme",
      label: title,
      matrix: [1, 0, 0, 1, 0, 0],
      marks: [filledPath(outline, paper, 0.55), strokedPath(outline, green, 5)],
    },
    title: title.trim() === "" ? [] : titleMarks(title.replace(/\s+/g, " ").trim(), titleBox),
  };
}

function titleMarks(title: string, { x, y, width, height }: Rectangle): readonly Mark[] {
  const room = width - 32;
  const fitting = (room * 100) / measureText(title);
  const fontSize = Math.max(smallestTitle, Math.min(largestTitle, fitting));
  const words = shortenedLine(title, (room * 100) / fontSize + 1);
  const pill = Math.min(width, (measureText(words) * fontSize) / 100 + 32);
  const middle = x + width / 2;
  return [
    filledPath(roundedRectangle({ x: middle - pill / 2, y, width: pill, height }, height / 2), paper, 0.9),
    lineOfWords(words, { x: middle, middle: y + height / 2, fontSize, anchor: "middle", fill: ink }),
  ];
}

/** A shape stretched around rectangles, made larger on every side, with round corners. */
function outlineAround(rectangles: readonly Rectangle[], distance: number): string {
  const hull = hullOf(rectangles);
  const n = numberText;
  const parts = hull.map((corner, index) => {
    const before = hull.at(index - 1) ?? corner;
    const after = hull[(index + 1) % hull.length] ?? corner;
    const from = beside(before, corner, corner, distance);
    const to = beside(corner, after, corner, distance);
    const start = `${index === 0 ? "M" : "L"}${n(from.x)} ${n(from.y)}`;
    return `${start}A${n(distance)} ${n(distance)} 0 0 1 ${n(to.x)} ${n(to.y)}`;
  });
  return `${parts.join("")}z`;
}

/** The corner moved away from the hull, at a right angle to one of its sides. */
function beside(from: Point, to: Point, corner: Point, distance: number): Point {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.sqrt(dx * dx + dy * dy);
  return length === 0
    ? corner
    : { x: corner.x + (dy / length) * distance, y: corner.y - (dx / length) * distance };
}
