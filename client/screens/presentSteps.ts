import type { Rectangle, Size } from "../../shared/board/geometry.ts";
import type { NoteId } from "../../shared/board/ids.ts";
import type { ZoneId } from "../../shared/board/placement.ts";
import type { NoteLayouts } from "../../shared/render/noteLayout.ts";
import type { Template } from "../../shared/template/template.ts";
import type { BoardView } from "../model/boardModel.ts";
import { grown, noteBoxes, zoneViews } from "./presentViews.ts";

/*
 * A group tells about its tree in steps: the whole, then the roots, the watering can and the fruits, then what it
 * chose to highlight. Whoever sits at the back reads along: a zone that is too full for that is shown in parts.
 */

export type PresentStep =
  | { readonly id: string; readonly kind: "tree"; readonly view: Rectangle }
  | {
      readonly id: string;
      readonly kind: "zone";
      readonly zone: ZoneId;
      readonly count: number;
      /** From 1. */
      readonly part: number;
      readonly parts: number;
      readonly view: Rectangle;
    }
  | {
      readonly id: string;
      readonly kind: "highlight";
      readonly note: NoteId;
      readonly text: string;
      /** From 1. */
      readonly number: number;
      readonly total: number;
      readonly view: Rectangle;
    };

export type PresentMove = "next" | "previous" | "first" | "last";

const shownZones = ["roots", "wateringCan", "fruits"] as const;
export type PresentOptions = {
  readonly board: Pick<BoardView, "notes" | "notesByZone" | "highlights">;
  readonly template: Template;
  readonly layouts: NoteLayouts;
  /** The whole screen, and what of it nothing covers; CSS pixels. */
  readonly screen: Size;
  readonly free: Size;
};

export function presentSteps({
  board,
  template,
  layouts,
  screen,
  free,
}: PresentOptions): readonly PresentStep[] {
  const whole: PresentStep = { id: "tree", kind: "tree", view: { x: 0, y: 0, ...template.world } };
  const zones = shownZones.flatMap((zone): readonly PresentStep[] => {
    const notes = board.notesByZone[zone];
    const views = zoneViews({ notes, zone, template, layouts, screen, free });
    return views.map((view, index) => ({
      id: `${zone}/${index + 1}`,
      kind: "zone",
      zone,
      count: notes.length,
      part: index + 1,
      parts: views.length,
      view,
    }));
  });
  const highlighted = board.highlights.flatMap((id) => board.notes.get(id) ?? []);
  const highlights = highlighted.map((note, index): PresentStep => {
    const [box] = noteBoxes([note], template, layouts);
    if (box === undefined) throw new Error("a note without a place");
    return {
      id: `highlight/${note.id}`,
      kind: "highlight",
      note: note.id,
      text: note.text,
      number: index + 1,
      total: highlighted.length,
      view: grown(box, box.width * 0.35, box.height * 0.35),
    };
  });
  return [whole, ...zones, ...highlights];
}

/** Where a move leads; a step that is gone meanwhile leads on from the place it had. */
export function stepAfter(
  steps: readonly PresentStep[],
  at: { readonly id: string; readonly index: number },
  move: PresentMove,
): PresentStep | null {
  const found = steps.findIndex(({ id }) => id === at.id);
  const index = found === -1 ? Math.min(at.index, steps.length - 1) : found;
  const wanted = {
    next: found === -1 ? index : index + 1,
    previous: index - 1,
    first: 0,
    last: steps.length - 1,
  }[move];
  return steps[Math.min(Math.max(wanted, 0), steps.length - 1)] ?? null;
}

export type PressedKey = {
  readonly key: string;
  readonly hasModifier: boolean;
};

/** What a key does while presenting: arrows of a keyboard, and the page keys that clickers send. */
export function presentKey({ key, hasModifier }: PressedKey): PresentMove | "leave" | "point" | null {
  if (hasModifier) return null;
  switch (key) {
    case "ArrowRight":
    case "ArrowDown":
    case "PageDown":
    case " ":
      return "next";
    case "ArrowLeft":
    case "ArrowUp":
    case "PageUp":
      return "previous";
    case "Home":
      return "first";
    case "End":
      return "last";
    case "Escape":
      return "leave";
    case "s":
    case "S":
      return "point";
    default:
      return null;
  }
}
