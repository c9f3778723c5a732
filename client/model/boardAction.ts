import type { ParseKeys } from "i18next";
import type { ZoneId } from "../../shared/board/placement.ts";
import type { BoardModel } from "./boardModel.ts";

/** Where an action stands in menus and in the sheet of shortcuts. */
export type ActionGroup = "notes" | "themes" | "dots" | "board" | "view";

/** A name from the language files; with a zone, its title fills the blank. */
export type ActionName = { readonly key: ParseKeys; readonly zone?: ZoneId };

/** What actions need of an open board. */
export type ActionModel = Pick<
  BoardModel,
  | "board"
  | "selection"
  | "hands"
  | "template"
  | "me"
  | "mayWrite"
  | "undoState"
  | "undo"
  | "redo"
  | "addNotesAt"
  | "moveNotes"
  | "moveNotesToZone"
  | "duplicateNotes"
  | "removeNotes"
  | "restoreNotes"
  | "markVoice"
  | "highlightNote"
  | "unhighlightNote"
  | "giveDots"
  | "tidyZone"
  | "makeTheme"
  | "leaveTheme"
  | "dissolveTheme"
>;

/**
 * One thing that can be done on a board: what the palette, the menu, the keyboard and the buttons offer is this list,
 * so that they never differ. Its subject is always what is selected now.
 */
export type BoardAction = {
  readonly id: string;
  readonly group: ActionGroup;
  readonly name: ActionName;
  /** As written in `keyStrokes.ts`, the one to show first. */
  readonly keys: readonly string[];
  /** While this is true its keys belong to other actions; it can be done all the same. */
  readonly yieldsKeys?: (model: ActionModel) => boolean;
  readonly isAvailable: (model: ActionModel) => boolean;
  readonly run: (model: ActionModel) => void;
  /** Taken away for good, as far as people see. */
  readonly isDanger?: true;
};
