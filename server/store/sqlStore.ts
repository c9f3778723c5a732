import { setImmediate } from "node:timers/promises";
import Database from "better-sqlite3";
import { Kysely, Migrator } from "kysely";
import type { BoardId } from "../../shared/board/ids.ts";
import { refuse, succeed } from "../../shared/result.ts";
import type { ParticipantFacts } from "../../shared/workshop/workshop.ts";
import { packHistory, unpackHistory } from "./historyChunk.ts";
import { initial } from "./migrations/0001Initial.ts";
import { history } from "./migrations/0002History.ts";
import {
  bytesSchema,
  groupToRow,
  participantToRow,
  rowToGroup,
  rowToLoggedUpdate,
  rowToParticipant,
  rowToSnapshot,
  rowToWorkshop,
  seqSchema,
  type Tables,
  workshopToRow,
} from "./rows.ts";
import { HonestSqliteDialect } from "./sqliteDialect.ts";
import {
  fullFor,
  type LoggedUpdate,
  type ParticipantChanges,
  type Snapshot,
  type Store,
  unusedCode,
} from "./store.ts";
import { createUpdateLog, type UpdateLog } from "./updateLog.ts";

/** Opens the SQLite file, making it and its tables when they are not there yet. */
export async function openSqlStore(file: string): Promise<Store> {
  const database = new Database(file, { timeout: 500 });
  database.pragma("journal_mode = WAL");
  // With WAL, anything less than FULL may lose the last commits at a power cut.
  database.pragma("synchronous = FULL");
  database.pragma("secure_delete = ON");
  database.pragma("foreign_keys = ON");
  const db = new Kysely<Tables>({ dialect: new HonestSqliteDialect(database) });
  await migrate(db);
  return createSqlStore(db, createUpdateLog(database));
}

async function migrate(db: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => ({ "0001Initial": initial, "0002History": history }) },
  });
  const { error } = await migrator.migrateToLatest();
  // As it is: its code says whether the disk is full, read-only or damaged.
  if (error !== undefined) throw error;
}

function createSqlStore(db: Kysely<Tables>, updateLog: UpdateLog): Store {
  /** One at a time: what one has read of a log, another must not have moved meanwhile. */
  let snapshots: Promise<void> = Promise.resolve();
  return {
    createWorkshop: (workshop, groups) =>
      db.transaction().execute(async (transaction) => {
        const taken = await transaction
          .selectFrom("workshops")
          .select("id")
          .where("join_code", "=", workshop.joinCode)
          .executeTakeFirst();
        if (taken !== undefined) return refuse({ kind: "joinCodeTaken" });
        await transaction.insertInto("workshops").values(workshopToRow(workshop)).execute();
        const rows = groups.map((group, position) => groupToRow(group, position));
        if (rows.length > 0) await transaction.insertInto("groups").values(rows).execute();
        return succeed(undefined);
      }),

    async workshop(id) {
      const row = await db.selectFrom("workshops").selectAll().where("id", "=", id).executeTakeFirst();
      return row === undefined ? null : rowToWorkshop(row);
    },

    async workshopByJoinCode(code) {
      const row = await db
        .selectFrom("workshops")
        .selectAll()
        .where("join_code", "=", code)
        .executeTakeFirst();
      return row === undefined ? null : rowToWorkshop(row);
    },

    async groupsOf(id) {
      const rows = await db
        .selectFrom("groups")
        .selectAll()
        .where("workshop_id", "=", id)
        .orderBy("position")
        .execute();
      return rows.map(rowToGroup);
    },

    async groupOfBoard(id) {
      const row = await db.selectFrom("groups").selectAll().where("board_id", "=", id).executeTakeFirst();
      return row === undefined ? null : rowToGroup(row);
    },

    addGroup: (group, { participants, updates }) =>
      db.transaction().execute(async (transaction) => {
        const { highest } = await transaction
          .selectFrom("groups")
          .select(({ fn }) => fn.max("position").as("highest"))
          .where("workshop_id", "=", group.workshopId)
          .executeTakeFirstOrThrow();
        const position = highest === null ? 0 : Number(highest) + 1;
        await transaction.insertInto("groups").values(groupToRow(group, position)).execute();
        for (const participant of participants) {
          const row = participantToRow(participant, group.facts.createdAt);
          await transaction.insertInto("participants").values(row).execute();
        }
        updateLog.append(updates);
      }),

    async participantsOf(id) {
      const rows = await db
        .selectFrom("participants")
        .innerJoin("groups", "groups.board_id", "participants.board_id")
        .selectAll("participants")
        .where("groups.workshop_id", "=", id)
        .orderBy("groups.position")
        .orderBy("participants.code")
        .execute();
      return rows.map(rowToParticipant);
    },

    addParticipant: (participant, { createdAt, draw }) =>
      db.transaction().execute(async (transaction) => {
        const rows = await transaction
          .selectFrom("participants")
          .select("code")
          .where("board_id", "=", participant.boardId)
          .execute();
        if (rows.length >= fullFor(participant.role)) return refuse({ kind: "boardFull" });
        const facts = { ...participant, code: unusedCode(new Set(rows.map((row) => row.code)), draw) };
        await transaction.insertInto("participants").values(participantToRow(facts, createdAt)).execute();
        return succeed(facts);
      }),

    changeParticipant: (boardId, id, changes) =>
      db.transaction().execute(async (transaction) => {
        const row = await transaction
          .selectFrom("participants")
          .selectAll()
          .where("board_id", "=", boardId)
          .where("id", "=", id)
          .executeTakeFirst();
        if (row === undefined) return null;
        const facts = changed(rowToParticipant(row), changes);
        const {
          id: _id,
          board_id: _board,
          code: _code,
          ...columns
        } = participantToRow(facts, row.created_at);
        await transaction
          .updateTable("participants")
          .set(columns)
          .where("board_id", "=", boardId)
          .where("id", "=", id)
          .execute();
        return facts;
      }),

    // Kysely's turn on the one connection, so that this comes between its transactions and not into one.
    appendUpdates: (batch) => db.connection().execute(async () => updateLog.append(batch)),

    loadBoard: (id) =>
      db.transaction().execute(async (transaction) => {
        const snapshot = await transaction
          .selectFrom("snapshots")
          .select(["seq", "bytes", "state_vector", "deletions"])
          .where("board_id", "=", id)
          .executeTakeFirst();
        const after = snapshot === undefined ? 0 : seqSchema.parse(snapshot.seq);
        const rows = await transaction
          .selectFrom("updates")
          .select(["seq", "bytes"])
          .where("board_id", "=", id)
          .where("seq", ">", after)
          .orderBy("seq")
          .execute();
        return {
          snapshot: snapshot === undefined ? null : rowToSnapshot(snapshot),
          updates: rows.map((row) => bytesSchema.parse(row.bytes)),
          seq: seqSchema.parse(rows.at(-1)?.seq ?? after),
        };
      }),

    storeSnapshot(id, seq, snapshot, createdAt) {
      const storing = snapshots.then(() => storeSnapshot(db, id, seq, snapshot, createdAt));
      snapshots = storing.catch(() => undefined);
      return storing;
    },

    loadHistory: (id) =>
      db.transaction().execute(async (transaction) => {
        const chunks = await transaction
          .selectFrom("history")
          .select("bytes")
          .where("board_id", "=", id)
          .orderBy("last_seq")
          .execute();
        const packed = chunks.flatMap((chunk) => unpackHistory(bytesSchema.parse(chunk.bytes)));
        return [...packed, ...(await logOf(transaction, id, wholeLog))];
      }),

    setLocked: (id, isLocked) =>
      db.transaction().execute(async (transaction) => {
        await transaction
          .updateTable("groups")
          .set({ locked: isLocked ? 1 : 0 })
          .where("board_id", "=", id)
          .execute();
        const row = await transaction
          .selectFrom("groups")
          .selectAll()
          .where("board_id", "=", id)
          .executeTakeFirst();
        return row === undefined ? null : rowToGroup(row);
      }),

    async check() {
      await db.selectFrom("workshops").select("id").limit(1).execute();
    },

    close: () => db.destroy(),
  };
}

