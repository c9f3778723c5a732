import type { BoardId, ParticipantId, WorkshopId } from "../../shared/board/ids.ts";
import { closeReasons } from "../../shared/protocol/closeReasons.ts";
import { encodeWorkshopState } from "../../shared/protocol/messages.ts";
import type { Present, Role, WorkshopState } from "../../shared/workshop/workshop.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import type { Limits } from "../settings.ts";
import type { GroupRecord, Store } from "../store/store.ts";
import type { Cancel, Clock } from "./clock.ts";
import { createCommitter, storePatienceMs } from "./committer.ts";
import type { Compactor } from "./compactor.ts";
import { createConnection } from "./connection.ts";
import type { Member } from "./member.ts";
import { type BusyShare, createPace } from "./pace.ts";
import type { Room } from "./room.ts";
import { createRooms } from "./rooms.ts";
import type { Wire } from "./wire.ts";

/*
 * Everything between the door and the disk. Clock, wires, store and compactor are handed in, so that the same relay
 * runs in a simulation, a thousand histories a minute.
 */

export type RelayMetrics = Pick<
  Metrics,
  | "frameReceived"
  | "frameSent"
  | "refused"
  | "committed"
  | "commitFailed"
  | "compacted"
  | "compactionFailed"
  | "ticked"
>;

export type RelayParts = {
  readonly limits: Limits;
  readonly store: Store;
  readonly compactor: Compactor;
  readonly clock: Clock;
  readonly busyShare: BusyShare;
  readonly log: Log;
  readonly metrics: RelayMetrics;
};

/** Who comes in, and what their key allows. */
export type Visitor = {
  readonly boardId: BoardId;
  readonly workshopId: WorkshopId;
  readonly role: Role;
  /** Who this is, if it proved so. */
  readonly participant: ParticipantId | null;
  /** True for subprotocol `collaboration-tree.v1`. */
  readonly isOurs: boolean;
};

export type Relay = {
  readonly enter: (wire: Wire, visitor: Visitor) => void;
  /** The live room of a board, if it has one. */
  readonly live: (boardId: BoardId) => Room | null;
  /**
   * What a connection of a workshop gets. Of people, everybody's for whoever manages; with `of`, only those of that
   * board: their names are for their own group.
   */
  readonly workshopState: (id: WorkshopId, of: BoardId | null) => Promise<WorkshopState | null>;
  /** Sends the state to every connection of a workshop, soon. */
  readonly workshopChanged: (id: WorkshopId) => void;
  /** From here on a board takes changes or takes none; once it does again, what people kept back comes in. */
  readonly setLocked: (boardId: BoardId, isLocked: boolean) => void;
  readonly storeFailingForMs: () => number | null;
  readonly isClosing: () => boolean;
  readonly counts: () => {
    readonly rooms: number;
    readonly awake: number;
    readonly members: number;
    readonly unsaved: number;
  };
  /** Tells everyone to come back, keeps everything, and ends. */
  readonly close: () => Promise<void>;
};

const pushDelayMs = 150;
const closingPatienceMs = 3_000;

