import { type RefCallback, useCallback, useRef, useState } from "react";
import type { Size } from "../../shared/board/geometry.ts";

const nothing: Size = { width: 0, height: 0 };

/** The size of an element in CSS pixels, kept up to date; nothing by nothing while it is not on the page. */
export function useBox(): readonly [ref: RefCallback<HTMLElement>, size: Size] {
  const [size, setSize] = useState(nothing);
  const watcher = useRef<ResizeObserver | null>(null);
  const ref = useCallback((element: HTMLElement | null) => {
    watcher.current?.disconnect();
    watcher.current = null;
    if (element === null) {
      setSize(nothing);
      return;
    }
    const measure = () => {
      const { offsetWidth: width, offsetHeight: height } = element;
      setSize((last) => (last.width === width && last.height === height ? last : { width, height }));
    };
    measure();
    watcher.current = new ResizeObserver(measure);
    watcher.current.observe(element);
  }, []);
  return [ref, size];
}
