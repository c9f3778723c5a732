import type { Role } from "./workshop.ts";

export type Action = "read" | "write" | "join" | "manage";

const allowed: Readonly<Record<Role, readonly Action[]>> = {
  facilitate: ["read", "write", "join", "manage"],
  contribute: ["read", "write", "join"],
  view: ["read"],
};

/** The one table of what a role may do. */
export function mayDo(role: Role, action: Action): boolean {
  return allowed[role].includes(action);
}
