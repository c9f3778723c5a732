import { mayDo } from "../../shared/workshop/permissions.ts";
import type { Cancel, Clock } from "./clock.ts";
import type { Member } from "./member.ts";
import type { Pace } from "./pace.ts";
import { createPresenceBoard, type PresenceChange } from "./presenceBoard.ts";
import { encodePresenceFrame, type PresenceEntry } from "./presenceFrames.ts";

/*
 * How members of one board see each other: the newest state of everybody who moved, once per tick, encoded once. It
 * is worth little a moment later, so who does not read, or does not want it, is passed over.
 *
 * Whose clock was raised has to go on from there, or would be raised for ever. Telling them their own state with that
 * clock would put what they said a moment ago over what they say now. Told that they are gone, every client of
 * y-protocols answers with what it shows now and a clock beyond; and the frame for all then tells it nothing.
 */
export type PresenceFanOut = {
  readonly hear: (member: Member, entries: readonly PresenceEntry[]) => void;
  /** Answers with everybody's presence, soon and once, however often it is asked. */
  readonly tellAll: (member: Member) => void;
  /** The same for who comes in, as soon as they have said who they are. */
  readonly welcome: (member: Member) => void;
  readonly leave: (member: Member) => void;
  /** Something goes out to everybody now: what is due soon goes with it. */
  readonly goAlong: () => void;
  readonly close: () => void;
};

export type PresenceFanOutOptions = {
  readonly members: ReadonlySet<Member>;
  readonly clock: Clock;
  readonly pace: Pace;
  readonly onTick: (ms: number) => void;
  /** Called before every tick: changes that wait go out first, in the same write. */
  readonly alongside: () => void;
  readonly mostBufferedBytes: number;
  readonly maxPresenceBytes: number;
};

/** Every client says who it is with its first words, on a bad network a little later; a tool may never do. */
export const introductionMs = 500;
const moveOnAgainMs = 2_000;
/** From this share of its time on a tick that goes along with another is worth more than one that waits. */
const dueShare = 0.6;
/** Beyond every clock that what is under way meanwhile may be raised to. */
const wellAhead = 1_000;

export function createPresenceFanOut(options: PresenceFanOutOptions): PresenceFanOut {
  const { members, clock, pace, onTick, alongside } = options;
  /** Cursors are no reason to fill a network that is behind; changes may. */
  const slowBytes = options.mostBufferedBytes / 16;
  const presence = createPresenceBoard({
    elapsed: clock.elapsed,
    now: clock.now,
    maxBytes: options.maxPresenceBytes,
  });
  const asking = new Set<Member>();
  const comingIn = new Map<Member, Cancel>();
  const movedOnAt = new Map<Member, number>();
  let timer: Cancel | null = null;
  let lastTickAt = Number.NEGATIVE_INFINITY;

  const mayReceive = (member: Member) => member.wantsPresence() && member.bufferedBytes() <= slowBytes;

  /** Nobody hears of themselves: an old connection of theirs may still say what they showed before. */
  function tellOthers(member: Member): void {
    if (!mayReceive(member)) return;
    const own = presence.idOf(member);
    const entries = presence.all().filter((entry) => entry.clientId !== own);
    if (entries.length > 0) member.send(encodePresenceFrame(entries));
  }

  function finishWelcome(member: Member): void {
    const cancel = comingIn.get(member);
    if (cancel === undefined) return;
    cancel();
    comingIn.delete(member);
    tellOthers(member);
  }

  /** Whoever moves on needs a moment to do it; a tool that never does is not told all the time. */
  function moveOn(member: Member, { clientId, clock: told }: PresenceChange): void {
    const now = clock.elapsed();
    if (now - (movedOnAt.get(member) ?? Number.NEGATIVE_INFINITY) < moveOnAgainMs) return;
    movedOnAt.set(member, now);
    member.send(encodePresenceFrame([{ clientId, clock: told + wellAhead, json: "null" }]));
  }

  function tick(): void {
    timer = null;
    const start = clock.elapsed();
    lastTickAt = start;
    alongside();
    const asked = [...asking];
    asking.clear();
    for (const member of asked) {
      if (comingIn.has(member)) finishWelcome(member);
      else if (members.has(member)) tellOthers(member);
    }
    const changes = presence.takeChanges();
    const [first] = changes;
    if (first === undefined) return;
    const frame = encodePresenceFrame(changes);
    const only = changes.length === 1 ? first.clientId : null;
    const changeOf = new Map(changes.map((change) => [change.clientId, change]));
    for (const member of members) {
      // Who is coming in is told of everybody when they are known: not before, or they might hear of themselves.
      if (comingIn.has(member) || !mayReceive(member)) continue;
      const own = presence.idOf(member);
      const change = own === null ? undefined : changeOf.get(own);
      if (change !== undefined && (change.isRaised || !presence.isHeard(member))) moveOn(member, change);
      if (own === null || own !== only) member.send(frame);
    }
    // The wires write when this is done.
    queueMicrotask(() => onTick(clock.elapsed() - start));
  }

  /** At once where it was quiet; what follows waits for the tick. */
  function schedule(): void {
    const wait = lastTickAt + pace.presenceMs() - clock.elapsed();
    if (wait <= 0 && timer === null) tick();
    else timer ??= pace.presenceBeat.join(wait, tick);
  }

  return {
    hear(member, entries) {
      const isNews = presence.hear(member, entries);
      finishWelcome(member);
      if (isNews) schedule();
    },
    tellAll(member) {
      asking.add(member);
      schedule();
    },
    welcome(member) {
      // Who only looks on is not heard, and cannot hear of themselves.
      if (!mayDo(member.role, "write")) return tellOthers(member);
      comingIn.set(
        member,
        clock.after(introductionMs, () => finishWelcome(member)),
      );
    },
    leave(member) {
      comingIn.get(member)?.();
      comingIn.delete(member);
      movedOnAt.delete(member);
      asking.delete(member);
      if (presence.leave(member)) schedule();
    },
    goAlong() {
      if (timer === null || clock.elapsed() - lastTickAt < pace.presenceMs() * dueShare) return;
      timer();
      tick();
    },
    close() {
      timer?.();
      for (const cancel of comingIn.values()) cancel();
    },
  };
}
