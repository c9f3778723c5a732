import type { BoardId } from "../../shared/board/ids.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import type { Limits } from "../settings.ts";
import type { Store } from "../store/store.ts";
import type { Cancel, Clock } from "./clock.ts";
import type { Committer } from "./committer.ts";
import type { Compactor } from "./compactor.ts";
import type { Pace } from "./pace.ts";
import { createRoom, type Room } from "./room.ts";

/*
 * Rooms open once and are shared while they load. An empty room stays a little, because people reload; then its
 * changes settle, a snapshot is kept, and it leaves memory unless somebody came back meanwhile.
 */

export type Rooms = {
  /** Rejects when the store cannot give the whole board; then nobody may see an empty one. */
  readonly open: (boardId: BoardId) => Promise<Room>;
  readonly live: (boardId: BoardId) => Room | null;
  readonly all: () => readonly Room[];
  /** Call after a member left. */
  readonly release: (room: Room) => void;
  /** Lets go of every room; resolves when what is being stored is stored. A snapshot that is being made is not waited for. */
  readonly close: () => Promise<void>;
};

export type RoomsOptions = {
  readonly store: Pick<Store, "loadBoard" | "storeSnapshot">;
  readonly compactor: Compactor;
  readonly committer: Committer;
  readonly log: Log;
  readonly metrics: Pick<Metrics, "compacted" | "compactionFailed">;
  readonly clock: Clock;
  readonly pace: Pace;
  readonly onTick: (ms: number) => void;
  readonly limits: Limits;
};

const lingerMs = 30_000;
/** A log this long, or this large, becomes a snapshot while people work. */
const updatesPerSnapshot = 1_000;
const bytesPerSnapshot = 400_000;
/** How often that is looked at. */
const lookMs = 5_000;

export function createRooms(options: RoomsOptions): Rooms {
  const { store, compactor, committer, log, metrics, clock, limits } = options;
  const opening = new Map<BoardId, Promise<Room>>();
  const rooms = new Map<BoardId, Room>();
  const lingering = new Map<Room, Cancel>();
  /** Who asked for a room has not joined it yet: one that is asked for while it is being put away stays. */
  const asked = new WeakMap<Room, number>();
  /** One snapshot at a time: they compete for the disk with what people wait for. */
  let snapshots: Promise<void> = Promise.resolve();
  let storing: Promise<void> = Promise.resolve();
  const compacting = new Set<Room>();
  let isClosed = false;
  let lookTimer: Cancel | null = null;

  async function load(boardId: BoardId): Promise<Room> {
    // Changes of a room that just closed may still be on their way to the disk.
    await committer.settled();
    const stored = await store.loadBoard(boardId);
    const room = createRoom({ ...options, boardId, stored, limits, onBroken: drop });
    rooms.set(boardId, room);
    if (!isClosed) lookTimer ??= clock.after(lookMs, lookForLongLogs);
    return room;
  }

  /** Forgets a room without keeping anything of it; the log on disk is the board. */
  function drop(room: Room): void {
    if (rooms.get(room.boardId) === room) rooms.delete(room.boardId);
    lingering.get(room)?.();
    lingering.delete(room);
    for (const member of [...room.members]) member.close("restart");
    room.close();
  }

  function lookForLongLogs(): void {
    lookTimer = rooms.size === 0 ? null : clock.after(lookMs, lookForLongLogs);
    for (const room of rooms.values()) {
      const { updates, bytes } = room.logSinceSnapshot();
      if (updates >= updatesPerSnapshot || bytes >= bytesPerSnapshot) void keepSnapshot(room);
    }
  }

  /** From what is on disk, not from what is in memory: a snapshot never holds a change that could still get lost. */
  function keepSnapshot(room: Room): Promise<void> {
    if (compacting.has(room)) return snapshots;
    compacting.add(room);
    snapshots = snapshots.then(async () => {
      try {
        const stored = await store.loadBoard(room.boardId);
        if (stored.updates.length === 0 || isClosed) return;
        const start = clock.elapsed();
        const compacted = await compactor.compact(stored);
        if (isClosed) return;
        storing = store.storeSnapshot(room.boardId, stored.seq, compacted, clock.now());
        await storing;
        metrics.compacted((clock.elapsed() - start) / 1000);
        const bytes = stored.updates.reduce((sum, { length }) => sum + length, 0);
        room.noteSnapshot({ updates: stored.updates.length, bytes });
      } catch (error) {
        // The compactor goes with the server.
        if (isClosed) return;
        metrics.compactionFailed();
        // The log has everything: a missing snapshot only makes the next opening slower.
        log.warn({ boardId: room.boardId, error: String(error) }, "snapshot failed");
      } finally {
        compacting.delete(room);
      }
    });
    return snapshots;
  }

  async function unload(room: Room): Promise<void> {
    lingering.delete(room);
    const askedBefore = asked.get(room);
    await committer.settled();
    if (room.logSinceSnapshot().updates > 0) await keepSnapshot(room);
    if (asked.get(room) !== askedBefore) return;
    if (room.members.size > 0 || rooms.get(room.boardId) !== room || lingering.has(room)) return;
    rooms.delete(room.boardId);
    room.close();
  }

  return {
    open(boardId) {
      const room = rooms.get(boardId);
      if (room !== undefined) {
        lingering.get(room)?.();
        lingering.delete(room);
        asked.set(room, (asked.get(room) ?? 0) + 1);
        return Promise.resolve(room);
      }
      const running = opening.get(boardId);
      if (running !== undefined) return running;
      const loading = load(boardId).finally(() => opening.delete(boardId));
      opening.set(boardId, loading);
      return loading;
    },
    live: (boardId) => rooms.get(boardId) ?? null,
    all: () => [...rooms.values()],
    release(room) {
      if (rooms.get(room.boardId) !== room || isClosed) return;
      if (room.members.size > 0 || lingering.has(room)) return;
      lingering.set(
        room,
        clock.after(lingerMs, () => void unload(room)),
      );
    },
    async close() {
      isClosed = true;
      lookTimer?.();
      for (const cancel of lingering.values()) cancel();
      lingering.clear();
      for (const room of rooms.values()) room.close();
      rooms.clear();
      await storing.catch(() => undefined);
    },
  };
}
