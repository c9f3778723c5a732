import type { Clock } from "./clock.ts";
import { isAcceptablePresence, type PresenceEntry } from "./frames.ts";
import type { Member } from "./member.ts";

/*
 * Who is where on one board, newest state only. A connection owns one client id, the first it uses that nobody
 * else holds; what it says about any other id is not believed, so nobody can move or remove somebody else.
 */

/** Clocks of ours and of the sender; `toldAt` in milliseconds that have passed since some moment. */
type Kept = {
  readonly clock: number;
  readonly heard: number;
  readonly json: string;
  readonly toldAt: number;
};

/** Clients take somebody for gone whose state they did not hear for thirty seconds, and repeat theirs every fifteen. */
const repeatAfterMs = 10_000;

export type PresenceBoard = {
  /** Takes in what a member says; true when there is something new to tell. */
  readonly hear: (member: Member, entries: readonly PresenceEntry[]) => boolean;
  readonly leave: (member: Member) => boolean;
  readonly ownOf: (member: Member) => number | null;
  /** What changed since the last call. */
  readonly takeChanges: () => readonly PresenceEntry[];
  readonly all: () => readonly PresenceEntry[];
};

/*
 * Clocks are ours, not the senders': whoever comes back with the clock of before would stay invisible to people who
 * saw that client leave. Hundredths of a second run ahead of every tick, also over a restart.
 */
export function createPresenceBoard({ now, elapsed }: Pick<Clock, "now" | "elapsed">): PresenceBoard {
  const kept = new Map<number, Kept>();
  const owned = new Map<Member, number>();
  const changed = new Map<number, PresenceEntry>();
  let latestClock = 0;

  function nextClock(): number {
    latestClock = Math.max(latestClock + 1, Math.floor(now() / 10));
    return latestClock;
  }

  /** A device that changed networks comes back before its old socket is known to be dead: same person, same id. */
  function takeOver(member: Member, clientId: number): boolean {
    const holder = [...owned].find(([, its]) => its === clientId)?.[0];
    if (holder === undefined) return true;
    if (member.participant === null || holder.participant !== member.participant) return false;
    owned.delete(holder);
    kept.delete(clientId);
    return true;
  }

  function ownedBy(member: Member, entry: PresenceEntry): boolean {
    const own = owned.get(member);
    if (own !== undefined) return own === entry.clientId;
    if (entry.json === "null") return false;
    if (kept.has(entry.clientId) && !takeOver(member, entry.clientId)) return false;
    owned.set(member, entry.clientId);
    return true;
  }

  return {
    hear(member, entries) {
      let isNews = false;
      for (const entry of entries) {
        if (!isAcceptablePresence(entry.json) || !ownedBy(member, entry)) continue;
        const before = kept.get(entry.clientId);
        if (before !== undefined && before.heard >= entry.clock && entry.json !== "null") continue;
        if (before?.json === entry.json && elapsed() - before.toldAt < repeatAfterMs) {
          // Nothing new: everybody has it.
          kept.set(entry.clientId, { ...before, heard: entry.clock });
          continue;
        }
        const clock = nextClock();
        kept.set(entry.clientId, { clock, heard: entry.clock, json: entry.json, toldAt: elapsed() });
        changed.set(entry.clientId, { clientId: entry.clientId, clock, json: entry.json });
        isNews = true;
      }
      return isNews;
    },
    leave(member) {
      const clientId = owned.get(member);
      owned.delete(member);
      if (clientId === undefined) return false;
      kept.delete(clientId);
      changed.set(clientId, { clientId, clock: nextClock(), json: "null" });
      return true;
    },
    ownOf: (member) => owned.get(member) ?? null,
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
