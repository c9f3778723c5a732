import type { NoteLayout } from "../../shared/render/noteLayout.ts";
import { directionOf } from "../../shared/render/textLayout.ts";
import { caretPlace } from "./caretPlace.ts";
import { fontFamily } from "./measureWords.ts";

export type CaretOnNote = {
  readonly text: string;
  readonly layout: NoteLayout;
  readonly noteWidth: number;
  /** UTF-16 units of the text. */
  readonly caret: number;
  readonly colour: string;
};

/** Somebody else's caret between the words of a note; the note's corner is the origin. */
export function paintCaret(
  context: CanvasRenderingContext2D,
  { text, layout, noteWidth, caret, colour }: CaretOnNote,
): void {
  const { lines, lineHeight, fontSize, noteHeight } = layout;
  const { line, offset } = caretPlace(text, lines, caret);
  const words = lines[line] ?? "";
  context.font = `600 ${fontSize}px ${fontFamily}`;
  const before = context.measureText(words.slice(0, offset)).width;
  const whole = context.measureText(words).width;
  const start = (noteWidth - whole) / 2;
  const x = directionOf(text) === "rtl" ? noteWidth - start - before : start + before;
  const y = (noteHeight - (lines.length - 1) * lineHeight) / 2 + line * lineHeight;
  context.fillStyle = colour;
  context.fillRect(x - 2, y - fontSize * 0.56, 4, fontSize * 1.06);
}
