import type { Store } from "../../server/store/store.ts";
import type { BoardId } from "../../shared/board/ids.ts";

export type StoreDisk = {
  /** Opens what is there. */
  readonly open: () => Promise<Store>;
  /** What would be left if everything stopped at this moment, as a disk of its own. */
  readonly afterCrash: () => StoreDisk;
  /** Changes rows behind the back of the store; null for a store without SQL. */
  readonly sql: ((statement: string) => void) | null;
  readonly remove: () => void;
};

/** A store that is open, and boards in it that belong to one test. */
export type StoreSetting = {
  readonly store: () => Store;
  readonly disk: () => StoreDisk;
  readonly reopen: () => Promise<void>;
  /** Of the workshop that was made last. */
  readonly number: () => number;
  readonly someBoards: (count: number) => Promise<readonly BoardId[]>;
  readonly oneBoard: () => Promise<BoardId>;
  readonly twoBoards: () => Promise<readonly [BoardId, BoardId]>;
  readonly hasSql: boolean;
  readonly sql: (statement: string) => void;
  /** How many random plays; each takes some milliseconds. */
  readonly plays: number;
};

export async function isRejected(promise: Promise<unknown>): Promise<boolean> {
  return await promise.then(
    () => false,
    () => true,
  );
}
