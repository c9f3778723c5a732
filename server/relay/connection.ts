import type { ParticipantId } from "../../shared/board/ids.ts";
import { closeReasons } from "../../shared/protocol/closeReasons.ts";
import { savedHeartbeatMs, silenceTimeoutMs } from "../../shared/protocol/limits.ts";
import { encodeSaved, type RefusalReason, type SavedMessage } from "../../shared/protocol/messages.ts";
import { assertNever, refuse } from "../../shared/result.ts";
import { mayDo } from "../../shared/workshop/permissions.ts";
import type { Role } from "../../shared/workshop/workshop.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import type { Limits } from "../settings.ts";
import type { Cancel, Clock } from "./clock.ts";
import { decodeFrames, encodeDeniedFrame, type Frame } from "./frames.ts";
import type { Member } from "./member.ts";
import type { Room } from "./room.ts";
import type { Wire } from "./wire.ts";

export type ConnectionOptions = {
  readonly wire: Wire;
  readonly room: Room;
  readonly role: Role;
  readonly participant: ParticipantId | null;
  /** True for subprotocol `collaboration-tree.v1`. */
  readonly isOurs: boolean;
  /** Whether the board takes no changes now. */
  readonly isLocked: () => boolean;
  readonly limits: Limits;
  readonly log: Log;
  readonly metrics: Pick<Metrics, "frameReceived" | "frameSent" | "refused">;
  readonly clock: Clock;
  readonly onEnd: (member: Member) => void;
};

/** Who does not read does not answer a goodbye either. */
const goodbyeMs = 2_000;
/** An answer takes a moment to arrive, and holds everything. */
const askPauseMs = 1_000;
/** A board that had no room a moment ago has none yet: what builds on the refused change is not asked for at once. */
const fullPauseMs = 30_000;

