/** After the first look: what is on its way once the worker is there goes through it, and takes twice as long. */
const startAfterMs = 2_500;
/** And once more after what comes when it is quiet. */
const tellAgainAfterMs = 13_000;

/**
 * Lets the page itself open without a connection. Only where the browser can: over https or on this machine, and
 * not in windows that keep nothing.
 */
export function keepPageForOffline(): void {
  if (!("serviceWorker" in navigator)) return;
  const { serviceWorker } = navigator;
  setTimeout(() => {
    serviceWorker.register("/sw.js").then(
      () => {
        tell();
        setTimeout(tell, tellAgainAfterMs);
      },
      () => {
        // A browser set to keep nothing: the page works as before, only not without a connection.
      },
    );
  }, startAfterMs);

  function tell(): void {
    const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
    void serviceWorker.ready.then((registration) => registration.active?.postMessage(loaded));
  }
}
