import { useEffect } from "react";
import { isComposing } from "../ui/isComposing.ts";
import { isTyping } from "../ui/isTyping.ts";
import { actionForKey } from "./boardActions.ts";
import type { BoardModel } from "./boardModel.ts";

/** What is pressed inside these belongs to them. */
const ownKeys =
  "[role=dialog], [role=alertdialog], [role=menu], [role=listbox], [contenteditable=true], .note-editor, .list-editor";
/** Where single letters are shortcuts; elsewhere they would surprise whoever speaks to the page or reads it by ear. */
const ownLetters = ".board-canvas, .note-actions, .hand-tools";
/** Nobody is on any control: where one is who has just come in, or pressed beside everything. */
const nowhere = "body, main";
/** Keys with which one presses a button, or goes through its group. */
const ofButtons = /^( |Enter|Arrow|Escape)/;

/** Whether a single letter that is pressed there is a shortcut. */
export function takesLetters(target: Element): boolean {
  return target.matches(nowhere) || target.closest(ownLetters) !== null;
}

/** The keyboard of a board: every shortcut of its list of actions, unless somebody is typing. */
export function useBoardKeys(model: BoardModel): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || isComposing(event)) return;
      const target = event.target instanceof Element ? event.target : document.body;
      if (isTyping(target) || target.closest(ownKeys) !== null) return;
      const isOnTree = takesLetters(target);
      const isOnButton =
        target.closest("button, [role=radio], input, a") !== null && ofButtons.test(event.key);
      const action = actionForKey(event, model, { onlyChords: !isOnTree });
      if (action === null || (isOnButton && event.key !== "Escape")) return;
      event.preventDefault();
      action.run(model);
    }
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, [model]);
}
