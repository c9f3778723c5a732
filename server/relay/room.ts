import * as Y from "yjs";
import type { BoardId } from "../../shared/board/ids.ts";
import { assertNever } from "../../shared/result.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import type { StoredBoard } from "../store/store.ts";
import { checkUpdate, type DecodedUpdate, type UpdateError } from "./checkUpdate.ts";
import type { Committer } from "./committer.ts";
import {
  createPresenceFrames,
  encodeAnswerFrame,
  encodePresenceFrame,
  encodeStateVectorFrame,
  encodeUpdateFrame,
  encodeWholeFrame,
  type PresenceEntry,
} from "./frames.ts";
import type { Member } from "./member.ts";
import { createPresenceBoard } from "./presenceBoard.ts";

/*
 * One live board. The first change in a quiet room goes out at once; what follows within a tick is merged and
 * encoded once for everybody. A change is confirmed to its sender by the committer, after it is on disk.
 */

export type RoomOptions = {
  readonly boardId: BoardId;
  readonly stored: StoredBoard;
  readonly committer: Committer;
  readonly log: Log;
  readonly metrics: Pick<Metrics, "ticked">;
  readonly now: () => number;
  readonly maxDocumentBytes: number;
  /** The document cannot be trusted any more: this room has to go, and the board to be loaded anew. */
  readonly onBroken: (room: Room) => void;
};

export type UpdateOutcome = "taken" | "gap" | "bad" | "tooMuch" | "full";

type UpdateFrame = { readonly bytes: Uint8Array; readonly decoded: DecodedUpdate };

export type Room = {
  readonly boardId: BoardId;
  readonly doc: Y.Doc;
  readonly members: ReadonlySet<Member>;
  readonly join: (member: Member) => void;
  readonly leave: (member: Member) => void;
  readonly answer: (member: Member, stateVector: Uint8Array) => void;
  /** `onCommitted` runs when the change, if there was one, is on disk. */
  readonly takeUpdate: (member: Member, update: UpdateFrame, onCommitted: () => void) => UpdateOutcome;
  readonly hearPresence: (member: Member, entries: readonly PresenceEntry[]) => void;
  /** Answers with everybody's presence, soon and once, however often it is asked. */
  readonly tellPresence: (member: Member) => void;
  /** The latest sequence number on disk, and whether a snapshot is due. */
  readonly committedSeq: () => number;
  readonly updatesSinceSnapshot: () => number;
  readonly noteSnapshot: () => void;
  readonly close: () => void;
};

const updateTickMs = 16;
const presenceTickMs = 40;
const catchUpMs = 250;
/** A client asks once per connection; whoever asks more often gets one answer to its last question. */
const answerPauseMs = 250;
const slowBytes = 1_000_000;
/** Bytes that the network may owe one member; beyond them it is cut and comes back. */
export const mostBufferedBytes = 4_000_000;
/** Measuring a large document takes long: a full board is asked again only now and then whether it shrank. */
const measurePauseMs = 30_000;

