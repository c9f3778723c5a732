/*
 * Shortcuts as people write them: "Ctrl+Shift+G", "ArrowUp", "?". On a Mac the command key stands for Ctrl.
 */

export type KeyPress = {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
};

/** Signs that some keyboards only have with Shift: there Shift says nothing. */
const isSign = (key: string) => key.length === 1 && key.toLowerCase() === key.toUpperCase();

export function matches(press: KeyPress, stroke: string): boolean {
  const { key, ctrl, shift, alt } = partsOf(stroke);
  if (press.key.toLowerCase() !== key.toLowerCase()) return false;
  if ((press.ctrlKey || press.metaKey) !== ctrl || press.altKey !== alt) return false;
  return isSign(key) || press.shiftKey === shift;
}

/** Pressed together with Ctrl: it is meant for the page as a whole, wherever the focus is. */
export function isChord(stroke: string): boolean {
  return partsOf(stroke).ctrl;
}

function partsOf(stroke: string): {
  readonly key: string;
  readonly ctrl: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
} {
  const parts = stroke === "+" ? ["+"] : stroke.split("+");
  return {
    key: parts.at(-1) ?? "",
    ctrl: parts.includes("Ctrl"),
    shift: parts.includes("Shift"),
    alt: parts.includes("Alt"),
  };
}
