import type { KeyboardEvent } from "react";
import type { NoteId } from "../../shared/board/ids.ts";
import { isComposing } from "../ui/isComposing.ts";
import type { NoteActs } from "./noteActs.ts";
import { noteOfElement, type RowFocus } from "./useRowFocus.ts";

export type RowKeysOptions = {
  readonly mayWrite: boolean;
  readonly editing: NoteId | null;
  /** What a key is about: the note itself, or all chosen ones if it is among them. */
  readonly targetsOf: (note: NoteId) => readonly NoteId[];
  readonly acts: NoteActs;
  readonly focus: Pick<RowFocus, "step" | "focusNote">;
  readonly onEdit: (note: NoteId) => void;
  readonly onRemove: (notes: readonly NoteId[]) => void;
  readonly onMenu: (notes: readonly NoteId[], anchor: Element) => void;
  /** One dot more or less; false where there are none to give. */
  readonly onDot: (note: NoteId, by: -1 | 1) => boolean;
  /** Nothing is chosen from there on; false when nothing was. */
  readonly onStopPicking: () => boolean;
};

const steps = { ArrowDown: "next", ArrowUp: "previous", Home: "first", End: "last" } as const;

/** What keys do on any row of the list. Enter and Space on a button of a row are that button's own. */
export function rowKeysOf(options: RowKeysOptions): (event: KeyboardEvent<HTMLElement>) => void {
  const { mayWrite, editing, targetsOf, acts, focus, onEdit, onRemove, onMenu, onDot, onStopPicking } =
    options;

  function moves(key: string, note: NoteId): boolean {
    if (!mayWrite || (key !== "ArrowUp" && key !== "ArrowDown")) return false;
    acts.moveInOrder(note, key === "ArrowUp" ? -1 : 1);
    focus.focusNote(note);
    return true;
  }

  function opensMenu(note: NoteId, row: Element): boolean {
    const anchor = row.querySelector(".list-more");
    if (anchor !== null) onMenu(targetsOf(note), anchor);
    return anchor !== null;
  }

  function writes(key: string, note: NoteId, row: Element, isOnBody: boolean): boolean {
    switch (key) {
      case "Enter":
        if (isOnBody) onEdit(note);
        return isOnBody;
      case "F2":
        onEdit(note);
        return true;
      case "Delete":
      case "Backspace":
        onRemove(targetsOf(note));
        return true;
      case "m":
      case "M":
      case "ContextMenu":
        return opensMenu(note, row);
      case "+":
      case "=":
        return onDot(note, 1);
      case "-":
        return onDot(note, -1);
      default:
        return false;
    }
  }

  /** True when the key meant something. */
  function means(event: KeyboardEvent<HTMLElement>, note: NoteId, target: Element): boolean {
    const { key } = event;
    if (event.altKey) return moves(key, note);
    if (key === "ArrowDown" || key === "ArrowUp" || key === "Home" || key === "End") {
      focus.step(note, steps[key]);
      return true;
    }
    if (key === "Escape") return onStopPicking();
    const row = target.closest("[data-note]");
    return mayWrite && row !== null && writes(key, note, row, target.classList.contains("list-note-body"));
  }

  return (event) => {
    const note = noteOfElement(event.target);
    if (note === null || editing === note || !(event.target instanceof Element)) return;
    if (isComposing(event.nativeEvent) || event.ctrlKey || event.metaKey) return;
    if (!means(event, note, event.target)) return;
    event.preventDefault();
    // The canvas beside this list has keys of its own.
    event.stopPropagation();
  };
}
