import * as Y from "yjs";
import type { StoredBoard } from "../store/store.ts";

/** A whole board in its shortest form, with what is asked of it most. */
export type Compacted = {
  /** One update: everything, without the texts that were deleted. */
  readonly bytes: Uint8Array;
  /** Encoded state vector of those bytes. */
  readonly stateVector: Uint8Array;
  /** An update of no structs and every deletion: the answer to a client that has everything. */
  readonly deletions: Uint8Array;
};

/** Makes one snapshot of a snapshot and the updates after it. Takes long for large boards, so it has a thread to itself. */
export type Compactor = {
  readonly compact: (stored: Pick<StoredBoard, "snapshot" | "updates">) => Promise<Compacted>;
  readonly close: () => Promise<void>;
};

/** The work itself, wherever it runs. */
export function compactBoard({ snapshot, updates }: Pick<StoredBoard, "snapshot" | "updates">): Compacted {
  const doc = new Y.Doc();
  if (snapshot !== null) Y.applyUpdate(doc, snapshot.bytes);
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update);
  });
  const compacted = compactedFrom(doc);
  doc.destroy();
  return compacted;
}

export function compactedFrom(doc: Y.Doc): Compacted {
  const stateVector = Y.encodeStateVector(doc);
  return {
    bytes: Y.encodeStateAsUpdate(doc),
    stateVector,
    deletions: Y.encodeStateAsUpdate(doc, stateVector),
  };
}
