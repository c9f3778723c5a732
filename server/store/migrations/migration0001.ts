import type { Kysely } from "kysely";

/** The first shape: workshops, their boards and participants, the update log and its snapshots. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("workshops")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("title", "text", (column) => column.notNull())
    .addColumn("language", "text", (column) => column.notNull())
    .addColumn("date", "text")
    .addColumn("join_code", "text", (column) => column.notNull().unique())
    .addColumn("generation", "integer", (column) => column.notNull())
    .addColumn("retention_until", "text")
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .execute();
  await database.schema
    .createTable("boards")
    .addColumn("position", "integer", (column) => column.primaryKey().autoIncrement())
    .addColumn("board_id", "text", (column) => column.notNull().unique())
    .addColumn("group_id", "text", (column) => column.notNull().unique())
    .addColumn("workshop_id", "text", (column) => column.notNull().references("workshops.id"))
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("focus", "text", (column) => column.notNull())
    .addColumn("template_id", "text", (column) => column.notNull())
    .addColumn("generation", "integer", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .execute();
  await database.schema.createIndex("boards_of_workshop").on("boards").column("workshop_id").execute();
  await database.schema
    .createTable("participants")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("board_id", "text", (column) => column.notNull().references("boards.board_id"))
    .addColumn("code", "integer", (column) => column.notNull())
    .addColumn("role", "text", (column) => column.notNull())
    .addColumn("name", "text")
    .addColumn("voice", "text")
    .addColumn("affiliation", "text")
    .addColumn("consent_research", "integer")
    .addColumn("consent_quote", "integer")
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addUniqueConstraint("one_code_per_board", ["board_id", "code"])
    .execute();
  await database.schema
    .createTable("updates")
    .addColumn("board_id", "text", (column) => column.notNull().references("boards.board_id"))
    .addColumn("seq", "integer", (column) => column.notNull())
    .addColumn("received_at", "bigint", (column) => column.notNull())
    .addColumn("participant", "text")
    .addColumn("bytes", "blob", (column) => column.notNull())
    .addPrimaryKeyConstraint("updates_in_order", ["board_id", "seq"])
    .execute();
  await database.schema
    .createTable("snapshots")
    .addColumn("board_id", "text", (column) => column.primaryKey().references("boards.board_id"))
    .addColumn("seq", "integer", (column) => column.notNull())
    .addColumn("bytes", "blob", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .execute();
}
