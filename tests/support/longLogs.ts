import { join } from "node:path";
import Database from "better-sqlite3";
import { expect } from "vitest";
import * as Y from "yjs";
import { openSqlStore } from "../../server/store/sqlStore.ts";
import type { Store } from "../../server/store/store.ts";
import type { BoardId } from "../../shared/board/ids.ts";

/* What a test does to the database of a server that is not running, and what it sees in that of one that is. */

const databaseIn = (dataDir: string) => join(dataDir, "collaboration-tree.sqlite");

async function withStore<T>(dataDir: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openSqlStore(databaseIn(dataDir));
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Gives each board a log so long that the server makes a snapshot of it while people work. */
export async function lengthenLogs(
  dataDir: string,
  boards: readonly BoardId[],
  count: number,
): Promise<void> {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  // Letters in a text that is no note: a log of the size that matters, on a board that stays empty.
  for (let index = 0; index < count; index += 1) doc.getText("long").insert(0, "een briefje dat groeit ");
  await withStore(dataDir, async (store) => {
    for (const boardId of boards) {
      await store.appendUpdates(
        updates.map((bytes, index) => ({ boardId, participant: null, receivedAt: index, bytes })),
      );
    }
  });
}

export type LogWatch = {
  /** How many of the boards have a log of fewer updates than this. */
  readonly shorterThan: (count: number) => number;
  readonly close: () => void;
};

/** Looks into a database that a server is using. */
export function watchLogs(dataDir: string, boards: readonly BoardId[]): LogWatch {
  const database = new Database(databaseIn(dataDir), { readonly: true });
  const lengthOf = database
    .prepare<[string], number>("select count(*) from updates where board_id = ?")
    .pluck();
  return {
    shorterThan: (count) => boards.filter((boardId) => Number(lengthOf.get(boardId)) < count).length,
    close: () => database.close(),
  };
}

/**
 * The numbers of each board run from 1 without gaps, and replaying the whole history gives what snapshot and log
 * give. Returns how many changes each has.
 */
export async function checkHistories(
  dataDir: string,
  boards: readonly BoardId[],
): Promise<ReadonlyMap<string, number>> {
  return await withStore(dataDir, async (store) => {
    const counts = new Map<string, number>();
    for (const boardId of boards) {
      const history = await store.loadHistory(boardId);
      const { snapshot, updates, seq } = await store.loadBoard(boardId);
      const replayed = documentOf(history.map(({ bytes }) => bytes));
      const loaded = documentOf([...(snapshot === null ? [] : [snapshot.bytes]), ...updates]);
      expect(history.map((update) => update.seq)).toEqual(history.map((_, index) => index + 1));
      expect(seq).toBe(history.length);
      expect(Y.equalSnapshots(Y.snapshot(replayed), Y.snapshot(loaded))).toBe(true);
      counts.set(boardId, history.length);
    }
    return counts;
  });
}

function documentOf(updates: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc();
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update);
  });
  return doc;
}
