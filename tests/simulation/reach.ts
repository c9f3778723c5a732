import * as Y from "yjs";

/*
 * How far a document reaches, in the two terms that Yjs merges by: clocks for what was added, ranges for what was
 * deleted. Documents only ever grow in both.
 */

export type DeletedRange = { readonly client: number; readonly clock: number; readonly length: number };

/** A document at one moment: clocks as they were, and the first so many deletions of its list. */
export type Reach = {
  readonly clocks: ReadonlyMap<number, number>;
  readonly deletions: readonly DeletedRange[];
  readonly deletionCount: number;
};

export type ReachTracker = {
  /** Cheap: nothing is copied but the clocks. */
  readonly now: () => Reach;
};

/** Follows a document from its start; whoever asks may ask at every keystroke. */
export function trackReach(doc: Y.Doc): ReachTracker {
  const deletions: DeletedRange[] = [...deletedRangesOf(Y.createDeleteSetFromStructStore(doc.store))];
  doc.on("afterTransaction", (transaction: Y.Transaction) => {
    deletions.push(...deletedRangesOf(transaction.deleteSet));
    // What was collected before it got here arrives as deleted, and is not in the transaction's own list.
    for (const [client, end] of transaction.afterState) {
      const start = transaction.beforeState.get(client) ?? 0;
      if (end === start) continue;
      const structs = doc.store.clients.get(client) ?? [];
      for (let index = structs.length - 1; index >= 0; index -= 1) {
        const struct = structs[index];
        if (struct === undefined || struct.id.clock + struct.length <= start) break;
        if (struct.deleted) deletions.push({ client, clock: struct.id.clock, length: struct.length });
      }
    }
  });
  return {
    now: () => ({ clocks: clocksOf(doc), deletions, deletionCount: deletions.length }),
  };
}

export function clocksOf(doc: Y.Doc): ReadonlyMap<number, number> {
  const clocks = new Map<number, number>();
  for (const [client, structs] of doc.store.clients) {
    const last = structs.at(-1);
    if (last !== undefined) clocks.set(client, last.id.clock + last.length);
  }
  return clocks;
}

function* deletedRangesOf(set: DeleteSet): Iterable<DeletedRange> {
  for (const [client, ranges] of set.clients) {
    for (const { clock, len } of ranges) yield { client, clock, length: len };
  }
}

type DeleteSet = Y.Transaction["deleteSet"];

/** What an update says, in the same terms. */
export type UpdateReach = {
  readonly added: readonly DeletedRange[];
  readonly deleted: readonly DeletedRange[];
};

export function reachOfUpdate(update: Uint8Array): UpdateReach {
  const { structs, ds } = Y.decodeUpdate(update);
  const added = structs
    .filter((struct) => !(struct instanceof Y.Skip))
    .map(({ id, length }) => ({ client: id.client, clock: id.clock, length }));
  return { added, deleted: [...deletedRangesOf(ds)] };
}

export function isAdded(doc: Y.Doc, { client, clock, length }: DeletedRange): boolean {
  return clock + length <= Y.getState(doc.store, client);
}

export function isDeleted(doc: Y.Doc, { client, clock, length }: DeletedRange): boolean {
  const end = clock + length;
  if (end > Y.getState(doc.store, client)) return false;
  const structs = doc.store.clients.get(client) ?? [];
  for (let index = Y.findIndexSS(structs, clock); index < structs.length; index += 1) {
    const struct = structs[index];
    if (struct === undefined || struct.id.clock >= end) return true;
    if (!struct.deleted) return false;
  }
  return true;
}

/** What the one document has and the other lacks, in words; null when there is nothing. */
export function whatLacks(doc: Y.Doc, whole: Y.Doc): string | null {
  for (const [client, clock] of clocksOf(whole)) {
    const has = Y.getState(doc.store, client);
    if (has < clock) return `additions of ${client} from ${has} to ${clock}`;
  }
  for (const range of deletedRangesOf(Y.createDeleteSetFromStructStore(whole.store))) {
    if (!isDeleted(doc, range)) {
      return `the deletion of ${range.client} from ${range.clock} to ${range.clock + range.length}`;
    }
  }
  return null;
}