export function createRoom(options: RoomOptions): Room {
  const { boardId, stored, committer, log, metrics, now } = options;
  const doc = new Y.Doc();
  if (stored.snapshot !== null) Y.applyUpdate(doc, stored.snapshot);
  for (const update of stored.updates) Y.applyUpdate(doc, update);

  const members = new Set<Member>();
  const behind = new Set<Member>();
  const presence = createPresenceBoard({ now });
  let pending: { readonly update: Uint8Array; readonly from: Member | null }[] = [];
  let updateTimer: NodeJS.Timeout | null = null;
  let presenceTimer: NodeJS.Timeout | null = null;
  let lastTickAt = Number.NEGATIVE_INFINITY;
  let approximateBytes =
    (stored.snapshot?.length ?? 0) + stored.updates.reduce((sum, update) => sum + update.length, 0);
  let seq = stored.seq;
  let sinceSnapshot = stored.updates.length;
  let emitted: Uint8Array[] = [];
  let applying: Member | null = null;
  let catchUpTimer: NodeJS.Timeout | null = null;
  let measuredAt = Number.NEGATIVE_INFINITY;
  let isBroken = false;
  const answeredAt = new WeakMap<Member, number>();
  const asking = new Map<Member, Uint8Array>();
  const askingForPresence = new Set<Member>();
  let answerTimer: NodeJS.Timeout | null = null;

  doc.on("update", (update: Uint8Array) => {
    emitted.push(update);
    approximateBytes += update.length;
    pending.push({ update, from: applying });
    if (updateTimer !== null) return;
    // A clock that was set back must not hold changes up.
    const wait = Math.min(updateTickMs, Math.max(0, lastTickAt + updateTickMs - now()));
    if (wait === 0) queueMicrotask(tick);
    updateTimer = setTimeout(tick, wait);
  });

  function tick(): void {
    if (updateTimer !== null) clearTimeout(updateTimer);
    updateTimer = null;
    if (pending.length === 0) return;
    lastTickAt = now();
    const start = performance.now();
    const batch = pending;
    pending = [];
    const [first] = batch;
    const onlySender = batch.every((entry) => entry.from === first?.from) ? first?.from : null;
    const frame = encodeUpdateFrame(Y.mergeUpdates(batch.map((entry) => entry.update)));
    for (const member of members) {
      if (member !== onlySender) deliver(member, frame);
    }
    metrics.ticked((performance.now() - start) / 1000);
  }

  /**
   * Whether a member takes more now. One that does not read gets one whole answer later instead of a growing queue,
   * and is cut in the end.
   */
  function isReading(member: Member): boolean {
    const buffered = member.bufferedBytes();
    if (buffered > mostBufferedBytes) {
      member.close("tooSlow");
      return false;
    }
    if (buffered <= slowBytes) return true;
    behind.add(member);
    scheduleCatchUp();
    return false;
  }

  function deliver(member: Member, frame: Uint8Array): void {
    if (isReading(member)) member.send(behind.delete(member) ? encodeWholeFrame(doc) : frame);
  }

  function answer(member: Member, stateVector: Uint8Array): void {
    const last = answeredAt.get(member);
    if (last !== undefined && now() - last < answerPauseMs && now() >= last) {
      asking.set(member, stateVector);
      answerTimer ??= setTimeout(answerThoseWhoWait, answerPauseMs);
      return;
    }
    answeredAt.set(member, now());
    if (isReading(member)) member.send(encodeAnswerFrame(doc, stateVector));
  }

  function answerThoseWhoWait(): void {
    answerTimer = null;
    const waiting = [...asking];
    asking.clear();
    for (const [member, stateVector] of waiting) {
      if (members.has(member)) answer(member, stateVector);
    }
  }

  /** A room may go quiet before a slow member has read on: it must not wait for somebody's next change. */
  function scheduleCatchUp(): void {
    catchUpTimer ??= setTimeout(() => {
      catchUpTimer = null;
      for (const member of [...behind]) {
        if (member.bufferedBytes() > slowBytes) continue;
        behind.delete(member);
        member.send(encodeWholeFrame(doc));
      }
      if (behind.size > 0) scheduleCatchUp();
    }, catchUpMs);
  }

  function presenceTick(): void {
    presenceTimer = null;
    const asked = [...askingForPresence];
    askingForPresence.clear();
    for (const member of asked) tellPresence(member);
    const changes = presence.takeChanges();
    if (changes.length === 0) return;
    const frames = createPresenceFrames(changes);
    const [only] = changes;
    for (const member of members) {
      if (member.bufferedBytes() >= slowBytes) continue;
      // Nobody hears their own state back: with its new clock it would replace what they did since.
      const own = presence.ownOf(member);
      if (own === null) member.send(frames.whole);
      else if (changes.length > 1 || only?.clientId !== own) member.send(frames.without(own));
    }
  }

  function schedulePresence(): void {
    presenceTimer ??= setTimeout(presenceTick, presenceTickMs);
  }

  function tellPresence(member: Member): void {
    if (member.bufferedBytes() >= slowBytes) return;
    const own = presence.ownOf(member);
    const entries = presence.all().filter((entry) => entry.clientId !== own);
    if (entries.length > 0) member.send(encodePresenceFrame(entries));
  }

  function isFull(more: number): boolean {
    if (approximateBytes + more <= options.maxDocumentBytes) return false;
    if (now() - measuredAt < measurePauseMs) return true;
    measuredAt = now();
    approximateBytes = Y.encodeStateAsUpdate(doc).length;
    return approximateBytes + more > options.maxDocumentBytes;
  }

  const room: Room = {
    boardId,
    doc,
    members,
    join(member) {
      members.add(member);
      member.send(encodeStateVectorFrame(doc));
      tellPresence(member);
    },
    leave(member) {
      members.delete(member);
      behind.delete(member);
      asking.delete(member);
      askingForPresence.delete(member);
      if (presence.leave(member)) schedulePresence();
    },
    answer,
    takeUpdate(member, { bytes: update, decoded }, onCommitted) {
      if (isBroken) return "bad";
      const checked = checkUpdate(doc, decoded);
      if (!checked.ok) return outcomeOf(checked.error);
      // What only deletes makes room.
      if (decoded.structs.length > 0 && isFull(update.length)) return "full";
      emitted = [];
      let outcome: "taken" | "gap" = "taken";
      applying = member;
      try {
        Y.applyUpdate(doc, update, member);
      } catch (error) {
        // Yjs stopped half-way: what this document says from here on is not what it holds. Nothing of this update is
        // kept or told on; everybody comes back to the board as it is on disk.
        log.error({ boardId, error: error instanceof Error ? error.message : "unknown" }, "update threw");
        isBroken = true;
        pending = [];
        options.onBroken(room);
        return "bad";
      }
      applying = null;
      // What waits for something that never came would lock out everyone who joins later.
      if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) {
        doc.store.pendingStructs = null;
        doc.store.pendingDs = null;
        outcome = "gap";
      }
      const applied = emitted;
      emitted = [];
      const confirm = outcome === "taken" ? onCommitted : () => undefined;
      if (applied.length === 0) {
        committer.add({ update: null, onCommitted: confirm });
        return outcome;
      }
      const bytes = applied.length === 1 && applied[0] !== undefined ? applied[0] : Y.mergeUpdates(applied);
      committer.add({
        update: { boardId, participant: member.participant, receivedAt: now(), bytes },
        onCommitted() {
          seq += 1;
          sinceSnapshot += 1;
          confirm();
        },
      });
      return outcome;
    },
    hearPresence(member, entries) {
      if (presence.hear(member, entries)) schedulePresence();
    },
    tellPresence(member) {
      askingForPresence.add(member);
      schedulePresence();
    },
    committedSeq: () => seq,
    updatesSinceSnapshot: () => sinceSnapshot,
    noteSnapshot() {
      sinceSnapshot = 0;
    },
    close() {
      if (updateTimer !== null) clearTimeout(updateTimer);
      if (presenceTimer !== null) clearTimeout(presenceTimer);
      if (catchUpTimer !== null) clearTimeout(catchUpTimer);
      if (answerTimer !== null) clearTimeout(answerTimer);
      doc.destroy();
    },
  };
  return room;
}

function outcomeOf(error: UpdateError): UpdateOutcome {
  switch (error.kind) {
    case "gap":
      return "gap";
    case "tooManyDeletions":
      return "tooMuch";
    case "unreadable":
    case "notForABoard":
      return "bad";
    default:
      return assertNever(error);
  }
}
