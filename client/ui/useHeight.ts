import { type RefCallback, useCallback, useRef, useState } from "react";

/** The height of an element in CSS pixels, kept up to date; 0 while it is not on the page. */
export function useHeight(): readonly [ref: RefCallback<HTMLElement>, height: number] {
  const [height, setHeight] = useState(0);
  const watcher = useRef<ResizeObserver | null>(null);
  const ref = useCallback((element: HTMLElement | null) => {
    watcher.current?.disconnect();
    watcher.current = null;
    if (element === null) {
      setHeight(0);
      return;
    }
    setHeight(element.offsetHeight);
    watcher.current = new ResizeObserver(() => setHeight(element.offsetHeight));
    watcher.current.observe(element);
  }, []);
  return [ref, height];
}
