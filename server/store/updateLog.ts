import type Database from "better-sqlite3";
import type { BoardId } from "../../shared/board/ids.ts";
import { seqSchema } from "./rows.ts";
import type { NewUpdate } from "./store.ts";

/*
 * The log of all changes, which is written forty times a second while everything else is asked for now and then. Its
 * statements are prepared once and used as they are: building them anew, as Kysely does, took more of the processor
 * than SQLite and the disk.
 */
export type UpdateLog = {
  /** Adds to the logs in one transaction, or in the one that is open; gives the last number of each board. */
  readonly append: (batch: readonly NewUpdate[]) => ReadonlyMap<BoardId, number>;
};

const mostRememberedSeqs = 10_000;

export function createUpdateLog(database: Database.Database): UpdateLog {
  const insert = database.prepare(
    "insert into updates (board_id, seq, received_at, participant, bytes) values (?, ?, ?, ?, ?)",
  );
  const lastInLog = database
    .prepare("select seq from updates where board_id = ? order by seq desc limit 1")
    .pluck();
  const lastInSnapshot = database.prepare("select seq from snapshots where board_id = ?").pluck();
  /** One server owns this database, so that the numbers of its boards need not be asked for at every commit. */
  const remembered = new Map<BoardId, number>();

  /** The latest number is in the log, or, when all of it went into a snapshot, there. */
  function lastSeq(boardId: BoardId): number {
    return seqSchema.parse(lastInLog.get(boardId) ?? lastInSnapshot.get(boardId) ?? 0);
  }

  const insertAll = database.transaction((batch: readonly NewUpdate[]): ReadonlyMap<BoardId, number> => {
    const latest = new Map<BoardId, number>();
    for (const { boardId, receivedAt, participant, bytes } of batch) {
      const seq = (latest.get(boardId) ?? remembered.get(boardId) ?? lastSeq(boardId)) + 1;
      insert.run(boardId, seq, receivedAt, participant, bytes);
      latest.set(boardId, seq);
    }
    return latest;
  });

  return {
    append(batch) {
      const isPartOfMore = database.inTransaction;
      const latest = insertAll(batch);
      // Only what is really on disk counts: what belongs to a larger transaction may still be taken back.
      if (isPartOfMore) return latest;
      if (remembered.size > mostRememberedSeqs) remembered.clear();
      for (const [boardId, seq] of latest) remembered.set(boardId, seq);
      return latest;
    },
  };
}