export function createRelay({ limits, store, compactor, clock, busyShare, log, metrics }: RelayParts): Relay {
  const members = new Map<Member, Visitor>();
  const pushTimers = new Map<WorkshopId, Cancel>();
  const locked = new Set<BoardId>();
  let lockChanges = 0;
  const pace = createPace(clock, busyShare);
  let isClosing = false;

  const committer = createCommitter({
    store,
    log,
    metrics,
    clock,
    onGivingUp() {
      for (const member of members.keys()) member.close("storeFailing");
    },
  });
  const rooms = createRooms({
    store,
    compactor,
    committer,
    log,
    clock,
    limits,
    metrics,
    pace,
    onTick(ms) {
      metrics.ticked(ms / 1000);
    },
  });

  function present(groups: readonly GroupRecord[]): Present[] {
    return groups.map(({ facts: { boardId } }) => {
      const here = [...(rooms.live(boardId)?.members ?? [])];
      const ids = new Set(here.flatMap(({ participant }) => (participant === null ? [] : [participant])));
      return { boardId, participants: [...ids].sort(), connections: here.length };
    });
  }

  async function workshopState(id: WorkshopId, of: BoardId | null): Promise<WorkshopState | null> {
    const workshop = await store.workshop(id);
    if (workshop === null) return null;
    const groups = await store.groupsOf(id);
    const participants = await store.participantsOf(id);
    return {
      workshop: workshop.facts,
      groups: groups.map((group) => group.facts),
      participants: participants.filter(({ boardId }) => of === null || boardId === of),
      present: present(groups),
      serverTime: clock.now(),
    };
  }

  async function push(id: WorkshopId): Promise<void> {
    pushTimers.delete(id);
    try {
      const state = await workshopState(id, null);
      if (state === null) return;
      const frames = new Map<BoardId, Uint8Array>();
      for (const [member, { workshopId, boardId }] of members) {
        if (workshopId !== id) continue;
        const frame = frames.get(boardId) ?? stateFrameOf(state, boardId);
        frames.set(boardId, frame);
        member.sendWorkshopState(frame);
      }
    } catch (error) {
      log.error({ workshopId: id, error: String(error) }, "workshop state not sent");
    }
  }

  function workshopChanged(id: WorkshopId): void {
    if (isClosing || pushTimers.has(id)) return;
    pushTimers.set(
      id,
      clock.after(pushDelayMs, () => void push(id)),
    );
  }

  async function welcome(member: Member, { workshopId, boardId }: Visitor): Promise<void> {
    try {
      const state = await workshopState(workshopId, boardId);
      if (state !== null) member.sendWorkshopState(stateFrameOf(state, boardId));
    } catch (error) {
      // The next push brings it.
      log.error({ workshopId, error: String(error) }, "workshop state not sent");
    }
  }

  function turnAway(wire: Wire, reason: "storeFailing" | "restart" | "roomFull"): void {
    if (reason !== "restart") {
      metrics.refused(reason);
      log.info({ reason }, "refused");
    }
    wire.close(closeReasons[reason].code, reason);
  }

  /** Null when the store cannot give it: nobody may see an empty board instead, or change a locked one. */
  async function openRoom(boardId: BoardId): Promise<Room | null> {
    try {
      const room = await rooms.open(boardId);
      if (room.members.size > 0) return room;
      // What is read may be older than what was said meanwhile: then it is read again.
      for (let read = -1; read !== lockChanges; ) {
        read = lockChanges;
        const group = await store.groupOfBoard(boardId).catch((error: unknown) => {
          rooms.release(room);
          throw error;
        });
        if (read === lockChanges) applyLock(boardId, group?.facts.locked ?? false);
      }
      return room;
    } catch (error) {
      log.error({ boardId, error: String(error) }, "board could not be opened");
      return null;
    }
  }

  /** Who waits for a disk that does not answer is told so, and comes back; the board goes on opening for who comes then. */
  async function openInTime(boardId: BoardId): Promise<Room | null> {
    let isLate = false;
    let cancel: Cancel = () => undefined;
    const lateness = new Promise<null>((resolve) => {
      cancel = clock.after(storePatienceMs, () => {
        isLate = true;
        resolve(null);
      });
    });
    const opening = openRoom(boardId).then((room) => {
      if (isLate && room !== null) rooms.release(room);
      return room;
    });
    const room = await Promise.race([opening, lateness]);
    cancel();
    return room;
  }

  async function enter(wire: Wire, visitor: Visitor): Promise<void> {
    const { boardId, workshopId, role, participant, isOurs } = visitor;
    if ((committer.failingForMs() ?? 0) >= storePatienceMs) return turnAway(wire, "storeFailing");
    const room = await openInTime(boardId);
    if (room === null) return turnAway(wire, "storeFailing");
    if (isClosing || room.members.size >= limits.membersPerRoom) {
      turnAway(wire, isClosing ? "restart" : "roomFull");
      rooms.release(room);
      return;
    }
    const member = createConnection({
      wire,
      room,
      role,
      participant,
      isOurs,
      isLocked: () => locked.has(boardId),
      limits,
      log,
      metrics,
      clock,
      onEnd(left) {
        members.delete(left);
        rooms.release(room);
        if (room.members.size === 0) locked.delete(boardId);
        workshopChanged(workshopId);
      },
    });
    members.set(member, visitor);
    // Everybody of the workshop hears soon who is here; the newcomer needs the rest at once.
    workshopChanged(workshopId);
    if (isOurs) await welcome(member, visitor);
  }

  function setLocked(boardId: BoardId, isLocked: boolean): void {
    lockChanges += 1;
    applyLock(boardId, isLocked);
  }

  function applyLock(boardId: BoardId, isLocked: boolean): void {
    const room = rooms.live(boardId);
    // Who opens it later reads it from the store.
    if (room === null) return;
    if (isLocked) locked.add(boardId);
    else if (locked.delete(boardId)) for (const member of room.members) room.ask(member);
  }

  return {
    enter: (wire, visitor) => void enter(wire, visitor),
    live: rooms.live,
    workshopState,
    workshopChanged,
    setLocked,
    storeFailingForMs: committer.failingForMs,
    isClosing: () => isClosing,
    counts: () => ({
      rooms: rooms.all().length,
      awake: rooms.all().filter((room) => room.isAwake()).length,
      members: members.size,
      unsaved: committer.unsaved(),
    }),
    async close() {
      isClosing = true;
      for (const cancel of pushTimers.values()) cancel();
      pushTimers.clear();
      // Frames that already arrived are confirmed before the goodbye, unless the disk keeps everybody waiting.
      const impatience = new Promise<void>((resolve) => void clock.after(closingPatienceMs, resolve));
      await Promise.race([committer.settled(), impatience]);
      for (const member of members.keys()) {
        member.tell({ kind: "draining" });
        member.close("restart");
      }
      committer.close();
      await rooms.close();
    },
  };
}

function stateFrameOf(state: WorkshopState, of: BoardId): Uint8Array {
  const participants = state.participants.filter(({ boardId }) => boardId === of);
  return encodeWorkshopState(JSON.stringify({ ...state, participants }));
}
