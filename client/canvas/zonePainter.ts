import type { Context } from "konva/lib/Context";
import { boundsOf } from "../../shared/board/geometry.ts";
import type { ZoneId } from "../../shared/board/placement.ts";
import type { Language } from "../../shared/template/template.ts";
import type { BoardModel } from "../model/boardModel.ts";
import { fontFamily } from "./notePainter.ts";

export type ZoneWords = {
  readonly model: BoardModel;
  readonly language: Language;
  /** The zone under a lifted note glows. */
  readonly target: ZoneId | null;
};

/** An empty zone asks its question in its own place; with notes in it, it is the picture that speaks. */
export function paintZoneWords(context: Context, { model, language, target }: ZoneWords): void {
  const { notesByZone } = model.board.get();
  const { questions } = model.template.focuses[model.group.get().focus];
  for (const zone of model.template.zones) {
    if (zone.id === target) {
      context.beginPath();
      for (const { x, y } of zone.outline) context.lineTo(x, y);
      context.closePath();
      context.setAttr("fillStyle", "rgba(255, 253, 247, 0.34)");
      context.fill();
    }
    if (zone.id === "unplaced" || notesByZone[zone.id].length > 0) continue;
    const bounds = boundsOf(zone.outline);
    const { x, y } = zone.anchor;
    const { lines, width: widest } = wrapWords(
      context,
      questions[zone.id][language],
      Math.min(bounds.width - 200, 900),
    );
    const width = widest + 120;
    const height = 146 + lines.length * 62;
    context.beginPath();
    context.setAttr("fillStyle", "rgba(255, 253, 247, 0.84)");
    context.roundRect(x - width / 2, y - height / 2, width, height, 36);
    context.fill();
    context.setAttr("fillStyle", "#2b2118");
    context.setAttr("textAlign", "center");
    context.setAttr("textBaseline", "middle");
    context.setAttr("direction", "ltr");
    context.setAttr("font", `800 68px ${fontFamily}`);
    context.fillText(zone.title[language], x, y - height / 2 + 74);
    context.setAttr("font", `500 50px ${fontFamily}`);
    for (const [index, line] of lines.entries()) context.fillText(line, x, y - height / 2 + 148 + index * 62);
  }
}

/** As few lines as the width allows, of about the same length: no word is left alone on the last. */
function wrapWords(
  context: Context,
  text: string,
  width: number,
): { readonly lines: readonly string[]; readonly width: number } {
  context.setAttr("font", `500 50px ${fontFamily}`);
  const words = text.split(" ");
  let lines = wrapAt(context, words, width);
  for (let narrower = width - 20; narrower > width / 2; narrower -= 20) {
    const next = wrapAt(context, words, narrower);
    if (next.length > lines.length) break;
    lines = next;
  }
  return { lines, width: Math.max(...lines.map((line) => context.measureText(line).width)) };
}

function wrapAt(context: Context, words: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of words) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && context.measureText(longer).width > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}
