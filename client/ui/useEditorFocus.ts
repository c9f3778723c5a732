import { type RefObject, useEffect, useEffectEvent, useLayoutEffect } from "react";
import { isBesideEditor } from "./isTyping.ts";

/**
 * Gives the keyboard to a note that somebody just opened, with the caret behind its last letter, and sees to it that
 * what is typed comes there as long as they are nowhere else.
 */
export function useEditorFocus(ref: RefObject<HTMLTextAreaElement | null>, onDone: () => void): void {
  useLayoutEffect(() => {
    const area = ref.current;
    if (area === null) return;
    area.setSelectionRange(area.value.length, area.value.length);
    area.focus();
  }, [ref]);

  // A menu or palette keeps the page inert until its own last effect, which has run by now; a frame later it would
  // give the focus back, but only to whoever has none.
  useEffect(() => {
    if (document.activeElement !== ref.current) ref.current?.focus();
  }, [ref]);

  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === "Tab" || !isBesideEditor(event.target)) return;
    // What the browser does with this key it does in the field that has the focus then.
    event.stopPropagation();
    if (event.key === "Escape") onDone();
    else ref.current?.focus();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    addEventListener("keydown", listener, { capture: true });
    return () => removeEventListener("keydown", listener, { capture: true });
  }, []);
}
