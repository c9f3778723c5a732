import { join } from "node:path";
import Database from "better-sqlite3";
import { type Result, refuse, succeed } from "../../shared/result.ts";

export type FolderLock = { readonly release: () => void };
export type FolderLockError = { readonly kind: "inUse" };

/** A server that is being replaced takes a moment to stop. */
const patienceMs = 8_000;

/**
 * One server per data folder: two would each number their own changes, and the snapshots of one would hide changes
 * of the other. SQLite's own lock on a file beside the database, because the system lets go of it whichever way a
 * process ends; the database itself stays open to a backup.
 */
export function lockFolder(dataDir: string, waitMs = patienceMs): Result<FolderLock, FolderLockError> {
  const database = new Database(join(dataDir, "lock"), { timeout: waitMs });
  try {
    database.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    database.close();
    if (error instanceof Database.SqliteError && error.code === "SQLITE_BUSY")
      return refuse({ kind: "inUse" });
    throw error;
  }
  return succeed({
    release() {
      database.exec("ROLLBACK");
      database.close();
    },
  });
}
