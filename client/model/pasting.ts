import type { Point } from "../../shared/board/geometry.ts";
import type { Note, Voice } from "../../shared/board/note.ts";
import type { ActionModel } from "./boardAction.ts";
import { freeSpotsNear } from "./freeSpots.ts";
import { told } from "./noteActions.ts";
import { mostPastedNotes } from "./pastedNotes.ts";

export type Pasted = {
  readonly texts: readonly string[];
  /** World units. */
  readonly near: Point;
  readonly voice: Voice;
};

/** One text becomes a note there; of several it is asked whether they are as many notes. */
export function pasteTexts(model: ActionModel, { texts, near, voice }: Pasted): void {
  if (texts.length === 0) return;
  if (texts.length > mostPastedNotes) {
    model.hands.tell({ kind: "tooManyPasted", limit: mostPastedNotes, count: texts.length });
  } else if (texts.length === 1) {
    addNear(model, { texts, near, voice });
  } else {
    model.hands.ask({ kind: "paste", texts, near });
  }
}

/** Each text a note in free space near a point; they are what is selected then. */
export function addNear(model: ActionModel, { texts, near, voice }: Pasted): void {
  const taken = [...model.board.get().notes.values()].map(({ placement }) => placement);
  const spots = freeSpotsNear(near, texts.length, taken, model.template);
  const added = told(
    model,
    model.addNotesAt(
      texts.flatMap((text, index) => {
        const topLeft = spots[index];
        return topLeft === undefined ? [] : [{ text, topLeft }];
      }),
      voice,
    ),
  );
  if (added.ok) model.selection.set(added.value);
}

/** What was copied on this board comes back as it was, drawings and all; false when that is something else. */
export function pasteCopied(model: ActionModel, text: string, near: Point): boolean {
  const copied = model.hands.copied.get();
  if (copied === null || !isSameText(copied.text, text)) return false;
  const { notes, removed } = model.board.get();
  const lying = copied.notes.flatMap((id) => notes.get(id) ?? []);
  if (lying.length === copied.notes.length) {
    const made = told(model, model.duplicateNotes(copied.notes, wayTo(near, lying, model)));
    if (made.ok) model.selection.set(made.value);
    return made.ok;
  }
  // What was cut lies in the bin: it moves, with everything that others gave it.
  const cut = removed.filter(({ id }) => copied.notes.includes(id));
  if (cut.length !== copied.notes.length || !told(model, model.restoreNotes(copied.notes)).ok) return false;
  const by = wayTo(near, cut, model);
  told(
    model,
    model.moveNotes(
      cut.map(({ id, placement }) => ({
        note: id,
        topLeft: { x: placement.x + by.x, y: placement.y + by.y },
      })),
    ),
  );
  model.selection.set(copied.notes);
  return true;
}

function wayTo(near: Point, notes: readonly Note[], { template }: ActionModel): Point {
  const middleOf = (values: readonly number[]) => (Math.min(...values) + Math.max(...values)) / 2;
  const x = middleOf(notes.map(({ placement }) => placement.x)) + template.noteSize.width / 2;
  const y = middleOf(notes.map(({ placement }) => placement.y)) + template.noteSize.height / 2;
  return { x: Math.round(near.x - x), y: Math.round(near.y - y) };
}

const isSameText = (a: string, b: string) =>
  a.replaceAll("\r\n", "\n").trim() === b.replaceAll("\r\n", "\n").trim();
