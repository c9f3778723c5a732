import { copyFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import * as Y from "yjs";
import { compactBoard } from "../../server/relay/compactor.ts";
import { openSqlStore } from "../../server/store/sqlStore.ts";
import type { Store, StoredBoard } from "../../server/store/store.ts";
import { type BoardId, workshopIdSchema } from "../../shared/board/ids.ts";
import { readBoard } from "../../shared/board/readBoard.ts";
import { createDataDir } from "../support/relayServer.ts";
import { boardIdOf, plainUpdate } from "./workshopRows.ts";

/*
 * Database files as earlier versions of this product made them. `version1.sqlite`: one workshop, Alice's board with six
 * updates of which a snapshot holds four, Bob's board with two and no snapshot, and a board that nobody used.
 */
const fixture = new URL("../fixtures/store/version1.sqlite", import.meta.url);
const [alices, bobs, empty] = [boardIdOf(1), boardIdOf(2), boardIdOf(3)];
const workshopId = workshopIdSchema.parse("workshop00000001");

let dataDir: ReturnType<typeof createDataDir>;
let file: string;

beforeEach(() => {
  dataDir = createDataDir();
  file = join(dataDir.path, "old.sqlite");
  copyFileSync(fixture, file);
});

afterEach(() => dataDir.remove());

function notesOf(stored: StoredBoard): readonly string[] {
  // A room answers from these three as they are.
  const { bytes, stateVector } = stored.snapshot ?? compactBoard(stored);
  expect([...stateVector]).toEqual([...Y.encodeStateVectorFromUpdate(bytes)]);
  const doc = new Y.Doc();
  Y.applyUpdate(doc, compactBoard(stored).bytes);
  const { notes } = readBoard(doc);
  return [...notes.values()].map(({ text, removed }) => (removed === null ? text : `${text} (bin)`)).sort();
}

async function everything(store: Store, boardId: BoardId) {
  return { notes: notesOf(await store.loadBoard(boardId)), history: await store.loadHistory(boardId) };
}

test("[R33] a database of the previous version opens with every board, person and change as it was", async () => {
  const raw = new Database(file);
  const before = raw
    .prepare("select board_id, seq, received_at, participant, bytes from updates order by 1, 2")
    .all();
  raw.close();

  const store = await openSqlStore(file);
  const [alice, bob, nobody] = await Promise.all([alices, bobs, empty].map((id) => everything(store, id)));
  const groups = await store.groupsOf(workshopId);
  const people = await store.participantsOf(workshopId);
  await store.close();

  expect(alice?.notes).toEqual(["respect voor elkaar", "tijd", "trust (bin)"]);
  expect(bob?.notes).toEqual(["koffie", "sleutel van het gebouw"]);
  expect(nobody).toEqual({ notes: [], history: [] });
  expect(before).toHaveLength(8);
  const after = [alice, bob].flatMap((board, index) =>
    (board?.history ?? []).map(({ seq, receivedAt, participant, bytes }) => ({
      board_id: index === 0 ? alices : bobs,
      seq,
      received_at: receivedAt,
      participant,
      bytes,
    })),
  );
  expect(after).toEqual(before);
  expect(groups.map(({ facts }) => [facts.name, facts.locked])).toEqual([
    ["Groep 1", false],
    ["Groep 2", false],
    ["Groep 3", false],
  ]);
  expect(people).toMatchObject([{ name: "Alice", code: 7, consent: { research: true, quote: null } }]);
});

test("[R33] a board of the previous version goes on: numbers, snapshot and history", async () => {
  const store = await openSqlStore(file);
  const before = await everything(store, alices);

  const latest = await store.appendUpdates([
    { boardId: alices, participant: null, receivedAt: 5, bytes: Y.encodeStateAsUpdate(new Y.Doc()) },
  ]);
  const stored = await store.loadBoard(alices);
  await store.storeSnapshot(alices, stored.seq, compactBoard(stored), 6);
  await store.close();
  const again = await openSqlStore(file);
  const reopened = await again.loadBoard(alices);
  const history = await again.loadHistory(alices);
  await again.close();

  expect([...latest.values()]).toEqual([7]);
  expect([reopened.updates.length, reopened.seq]).toEqual([0, 7]);
  expect(notesOf(reopened)).toEqual(before.notes);
  expect(history.slice(0, 6).map(plainUpdate)).toEqual(before.history.map(plainUpdate));
  expect(history.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
});
