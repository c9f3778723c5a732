import { IndexeddbPersistence } from "y-indexeddb";
import type * as Y from "yjs";
import type { BoardId } from "../../shared/board/ids.ts";

/** The copy of a board on this device, keyed by board: edits survive a reload without network. */
export type OfflineCopy = {
  /** Settles when the copy is in the document, when there can be none, or when it has taken too long to wait for. */
  readonly settled: Promise<void>;
  readonly close: () => void;
};

/** Browsers have had days on which a database neither opened nor failed: that keeps nobody from the board. */
const patienceMs = 5_000;

/** Tells whether this device keeps the board; first false and then true where it took long. Never before it returns. */
export function keepOfflineCopy(
  boardId: BoardId,
  doc: Y.Doc,
  onKeeping: (isKeeping: boolean) => void,
): OfflineCopy {
  let persistence: IndexeddbPersistence | null = null;
  let isClosed = false;
  let settle = (): void => undefined;
  const settled = new Promise<void>((resolve) => {
    settle = resolve;
  });

  function tell(isKeeping: boolean): void {
    clearTimeout(timer);
    if (isClosed) return;
    onKeeping(isKeeping);
    settle();
  }

  async function open(): Promise<void> {
    const works = await probe();
    if (isClosed) return;
    if (!works) return tell(false);
    persistence = new IndexeddbPersistence(`collaboration-tree-board-${boardId}`, doc);
    await persistence.whenSynced;
    tell(true);
  }

  const timer = setTimeout(() => tell(false), patienceMs);
  void open();
  return {
    settled,
    close() {
      isClosed = true;
      clearTimeout(timer);
      void persistence?.destroy();
    },
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
