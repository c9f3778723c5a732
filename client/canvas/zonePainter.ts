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
    const width = Math.min(bounds.width - 80, 980);
    const lines = wrapWords(context, questions[zone.id][language], width - 80);
    const height = 130 + lines.length * 58;
    context.beginPath();
    context.setAttr("fillStyle", "rgba(255, 253, 247, 0.84)");
    context.roundRect(x - width / 2, y - height / 2, width, height, 36);
    context.fill();
    context.setAttr("fillStyle", "#2b2118");
    context.setAttr("textAlign", "center");
    context.setAttr("textBaseline", "middle");
    context.setAttr("direction", "ltr");
    context.setAttr("font", `800 60px ${fontFamily}`);
    context.fillText(zone.title[language], x, y - height / 2 + 66);
    context.setAttr("font", `500 44px ${fontFamily}`);
    for (const [index, line] of lines.entries()) context.fillText(line, x, y - height / 2 + 134 + index * 58);
  }
}

function wrapWords(context: Context, text: string, width: number): string[] {
  context.setAttr("font", `500 44px ${fontFamily}`);
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
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
