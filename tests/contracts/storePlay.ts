import fc from "fast-check";
import { expect } from "vitest";
import type { LoggedUpdate, NewUpdate, Store, StoredBoard } from "../../server/store/store.ts";
import type { BoardId } from "../../shared/board/ids.ts";
import { participantIdSchema } from "../../shared/board/ids.ts";
import { plainUpdate, snapshotOf, wordOf, wordsIn } from "./workshopRows.ts";

/*
 * Random play against a model that is a list per board. In one moment several things are asked at once; then
 * everything is compared.
 */

type Act =
  | { readonly kind: "append"; readonly boards: readonly number[]; readonly size: number }
  /** Up to this part of what the board has. */
  | { readonly kind: "snapshot"; readonly board: number; readonly part: number }
  | { readonly kind: "load"; readonly board: number };

const board = fc.nat(2);
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("append" as const),
      boards: fc.array(board, { minLength: 1, maxLength: 12 }),
      size: fc.nat(300),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("snapshot" as const),
      board,
      part: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("load" as const), board }) },
);

/** Each moment is what is asked at once. */
export const storeMoments: fc.Arbitrary<readonly (readonly Act[])[]> = fc.array(
  fc.array(act, { minLength: 1, maxLength: 5 }),
  { minLength: 2, maxLength: 12 },
);

type Model = { readonly updates: LoggedUpdate[]; snapshotSeq: number };

/** Plays on boards that nobody used before, and returns how many updates and snapshots came of it. */
export async function playStore(
  store: Store,
  boardIds: readonly BoardId[],
  moments: readonly (readonly Act[])[],
): Promise<number> {
  const models: readonly Model[] = boardIds.map(() => ({ updates: [], snapshotSeq: 0 }));
  let happened = 0;

  function at(index: number): { readonly id: BoardId; readonly model: Model } {
    const id = boardIds[index];
    const model = models[index];
    if (id === undefined || model === undefined) throw new Error(`no board ${index}`);
    return { id, model };
  }

  function newUpdate(index: number, size: number): NewUpdate {
    const { id, model } = at(index);
    const seq = model.updates.length + 1;
    const update = {
      participant: seq % 4 === 0 ? null : participantIdSchema.parse(`person-${seq % 3}`),
      receivedAt: 1_760_000_000_000 + seq,
      bytes: new TextEncoder().encode(`${seq}${"x".repeat(size)}`),
    };
    model.updates.push({ seq, ...update });
    return { boardId: id, ...update };
  }

  function snapshot(index: number, before: readonly number[], part: number): Promise<void> {
    const { id, model } = at(index);
    const seq = Math.round((before[index] ?? 0) * part);
    // Of nothing there is no snapshot.
    if (seq === 0) return Promise.resolve();
    model.snapshotSeq = Math.max(model.snapshotSeq, seq);
    happened += 1;
    return store.storeSnapshot(id, seq, snapshotOf(wordsOf(model, seq)), seq);
  }

  async function load(index: number, atLeast: number): Promise<void> {
    const { id, model } = at(index);
    const stored = await store.loadBoard(id);
    expect(stored.seq).toBeGreaterThanOrEqual(atLeast);
    expect(wordsOfStored(stored)).toEqual(wordsOf(model, stored.seq));
  }

  for (const moment of moments) {
    const before = models.map(({ updates }) => updates.length);
    await Promise.all(
      moment.map(async (act) => {
        if (act.kind === "load") return load(act.board, before[act.board] ?? 0);
        if (act.kind === "snapshot") return snapshot(act.board, before, act.part);
        const batch = act.boards.map((index) => newUpdate(index, act.size));
        const seqs = new Map(act.boards.map((index) => [at(index).id, at(index).model.updates.length]));
        happened += batch.length;
        expect(await store.appendUpdates(batch)).toEqual(seqs);
      }),
    );
    for (const index of boardIds.keys()) {
      const { id, model } = at(index);
      const stored = await store.loadBoard(id);
      expect(stored.seq).toBe(model.updates.length);
      expect(stored.snapshot === null ? 0 : wordsIn(stored.snapshot).length).toBe(model.snapshotSeq);
      expect(wordsOfStored(stored)).toEqual(wordsOf(model, model.updates.length));
      expect((await store.loadHistory(id)).map(plainUpdate)).toEqual(model.updates.map(plainUpdate));
    }
  }
  return happened;
}

function wordsOf({ updates }: Model, upTo: number): readonly string[] {
  return updates.slice(0, upTo).map(({ bytes }) => wordOf(bytes));
}

function wordsOfStored({ snapshot, updates }: StoredBoard): readonly string[] {
  return [...(snapshot === null ? [] : wordsIn(snapshot)), ...updates.map(wordOf)];
}
