import { type ReactNode, useLayoutEffect, useRef } from "react";
import type { Rectangle } from "../../shared/board/geometry.ts";

export type BesideProps = {
  /** CSS pixels of the surrounding box. */
  readonly at: Rectangle;
  /** What of the box is covered along its edges, CSS pixels. */
  readonly covered: {
    readonly top: number;
    readonly bottom: number;
    readonly left?: number;
    readonly right?: number;
  };
  readonly children: ReactNode;
};

const gapPx = 10;

/** Floats just above something, or below it where there is no room, and never over the edge. */
export function Beside({ at, covered, children }: BesideProps) {
  const box = useRef<HTMLDivElement>(null);
  const { x, y, width, height } = at;
  const { top, bottom, left: start = 0, right: end = 0 } = covered;
  useLayoutEffect(() => {
    const element = box.current;
    const room = element?.offsetParent;
    if (element === null || !(room instanceof HTMLElement)) return;
    element.style.setProperty("max-inline-size", `${room.clientWidth - start - end - 2 * gapPx}px`);
    const most = room.clientWidth - end - element.offsetWidth - gapPx;
    const left = Math.max(start + gapPx, Math.min(most, x + width / 2 - element.offsetWidth / 2));
    const above = y - element.offsetHeight - gapPx;
    const lowest = room.clientHeight - bottom - element.offsetHeight - gapPx;
    const isAbove = above >= top + gapPx;
    element.style.setProperty("left", `${left}px`);
    element.style.setProperty(
      "top",
      `${Math.max(top + gapPx, Math.min(lowest, isAbove ? above : y + height + gapPx))}px`,
    );
  }, [x, y, width, height, top, bottom, start, end]);
  return (
    <div ref={box} className="beside">
      {children}
    </div>
  );
}