/** One wire in one room. What goes wrong here closes this connection and touches nobody else. */
export function createConnection(options: ConnectionOptions): Member {
  const { wire, room, role, participant, isOurs, isLocked, limits, log, metrics, clock, onEnd } = options;
  let received = 0;
  let confirmed = 0;
  /** The first frame that left a gap; nothing from there on is confirmed before an answer fills it. */
  let gapAt: number | null = null;
  let isClosing = false;
  let isDenialTold = false;
  let wantsPresence = true;
  let mayAskFrom = Number.NEGATIVE_INFINITY;
  let heardAt = clock.elapsed();
  let allowance = limits.framesBurst;
  let allowanceAt = heardAt;
  let heartbeat: Cancel = clock.after(savedHeartbeatMs, beat);
  let goodbye: Cancel | null = null;

  const member: Member = {
    role,
    participant,
    wantsPresence: () => wantsPresence,
    send(frame) {
      if (isClosing) return;
      metrics.frameSent(frame.length);
      wire.send(frame);
    },
    tell(message: SavedMessage) {
      if (isOurs) member.send(encodeSaved(message));
    },
    sendWorkshopState(frame) {
      if (!isOurs) return;
      if (wire.bufferedBytes() > limits.bufferedBytes) member.close("tooSlow");
      else member.send(frame);
    },
    ask() {
      if (clock.elapsed() < mayAskFrom) return;
      mayAskFrom = clock.elapsed() + askPauseMs;
      room.ask(member);
    },
    bufferedBytes: wire.bufferedBytes,
    close(reason) {
      if (isClosing) return;
      isClosing = true;
      if (reason !== "restart") noteRefusal(reason);
      wire.close(closeReasons[reason].code, reason);
      goodbye = clock.after(goodbyeMs, wire.cut);
    },
  };

  /** One line per refusal, with nothing of what was refused. */
  function noteRefusal(reason: string): void {
    metrics.refused(reason);
    log.info({ boardId: room.boardId, role, reason }, "refused");
  }

  function beat(): void {
    const quietMs = clock.elapsed() - heardAt;
    if (quietMs > silenceTimeoutMs) {
      noteRefusal("silent");
      wire.cut();
      return;
    }
    wire.ping();
    member.tell({ kind: "saved", count: confirmed });
    // A dead end is found when its time is up, not a whole beat later.
    heartbeat = clock.after(Math.min(savedHeartbeatMs, silenceTimeoutMs - quietMs + 1), beat);
  }

  function onMessage(message: Uint8Array): void {
    heardAt = clock.elapsed();
    if (isClosing) return;
    metrics.frameReceived(message.length);
    const frames = mayReceive() ? decodeFrames(message) : refuse("tooFast");
    if (!frames.ok) {
      member.close(frames.error === "tooFast" ? "tooFast" : "badFrame");
      return;
    }
    let isFirst = true;
    for (const frame of frames.value) {
      // A frame before it may have been the last one.
      if (isClosing) return;
      if (isFirst || mayReceive()) take(frame);
      else member.close("tooFast");
      isFirst = false;
    }
  }

  function take(frame: Frame): void {
    switch (frame.kind) {
      case "stateVector":
        room.answer(member, frame.bytes);
        return;
      case "update":
        takeUpdate(frame);
        return;
      case "presence":
        if (mayDo(role, "write")) room.hearPresence(member, frame.entries);
        return;
      case "queryPresence":
        room.tellPresence(member);
        return;
      case "presenceWanted":
        if (frame.isWanted === wantsPresence) return;
        wantsPresence = frame.isWanted;
        if (wantsPresence) room.tellPresence(member);
        return;
      case "probe":
        member.tell({ kind: "saved", count: confirmed });
        return;
      default:
        assertNever(frame);
    }
  }

  function takeUpdate(frame: Extract<Frame, { kind: "update" }>): void {
    received += 1;
    const count = received;
    const refusal = whyRefused();
    // Every join lists all deletions of the board: for a view link too, that is no attempt to change something.
    if (refusal !== null && !room.has(frame)) {
      refuseUpdate(count, refusal);
      return;
    }
    const outcome = room.takeUpdate(member, frame, () => confirm(count));
    switch (outcome) {
      case "tooMuch":
        refuseUpdate(count, "badUpdate");
        return;
      case "full":
        mayAskFrom = clock.elapsed() + fullPauseMs;
        refuseUpdate(count, "quota");
        return;
      case "bad":
        member.close("badFrame");
        return;
      case "taken":
        if (frame.isAnswer) gapAt = null;
        return;
      case "gap":
        gapAt ??= count;
        member.ask();
        return;
      default:
        assertNever(outcome);
    }
  }

  function whyRefused(): RefusalReason | null {
    if (!mayDo(role, "write")) return "viewLink";
    return isLocked() ? "closed" : null;
  }

  function confirm(count: number): void {
    const sure = gapAt === null ? count : Math.min(count, gapAt - 1);
    if (sure <= confirmed) return;
    confirmed = sure;
    member.tell({ kind: "saved", count: confirmed });
  }

  function refuseUpdate(count: number, reason: RefusalReason): void {
    noteRefusal(reason);
    member.tell({ kind: "refused", count, reason });
    if (isOurs || isDenialTold) return;
    isDenialTold = true;
    member.send(encodeDeniedFrame(reason));
  }

  function mayReceive(): boolean {
    const refill = ((heardAt - allowanceAt) / 1000) * limits.framesPerSecond;
    allowance = Math.min(limits.framesBurst, allowance + refill) - 1;
    allowanceAt = heardAt;
    return allowance >= 0;
  }

  wire.listen({
    onMessage,
    onText: () => member.close("textFrame"),
    onAlive() {
      heardAt = clock.elapsed();
    },
    onFault: noteRefusal,
    onEnd() {
      isClosing = true;
      heartbeat();
      goodbye?.();
      room.leave(member);
      onEnd(member);
    },
  });
  room.join(member);
  return member;
}
