import { useEffectEvent, useLayoutEffect } from "react";
import { isComposing } from "./isComposing.ts";
import { isTyping } from "./isTyping.ts";

export type HeldKeysProps = {
  readonly onEscape: () => void;
  /** A single letter, or `Backspace`, for whoever asked for a field. */
  readonly onTyped?: (key: string) => void;
};

/** Stands in the place of what was asked for and is on its way: what is pressed meanwhile does nothing to the board. */
export function HeldKeys({ onEscape, onTyped }: HeldKeysProps) {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (isTyping(event.target) || event.key === "Tab") return;
    // Whoever does not wait for it and goes on with another button may.
    const isOnControl =
      event.target instanceof Element && event.target.closest("button, a, summary") !== null;
    if (onTyped === undefined && isOnControl && (event.key === "Enter" || event.key === " ")) return;
    event.stopPropagation();
    // Chords are no letters, and those that the page does not know are the browser's.
    if (event.ctrlKey || event.metaKey || event.altKey || isComposing(event)) return;
    if (event.key === "Escape") onEscape();
    else if (event.key === "Backspace" || [...event.key].length === 1) onTyped?.(event.key);
    else if (event.key !== "Enter") return;
    event.preventDefault();
  });
  // From the moment it is drawn, until what it waits for is.
  useLayoutEffect(() => {
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    addEventListener("keydown", listener, { capture: true });
    return () => removeEventListener("keydown", listener, { capture: true });
  }, []);
  return null;
}
