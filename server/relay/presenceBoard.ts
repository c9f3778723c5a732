import { isAcceptablePresence, type PresenceEntry } from "./frames.ts";
import type { Member } from "./member.ts";

/*
 * Who is where on one board, newest state only. A connection owns one client id, the first it uses that nobody
 * else holds; what it says about any other id is not believed, so nobody can move or remove somebody else.
 */

type Kept = { clock: number; json: string; readonly owner: Member };

export type PresenceBoard = {
  /** Takes in what a member says; true when there is something new to tell. */
  readonly hear: (member: Member, entries: readonly PresenceEntry[]) => boolean;
  readonly leave: (member: Member) => boolean;
  /** What changed since the last call. */
  readonly takeChanges: () => readonly PresenceEntry[];
  readonly all: () => readonly PresenceEntry[];
};

export function createPresenceBoard(): PresenceBoard {
  const kept = new Map<number, Kept>();
  const owned = new Map<Member, number>();
  const changed = new Map<number, PresenceEntry>();

  function ownedBy(member: Member, entry: PresenceEntry): boolean {
    const own = owned.get(member);
    if (own !== undefined) return own === entry.clientId;
    if (entry.json === "null" || kept.has(entry.clientId)) return false;
    owned.set(member, entry.clientId);
    return true;
  }

  return {
    hear(member, entries) {
      let isNews = false;
      for (const entry of entries) {
        if (!isAcceptablePresence(entry.json) || !ownedBy(member, entry)) continue;
        const before = kept.get(entry.clientId);
        if (before !== undefined && before.clock >= entry.clock && entry.json !== "null") continue;
        kept.set(entry.clientId, { clock: entry.clock, json: entry.json, owner: member });
        changed.set(entry.clientId, entry);
        isNews = true;
      }
      return isNews;
    },
    leave(member) {
      const clientId = owned.get(member);
      owned.delete(member);
      if (clientId === undefined) return false;
      const clock = (kept.get(clientId)?.clock ?? 0) + 1;
      kept.delete(clientId);
      changed.set(clientId, { clientId, clock, json: "null" });
      return true;
    },
    takeChanges() {
      const entries = [...changed.values()];
      changed.clear();
      return entries;
    },
    all: () =>
      [...kept].flatMap(([clientId, { clock, json }]) =>
        json === "null" ? [] : [{ clientId, clock, json }],
      ),
  };
}
