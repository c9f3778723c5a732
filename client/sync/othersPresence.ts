import type { Awareness } from "y-protocols/awareness";

/**
 * Forgets the others whole, with the clocks by which their states would be known as old ones: what the relay tells of
 * them next counts, also when it did not change meanwhile.
 */
export function forgetOthers(awareness: Awareness): void {
  const removed: number[] = [];
  for (const clientId of [...awareness.meta.keys()]) {
    if (clientId === awareness.clientID) continue;
    awareness.meta.delete(clientId);
    if (awareness.states.delete(clientId)) removed.push(clientId);
  }
  // Only those who show presence need to hear of it: said as an update, it would be sent to the relay.
  if (removed.length > 0) awareness.emit("change", [{ added: [], updated: [], removed }, "local"]);
}
