import type { Drawing, Stroke } from "../board/drawing.ts";
import type { Point, Size } from "../board/geometry.ts";
import type { Note, Voice } from "../board/note.ts";
import type { NoteStyle } from "../template/template.ts";
import { type HandPen, traceSheet, traceStroke } from "./handDrawn.ts";
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
  const sheet = (pen: HandPen) => traceSheet(pen, size);
  const outline = pathText(sheet);
  const marks: Mark[] = [
    filledPath(pathText(sheet, { x: 2, y: 5 }), shadow, 0.22),
    filledPath(outline, note.colour ?? style.paper),
    strokedPath(outline, edge, 2, 0.22),
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

/** Nothing is drawn beside the paper. */
function drawingPath(drawing: Drawing, { width, height }: Size): string {
  const onPaper = (stroke: Stroke) =>
    stroke.map((value, index) => Math.min(value, index % 2 === 0 ? width : height));
  return pathText((pen) => {
    for (const stroke of drawing) traceStroke(pen, onPaper(stroke));
  });
}

/** What a hand traces, as path data, with its origin there. */
function pathText(trace: (pen: HandPen) => void, origin: Point = { x: 0, y: 0 }): string {
  const steps: string[] = [];
  const at = (x: number, y: number) => `${numberText(x + origin.x)} ${numberText(y + origin.y)}`;
  trace({
    moveTo: (x, y) => steps.push(`M${at(x, y)}`),
    lineTo: (x, y) => steps.push(`L${at(x, y)}`),
    quadraticCurveTo: (throughX, throughY, x, y) => steps.push(`Q${at(throughX, throughY)} ${at(x, y)}`),
    closePath: () => steps.push("z"),
  });
  return steps.join("");
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
