import { openThreadedStore } from "../../server/threads/threadedStore.ts";
import { createSqliteDisk } from "./sqliteDisk.ts";
import { describeStore } from "./storeContract.ts";

describeStore("a SQLite file on a thread of its own", {
  createDisk: () => createSqliteDisk(openThreadedStore),
  hasSql: true,
  plays: 20,
});
