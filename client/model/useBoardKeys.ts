import { useEffect } from "react";
import { actionForKey } from "./boardActions.ts";
import type { BoardModel } from "./boardModel.ts";

/** What is pressed inside these belongs to them. */
const ownKeys = "[role=dialog], [role=alertdialog], [role=menu], [role=listbox], [contenteditable=true]";
/** Where single letters are shortcuts; elsewhere they would surprise whoever speaks to the page or reads it by ear. */
const ownLetters = ".board-canvas, .note-actions, .hand-tools";
/** Keys with which one presses a button, or goes through its group. */
const ofButtons = /^( |Enter|Arrow|Escape)/;

/** The keyboard of a board: every shortcut of its list of actions, unless somebody is typing. */
export function useBoardKeys(model: BoardModel): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.isComposing) return;
      const target = event.target instanceof Element ? event.target : document.body;
      if (isTypingIn(target) || target.closest(ownKeys) !== null) return;
      const isOnTree = target === document.body || target.closest(ownLetters) !== null;
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

/** Also an input of the radio kind has letters of nobody, but a text has all of them. */
export function isTypingIn(target: Element): boolean {
  if (target instanceof HTMLInputElement) return !["radio", "checkbox", "button"].includes(target.type);
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLElement && target.isContentEditable);
}
