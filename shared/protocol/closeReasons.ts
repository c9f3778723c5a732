/**
 * Every reason the relay hangs up; the key travels as the close event's word. `retry`: the client comes back by
 * itself; `stop`: it would only be refused again.
 */
export const closeReasons = {
  goingAway: { code: 1001, next: "retry" },
  badFrame: { code: 4400, next: "stop" },
  revoked: { code: 4401, next: "stop" },
  deleted: { code: 4404, next: "stop" },
  restart: { code: 1012, next: "retry" },
  tooFast: { code: 1013, next: "retry" },
  tooSlow: { code: 1013, next: "retry" },
  roomFull: { code: 1013, next: "retry" },
  storeFailing: { code: 1013, next: "retry" },
  silent: { code: 1001, next: "retry" },
  tooLarge: { code: 1009, next: "stop" },
  textFrame: { code: 1003, next: "stop" },
} as const satisfies Readonly<Record<string, { readonly code: number; readonly next: "retry" | "stop" }>>;

export type CloseReason = keyof typeof closeReasons;
/** The reasons after which a client does not come back by itself. */
export type StopReason = {
  [Reason in CloseReason]: (typeof closeReasons)[Reason]["next"] extends "stop" ? Reason : never;
}[CloseReason];

export const closeReasonNames: readonly CloseReason[] = Object.keys(closeReasons).filter(isCloseReason);

export function endsForGood(reason: CloseReason): reason is StopReason {
  return closeReasons[reason].next === "stop";
}

/** The row behind a close event. A code that several rows share says nothing without its word: null, and retry. */
export function closeReasonOf(code: number, word: string): CloseReason | null {
  const rows = closeReasonNames.filter((name) => closeReasons[name].code === code);
  const named = rows.find((name) => name === word);
  if (named !== undefined) return named;
  if (rows.length === 1) return rows[0] ?? null;
  // What a later relay refuses for good, in the range that is meant for that: a newer page will know why.
  return code >= 4400 && code <= 4499 ? "badFrame" : null;
}

function isCloseReason(word: string): word is CloseReason {
  return Object.hasOwn(closeReasons, word);
}
