/** Every reason the relay hangs up. `retry`: the client comes back by itself; `stop`: it would only be refused again. */
export const closeReasons = {
  goingAway: { code: 1001, then: "retry" },
  badFrame: { code: 4400, then: "stop" },
  revoked: { code: 4401, then: "stop" },
  deleted: { code: 4404, then: "stop" },
  restart: { code: 1012, then: "retry" },
  tooFast: { code: 1013, then: "retry" },
  tooSlow: { code: 1013, then: "retry" },
  roomFull: { code: 1013, then: "retry" },
  storeFailing: { code: 1013, then: "retry" },
  silent: { code: 1001, then: "retry" },
  tooLarge: { code: 1009, then: "stop" },
  textFrame: { code: 1003, then: "stop" },
} as const satisfies Readonly<Record<string, { readonly code: number; readonly then: "retry" | "stop" }>>;

export type CloseReason = keyof typeof closeReasons;
