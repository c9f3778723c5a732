import type { Drawing, Stroke } from "../board/drawing.ts";
import type { Point, Size } from "../board/geometry.ts";
import type { Note, Voice } from "../board/note.ts";
import type { NoteStyle } from "../template/template.ts";
import type { NoteLayout } from "./noteLayout.ts";
import {
  baselineShift,
  circle,
  edgedPath,
  filledPath,
  type GroupMark,
  type Mark,
  type Matrix,
  numberText,
  type PathMark,
  polygonPath,
  strokedPath,
} from "./picture.ts";
import { lineOfWords } from "./pictureText.ts";
import { ribbonOutline, rosettePlace, rosetteRadius, signCorner, sumPlace, sumRadius } from "./signPlaces.ts";
import { directionOf } from "./textLayout.ts";
import { tiltOf } from "./tilt.ts";

export type NoteLook = {
  readonly size: Size;
  readonly style: NoteStyle;
  readonly layout: NoteLayout;
  /** What all gave together, when it may be seen; else 0. */
  readonly dots: number;
  readonly isHighlighted: boolean;
  /** Whether another note lies on top there; world units. */
  readonly isCovered: (place: Point) => boolean;
};

export type NoteMarks = {
  readonly sheet: GroupMark;
  /** On its edges: drawn above all sheets, since they reach over those beside them. */
  readonly signs: GroupMark;
};

const shadow = "#3a2610";
const edge = "#503719";
const ink = 7;

/** A note as paper: what the canvas draws, without what belongs to one screen. */
export function noteMarks(note: Note, look: NoteLook): NoteMarks {
  const { layout, style } = look;
  const size = { width: look.size.width, height: layout.noteHeight };
  const sheet = sheetPath(size);
  const marks: Mark[] = [
    filledPath(sheetPath(size, { x: 2, y: 5 }), shadow, 0.22),
    filledPath(sheet, note.colour ?? style.paper),
    strokedPath(sheet, edge, 2, 0.22),
  ];
  if (note.drawing !== null) marks.push(strokedPath(drawingPath(note.drawing, size), style.ink, ink));
  const { lines, fontSize, lineHeight } = layout;
  if (lines.some((line) => line !== "")) {
    marks.push({
      kind: "words",
      lines,
      x: size.width / 2,
      y: (size.height - (lines.length - 1) * lineHeight) / 2 + baselineShift * fontSize,
      lineHeight,
      fontSize,
      anchor: "middle",
      direction: directionOf(lines.join(" ")),
      fill: style.ink,
    });
  }
  const matrix = matrixOf(note, size);
  return {
    sheet: { kind: "group", role: "note", label: note.text, matrix, marks },
    signs: { kind: "group", role: "signs", label: "", matrix, marks: signMarks(note, look, size) },
  };
}

function signMarks(note: Note, look: NoteLook, { width, height }: Size): readonly Mark[] {
  const isSeen = ({ x, y }: Point) => !look.isCovered({ x: note.placement.x + x, y: note.placement.y + y });
  const marks: Mark[] = [];
  if (note.voice !== "unspecified") {
    const place = voicePlace(note.voice, width);
    if (isSeen(place)) marks.push(...voiceMarks(note.voice, place));
  }
  // Signs lie beyond the corners: whether the note is seen there its own paper tells.
  if (look.dots > 0 && isSeen({ x: width - signCorner, y: height - signCorner })) {
    marks.push(...dotMarks(look.dots, sumPlace({ width, height }, "right"), sumRadius / 32));
  }
  if (look.isHighlighted && isSeen({ x: signCorner, y: signCorner })) {
    marks.push(...highlightMarks(rosettePlace(), rosetteRadius));
  }
  return marks;
}

function matrixOf({ id, placement }: Note, { width, height }: Size): Matrix {
  const tilt = tiltOf(id);
  const [cos, sin] = [Math.cos(tilt), Math.sin(tilt)];
  const [halfWidth, halfHeight] = [width / 2, height / 2];
  return [
    cos,
    sin,
    -sin,
    cos,
    placement.x + halfWidth - cos * halfWidth + sin * halfHeight,
    placement.y + halfHeight - sin * halfWidth - cos * halfHeight,
  ];
}

/** A sheet whose edges are not quite straight. */
function sheetPath({ width: w, height: h }: Size, { x, y }: Point = { x: 0, y: 0 }): string {
  const at = (dx: number, dy: number) => `${numberText(x + dx)} ${numberText(y + dy)}`;
  const bend = (cx: number, cy: number, toX: number, toY: number) => `Q${at(cx, cy)} ${at(toX, toY)}`;
  return [
    `M${at(7, 1)}`,
    bend(w / 2, -2, w - 6, 2),
    bend(w, 2, w - 1, 9),
    bend(w + 2, h / 2, w, h - 9),
    bend(w - 1, h, w - 9, h - 1),
    bend(w / 2, h + 2, 8, h),
    bend(0, h, 1, h - 8),
    bend(-2, h / 2, 0, 8),
    bend(0, 1, 7, 1),
    "z",
  ].join("");
}

