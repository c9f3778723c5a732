import * as Y from "yjs";
import { type Result, refuse, succeed } from "../../shared/result.ts";
import type { StoredBoard } from "../store/store.ts";
import { changesNothing, checkUpdate, type DecodedUpdate, type UpdateError } from "./checkUpdate.ts";
import { type Compacted, compactBoard, compactedFrom } from "./compactor.ts";

/*
 * What is on one board, in one of two forms. Asleep it is bytes, a twentieth of the memory: enough to ask and answer
 * whoever joins. The first change wakes it into a document, which is what looks at changes; when nothing changed for
 * a while it goes back to bytes.
 */

export type UpdateFrame = { readonly bytes: Uint8Array; readonly decoded: DecodedUpdate };

export type TakeError =
  | UpdateError
  | { readonly kind: "full" }
  | { readonly kind: "threw"; readonly message: string };

/** `change`: what it really changed, null for nothing. `isWhole` is false when a part builds on something unknown. */
export type Taken = { readonly change: Uint8Array | null; readonly isWhole: boolean };

export type BoardContent = {
  /** Encoded state vector. */
  readonly stateVector: () => Uint8Array;
  /** What somebody with this state vector lacks, with every deletion, as one update. Made once for all who ask alike. */
  readonly missingFrom: (stateVector: Uint8Array) => Uint8Array;
  readonly whole: () => Uint8Array;
  /** True when all of the update is here already, deletions too. */
  readonly has: (update: UpdateFrame) => boolean;
  /** Takes in a change. After `threw` nothing here can be trusted. */
  readonly take: (update: UpdateFrame) => Result<Taken, TakeError>;
  readonly isAwake: () => boolean;
  /** Goes back to bytes. Takes as long as encoding the board. */
  readonly rest: () => void;
  /** About as many bytes as the board has, encoded. */
  readonly size: () => number;
  readonly close: () => void;
};

type Form = ({ readonly kind: "asleep" } & Compacted) | { readonly kind: "awake"; readonly doc: Y.Doc };

/** People come in crowds with one state vector, or with a few. */
const mostAnswersKept = 16;
/** The state vector of somebody who has nothing. */
const emptyStateVector = "\0";

export type BoardContentOptions = {
  readonly stored: StoredBoard;
  readonly maxBytes: number;
  /** New deletions in one update. */
  readonly maxDeleteRanges: number;
  /** Milliseconds that have passed since some moment. */
  readonly elapsed: () => number;
};

/** Measuring a large document takes long: a full board is asked again only now and then whether it shrank. */
const measurePauseMs = 30_000;

export function createBoardContent(options: BoardContentOptions): BoardContent {
  const { stored, maxBytes, maxDeleteRanges, elapsed } = options;
  let form: Form = { kind: "asleep", ...compactedOf(stored) };
  let approximateBytes = form.bytes.length;
  let measuredAt = Number.NEGATIVE_INFINITY;
  let stateVector: Uint8Array | null = form.stateVector;
  const answers = new Map<string, Uint8Array>();
  let emitted: Uint8Array[] = [];

  function wake(): Y.Doc {
    if (form.kind === "awake") return form.doc;
    const doc = new Y.Doc();
    Y.applyUpdate(doc, form.bytes);
    doc.on("update", (update: Uint8Array) => {
      emitted.push(update);
    });
    form = { kind: "awake", doc };
    return doc;
  }

  function encodeMissing(asked: Uint8Array): Uint8Array {
    if (form.kind === "awake") return Y.encodeStateAsUpdate(form.doc, asked);
    return Y.diffUpdate(form.bytes, asked);
  }

  function missingFrom(asked: Uint8Array): Uint8Array {
    const key = Buffer.from(asked).toString("latin1");
    if (form.kind === "asleep") {
      if (key === emptyStateVector) return form.bytes;
      if (isSame(asked, form.stateVector)) return form.deletions;
    }
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = encodeMissing(asked);
    if (answers.size >= mostAnswersKept) answers.clear();
    answers.set(key, answer);
    return answer;
  }

  function isFull(doc: Y.Doc, more: number): boolean {
    if (approximateBytes + more <= maxBytes) return false;
    if (elapsed() - measuredAt < measurePauseMs) return true;
    measuredAt = elapsed();
    approximateBytes = Y.encodeStateAsUpdate(doc).length;
    return approximateBytes + more > maxBytes;
  }

  /** Answers that need no document: nothing at all, or all of it, in the bytes of somebody who comes back. */
  function isKnownAsleep({ bytes, decoded }: UpdateFrame): boolean {
    if (decoded.structs.length === 0 && decoded.ds.clients.size === 0) return true;
    return form.kind === "asleep" && isSame(bytes, form.deletions);
  }

  function take(update: UpdateFrame): Result<Taken, TakeError> {
    if (isKnownAsleep(update)) return succeed({ change: null, isWhole: true });
    const { bytes, decoded } = update;
    const doc = wake();
    const checked = checkUpdate(doc, decoded, { maxDeleteRanges });
    if (!checked.ok) return checked;
    // What only deletes makes room.
    if (decoded.structs.length > 0 && isFull(doc, bytes.length)) return refuse({ kind: "full" });
    emitted = [];
    try {
      Y.applyUpdate(doc, bytes);
    } catch (error) {
      return refuse({ kind: "threw", message: error instanceof Error ? error.message : "unknown" });
    }
    // What waits for something that never came would lock out everyone who joins later.
    const isWhole = doc.store.pendingStructs === null && doc.store.pendingDs === null;
    doc.store.pendingStructs = null;
    doc.store.pendingDs = null;
    const changes = emitted;
    emitted = [];
    const [first] = changes;
    if (first === undefined) return succeed({ change: null, isWhole });
    const change = changes.length === 1 ? first : Y.mergeUpdates(changes);
    approximateBytes += change.length;
    stateVector = null;
    answers.clear();
    return succeed({ change, isWhole });
  }

  return {
    stateVector() {
      if (form.kind === "asleep") return form.stateVector;
      stateVector ??= Y.encodeStateVector(form.doc);
      return stateVector;
    },
    missingFrom,
    whole: () => missingFrom(Uint8Array.of(0)),
    has: (update) => isKnownAsleep(update) || changesNothing(wake(), update.decoded),
    take,
    isAwake: () => form.kind === "awake",
    rest() {
      if (form.kind === "asleep") return;
      const { doc } = form;
      form = { kind: "asleep", ...compactedFrom(doc) };
      approximateBytes = form.bytes.length;
      answers.clear();
      doc.destroy();
    },
    size: () => approximateBytes,
    close() {
      if (form.kind === "awake") form.doc.destroy();
    },
  };
}

/** Merging takes longer than a document from here on: its time grows with the square of the number. */
const mostMerged = 400;

/** A snapshot is taken as it is; a short log on top is merged in without making a document of it. */
function compactedOf({ snapshot, updates }: StoredBoard): Compacted {
  if (snapshot !== null && updates.length === 0) return snapshot;
  if (updates.length > mostMerged) return compactBoard({ snapshot, updates });
  const bytes = Y.mergeUpdates([...(snapshot === null ? [] : [snapshot.bytes]), ...updates]);
  const stateVector = Y.encodeStateVectorFromUpdate(bytes);
  return { bytes, stateVector, deletions: Y.diffUpdate(bytes, stateVector) };
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0;
}
