import type { RefusalReason } from "../../shared/protocol/messages.ts";

/**
 * What people are told about their work. `saved` is only ever reached by the relay saying so after its commit;
 * no timer leads there.
 */
export type SavedState =
  /** First contact: nothing to show yet from the relay; the copy on this device may already be on screen. */
  | { readonly kind: "connecting" }
  /** Everything this device sent is on the server's disk. */
  | { readonly kind: "saved" }
  /** Sent, not confirmed yet, for less than two seconds. */
  | { readonly kind: "saving" }
  /** Sent, not confirmed for two seconds or more. */
  | { readonly kind: "notSavedYet" }
  /** No connection. `keptOnDevice` is false when this browser refuses to keep anything (private window). */
  | { readonly kind: "offline"; readonly unsentChanges: number; readonly keptOnDevice: boolean }
  /** The relay dropped changes of this device. */
  | { readonly kind: "notAccepted"; readonly reason: RefusalReason }
  /** The relay will not let this device in again: the link was replaced, or the board is gone. */
  | { readonly kind: "closed"; readonly reason: "revoked" | "deleted" | "refused" };
