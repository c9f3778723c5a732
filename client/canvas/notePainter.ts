import type { Context } from "konva/lib/Context";
import type { Size } from "../../shared/board/geometry.ts";
import type { Note, Voice } from "../../shared/board/note.ts";
import { createNoteLayouts, type NoteLayout } from "../../shared/render/noteLayout.ts";
import { directionOf, type Hyphenate } from "../../shared/render/textLayout.ts";
import { measureText } from "../../shared/render/textMeasure.ts";
import type { NoteStyle } from "../../shared/template/template.ts";

export const fontFamily = "'Atkinson Hyperlegible Next Variable', system-ui, sans-serif";

export type NotePainter = {
  readonly paint: (context: Context, note: Note, look: NoteLook) => void;
  readonly layoutOf: (text: string) => NoteLayout;
  /** Fonts arrived: measure again. */
  readonly forget: () => void;
};

export type NoteLook = {
  readonly style: NoteStyle;
  readonly isSelected: boolean;
  readonly isLifted: boolean;
  /** Somebody else has it open or in hand. */
  readonly heldBy: string | null;
};

/** Draws notes on paper; each text is laid out once and kept until it changes. */
export function createNotePainter(size: Size, hyphenate: Hyphenate): NotePainter {
  const { layoutOf, forget } = createNoteLayouts(size, measureText, hyphenate);

  function paint(context: Context, note: Note, look: NoteLook): void {
    const { fontSize, lineHeight, lines, noteHeight: height } = layoutOf(note.text);
    const { width } = size;
    const lift = look.isLifted ? 14 : 5;
    context.setAttr("fillStyle", "rgba(58, 38, 16, 0.22)");
    traceSheet(context, width, height, lift * 0.4, lift);
    context.fill();
    context.setAttr("fillStyle", note.colour ?? look.style.paper);
    traceSheet(context, width, height, 0, 0);
    context.fill();
    context.setAttr("strokeStyle", look.heldBy ?? (look.isSelected ? "#2f5222" : "rgba(80, 55, 25, 0.22)"));
    context.setAttr("lineWidth", look.isSelected || look.heldBy !== null ? 9 : 2);
    context.stroke();

    context.setAttr("fillStyle", look.style.ink);
    context.setAttr("font", `600 ${fontSize}px ${fontFamily}`);
    context.setAttr("textAlign", "center");
    context.setAttr("textBaseline", "middle");
    context.setAttr("direction", directionOf(note.text));
    const top = (height - lines.length * lineHeight) / 2 + lineHeight / 2;
    for (const [index, line] of lines.entries()) context.fillText(line, width / 2, top + index * lineHeight);
    if (note.voice !== "unspecified") paintVoice(context, note.voice, width);
  }

  return { paint, layoutOf, forget };
}

/** A sheet whose edges are not quite straight. */
function traceSheet(context: Context, width: number, height: number, dx: number, dy: number): void {
  context.beginPath();
  context.moveTo(dx + 7, dy + 1);
  context.quadraticCurveTo(dx + width / 2, dy - 2, dx + width - 6, dy + 2);
  context.quadraticCurveTo(dx + width, dy + 2, dx + width - 1, dy + 9);
  context.quadraticCurveTo(dx + width + 2, dy + height / 2, dx + width, dy + height - 9);
  context.quadraticCurveTo(dx + width - 1, dy + height, dx + width - 9, dy + height - 1);
  context.quadraticCurveTo(dx + width / 2, dy + height + 2, dx + 8, dy + height);
  context.quadraticCurveTo(dx, dy + height, dx + 1, dy + height - 8);
  context.quadraticCurveTo(dx - 2, dy + height / 2, dx, dy + 8);
  context.quadraticCurveTo(dx, dy + 1, dx + 7, dy + 1);
  context.closePath();
}

/** Square F, round I, hexagon F+I: told apart by shape and letter as well as by colour. */
function paintVoice(context: Context, voice: Exclude<Voice, "unspecified">, width: number): void {
  const looks = {
    formal: { letters: "F", fill: "#2f5d8a", half: 25 },
    informal: { letters: "I", fill: "#8a3f6d", half: 25 },
    both: { letters: "F+I", fill: "#4a5a1f", half: 40 },
  } as const;
  const { letters, fill, half } = looks[voice];
  const x = width - half + 12;
  const y = 14;
  context.beginPath();
  if (voice === "formal") context.rect(x - 25, y - 25, 50, 50);
  else if (voice === "informal") context.arc(x, y, 26, 0, Math.PI * 2);
  else {
    context.moveTo(x - 28, y - 25);
    context.lineTo(x + 28, y - 25);
    context.lineTo(x + 42, y);
    context.lineTo(x + 28, y + 25);
    context.lineTo(x - 28, y + 25);
    context.lineTo(x - 42, y);
  }
  context.closePath();
  context.setAttr("fillStyle", fill);
  context.fill();
  context.setAttr("strokeStyle", "#ffffff");
  context.setAttr("lineWidth", 4);
  context.stroke();
  context.setAttr("fillStyle", "#ffffff");
  context.setAttr("font", `700 ${voice === "both" ? 30 : 36}px ${fontFamily}`);
  context.setAttr("direction", "ltr");
  context.fillText(letters, x, y + 2);
}
