/** Asks for the whole screen. Must come from a key or a press; where it is refused the page stays as large as it is. */
export function enterFullScreen(): void {
  const page = document.documentElement;
  // iPhones have no such thing.
  if (typeof page.requestFullscreen !== "function") return;
  page.requestFullscreen({ navigationUI: "hide" }).catch(() => undefined);
}

export function leaveFullScreen(): void {
  if (document.fullscreenElement === null || document.fullscreenElement === undefined) return;
  document.exitFullscreen().catch(() => undefined);
}

/** Calls back when the browser itself gave the screen back: Escape never reaches a page that fills the screen. */
export function onFullScreenLeft(listener: () => void): () => void {
  let wasFull = document.fullscreenElement != null;
  function look(): void {
    const isFull = document.fullscreenElement != null;
    if (wasFull && !isFull) listener();
    wasFull = isFull;
  }
  document.addEventListener("fullscreenchange", look);
  return () => document.removeEventListener("fullscreenchange", look);
}
