import * as Y from "yjs";
import type { BoardId } from "../../shared/board/ids.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import type { Settings } from "../settings.ts";
import type { Store } from "../store/store.ts";
import type { Committer } from "./committer.ts";
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
  /** Settles and keeps everything. */
  readonly close: () => Promise<void>;
};

export type RoomsOptions = {
  readonly store: Store;
  readonly committer: Committer;
  readonly log: Log;
  readonly metrics: Pick<Metrics, "ticked">;
  readonly now: () => number;
  readonly settings: Settings;
};

const lingerMs = 30_000;
const updatesPerSnapshot = 500;

export function createRooms({ store, committer, log, metrics, now, settings }: RoomsOptions): Rooms {
  const opening = new Map<BoardId, Promise<Room>>();
  const rooms = new Map<BoardId, Room>();
  const lingering = new Map<BoardId, NodeJS.Timeout>();
  /** Who asked for a room has not joined it yet: one that is asked for while it is being put away stays. */
  const asked = new WeakMap<Room, number>();

  async function load(boardId: BoardId): Promise<Room> {
    // Changes of a room that just closed may still be on their way to the disk.
    await committer.settled();
    const stored = await store.loadBoard(boardId);
    const room = createRoom({
      boardId,
      stored,
      committer,
      log,
      metrics,
      now,
      maxDocumentBytes: settings.limits.documentBytes,
      onBroken: drop,
    });
    rooms.set(boardId, room);
    return room;
  }

  /** Forgets a room without keeping anything of it; the log on disk is the board. */
  function drop(room: Room): void {
    if (rooms.get(room.boardId) === room) rooms.delete(room.boardId);
    const timer = lingering.get(room.boardId);
    if (timer !== undefined) clearTimeout(timer);
    lingering.delete(room.boardId);
    for (const member of [...room.members]) member.close("restart");
    room.close();
  }

  async function keepSnapshot(room: Room): Promise<void> {
    if (room.updatesSinceSnapshot() === 0) return;
    const seq = room.committedSeq();
    const bytes = Y.encodeStateAsUpdate(room.doc);
    room.noteSnapshot();
    try {
      await store.storeSnapshot(room.boardId, seq, bytes, now());
    } catch (error) {
      // The log has everything: a missing snapshot only makes the next opening slower.
      log.warn({ boardId: room.boardId, error: String(error) }, "snapshot failed");
    }
  }

  async function unload(room: Room): Promise<void> {
    lingering.delete(room.boardId);
    const askedBefore = asked.get(room);
    await committer.settled();
    await keepSnapshot(room);
    if (asked.get(room) !== askedBefore) return;
    if (room.members.size > 0 || rooms.get(room.boardId) !== room || lingering.has(room.boardId)) return;
    rooms.delete(room.boardId);
    room.close();
  }

  return {
    open(boardId) {
      const timer = lingering.get(boardId);
      if (timer !== undefined) clearTimeout(timer);
      lingering.delete(boardId);
      const room = rooms.get(boardId);
      if (room !== undefined) {
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
      if (rooms.get(room.boardId) !== room) return;
      if (room.updatesSinceSnapshot() >= updatesPerSnapshot) void keepSnapshot(room);
      if (room.members.size > 0 || lingering.has(room.boardId)) return;
      const timer = setTimeout(() => void unload(room), lingerMs);
      timer.unref();
      lingering.set(room.boardId, timer);
    },
    async close() {
      for (const timer of lingering.values()) clearTimeout(timer);
      lingering.clear();
      await committer.settled();
      for (const room of rooms.values()) {
        await keepSnapshot(room);
        room.close();
      }
      rooms.clear();
    },
  };
}
