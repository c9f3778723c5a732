import type { Kysely, Migration } from "kysely";

/** Workshops, groups with their boards, participants, the update log and snapshots. */
export const initial: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("workshops")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("title", "text", (column) => column.notNull())
      .addColumn("language", "text", (column) => column.notNull())
      .addColumn("date", "text")
      .addColumn("join_code", "text", (column) => column.notNull().unique())
      .addColumn("generation", "integer", (column) => column.notNull())
      .addColumn("retention_until", "text")
      .addColumn("created_at", "text", (column) => column.notNull())
      .execute();
    await db.schema
      .createTable("groups")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("workshop_id", "text", (column) => column.notNull().references("workshops.id"))
      .addColumn("board_id", "text", (column) => column.notNull().unique())
      .addColumn("position", "integer", (column) => column.notNull())
      .addColumn("name", "text", (column) => column.notNull())
      .addColumn("focus", "text", (column) => column.notNull())
      .addColumn("template_id", "text", (column) => column.notNull())
      .addColumn("generation", "integer", (column) => column.notNull())
      .addColumn("created_at", "text", (column) => column.notNull())
      .addUniqueConstraint("groups_position", ["workshop_id", "position"])
      .execute();
    await db.schema
      .createTable("participants")
      .addColumn("id", "text", (column) => column.notNull())
      .addColumn("board_id", "text", (column) => column.notNull().references("groups.board_id"))
      .addColumn("code", "integer", (column) => column.notNull())
      .addColumn("role", "text", (column) => column.notNull())
      .addColumn("name", "text")
      .addColumn("voice", "text")
      .addColumn("affiliation", "text")
      .addColumn("consent_research", "integer")
      .addColumn("consent_quote", "integer")
      .addColumn("created_at", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("participants_pk", ["board_id", "id"])
      .addUniqueConstraint("participants_code", ["board_id", "code"])
      .execute();
    await db.schema
      .createTable("updates")
      .addColumn("board_id", "text", (column) => column.notNull().references("groups.board_id"))
      .addColumn("seq", "integer", (column) => column.notNull())
      .addColumn("received_at", "bigint", (column) => column.notNull())
      .addColumn("participant", "text")
      .addColumn("bytes", "blob", (column) => column.notNull())
      .addPrimaryKeyConstraint("updates_pk", ["board_id", "seq"])
      .execute();
    await db.schema
      .createTable("snapshots")
      .addColumn("board_id", "text", (column) => column.primaryKey().references("groups.board_id"))
      .addColumn("seq", "integer", (column) => column.notNull())
      .addColumn("bytes", "blob", (column) => column.notNull())
      .addColumn("created_at", "bigint", (column) => column.notNull())
      .execute();
  },
};
