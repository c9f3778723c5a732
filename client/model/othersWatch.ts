import type { Room } from "../sync/openRoom.ts";

/** Presence costs every device battery: it is asked for only while a view shows it, on a page that is in sight. */
export function createOthersWatch(room: Pick<Room, "wantPresence">): {
  /** A view shows the others; the result ends it. */
  readonly watch: () => () => void;
  readonly stop: () => void;
} {
  const views = new Set<symbol>();
  function say(): void {
    room.wantPresence({ isWanted: views.size > 0 && document.visibilityState !== "hidden" });
  }
  document.addEventListener("visibilitychange", say);
  say();
  return {
    watch() {
      const view = Symbol();
      views.add(view);
      say();
      return () => {
        views.delete(view);
        say();
      };
    },
    stop: () => document.removeEventListener("visibilitychange", say),
  };
}
