import { cpSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import type { Store } from "../../server/store/store.ts";
import { createDataDir } from "../support/relayServer.ts";
import type { StoreDisk } from "./storeSetting.ts";

/** A folder with a database file, opened by either kind of SQLite store. */
export function createSqliteDisk(openStore: (file: string) => Promise<Store>): StoreDisk {
  return diskIn(createDataDir(), openStore);
}

function diskIn(
  folder: ReturnType<typeof createDataDir>,
  openStore: (file: string) => Promise<Store>,
): StoreDisk {
  const file = join(folder.path, "board.sqlite");
  return {
    open: () => openStore(file),
    afterCrash() {
      const copy = createDataDir();
      // The file, its log, and none of what a process would have had in memory.
      for (const name of ["board.sqlite", "board.sqlite-wal"]) {
        cpSync(join(folder.path, name), join(copy.path, name));
      }
      return diskIn(copy, openStore);
    },
    sql(statement) {
      const database = new Database(file);
      try {
        database.exec(statement);
      } finally {
        database.close();
      }
    },
    remove: folder.remove,
  };
}
