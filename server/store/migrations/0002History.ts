import { type Kysely, type Migration, sql } from "kysely";

/**
 * Snapshots carry their state vector and deletions, what is in them leaves the log for the history, and boards can be
 * locked. Old snapshots go: the log has everything, and the next one is made with all its parts.
 */
export const history: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`delete from snapshots`.execute(db);
    await db.schema
      .alterTable("snapshots")
      .addColumn("state_vector", "blob", (column) => column.notNull().defaultTo(sql`x''`))
      .execute();
    await db.schema
      .alterTable("snapshots")
      .addColumn("deletions", "blob", (column) => column.notNull().defaultTo(sql`x''`))
      .execute();
    await db.schema
      .createTable("history")
      .addColumn("board_id", "text", (column) => column.notNull().references("groups.board_id"))
      .addColumn("last_seq", "integer", (column) => column.notNull())
      .addColumn("bytes", "blob", (column) => column.notNull())
      .addPrimaryKeyConstraint("history_pk", ["board_id", "last_seq"])
      .execute();
    await db.schema
      .alterTable("groups")
      .addColumn("locked", "integer", (column) => column.notNull().defaultTo(0))
      .execute();
  },
};
