import type { Clock } from "./clock.ts";
import { isAcceptablePresence } from "./frames.ts";
import type { Member } from "./member.ts";
import type { PresenceEntry } from "./presenceFrames.ts";

/*
 * Who is where on one board, newest state only. A connection owns one client id, the first it uses that nobody
 * else holds; what it says about any other id is not believed, so nobody can move or remove somebody else.
 *
 * A state travels with its sender's own clock, so that hearing it back tells the sender nothing new and one message
 * serves everybody. Only where others may have seen that clock already, as when somebody comes back, it is raised by one,
 * or they would take the state for an old one and not show it.
 */

/** `isRaised`: with a clock that its owner does not know yet. */
export type PresenceChange = PresenceEntry & { readonly isRaised: boolean };

export type PresenceBoard = {
  /** Takes in what a member says; true when there is something new to tell. */
  readonly hear: (member: Member, entries: readonly PresenceEntry[]) => boolean;
  readonly leave: (member: Member) => boolean;
  /** The id a member speaks for, also while an old connection of theirs still holds it. */
  readonly idOf: (member: Member) => number | null;
  /** False while somebody else holds the id it speaks for. */
  readonly isHeard: (member: Member) => boolean;
  /** What changed since the last call. */
  readonly takeChanges: () => readonly PresenceChange[];
  readonly all: () => readonly PresenceEntry[];
};

export type PresenceBoardOptions = Pick<Clock, "elapsed" | "now"> & {
  /** Bytes of one state. */
  readonly maxBytes: number;
};

/** `heard`: the sender's clock; `clock`: the one others were told; `toldAt` in milliseconds that have passed. */
type Kept = {
  readonly clock: number;
  readonly heard: number;
  readonly json: string;
  readonly toldAt: number;
};

/** Clients take somebody for gone whose state they did not hear for thirty seconds, and repeat theirs every fifteen. */
const repeatAfterMs = 10_000;
const mostRemembered = 5_000;
/** A clock counts the moves of one page; this is beyond a year of them, and far below where numbers lose precision. */
const highestClock = 2 ** 40;

export function createPresenceBoard({ elapsed, now, maxBytes }: PresenceBoardOptions): PresenceBoard {
  const kept = new Map<number, Kept>();
  const owned = new Map<Member, number>();
  /** The first id of everybody who spoke. */
  const spokenFor = new Map<Member, number>();
  const changed = new Map<number, PresenceChange>();
  /** The last clock that others were told, of those who are not here now. */
  const remembered = new Map<number, number>();

  /** A device that changed networks comes back before its old socket is known to be dead: same person, same id. */
  function takeOver(member: Member, clientId: number): boolean {
    const holder = [...owned].find(([, its]) => its === clientId)?.[0];
    if (holder === undefined) return true;
    if (member.participant === null || holder.participant !== member.participant) return false;
    owned.delete(holder);
    forget(clientId);
    return true;
  }

  function forget(clientId: number): void {
    const last = kept.get(clientId);
    kept.delete(clientId);
    if (last === undefined) return;
    if (remembered.size >= mostRemembered) remembered.clear();
    remembered.set(clientId, last.clock);
  }

  function ownedBy(member: Member, entry: PresenceEntry): boolean {
    const own = owned.get(member);
    if (own !== undefined) return own === entry.clientId;
    if (entry.json === "null") return false;
    if (kept.has(entry.clientId) && !takeOver(member, entry.clientId)) return false;
    owned.set(member, entry.clientId);
    return true;
  }

  /** Whoever is new here may have been told of before this room opened: with the same clock, since then nothing moved. */
  function clockFor(clientId: number, heard: number): number {
    const last =
      kept.get(clientId)?.clock ?? remembered.get(clientId) ?? Math.max(heard, Math.floor(now() / 10));
    return Math.max(heard, last + 1);
  }

  function hearOne({ clientId, clock: heard, json }: PresenceEntry): boolean {
    const before = kept.get(clientId);
    if (before !== undefined && before.heard >= heard && json !== "null") return false;
    if (before?.json === json && elapsed() - before.toldAt < repeatAfterMs) {
      // Nothing new: everybody has it.
      kept.set(clientId, { ...before, heard });
      return false;
    }
    const clock = clockFor(clientId, heard);
    kept.set(clientId, { clock, heard, json, toldAt: elapsed() });
    changed.set(clientId, { clientId, clock, json, isRaised: clock > heard });
    return true;
  }

  return {
    hear(member, entries) {
      let isNews = false;
      for (const entry of entries) {
        if (entry.clock > highestClock || !isAcceptablePresence(entry.json, maxBytes)) continue;
        if (!spokenFor.has(member)) spokenFor.set(member, entry.clientId);
        if (ownedBy(member, entry) && hearOne(entry)) isNews = true;
      }
      return isNews;
    },
    leave(member) {
      const clientId = owned.get(member);
      owned.delete(member);
      spokenFor.delete(member);
      if (clientId === undefined) return false;
      const clock = kept.get(clientId)?.clock ?? 0;
      forget(clientId);
      // An end needs no newer clock than the state it ends.
      changed.set(clientId, { clientId, clock, json: "null", isRaised: false });
      return true;
    },
    isHeard: (member) => owned.has(member),
    idOf: (member) => owned.get(member) ?? spokenFor.get(member) ?? null,
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
