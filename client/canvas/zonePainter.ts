import { boundsOf, type Rectangle } from "../../shared/board/geometry.ts";
import type { ZoneId } from "../../shared/board/placement.ts";
import type { Focus, Language, Template, Zone } from "../../shared/template/template.ts";
import type { BoardView } from "../model/boardModel.ts";
import type { LookColours } from "./boardLook.ts";
import { fontFamily } from "./measureWords.ts";

/** Zones that ask their question: with notes in it, it is the picture that speaks. */
export function askingZones({ notesByZone }: BoardView, template: Template): readonly ZoneId[] {
  return template.zones
    .filter(({ id }) => id !== "unplaced" && notesByZone[id].length === 0)
    .map(({ id }) => id);
}

/** More than the words of a zone ever take. */
export function zoneWordsArea({ outline, anchor }: Zone): Rectangle {
  const width = Math.min(boundsOf(outline).width - 200, 900) + 160;
  return { x: anchor.x - width / 2, y: anchor.y - 300, width, height: 600 };
}

export type ZoneWords = {
  readonly template: Template;
  readonly focus: Focus;
  readonly language: Language;
  readonly colours: LookColours;
};

/** An empty zone asks its question in its own place. World units. */
export function paintZoneWords(
  context: CanvasRenderingContext2D,
  zone: Zone,
  { template, focus, language, colours }: ZoneWords,
): void {
  const { questions } = template.focuses[focus];
  const { x, y } = zone.anchor;
  const { lines, width: widest } = wrapWords(
    context,
    questions[zone.id][language],
    Math.min(boundsOf(zone.outline).width - 200, 900),
  );
  const width = widest + 120;
  const height = 146 + lines.length * 62;
  context.beginPath();
  context.fillStyle = colours.panel;
  context.roundRect(x - width / 2, y - height / 2, width, height, 36);
  context.fill();
  context.fillStyle = colours.panelInk;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.direction = "ltr";
  context.font = `800 68px ${fontFamily}`;
  context.fillText(zone.title[language], x, y - height / 2 + 74);
  context.font = `500 50px ${fontFamily}`;
  for (const [index, line] of lines.entries()) context.fillText(line, x, y - height / 2 + 148 + index * 62);
}

/** The zone that a lifted note would fall into: its outline glows, the notes in it stay as they are. */
export function paintZoneGlow(context: CanvasRenderingContext2D, { outline }: Zone, scale: number): void {
  context.beginPath();
  for (const { x, y } of outline) context.lineTo(x, y);
  context.closePath();
  context.lineJoin = "round";
  context.strokeStyle = "rgba(255, 253, 247, 0.55)";
  context.lineWidth = Math.max(22, 10 / scale);
  context.stroke();
  context.strokeStyle = "rgba(63, 107, 46, 0.75)";
  context.lineWidth = Math.max(6, 3 / scale);
  context.stroke();
}

/** As few lines as the width allows, of about the same length: no word is left alone on the last. */
function wrapWords(
  context: CanvasRenderingContext2D,
  text: string,
  width: number,
): { readonly lines: readonly string[]; readonly width: number } {
  context.font = `500 50px ${fontFamily}`;
  const words = text.split(" ");
  let lines = wrapAt(context, words, width);
  for (let narrower = width - 20; narrower > width / 2; narrower -= 20) {
    const next = wrapAt(context, words, narrower);
    if (next.length > lines.length) break;
    lines = next;
  }
  return { lines, width: Math.max(...lines.map((line) => context.measureText(line).width)) };
}

function wrapAt(
  context: CanvasRenderingContext2D,
  words: readonly string[],
  width: number,
): readonly string[] {
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
