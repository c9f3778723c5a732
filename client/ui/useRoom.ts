import { useLayoutEffect, useState } from "react";
import { type Room, roomOf } from "./look.ts";

/** How much fits beside each other. */
export function roomNow(): Room {
  const letterSize = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  return roomOf(innerWidth, letterSize);
}

/**
 * How much fits beside each other now. Unlike a media query it knows how large the letters are that this device asked
 * for; style sheets read it as `data-room`.
 */
export function useRoom(): Room {
  const [room, setRoom] = useState(roomNow);
  useLayoutEffect(() => {
    const page = document.documentElement;
    function look(): void {
      const next = roomNow();
      page.dataset.room = next;
      setRoom(next);
    }
    look();
    addEventListener("resize", look);
    // Letters change size without a resize of the page.
    const watcher = new MutationObserver(look);
    watcher.observe(page, { attributes: true, attributeFilter: ["style"] });
    return () => {
      removeEventListener("resize", look);
      watcher.disconnect();
    };
  }, []);
  return room;
}
