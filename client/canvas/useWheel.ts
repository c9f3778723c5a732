import { type RefObject, useEffect } from "react";
import type { Scene } from "./boardScene.ts";

/** Turning the wheel moves the board; with Ctrl, or two fingers on a touchpad, it comes nearer. */
export function useWheel(frame: RefObject<HTMLElement | null>, scene: RefObject<Scene | null>): void {
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    // React listens passively, and a page must not scroll or zoom under the board.
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const box = element.getBoundingClientRect();
      if (event.ctrlKey || event.metaKey) {
        const at = { x: event.clientX - box.x, y: event.clientY - box.y };
        scene.current?.zoom(Math.exp(-event.deltaY * 0.01), at);
      } else {
        scene.current?.pan(-event.deltaX, -event.deltaY);
      }
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [frame, scene]);
}
