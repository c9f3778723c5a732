import { type RefObject, useEffect, useEffectEvent } from "react";

const marginPx = 12;

/** Keeps an element above the keyboard of a phone, which lies over the page without the page knowing. */
export function useKeyboardRoom(ref: RefObject<HTMLElement | null>, onMoveUp: (byPx: number) => void): void {
  const look = useEffectEvent(() => {
    const screen = window.visualViewport;
    const box = ref.current?.getBoundingClientRect();
    if (screen === null || box === undefined) return;
    const lowest = screen.offsetTop + screen.height - marginPx;
    const highest = screen.offsetTop + marginPx;
    const below = box.bottom - lowest;
    if (below > 0) onMoveUp(Math.min(below, Math.max(0, box.top - highest)));
  });
  useEffect(() => {
    const screen = window.visualViewport;
    if (screen === null) return;
    const onChange = () => look();
    onChange();
    screen.addEventListener("resize", onChange);
    return () => screen.removeEventListener("resize", onChange);
  }, []);
}
