import type { Point, Size } from "../../shared/board/geometry.ts";
import type { Note } from "../../shared/board/note.ts";
import { createNoteLayouts, type NoteLayout } from "../../shared/render/noteLayout.ts";
import { signCorner } from "../../shared/render/signPlaces.ts";
import { directionOf, type Hyphenate } from "../../shared/render/textLayout.ts";
import { measureText } from "../../shared/render/textMeasure.ts";
import { tiltOf } from "../../shared/render/tilt.ts";
import type { NoteStyle } from "../../shared/template/template.ts";
import type { BoardLook, LookColours } from "./boardLook.ts";
import type { Camera, CanvasPlane } from "./camera.ts";
import { detailOf, isTiltSeen } from "./detail.ts";
import { createDrawingPainter } from "./drawingPainter.ts";
import { paintDots, paintHighlight, paintVoice } from "./markPainter.ts";
import { fontFamily } from "./measureWords.ts";
import type { Dots } from "./noteMarks.ts";
import { createPaperPainter } from "./paperPainter.ts";

export type NoteLook = {
  readonly style: NoteStyle;
  readonly isSelected: boolean;
  readonly isLifted: boolean;
  /** Somebody else has it open or in hand: their colour. */
  readonly heldBy: string | null;
  readonly dots: Dots | null;
  /** Its words are open in the editor that lies over it. */
  readonly isOpen: boolean;
  readonly look: BoardLook;
  readonly colours: LookColours;
};

/** `whole`, or without the words: then they were never laid out, and there was no time for it. */
export type Painted = "whole" | "wordless";

export type NotePainter = {
  /** `hasTime` false: words that were never laid out are only suggested. */
  readonly paint: (
    context: CanvasRenderingContext2D,
    plane: CanvasPlane,
    note: Note,
    at: Point,
    look: NoteLook,
    how: {
      readonly hasTime: boolean;
      /** The signs on its corners are painted later, above its neighbours. */
      readonly leavesSigns: boolean;
    },
  ) => Painted;
  /** Highlight and dots; `isSeen` tells of a place on the note, from its corner, whether no other note hides it. */
  readonly paintSigns: (
    context: CanvasRenderingContext2D,
    plane: CanvasPlane,
    note: Note,
    at: Point,
    look: NoteLook,
    isSeen: (place: Point) => boolean,
  ) => void;
  readonly layoutOf: (text: string) => NoteLayout;
  /** As well as it is known without laying out the text. */
  readonly heightOf: (text: string) => number;
  /** Fonts arrived: measure again. */
  readonly forget: () => void;
};

/** Short enough for any letters to fit on a note of ordinary height. */
const surelyFits = 40;
const lettersPerLine = 20;
const smallestLine = 29.2;

