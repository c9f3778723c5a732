import { openSqlStore } from "../../server/store/sqlStore.ts";
import { createSqliteDisk } from "./sqliteDisk.ts";
import { describeStore } from "./storeContract.ts";

describeStore("a SQLite file", { createDisk: () => createSqliteDisk(openSqlStore), hasSql: true, plays: 60 });
