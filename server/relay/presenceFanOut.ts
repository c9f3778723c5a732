import type { Cancel, Clock } from "./clock.ts";

import type { Member } from "./member.ts";
import type { Pace } from "./pace.ts";
import { createPresenceBoard } from "./presenceBoard.ts";
import { encodePresenceFrame, type PresenceEntry } from "./presenceFrames.ts";

/*
 * How members of one board see each other: the newest state of everybody who moved, once per tick, encoded once. It
 * is worth little a moment later, so who does not read, or does not want it, is passed over.
 */
export type PresenceFanOut = {
  readonly hear: (member: Member, entries: readonly PresenceEntry[]) => void;
  /** Answers with everybody's presence, soon and once, however often it is asked. */
  readonly tellAll: (member: Member) => void;
  /** The same at once, for who comes in. */
  readonly welcome: (member: Member) => void;
  readonly leave: (member: Member) => void;
  readonly close: () => void;
};

export type PresenceFanOutOptions = {
  readonly members: ReadonlySet<Member>;
  readonly clock: Clock;
  readonly pace: Pace;
  readonly onTick: (ms: number) => void;
  readonly mostBufferedBytes: number;
  readonly maxPresenceBytes: number;
};

export function createPresenceFanOut(options: PresenceFanOutOptions): PresenceFanOut {
  const { members, clock, pace, onTick } = options;
  /** Cursors are no reason to fill a network that is behind; changes may. */
  const slowBytes = options.mostBufferedBytes / 16;
  const presence = createPresenceBoard({
    elapsed: clock.elapsed,
    now: clock.now,
    maxBytes: options.maxPresenceBytes,
  });
  const asking = new Set<Member>();
  let timer: Cancel | null = null;
  let lastTickAt = Number.NEGATIVE_INFINITY;

  const mayReceive = (member: Member) => member.wantsPresence() && member.bufferedBytes() <= slowBytes;

  function welcome(member: Member): void {
    if (!mayReceive(member)) return;
    const own = presence.ownOf(member);
    const entries = presence.all().filter((entry) => entry.clientId !== own);
    if (entries.length > 0) member.send(encodePresenceFrame(entries));
  }

  function tick(): void {
    timer = null;
    const start = clock.elapsed();
    lastTickAt = start;
    const asked = [...asking];
    asking.clear();
    for (const member of asked) if (members.has(member)) welcome(member);
    const changes = presence.takeChanges();
    const [only] = changes;
    if (only === undefined) return;
    const frame = encodePresenceFrame(changes);
    for (const member of members) {
      const isOnlyOwn = changes.length === 1 && presence.ownOf(member) === only.clientId;
      // A clock that was raised is told to its owner too, who goes on from there.
      if (mayReceive(member) && !(isOnlyOwn && !only.isRaised)) member.send(frame);
    }
    onTick(clock.elapsed() - start);
  }

  /** At once where it was quiet; what follows waits for the tick. */
  function schedule(): void {
    const wait = lastTickAt + pace.presenceMs() - clock.elapsed();
    if (wait <= 0 && timer === null) tick();
    else timer ??= pace.presenceBeat.join(wait, tick);
  }

  return {
    hear(member, entries) {
      if (presence.hear(member, entries)) schedule();
    },
    tellAll(member) {
      asking.add(member);
      schedule();
    },
    welcome,
    leave(member) {
      asking.delete(member);
      if (presence.leave(member)) schedule();
    },
    close: () => timer?.(),
  };
}
