import { IndexeddbPersistence } from "y-indexeddb";
import type * as Y from "yjs";
import type { BoardId } from "../../shared/board/ids.ts";

/** The copy of a board on this device, keyed by board: edits survive a reload without network. */
export type OfflineCopy = {
  /** True once the copy is loaded; false where this browser keeps nothing. */
  readonly isKeeping: Promise<boolean>;
  readonly close: () => void;
};

export function keepOfflineCopy(boardId: BoardId, doc: Y.Doc): OfflineCopy {
  let persistence: IndexeddbPersistence | null = null;
  const isKeeping = probe().then(async (works) => {
    if (!works) return false;
    persistence = new IndexeddbPersistence(`collaboration-tree-board-${boardId}`, doc);
    await persistence.whenSynced;
    return true;
  });
  return {
    isKeeping,
    close: () => void persistence?.destroy(),
  };
}

/** Some private windows have IndexedDB and refuse every use of it, so asking is the only way to know. */
function probe(): Promise<boolean> {
  return new Promise((resolve) => {
    try {
      const request = indexedDB.open("collaboration-tree-probe");
      request.onsuccess = () => {
        request.result.close();
        resolve(true);
      };
      request.onerror = () => resolve(false);
      request.onblocked = () => resolve(false);
    } catch {
      // No IndexedDB at all.
      resolve(false);
    }
  });
}
