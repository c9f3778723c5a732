import type { BoardId } from "../../shared/board/ids.ts";
import type { MemoryDisk } from "../support/memoryStore.ts";
import type { RelayProcess } from "./relayProcess.ts";
import { workshopId } from "./workshop.ts";

/** What the facilitator locks, and what the relay must know of it. */
export type Locks = {
  /** On disk. */
  readonly isLocked: (boardId: BoardId) => boolean;
  /** The relay knows: nothing may be taken. */
  readonly isKnown: (boardId: BoardId) => boolean;
  /** Locks an open board, or opens a locked one, as HTTP does; it may take long, or not work. */
  readonly change: (boardId: BoardId, process: RelayProcess) => void;
  /** A new process reads from the disk what is locked. */
  readonly startOver: () => void;
};

export type LocksOptions = {
  readonly disk: MemoryDisk;
  readonly boardIds: readonly BoardId[];
  readonly onUnlocking: (boardId: BoardId) => void;
  readonly isRelayTold: boolean;
};

export function createLocks({ disk, boardIds, onUnlocking, isRelayTold }: LocksOptions): Locks {
  const known = new Set<BoardId>();
  const changing = new Set<BoardId>();
  const isLocked = (boardId: BoardId) => disk.groups.get(boardId)?.facts.locked ?? false;

  async function change(boardId: BoardId, { store, relay }: RelayProcess): Promise<void> {
    const isWanted = !isLocked(boardId);
    // Until here nothing was taken; from here on something may be, even before everybody knows.
    if (!isWanted) onUnlocking(boardId);
    if (!isWanted) known.delete(boardId);
    try {
      await store.setLocked(boardId, isWanted);
      if (isRelayTold) relay.setLocked(boardId, isWanted);
      relay.workshopChanged(workshopId);
      if (isWanted) known.add(boardId);
    } catch {
      // The facilitator is told that it did not work, and all is as it was.
      if (!isWanted) known.add(boardId);
    }
    changing.delete(boardId);
  }

  return {
    isLocked,
    isKnown: (boardId) => known.has(boardId),
    change(boardId, process) {
      if (changing.has(boardId)) return;
      changing.add(boardId);
      void change(boardId, process);
    },
    startOver() {
      changing.clear();
      known.clear();
      for (const boardId of boardIds) if (isLocked(boardId)) known.add(boardId);
    },
  };
}