/** Draws notes on paper; each text is laid out once, when it is first seen large enough to read. */
export function createNotePainter(size: Size, hyphenate: Hyphenate): NotePainter {
  const layouts = createNoteLayouts(size, measureText, hyphenate);
  const known = new Map<string, NoteLayout>();
  const { paintPaper, paintFarPaper } = createPaperPainter(size.width);
  const paintDrawing = createDrawingPainter();

  function layoutOf(text: string): NoteLayout {
    const laid = known.get(text);
    if (laid !== undefined) return laid;
    const made = layouts.layoutOf(text);
    if (known.size > 12_000) known.clear();
    known.set(text, made);
    return made;
  }

  function heightOf(text: string): number {
    const laid = known.get(text);
    if (laid !== undefined) return laid.noteHeight;
    if (text.length <= surelyFits && !text.includes("\n")) return size.height;
    const lines = text
      .split("\n")
      .reduce((sum, part) => sum + Math.ceil(part.length / lettersPerLine) || 1, 0);
    return Math.max(size.height, Math.ceil(lines * smallestLine + 26));
  }

  const paint: NotePainter["paint"] = (context, plane, note, at, look, how) => {
    const { hasTime, leavesSigns } = how;
    const scale = plane.scale / plane.ratio;
    const laid = known.get(note.text);
    const detail = detailOf(scale, size.width, laid?.fontSize ?? guessedFontSize(note.text));
    const isHigh = look.look.contrast === "high";
    const paper = isHigh ? "#ffffff" : (note.colour ?? look.style.paper);
    const { width } = size;
    const ink = isHigh ? "#000000" : look.style.ink;
    const isMarked = look.isSelected || look.heldBy !== null;

    if (detail === "block" && !isMarked) {
      context.setTransform(plane.scale, 0, 0, plane.scale, plane.x, plane.y);
      context.fillStyle = paper;
      context.fillRect(at.x, at.y, width, laid?.noteHeight ?? heightOf(note.text));
      return "whole";
    }

    const isLaidOut = detail === "words" && (laid !== undefined || hasTime);
    const layout = isLaidOut ? layoutOf(note.text) : laid;
    const height = layout?.noteHeight ?? heightOf(note.text);
    enterNote(context, plane, { ...at, width, height }, isTiltSeen(scale) ? tiltOf(note.id) : 0);
    if (detail === "words" || isMarked || look.isLifted)
      paintPaper(context, height, { ...look, paper, isHigh, scale });
    else paintFarPaper(context, height, { paper, isHigh });
    if (note.drawing !== null && detail !== "block") {
      paintDrawing(context, note.drawing, { size: { width, height }, ink, scale });
    }
    if (!look.isOpen && note.text !== "") {
      if (isLaidOut && layout !== undefined) paintWords(context, note.text, layout, { width, height }, ink);
      else if (detail !== "flat" && detail !== "block")
        paintLines(context, note.text, { width, height }, ink);
    }
    if (detail !== "flat" && detail !== "block" && note.voice !== "unspecified") {
      paintVoice(context, note.voice, width);
    }
    if (!leavesSigns) {
      if (look.dots !== null) paintDots(context, look.dots, { width, height }, scale);
      if (note.highlight !== null) paintHighlight(context, scale);
    }
    return detail === "words" && !isLaidOut && note.text !== "" ? "wordless" : "whole";
  };

  const paintSigns: NotePainter["paintSigns"] = (context, plane, note, at, look, isSeen) => {
    const scale = plane.scale / plane.ratio;
    const isMarked = look.isSelected || look.heldBy !== null;
    const fontSize = known.get(note.text)?.fontSize ?? guessedFontSize(note.text);
    if (detailOf(scale, size.width, fontSize) === "block" && !isMarked) return;
    const noteSize = { width: size.width, height: heightOf(note.text) };
    const isEverybodys = look.dots?.whose === "everybody";
    const dotsAt = {
      x: isEverybodys ? size.width - signCorner : signCorner,
      y: noteSize.height - signCorner,
    };
    const hasDots = look.dots !== null && isSeen(dotsAt);
    const hasHighlight = note.highlight !== null && isSeen({ x: signCorner, y: signCorner });
    if (!hasDots && !hasHighlight) return;
    enterNote(context, plane, { ...at, ...noteSize }, isTiltSeen(scale) ? tiltOf(note.id) : 0);
    if (hasDots && look.dots !== null) paintDots(context, look.dots, noteSize, scale);
    if (hasHighlight) paintHighlight(context, scale);
  };

  return {
    paint,
    paintSigns,
    layoutOf,
    heightOf,
    forget() {
      layouts.forget();
      known.clear();
    },
  };
}

/** From here on the note's own corner is the origin, turned about its middle. */
export function enterNote(
  context: CanvasRenderingContext2D,
  { scale, x, y }: Camera,
  { x: left, y: top, width, height }: Point & Size,
  tilt: number,
): void {
  const cos = scale * Math.cos(tilt);
  const sin = scale * Math.sin(tilt);
  const middleX = x + scale * (left + width / 2);
  const middleY = y + scale * (top + height / 2);
  context.setTransform(
    cos,
    sin,
    -sin,
    cos,
    middleX - (cos * width - sin * height) / 2,
    middleY - (sin * width + cos * height) / 2,
  );
}

function paintWords(
  context: CanvasRenderingContext2D,
  text: string,
  { fontSize, lineHeight, lines }: NoteLayout,
  { width, height }: Size,
  ink: string,
): void {
  const middle = width / 2;
  context.fillStyle = ink;
  context.font = `600 ${fontSize}px ${fontFamily}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.direction = directionOf(text);
  let y = (height - (lines.length - 1) * lineHeight) / 2;
  for (const line of lines) {
    context.fillText(line, middle, y);
    y += lineHeight;
  }
}

/** Grey lines where words are too small to read, or not laid out yet: about as many as there are words for. */
function paintLines(
  context: CanvasRenderingContext2D,
  text: string,
  { width, height }: Size,
  ink: string,
): void {
  const count = Math.min(4, Math.max(1, Math.ceil(text.length / 16)));
  const step = Math.min(44, (height - 30) / count);
  const first = (height - (count - 1) * step) / 2 - 8;
  context.globalAlpha = 0.34;
  context.fillStyle = ink;
  for (let line = 0; line < count; line += 1) {
    const length = line === count - 1 && count > 1 ? 130 : Math.min(width - 70, 60 + text.length * 12);
    context.fillRect((width - length) / 2, first + line * step, length, 16);
  }
  context.globalAlpha = 1;
}

function guessedFontSize(text: string): number {
  if (text.length <= 24) return 46;
  return text.length <= 60 ? 34 : 26;
}
