import { afterAll, beforeAll, describe } from "vitest";
import type { Store } from "../../server/store/store.ts";
import type { BoardId } from "../../shared/board/ids.ts";
import { testBoardRules } from "./boardRules.ts";
import { testRowRules } from "./rowRules.ts";
import type { StoreDisk } from "./storeSetting.ts";
import { addBoards } from "./workshopRows.ts";

/*
 * What every store must do: the numbered rules at the top of server/store/store.ts, each proved here. A new kind of
 * store gives its disk, and passes all of it.
 */

export type StoreContractOptions = {
  readonly createDisk: () => StoreDisk;
  readonly hasSql: boolean;
  readonly plays: number;
};

export function describeStore(name: string, { createDisk, hasSql, plays }: StoreContractOptions): void {
  describe(name, () => {
    let disk: StoreDisk;
    let store: Store;
    let made = 0;

    // One store for all: to open one takes a second when it lives on a thread. Every test has boards of its own.
    beforeAll(async () => {
      disk = createDisk();
      store = await disk.open();
    });

    afterAll(async () => {
      await store.close();
      disk.remove();
    });

    async function someBoards(count: number): Promise<readonly BoardId[]> {
      made += 1;
      return await addBoards(store, made, count);
    }

    async function oneBoard(): Promise<BoardId> {
      const [one] = await someBoards(1);
      if (one === undefined) throw new Error("a board expected");
      return one;
    }

    async function twoBoards(): Promise<readonly [BoardId, BoardId]> {
      const [one, two] = await someBoards(2);
      if (one === undefined || two === undefined) throw new Error("two boards expected");
      return [one, two];
    }

    const setting = {
      store: () => store,
      disk: () => disk,
      async reopen() {
        await store.close();
        store = await disk.open();
      },
      number: () => made,
      someBoards,
      twoBoards,
      oneBoard,
      hasSql,
      sql(statement: string) {
        if (disk.sql === null) throw new Error("this store has no SQL");
        disk.sql(statement);
      },
      plays,
    };
    testBoardRules(setting);
    testRowRules(setting);
  });
}
