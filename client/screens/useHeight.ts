import { type RefCallback, useCallback, useRef, useState } from "react";
import { createSource, type Observable } from "../model/observable.ts";

/**
 * The height of an element in CSS pixels, kept up to date; 0 while it is not on the page. Only who observes it is drawn
 * anew when it changes, not all that the element lies in.
 */
export function useHeight(): readonly [ref: RefCallback<HTMLElement>, height: Observable<number>] {
  const [height] = useState(() => createSource(0));
  const watcher = useRef<ResizeObserver | null>(null);
  const ref = useCallback(
    (element: HTMLElement | null) => {
      watcher.current?.disconnect();
      watcher.current = null;
      height.set(element?.offsetHeight ?? 0);
      if (element === null) return;
      watcher.current = new ResizeObserver(() => height.set(element.offsetHeight));
      watcher.current.observe(element);
    },
    [height],
  );
  return [ref, height];
}
