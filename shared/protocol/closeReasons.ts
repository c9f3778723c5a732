/** Every reason the relay hangs up. `retry`: the client comes back by itself; `stop`: it would only be refused again. */
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
