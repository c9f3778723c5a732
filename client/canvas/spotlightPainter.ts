import type { Point, Size } from "../../shared/board/geometry.ts";
import type { Spotlight } from "../../shared/protocol/presence.ts";
import { zoneOf } from "../../shared/template/template.ts";
import type { BoardModel, Other } from "../model/boardModel.ts";
import { type Camera, toScreen } from "./camera.ts";

export type SpotlightOnScreen = {
  readonly model: BoardModel;
  readonly camera: Camera;
  /** CSS pixels. */
  readonly screen: Size;
  /** How many CSS pixels a pixel of full HD is here: 2 on a wall of 4K. */
  readonly unit: number;
  /** How high a note is, world units. */
  readonly noteHeight: (text: string) => number;
  /** Of others, where they are seen now; world units. */
  readonly pointers: readonly { readonly other: Other; readonly at: Point }[];
};

const veil = "rgba(28, 20, 12, 0.5)";

/** What is lit stays bright, everything else dims; whoever presents has a pointer with a ring. */
export function paintSpotlight(context: CanvasRenderingContext2D, on: SpotlightOnScreen): void {
  const lit = on.model.pointing.lit.get();
  if (lit !== null) paintVeil(context, lit, on);
  for (const { other, at } of on.pointers) {
    if (!other.isPresenting) continue;
    const { x, y } = toScreen(on.camera, at);
    context.save();
    for (const [radius, opacity] of [
      [34, 0.18],
      [22, 0.28],
    ] as const) {
      context.beginPath();
      context.arc(x, y, radius * on.unit, 0, Math.PI * 2);
      context.globalAlpha = opacity;
      context.fillStyle = other.colour;
      context.fill();
    }
    context.globalAlpha = 1;
    context.strokeStyle = "#ffffff";
    context.lineWidth = 2.5 * on.unit;
    context.stroke();
    context.restore();
  }
}

function paintVeil(context: CanvasRenderingContext2D, spotlight: Spotlight, on: SpotlightOnScreen): void {
  if (!isThere(spotlight, on.model)) return;
  context.save();
  context.beginPath();
  context.rect(0, 0, on.screen.width, on.screen.height);
  traceLit(context, spotlight, on);
  context.fillStyle = veil;
  // The inner outline turns the other way round or not: even-odd makes a hole of it all the same.
  context.fill("evenodd");
  context.beginPath();
  traceLit(context, spotlight, on);
  context.strokeStyle = "rgba(255, 250, 235, 0.9)";
  context.lineWidth = 3 * on.unit;
  context.stroke();
  context.restore();
}

function isThere(spotlight: Spotlight, model: BoardModel): boolean {
  return !("note" in spotlight) || model.board.get().notes.has(spotlight.note);
}

function traceLit(context: CanvasRenderingContext2D, spotlight: Spotlight, on: SpotlightOnScreen): void {
  const { model, camera } = on;
  if ("zone" in spotlight) {
    const { outline } = zoneOf(model.template, spotlight.zone);
    for (const [index, corner] of outline.entries()) {
      const { x, y } = toScreen(camera, corner);
      if (index === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    }
    context.closePath();
    return;
  }
  if ("note" in spotlight) {
    const note = model.board.get().notes.get(spotlight.note);
    if (note === undefined) return;
    const { x, y } = toScreen(camera, note.placement);
    const gap = 14 * on.unit;
    const width = model.template.noteSize.width * camera.scale;
    const height = on.noteHeight(note.text) * camera.scale;
    context.roundRect(x - gap, y - gap, width + 2 * gap, height + 2 * gap, gap);
    return;
  }
  const { x, y } = toScreen(camera, spotlight);
  context.moveTo(x + spotlight.r * camera.scale, y);
  context.arc(x, y, spotlight.r * camera.scale, 0, Math.PI * 2);
}
