import type { BoardId } from "../../shared/board/ids.ts";
import { assertNever } from "../../shared/result.ts";
import type { Log } from "../log.ts";
import type { Limits } from "../settings.ts";
import type { StoredBoard } from "../store/store.ts";
import { createBoardContent, type TakeError, type UpdateFrame } from "./boardContent.ts";
import type { Cancel, Clock } from "./clock.ts";
import type { Committer } from "./committer.ts";
import { createFanOut } from "./fanOut.ts";
import { encodeStateVectorFrame } from "./frames.ts";
import type { Member } from "./member.ts";
import type { Pace } from "./pace.ts";
import { createPresenceFanOut } from "./presenceFanOut.ts";
import type { PresenceEntry } from "./presenceFrames.ts";

/*
 * One live board: its content, who is there, and what goes between them. A change is handed on at once, and confirmed
 * to its sender by the committer, after it is on disk.
 */

export type RoomOptions = {
  readonly boardId: BoardId;
  readonly stored: StoredBoard;
  readonly committer: Committer;
  readonly log: Log;
  readonly clock: Clock;
  readonly pace: Pace;
  readonly onTick: (ms: number) => void;
  readonly limits: Pick<Limits, "documentBytes" | "deleteRanges" | "bufferedBytes" | "presenceBytes">;
  /** The content cannot be trusted any more: this room has to go, and the board to be loaded anew. */
  readonly onBroken: (room: Room) => void;
};

export type UpdateOutcome = "taken" | "gap" | "bad" | "tooMuch" | "full";

export type Room = {
  readonly boardId: BoardId;
  readonly members: ReadonlySet<Member>;
  readonly join: (member: Member) => void;
  readonly leave: (member: Member) => void;
  /** Sends what the board has, which a client answers with what it lacks. */
  readonly ask: (member: Member) => void;
  readonly answer: (member: Member, stateVector: Uint8Array) => void;
  /** True when the board has all of the update already. */
  readonly has: (update: UpdateFrame) => boolean;
  /** `onCommitted` runs when the change, if there was one, is on disk. */
  readonly takeUpdate: (member: Member, update: UpdateFrame, onCommitted: () => void) => UpdateOutcome;
  readonly hearPresence: (member: Member, entries: readonly PresenceEntry[]) => void;
  readonly tellPresence: (member: Member) => void;
  /** The whole board as one update, also what is not on disk yet. */
  readonly whole: () => Uint8Array;
  /** Whether it is a document now, and not bytes. */
  readonly isAwake: () => boolean;
  /** How much the log on disk has grown since the last snapshot. */
  readonly logSinceSnapshot: () => { readonly updates: number; readonly bytes: number };
  /** A snapshot now holds so much of the log. */
  readonly noteSnapshot: (held: { readonly updates: number; readonly bytes: number }) => void;
  readonly close: () => void;
};

/** A document that nobody needed for this long goes back to bytes. */
const restAfterMs = 4_000;
/** Beyond this size, waking up takes so long that a board stays awake as long as people are there. */
const mostRestingBytes = 200_000;

export function createRoom(options: RoomOptions): Room {
  const { boardId, stored, committer, log, clock, pace, onTick, onBroken, limits } = options;
  const content = createBoardContent({
    stored,
    maxBytes: limits.documentBytes,
    maxDeleteRanges: limits.deleteRanges,
    elapsed: clock.elapsed,
  });
  const members = new Set<Member>();
  const shared = { members, clock, pace, onTick, mostBufferedBytes: limits.bufferedBytes };
  const changes = createFanOut({
    ...shared,
    stateVector: content.stateVector,
    missingFrom: content.missingFrom,
    alongside: () => presence.goAlong(),
  });
  const presence = createPresenceFanOut({
    ...shared,
    maxPresenceBytes: limits.presenceBytes,
    alongside: changes.goAlong,
  });
  let logged = {
    updates: stored.updates.length,
    bytes: stored.updates.reduce((sum, { length }) => sum + length, 0),
  };
  let isBroken = false;
  let neededAt = clock.elapsed();
  let restTimer: Cancel | null = null;

  function restWhenQuiet(): void {
    restTimer = null;
    if (!content.isAwake() || content.size() > mostRestingBytes) return;
    const quietMs = clock.elapsed() - neededAt;
    if (quietMs >= restAfterMs) content.rest();
    else restTimer = clock.after(restAfterMs - quietMs, restWhenQuiet);
  }

  /** Looking at an update wakes the board, whether or not it changes anything. */
  function restLater(): void {
    if (!content.isAwake()) return;
    neededAt = clock.elapsed();
    restTimer ??= clock.after(restAfterMs, restWhenQuiet);
  }

  const room: Room = {
    boardId,
    members,
    join(member) {
      members.add(member);
      changes.expect(member);
      room.ask(member);
      presence.welcome(member);
    },
    leave(member) {
      members.delete(member);
      changes.forget(member);
      presence.leave(member);
    },
    ask: (member) => member.send(encodeStateVectorFrame(content.stateVector())),
    answer: changes.answer,
    has(update) {
      const hasAll = content.has(update);
      restLater();
      return hasAll;
    },
    takeUpdate(member, update, onCommitted) {
      if (isBroken) return "bad";
      const taken = content.take(update);
      restLater();
      if (!taken.ok) {
        if (taken.error.kind === "threw") {
          // Yjs stopped half-way: what this document says from here on is not what it holds. Nothing of this update
          // is kept or told on; everybody comes back to the board as it is on disk.
          log.error({ boardId, error: taken.error.message }, "update threw");
          isBroken = true;
          onBroken(room);
        }
        return outcomeOf(taken.error);
      }
      const { change, isWhole } = taken.value;
      const confirm = isWhole ? onCommitted : () => undefined;
      if (change === null) {
        committer.add({ update: null, onCommitted: confirm });
        return isWhole ? "taken" : "gap";
      }
      changes.tellChange(change, member);
      committer.add({
        update: { boardId, participant: member.participant, receivedAt: clock.now(), bytes: change },
        onCommitted() {
          logged = { updates: logged.updates + 1, bytes: logged.bytes + change.length };
          confirm();
        },
      });
      return isWhole ? "taken" : "gap";
    },
    hearPresence: presence.hear,
    tellPresence: presence.tellAll,
    whole: content.whole,
    isAwake: content.isAwake,
    logSinceSnapshot: () => logged,
    noteSnapshot(held) {
      logged = { updates: logged.updates - held.updates, bytes: logged.bytes - held.bytes };
    },
    close() {
      restTimer?.();
      changes.close();
      presence.close();
      content.close();
    },
  };
  return room;
}

function outcomeOf(error: TakeError): UpdateOutcome {
  switch (error.kind) {
    case "gap":
    case "full":
      return error.kind;
    case "tooManyDeletions":
      return "tooMuch";
    case "unreadable":
    case "notForABoard":
    case "threw":
      return "bad";
    default:
      return assertNever(error);
  }
}