/** Read at once while others wait: a millisecond or two. */
const rowsPerPiece = 100;
const wholeLog = { after: 0, upTo: Number.MAX_SAFE_INTEGER, most: Number.MAX_SAFE_INTEGER };

/**
 * The log is read in pieces and packed before the transaction, so that changes of others are not kept waiting for it:
 * what is in a log stays as it is until it leaves it here.
 */
async function storeSnapshot(
  db: Kysely<Tables>,
  id: BoardId,
  seq: number,
  { bytes, stateVector, deletions }: Snapshot,
  createdAt: number,
): Promise<void> {
  const updates: LoggedUpdate[] = [];
  let piece: readonly LoggedUpdate[];
  do {
    piece = await logOf(db, id, { after: updates.at(-1)?.seq ?? 0, upTo: seq, most: rowsPerPiece });
    updates.push(...piece);
    await setImmediate();
  } while (piece.length === rowsPerPiece);
  const packed = updates.length === 0 ? null : await packHistory(updates);
  await db.transaction().execute(async (transaction) => {
    const row = { seq, bytes, state_vector: stateVector, deletions, created_at: createdAt };
    const stored = await transaction
      .insertInto("snapshots")
      .values({ board_id: id, ...row })
      .onConflict((conflict) => conflict.column("board_id").doUpdateSet(row).where("snapshots.seq", "<", seq))
      .executeTakeFirst();
    if (stored.numInsertedOrUpdatedRows === 0n || packed === null) return;
    await transaction.insertInto("history").values({ board_id: id, last_seq: seq, bytes: packed }).execute();
    const { numDeletedRows } = await transaction
      .deleteFrom("updates")
      .where("board_id", "=", id)
      .where("seq", "<=", seq)
      .executeTakeFirst();
    if (numDeletedRows !== BigInt(updates.length)) throw new Error("the log changed while it was packed");
  });
}

async function logOf(
  db: Kysely<Tables>,
  boardId: BoardId,
  { after, upTo, most }: { readonly after: number; readonly upTo: number; readonly most: number },
): Promise<LoggedUpdate[]> {
  const rows = await db
    .selectFrom("updates")
    .select(["seq", "received_at", "participant", "bytes"])
    .where("board_id", "=", boardId)
    .where("seq", ">", after)
    .where("seq", "<=", upTo)
    .orderBy("seq")
    .limit(most)
    .execute();
  return rows.map(rowToLoggedUpdate);
}

function changed(facts: ParticipantFacts, { consent, ...changes }: ParticipantChanges): ParticipantFacts {
  const { research = facts.consent.research, quote = facts.consent.quote } = consent ?? {};
  return { ...facts, ...changes, consent: { research, quote } };
}
