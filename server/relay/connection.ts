import type { RawData, WebSocket } from "ws";
import type { ParticipantId } from "../../shared/board/ids.ts";
import { type CloseReason, closeReasons } from "../../shared/protocol/closeReasons.ts";
import { savedHeartbeatMs, silenceTimeoutMs } from "../../shared/protocol/limits.ts";
import { encodeSaved, type RefusalReason, type SavedMessage } from "../../shared/protocol/messages.ts";
import { assertNever } from "../../shared/result.ts";
import { mayDo } from "../../shared/workshop/permissions.ts";
import type { Role } from "../../shared/workshop/workshop.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import type { Settings } from "../settings.ts";
import { changesNothing } from "./checkUpdate.ts";
import { decodeFrames, encodeDeniedFrame, encodeStateVectorFrame, type Frame } from "./frames.ts";
import type { Member } from "./member.ts";
import { mostBufferedBytes, type Room } from "./room.ts";

export type ConnectionOptions = {
  readonly socket: WebSocket;
  readonly room: Room;
  readonly role: Role;
  readonly participant: ParticipantId | null;
  /** True for subprotocol `collaboration-tree.v1`. */
  readonly isOurs: boolean;
  readonly settings: Settings;
  readonly log: Log;
  readonly metrics: Pick<Metrics, "frameReceived" | "frameSent" | "refused">;
  readonly now: () => number;
  readonly onRefusal: (reason: CloseReason | RefusalReason) => void;
  readonly onClosed: (member: Member) => void;
};

/** One socket in one room. What goes wrong here closes this connection and touches nobody else. */
export function createConnection(options: ConnectionOptions): Member {
  const { socket, room, role, participant, isOurs, settings, log, metrics, now, onRefusal, onClosed } =
    options;
  let received = 0;
  let confirmed = 0;
  /** The first frame that left a gap; nothing from there on is confirmed before an answer fills it. */
  let gapAt: number | null = null;
  let isClosing = false;
  let isDenialTold = false;
  let heardAt = now();
  let allowance = settings.limits.framesBurst;
  let allowanceAt = now();

  const member: Member = {
    role,
    participant,
    send(frame) {
      if (socket.readyState !== socket.OPEN) return;
      metrics.frameSent(frame.length);
      socket.send(frame);
    },
    tell(message: SavedMessage) {
      if (isOurs) member.send(encodeSaved(message));
    },
    sendWorkshopState(frame) {
      if (!isOurs) return;
      if (socket.bufferedAmount > mostBufferedBytes) member.close("tooSlow");
      else member.send(frame);
    },
    bufferedBytes: () => socket.bufferedAmount,
    close(reason) {
      if (isClosing) return;
      isClosing = true;
      if (reason !== "restart") {
        onRefusal(reason);
        log.info({ boardId: room.boardId, role, reason }, "connection closed");
      }
      socket.close(closeReasons[reason].code, reason);
      // Who does not read does not answer a goodbye either.
      setTimeout(() => socket.terminate(), 2_000).unref();
    },
  };

  const heartbeat = setInterval(() => {
    if (now() - heardAt > silenceTimeoutMs) {
      socket.terminate();
      return;
    }
    socket.ping();
    member.tell({ kind: "saved", count: confirmed });
  }, savedHeartbeatMs);
  heartbeat.unref();

  socket.on("pong", () => {
    heardAt = now();
  });
  socket.on("error", (error) => {
    // ws reports frames that are against the protocol here, and closes by itself.
    metrics.refused("websocket");
    log.info({ boardId: room.boardId, error: error.message }, "socket error");
  });
  socket.on("close", () => {
    isClosing = true;
    clearInterval(heartbeat);
    room.leave(member);
    onClosed(member);
  });
  socket.on("message", (data: RawData, isBinary: boolean) => {
    heardAt = now();
    if (isClosing) return;
    if (!isBinary) return member.close("textFrame");
    if (!mayReceive()) return member.close("tooFast");
    const bytes = bytesOf(data);
    metrics.frameReceived(bytes.length);
    const frames = decodeFrames(bytes);
    if (!frames.ok) return member.close("badFrame");
    for (const [index, frame] of frames.value.entries()) {
      if (index > 0 && !mayReceive()) return member.close("tooFast");
      take(frame);
    }
  });

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
      default:
        assertNever(frame);
    }
  }

  function takeUpdate(frame: Extract<Frame, { kind: "update" }>): void {
    received += 1;
    const count = received;
    // Every join lists all deletions of the board: for a view link too, that is no attempt to change something.
    if (!mayDo(role, "write") && !changesNothing(room.doc, frame.decoded)) {
      refuseUpdate(count, "viewLink");
      return;
    }
    const outcome = room.takeUpdate(member, frame, () => confirm(count));
    switch (outcome) {
      case "tooMuch":
        refuseUpdate(count, "badUpdate");
        return;
      case "full":
        refuseUpdate(count, "quota");
        return;
      case "bad":
        member.close("badFrame");
        return;
      case "taken":
        if (frame.isAnswer) gapAt = null;
        return;
      case "gap":
        // The sender holds what fills the gap: asked for it, it sends everything this room lacks.
        gapAt = Math.min(gapAt ?? count, count);
        member.send(encodeStateVectorFrame(room.doc));
        return;
      default:
        assertNever(outcome);
    }
  }

  function confirm(count: number): void {
    const sure = gapAt === null ? count : Math.min(count, gapAt - 1);
    if (sure <= confirmed) return;
    confirmed = sure;
    member.tell({ kind: "saved", count: confirmed });
  }

  function refuseUpdate(count: number, reason: RefusalReason): void {
    onRefusal(reason);
    member.tell({ kind: "refused", count, reason });
    if (isOurs || isDenialTold) return;
    isDenialTold = true;
    member.send(encodeDeniedFrame(reason));
  }

  function mayReceive(): boolean {
    const at = now();
    const refill = (Math.max(0, at - allowanceAt) / 1000) * settings.limits.framesPerSecond;
    allowance = Math.min(settings.limits.framesBurst, allowance + refill);
    allowanceAt = at;
    allowance -= 1;
    return allowance >= 0;
  }

  room.join(member);
  return member;
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
