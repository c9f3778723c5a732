/** Whether keys pressed on it are somebody's words: shortcuts keep away from those. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !["radio", "checkbox", "button"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target.isContentEditable || isBesideEditor(target);
}

/**
 * A note stands open and the keyboard is on no control: what is pressed is meant for the note. An editor on the tree
 * closes when one goes elsewhere, so then the canvas is no place of its own; beside an open row of the list it is.
 */
export function isBesideEditor(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.matches("body, main")) return isOpen(".note-editor textarea, .list-editor textarea");
  return target.matches(".board-canvas") && isOpen(".note-editor textarea");
}

const isOpen = (editor: string) => document.querySelector(editor) !== null;
