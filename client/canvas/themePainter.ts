import type { Rectangle, Size } from "../../shared/board/geometry.ts";
import { hullOf } from "../../shared/board/hull.ts";
import type { NoteId, ThemeId } from "../../shared/board/ids.ts";
import { themeBounds, themeTitleBox } from "../../shared/board/themeLayout.ts";
import { outset } from "../../shared/render/outset.ts";
import { directionOf } from "../../shared/render/textLayout.ts";
import type { ThemeView } from "../model/boardModel.ts";
import type { LookColours } from "./boardLook.ts";
import { unionOf } from "./dirtyAreas.ts";
import { fontFamily } from "./measureWords.ts";
import { traceHull } from "./themeHull.ts";

/** A theme as it is drawn; the same object as long as it looks the same. */
export type DrawnTheme = {
  readonly id: ThemeId;
  readonly title: string;
  readonly outline: Path2D;
  readonly titleBox: Rectangle;
  /** All that is drawn of it, world units. */
  readonly bounds: Rectangle;
};

export type ThemeShapes = {
  /** Follows the board; gives what has to be painted again. */
  readonly update: (themes: ReadonlyMap<ThemeId, ThemeView>) => readonly Rectangle[];
  readonly all: () => readonly DrawnTheme[];
};

const margin = 20;
const edge = 5;

export function createThemeShapes(size: Size, heightOf: (note: NoteId, text: string) => number): ThemeShapes {
  let drawn = new Map<ThemeId, { readonly signature: string; readonly theme: DrawnTheme }>();

  function draw(theme: ThemeView, notes: readonly Rectangle[]): DrawnTheme | null {
    const bounds = themeBounds(notes, size);
    if (bounds === null) return null;
    const titleBox = themeTitleBox(bounds);
    const outline = new Path2D();
    traceHull(outline, hullOf([...notes, titleBox]), margin);
    const whole = [...notes, titleBox].reduce(unionOf);
    return {
      id: theme.id,
      title: theme.title,
      outline,
      titleBox,
      bounds: outset(whole, margin + 2 * edge),
    };
  }

  return {
    update(themes) {
      const dirty: Rectangle[] = [];
      const next: typeof drawn = new Map();
      for (const theme of themes.values()) {
        const notes = theme.notes.map(({ id, text, placement: { x, y } }) => ({
          x,
          y,
          width: size.width,
          height: heightOf(id, text),
        }));
        const places = notes.map(({ x, y, height }) => `${x},${y},${height}`).join(" ");
        const signature = `${theme.title}\n${places}`;
        const before = drawn.get(theme.id);
        if (before?.signature === signature) {
          next.set(theme.id, before);
          continue;
        }
        const made = draw(theme, notes);
        if (made === null) continue;
        next.set(theme.id, { signature, theme: made });
        dirty.push(made.bounds);
        if (before !== undefined) dirty.push(before.theme.bounds);
      }
      for (const [id, { theme }] of drawn) if (!next.has(id)) dirty.push(theme.bounds);
      drawn = next;
      return dirty;
    },
    all: () => [...drawn.values()].map(({ theme }) => theme),
  };
}

export function paintThemeOutline(
  context: CanvasRenderingContext2D,
  { outline }: DrawnTheme,
  colours: LookColours,
): void {
  context.fillStyle = colours.themeFill;
  context.fill(outline);
  context.strokeStyle = colours.themeEdge;
  context.lineWidth = edge;
  context.stroke(outline);
}

const largestTitle = 48;
const smallestTitle = 26;

/** The title lies on top of notes that others left there: a theme that cannot be named is none. */
export function paintThemeTitle(
  context: CanvasRenderingContext2D,
  { title, titleBox: { x, y, width, height } }: DrawnTheme,
  colours: LookColours,
): void {
  if (title.trim() === "") return;
  const room = width - 32;
  context.font = `800 100px ${fontFamily}`;
  const wide = context.measureText(title).width;
  const fontSize = Math.max(smallestTitle, Math.min(largestTitle, (room * 100) / wide));
  const words =
    (wide * fontSize) / 100 <= room + 1 ? title : shortened(context, title, (room * 100) / fontSize);
  context.font = `800 ${fontSize}px ${fontFamily}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.direction = directionOf(title);
  const pill = Math.min(width, context.measureText(words).width + 32);
  context.beginPath();
  context.roundRect(x + (width - pill) / 2, y, pill, height, height / 2);
  context.fillStyle = colours.panel;
  context.fill();
  context.fillStyle = colours.panelInk;
  context.fillText(words, x + width / 2, y + height / 2 + fontSize * 0.04);
}

/** As many letters as fit, whole characters, with the sign that there are more. */
function shortened(context: CanvasRenderingContext2D, title: string, room: number): string {
  const letters = [...title];
  while (letters.length > 1 && context.measureText(`${letters.join("")}…`).width > room) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}
