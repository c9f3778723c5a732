import { useLayoutEffect, useState } from "react";
import { isLow, type Room, roomOf } from "./look.ts";

/** How much fits beside each other. */
export function roomNow(): Room {
  return roomOf(innerWidth, letterSizeNow());
}

function letterSizeNow(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}

/**
 * How much fits beside each other now. Unlike a media query it knows how large the letters are that this device asked
 * for; style sheets read it as `data-room`, and how much below each other as `data-height`.
 */
export function useRoom(): Room {
  const [room, setRoom] = useState(roomNow);
  useLayoutEffect(() => {
    const page = document.documentElement;
    function look(): void {
      const next = roomNow();
      page.dataset.room = next;
      page.dataset.height = isLow(innerHeight, letterSizeNow()) ? "low" : "enough";
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
