/** When to tell the worker what has been loaded: after the first look, and after what comes when it is quiet. */
const tellAfterMs = [1_500, 15_000];

/**
 * Lets the page itself open without a connection. Only where the browser can: over https or on this machine, and
 * not in windows that keep nothing.
 */
export function keepPageForOffline(): void {
  if (!("serviceWorker" in navigator)) return;
  const { serviceWorker } = navigator;
  serviceWorker.register("/sw.js").then(
    () => {
      for (const wait of tellAfterMs) setTimeout(tell, wait);
    },
    () => {
      // A browser set to keep nothing: the page works as before, only not without a connection.
    },
  );

  function tell(): void {
    const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
    void serviceWorker.ready.then((registration) => registration.active?.postMessage(loaded));
  }
}