/** Strokes through the middles between points, bent at the points; nothing is drawn beside the paper. */
function drawingPath(drawing: Drawing, size: Size): string {
  return drawing.map((stroke) => strokePath(stroke, size)).join("");
}

function strokePath(stroke: Stroke, { width, height }: Size): string {
  const point = (index: number): Point => ({
    x: Math.min(stroke[2 * index] ?? 0, width),
    y: Math.min(stroke[2 * index + 1] ?? 0, height),
  });
  const text = ({ x, y }: Point) => `${numberText(x)} ${numberText(y)}`;
  const count = Math.floor(stroke.length / 2);
  const first = point(0);
  // A dot: a line without length draws its round ends.
  if (count === 1) return `M${text(first)}L${text({ x: first.x, y: first.y + 0.01 })}`;
  const bends = Array.from({ length: Math.max(0, count - 2) }, (_, index) => {
    const [here, next] = [point(index + 1), point(index + 2)];
    return `Q${text(here)} ${text({ x: (here.x + next.x) / 2, y: (here.y + next.y) / 2 })}`;
  });
  return `M${text(first)}${bends.join("")}L${text(point(count - 1))}`;
}

const voiceLooks = {
  formal: { letters: "F", fill: "#2f5d8a", half: 25, fontSize: 36 },
  informal: { letters: "I", fill: "#8a3f6d", half: 25, fontSize: 36 },
  both: { letters: "F+I", fill: "#4a5a1f", half: 40, fontSize: 30 },
} as const;

export type MarkedVoice = Exclude<Voice, "unspecified">;

const voicePlace = (voice: MarkedVoice, width: number) => ({ x: width - voiceLooks[voice].half + 16, y: 1 });

/** Square F, round I, hexagon F+I: told apart by shape and letter as well as by colour. */
export function voiceMarks(voice: MarkedVoice, { x, y }: Point, scale = 1): readonly Mark[] {
  const { letters, fill, fontSize } = voiceLooks[voice];
  const at = (dx: number, dy: number): readonly [number, number] => [x + dx * scale, y + dy * scale];
  const shapes = {
    formal: () => polygonPath([at(-25, -25), at(25, -25), at(25, 25), at(-25, 25)]),
    informal: () => circle(x, y, 26 * scale),
    both: () => polygonPath([at(-28, -25), at(28, -25), at(42, 0), at(28, 25), at(-28, 25), at(-42, 0)]),
  };
  return [
    ...edgedPath(shapes[voice](), fill, "#ffffff", 4 * scale),
    lineOfWords(letters, { x, middle: y, fontSize: fontSize * scale, anchor: "middle", fill: "#ffffff" }),
  ];
}

/** The sum of what everybody gave, in one dot. */
export function dotMarks(count: number, { x, y }: Point, scale = 1): readonly Mark[] {
  const radius = 32 * scale;
  const letters = String(count);
  const fontSize = radius * (letters.length > 2 ? 0.85 : 1.2);
  return [
    ...edgedPath(circle(x, y, radius), "#5b2f8f", "#ffffff", radius * 0.14),
    lineOfWords(letters, { x, middle: y, fontSize, anchor: "middle", fill: "#ffffff" }),
  ];
}

/** A rosette with two ribbons and a star. */
export function highlightMarks({ x, y }: Point, radius: number): readonly Mark[] {
  const at = (dx: number, dy: number): readonly [number, number] => [x + dx * radius, y + dy * radius];
  const ribbon = (side: -1 | 1): readonly PathMark[] =>
    edgedPath(
      polygonPath(ribbonOutline(side).map(([dx, dy]) => at(dx, dy))),
      "#a3521f",
      "#ffffff",
      radius * 0.09,
    );
  const star = Array.from({ length: 10 }, (_, index) => {
    const reach = index % 2 === 0 ? 0.8 : 0.34;
    const angle = (index * Math.PI) / 5 - Math.PI / 2;
    return at(reach * Math.cos(angle), reach * Math.sin(angle));
  });
  return [
    ...ribbon(-1),
    ...ribbon(1),
    ...edgedPath(circle(x, y, radius), "#ffcf4a", "#6b3d00", radius * 0.11),
    filledPath(polygonPath(star), "#6b3d00"),
  ];
}
