import * as Y from "yjs";
import type { Cancel, Clock } from "./clock.ts";
import { encodeAnswerFrame, encodeUpdateFrame } from "./frames.ts";
import type { Member } from "./member.ts";
import type { Pace } from "./pace.ts";

/*
 * How changes of one board reach its members. The first change in a quiet room goes out at once; what follows within a
 * tick is merged and encoded once for everybody. A member that does not read gets one catching-up answer later
 * instead of a growing queue, and is cut in the end.
 */
export type FanOut = {
  /** Hands a change on to everybody but whoever made it, now or with the next tick. */
  readonly tellChange: (change: Uint8Array, from: Member) => void;
  /** Answers a member's state vector; whoever asks over and over gets one answer to its last question. */
  readonly answer: (member: Member, stateVector: Uint8Array) => void;
  /** Somebody came in and is about to ask; until then changes wait for the answer. */
  readonly expect: (member: Member) => void;
  readonly forget: (member: Member) => void;
  /** Something goes out to everybody now: what waits goes with it, and on a busy server what follows waits a tick. */
  readonly goAlong: () => void;
  /** What was not told yet is not told. */
  readonly close: () => void;
};

export type FanOutOptions = {
  readonly members: ReadonlySet<Member>;
  readonly clock: Clock;
  readonly pace: Pace;
  readonly stateVector: () => Uint8Array;
  readonly missingFrom: (stateVector: Uint8Array) => Uint8Array;
  readonly onTick: (ms: number) => void;
  /** Called with every tick: what else is due soon can go out in the same write. */
  readonly alongside: () => void;
  readonly mostBufferedBytes: number;
};

/** What a member has, how many bytes it would be owed since, and when the network last took something of it. */
type Behind = { has: Uint8Array; owed: number; buffered: number; movedAt: number };

const catchUpMs = 250;
/** Whom the network takes nothing from for so long is not slow but gone. */
const stuckMs = 10_000;
/** A client asks once per connection. */
const answerPauseMs = 250;
/** Who has not asked by then only listens. */
const listenerMs = 3_000;
/** Merging takes time that grows with the square of the number. */
const mostMerged = 200;

export function createFanOut(options: FanOutOptions): FanOut {
  const { members, clock, pace, stateVector, missingFrom, onTick, alongside, mostBufferedBytes } = options;
  const slowBytes = mostBufferedBytes / 4;
  let pending: { readonly change: Uint8Array; readonly from: Member }[] = [];
  let tickTimer: Cancel | null = null;
  let catchUpTimer: Cancel | null = null;
  let answerTimer: Cancel | null = null;
  let lastTickAt = Number.NEGATIVE_INFINITY;
  /** Who does not read now. */
  const behind = new Map<Member, Behind>();
  const answeredAt = new WeakMap<Member, number>();
  const asking = new Map<Member, Uint8Array>();
  /** Who came in and has not asked yet, and since when. */
  const expected = new Map<Member, number>();

  function tick(): void {
    tickTimer = null;
    if (pending.length === 0) return;
    const start = clock.elapsed();
    lastTickAt = start;
    const batch = pending;
    pending = [];
    const [first] = batch;
    if (first === undefined) return;
    const onlySender = batch.every((entry) => entry.from === first.from) ? first.from : null;
    const update = batch.length === 1 ? first.change : Y.mergeUpdates(batch.map(({ change }) => change));
    const frame = encodeUpdateFrame(update);
    for (const member of members) {
      // Whoever was not answered yet gets all of it with the answer; until then they could not build on it.
      if (member === onlySender || isExpected(member)) continue;
      if (isReading(member, () => stateBefore(update))) member.send(frame);
      else owe(member, frame.length);
    }
    alongside();
    // The wires write when this is done.
    queueMicrotask(() => onTick(clock.elapsed() - start));
  }

  function isExpected(member: Member): boolean {
    const since = expected.get(member);
    if (since === undefined) return false;
    if (clock.elapsed() - since < listenerMs) return true;
    expected.delete(member);
    return false;
  }

  /** What everybody who reads has when they are about to be told all that came since. */
  function stateBefore(update: Uint8Array): Uint8Array {
    const state = Y.decodeStateVector(stateVector());
    for (const [client, clock] of Y.parseUpdateMeta(update).from) state.set(client, clock);
    return Y.encodeStateVector(state);
  }

  /** Whether a member takes more now; if not, it will get what it lacks beyond what it `has` when it reads on. */
  function isReading(member: Member, has: () => Uint8Array): boolean {
    if (behind.has(member)) return false;
    const buffered = member.bufferedBytes();
    if (buffered <= slowBytes) return true;
    behind.set(member, { has: has(), owed: buffered, buffered, movedAt: clock.elapsed() });
    catchUpTimer ??= clock.after(catchUpMs, catchUp);
    return false;
  }

  function owe(member: Member, bytes: number): void {
    const its = behind.get(member);
    if (its === undefined) return;
    its.owed += bytes;
    if (its.owed > mostBufferedBytes) cut(member);
  }

  function cut(member: Member): void {
    behind.delete(member);
    member.close("tooSlow");
  }

  /** A room may go quiet before a slow member has read on: it must not wait for somebody's next change. */
  function catchUp(): void {
    catchUpTimer = null;
    for (const [member, its] of [...behind]) {
      const buffered = member.bufferedBytes();
      if (buffered <= slowBytes) {
        flush();
        behind.delete(member);
        member.send(encodeAnswerFrame(missingFrom(its.has)));
      } else if (buffered > mostBufferedBytes) cut(member);
      else if (buffered < its.buffered) {
        its.buffered = buffered;
        its.movedAt = clock.elapsed();
      } else if (clock.elapsed() - its.movedAt >= stuckMs) cut(member);
    }
    if (behind.size > 0) catchUpTimer = clock.after(catchUpMs, catchUp);
  }

  function flush(): void {
    tickTimer?.();
    tick();
  }

  function answer(member: Member, asked: Uint8Array): void {
    const last = answeredAt.get(member);
    if (last !== undefined && clock.elapsed() - last < answerPauseMs) {
      asking.set(member, asked);
      answerTimer ??= clock.after(answerPauseMs, answerThoseWhoWait);
      return;
    }
    answeredAt.set(member, clock.elapsed());
    expected.delete(member);
    if (isReading(member, () => asked)) {
      member.send(encodeAnswerFrame(missingFrom(asked)));
      return;
    }
    const its = behind.get(member);
    if (its !== undefined) its.has = asked;
  }

  function answerThoseWhoWait(): void {
    answerTimer = null;
    const waiting = [...asking];
    asking.clear();
    for (const [member, asked] of waiting) answer(member, asked);
  }

  return {
    tellChange(change, from) {
      pending.push({ change, from });
      const wait = lastTickAt + pace.changesMs() - clock.elapsed();
      if (wait <= 0 || pending.length >= mostMerged) flush();
      else tickTimer ??= clock.after(wait, tick);
    },
    answer,
    goAlong() {
      flush();
      if (pace.isStrained()) lastTickAt = clock.elapsed();
    },
    expect: (member) => void expected.set(member, clock.elapsed()),
    forget(member) {
      expected.delete(member);
      behind.delete(member);
      asking.delete(member);
    },
    close() {
      pending = [];
      for (const cancel of [tickTimer, catchUpTimer, answerTimer]) cancel?.();
    },
  };
}
