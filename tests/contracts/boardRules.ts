import fc from "fast-check";
import { expect, test } from "vitest";
import type { Store } from "../../server/store/store.ts";
import { playStore, storeMoments } from "./storePlay.ts";
import { isRejected, type StoreSetting } from "./storeSetting.ts";
import {
  groupOf,
  historyOf,
  plainUpdate,
  snapshotOf,
  updateOf,
  wordOf,
  wordsIn,
  workshopOf,
} from "./workshopRows.ts";

/* Rules 1 to 6: the update log of a board, its snapshots and its history. */

export function testBoardRules(setting: StoreSetting): void {
  const { store, number, someBoards, oneBoard, twoBoards, sql, hasSql, plays } = setting;

  test("[store 1] what was promised is there when everything stops right after", async () => {
    const [one, two] = await twoBoards();

    await store().appendUpdates([updateOf(one, "respect"), updateOf(two, "trust")]);
    await store().storeSnapshot(one, 1, snapshotOf(["respect"]), 5);
    await store().appendUpdates([updateOf(one, "time")]);
    await store().setLocked(two, true);
    const crashed = setting.disk().afterCrash();
    const other = await crashed.open();

    expect(await historyOf(other, one)).toEqual(["1 respect", "2 time"]);
    expect(await historyOf(other, two)).toEqual(["1 trust"]);
    expect(wordsIn((await other.loadBoard(one)).snapshot ?? snapshotOf([]))).toEqual(["respect"]);
    expect((await other.groupOfBoard(two))?.facts.locked).toBe(true);
    await other.close();
    crashed.remove();
  });

  test.runIf(hasSql)(
    "[store 2] a batch with one update that cannot be kept leaves nothing, and may come again",
    async () => {
      const [one, two] = await twoBoards();
      await store().appendUpdates([updateOf(one, "before")]);
      const missing = groupOf(workshopOf(number()).facts.id, number() * 100 + 50);
      const batch = [
        updateOf(one, "respect"),
        updateOf(two, "trust"),
        updateOf(missing.facts.boardId, "of a board that is not there"),
        updateOf(one, "time"),
      ];

      const rejected = await isRejected(store().appendUpdates(batch));
      const afterwards = [await historyOf(store(), one), await historyOf(store(), two)];
      await store().addGroup(missing, { participants: [], updates: [] });
      const latest = await store().appendUpdates(batch);

      expect(rejected).toBe(true);
      expect(afterwards).toEqual([["1 before"], []]);
      expect([...latest.values()]).toEqual([3, 1, 1]);
      expect(await historyOf(store(), one)).toEqual(["1 before", "2 respect", "3 time"]);
    },
  );

  test.runIf(hasSql)("[store 2] a large batch that fails near its end leaves nothing either", async () => {
    const [one, two] = await twoBoards();
    const batch = [
      updateOf(two, "trust"),
      ...Array.from({ length: 2_500 }, (_, index) => updateOf(one, `word-${index}`)),
    ];

    sql(`create trigger full before insert on updates when new.seq = 2400
         begin select raise(abort, 'disk is full'); end`);
    const rejected = await isRejected(store().appendUpdates(batch));
    sql("drop trigger full");
    const afterwards = [await historyOf(store(), one), await historyOf(store(), two)];
    const latest = await store().appendUpdates(batch);

    expect(rejected).toBe(true);
    expect(afterwards).toEqual([[], []]);
    expect([latest.get(one), latest.get(two)]).toEqual([2_500, 1]);
    expect((await store().loadBoard(one)).updates.map(wordOf)).toEqual(
      batch.slice(1).map(({ bytes }) => wordOf(bytes)),
    );
  });

  test("[store 3] batches that are handed over at once are numbered in that order", async () => {
    const [one, two] = await twoBoards();
    const batches = Array.from({ length: 30 }, (_, index) => [
      updateOf(one, `one-${index}`),
      updateOf(two, `two-${index}`),
    ]);

    const latest = await Promise.all(batches.map((batch) => store().appendUpdates(batch)));

    expect(latest.map((seqs) => seqs.get(one))).toEqual(batches.map((_, index) => index + 1));
    expect(await historyOf(store(), one)).toEqual(batches.map((_, index) => `${index + 1} one-${index}`));
    expect(await historyOf(store(), two)).toEqual(batches.map((_, index) => `${index + 1} two-${index}`));
  });

  test("[store 3] numbers go on after a snapshot took the whole log, also when it is opened anew", async () => {
    const board = await oneBoard();
    await store().appendUpdates([updateOf(board, "respect"), updateOf(board, "trust")]);
    await store().storeSnapshot(board, 2, snapshotOf(["respect", "trust"]), 5);

    const emptied = await store().loadBoard(board);
    const latest = await store().appendUpdates([updateOf(board, "time")]);
    await store().storeSnapshot(board, 3, snapshotOf(["respect", "trust", "time"]), 6);
    await setting.reopen();
    const later = await store().appendUpdates([updateOf(board, "coffee")]);

    expect([emptied.updates.length, emptied.seq]).toEqual([0, 2]);
    expect([latest.get(board), later.get(board)]).toEqual([3, 4]);
    expect((await store().loadBoard(board)).updates.map(wordOf)).toEqual(["coffee"]);
    expect(await historyOf(store(), board)).toEqual(["1 respect", "2 trust", "3 time", "4 coffee"]);
  });

  test("[store 4] a board is one moment, while it grows and is made small", async () => {
    const board = await oneBoard();
    const all = Array.from({ length: 60 }, (_, index) => `word-${index}`);
    const loads: ReturnType<Store["loadBoard"]>[] = [];
    const writes: Promise<unknown>[] = [];

    for (const [index, word] of all.entries()) {
      writes.push(store().appendUpdates([updateOf(board, word)]));
      loads.push(store().loadBoard(board));
      if (index % 10 !== 9) continue;
      await Promise.all(writes);
      writes.push(store().storeSnapshot(board, index - 3, snapshotOf(all.slice(0, index - 3)), index));
      loads.push(store().loadBoard(board), store().loadBoard(board));
    }
    await Promise.all(writes);
    const moments = await Promise.all(loads);

    for (const { snapshot, updates, seq } of moments) {
      const words = [...(snapshot === null ? [] : wordsIn(snapshot)), ...updates.map(wordOf)];
      expect(words).toEqual(all.slice(0, seq));
    }
    expect(moments.filter(({ snapshot }) => snapshot !== null).length).toBeGreaterThan(5);
    expect(new Set(moments.map(({ seq }) => seq)).size).toBeGreaterThan(5);
  });

  test("[store 5] a snapshot that is not newer changes nothing", async () => {
    const board = await oneBoard();
    await store().appendUpdates(["a", "b", "c"].map((word) => updateOf(board, word)));
    await store().storeSnapshot(board, 2, snapshotOf(["a", "b"]), 5);
    const before = await store().loadBoard(board);

    await store().storeSnapshot(board, 1, snapshotOf(["older"]), 6);
    await store().storeSnapshot(board, 2, snapshotOf(["as", "old"]), 7);

    expect(await store().loadBoard(board)).toEqual(before);
    expect(await historyOf(store(), board)).toEqual(["1 a", "2 b", "3 c"]);
  });

  test.runIf(hasSql)("[store 5] a snapshot that fails half-way leaves the board as it was", async () => {
    const board = await oneBoard();
    await store().appendUpdates(["a", "b", "c"].map((word) => updateOf(board, word)));
    await store().storeSnapshot(board, 1, snapshotOf(["a"]), 5);
    const before = await store().loadBoard(board);
    const moments = ["insert on history", "update on snapshots", "delete on updates"];

    const rejected: boolean[] = [];
    const afterwards: unknown[] = [];
    for (const moment of moments) {
      sql(`create trigger full before ${moment} begin select raise(abort, 'disk is full'); end`);
      rejected.push(await isRejected(store().storeSnapshot(board, 2, snapshotOf(["a", "b"]), 6)));
      sql("drop trigger full");
      afterwards.push([await store().loadBoard(board), await historyOf(store(), board)]);
    }
    await store().storeSnapshot(board, 2, snapshotOf(["a", "b"]), 6);

    expect(rejected).toEqual([true, true, true]);
    for (const after of afterwards) expect(after).toEqual([before, ["1 a", "2 b", "3 c"]]);
    const stored = await store().loadBoard(board);
    expect([wordsIn(stored.snapshot ?? snapshotOf([])), stored.updates.map(wordOf)]).toEqual([
      ["a", "b"],
      ["c"],
    ]);
    expect(await historyOf(store(), board)).toEqual(["1 a", "2 b", "3 c"]);
  });

  test("[store 6] whatever is done, every update is kept once, in order, with when and whose", {
    timeout: 60_000,
  }, async () => {
    let happened = 0;
    await fc.assert(
      fc.asyncProperty(storeMoments, async (moments) => {
        happened += await playStore(store(), await someBoards(3), moments);
      }),
      { numRuns: plays },
    );
    expect(happened).toBeGreaterThan(plays * 5);
  });

  test("[store 6] participant, time and bytes come back as they were, also out of the history", async () => {
    const board = await oneBoard();
    const batch = [
      { ...updateOf(board, "nobody in particular"), participant: null },
      { ...updateOf(board, "x"), bytes: Uint8Array.from({ length: 256 }, (_, byte) => byte) },
      { ...updateOf(board, "yy"), bytes: new Uint8Array(), receivedAt: 0 },
    ];
    const expected = batch.map(({ boardId: _board, ...update }, index) =>
      plainUpdate({ seq: index + 1, ...update }),
    );

    await store().appendUpdates(batch);
    const logged = await store().loadHistory(board);
    await store().storeSnapshot(board, 3, snapshotOf(["all"]), 5);
    const packed = await store().loadHistory(board);

    expect(logged.map(plainUpdate)).toEqual(expected);
    expect(packed.map(plainUpdate)).toEqual(expected);
  });
}
