import * as Y from "yjs";
import type { LoggedUpdate, StoredBoard } from "../../server/store/store.ts";
import type { SentFrame, Session } from "./device.ts";
import { isAdded, isDeleted, type Reach, reachOfUpdate, whatLacks } from "./reach.ts";

/*
 * What is known about one board from outside the relay: what is on disk, what was promised to be there, and what may
 * be there at all. The three are compared whenever something is promised, at every crash, and in the end.
 */

export type Ledger = {
  /** All that is on disk, as a document. */
  readonly kept: () => Y.Doc;
  readonly noteAppended: (update: LoggedUpdate) => void;
  /** This may be on disk from now on: it came from somebody who may write, at a moment when writing was allowed. */
  readonly noteAllowed: (update: Uint8Array) => void;
  /** The relay says that it saved the first `count` frames of a session, but for those it refused. */
  readonly promise: (session: Session, count: number, refused: ReadonlySet<number>) => void;
  /** What is read back is all that was ever on disk. */
  readonly compareWith: (stored: StoredBoard) => void;
  /** Log and history hold every update that was ever appended, each once, in order. */
  readonly compareHistory: (history: readonly LoggedUpdate[]) => void;
  /** Nothing is on disk that nobody was allowed to write. */
  readonly compareWithAllowed: () => void;
};

export function createLedger(fail: (message: string) => never): Ledger {
  const kept = new Y.Doc();
  const allowed = new Y.Doc();
  const appended: LoggedUpdate[] = [];
  const promisedBySession = new WeakMap<Session, number>();
  /** How many of a document's deletions were found on disk; they stay there. */
  const foundDeletions = new WeakMap<Reach["deletions"], number>();

  function checkFrame(session: Session, index: number, { update }: SentFrame): void {
    const { added, deleted } = reachOfUpdate(update);
    const isThere =
      added.every((range) => isAdded(kept, range)) && deleted.every((range) => isDeleted(kept, range));
    if (!isThere) {
      fail(`frame ${index} of ${session.device.name} is called saved and is not on disk`);
    }
  }

  function checkWhole(session: Session, { clocks, deletions, deletionCount }: Reach): void {
    for (const [client, clock] of clocks) {
      if (clock > Y.getState(kept.store, client)) {
        fail(
          `${session.device.name} was told that everything is saved; on disk additions of ${client} are missing`,
        );
      }
    }
    for (let index = foundDeletions.get(deletions) ?? 0; index < deletionCount; index += 1) {
      const range = deletions[index];
      if (range !== undefined && !isDeleted(kept, range)) {
        fail(`${session.device.name} was told that everything is saved; on disk a deletion is missing`);
      }
    }
    foundDeletions.set(deletions, Math.max(deletionCount, foundDeletions.get(deletions) ?? 0));
  }

  return {
    kept: () => kept,
    noteAppended(update) {
      appended.push(update);
      Y.applyUpdate(kept, update.bytes);
    },
    noteAllowed: (update) => Y.applyUpdate(allowed, update),
    promise(session, count, refused) {
      const before = promisedBySession.get(session) ?? 0;
      for (let index = before + 1; index <= count; index += 1) {
        const frame = session.sent[index - 1];
        if (frame === undefined)
          return fail(`${session.device.name} is told of frame ${index}, which it never sent`);
        if (!refused.has(index)) checkFrame(session, index, frame);
      }
      promisedBySession.set(session, Math.max(before, count));
      // A refusal was said aloud: what builds on nothing refused still has to be there, frame by frame.
      const last = session.sent[count - 1];
      const isWhole = [...refused].every((index) => index > count);
      if (count > before && isWhole && last !== undefined && last.whole !== null)
        checkWhole(session, last.whole);
    },
    compareWith(stored) {
      const read = new Y.Doc({ guid: "read" });
      if (stored.snapshot !== null) Y.applyUpdate(read, stored.snapshot.bytes);
      for (const update of stored.updates) Y.applyUpdate(read, update);
      const lost = whatLacks(read, kept);
      if (lost !== null) fail(`lost from the disk: ${lost}`);
      const extra = whatLacks(kept, read);
      if (extra !== null) fail(`on the disk out of nowhere: ${extra}`);
      if (stored.seq !== appended.length)
        fail(`the latest number is ${stored.seq} after ${appended.length} updates`);
      read.destroy();
    },
    compareHistory(history) {
      const isSame = ({ seq, bytes }: LoggedUpdate, index: number) =>
        seq === index + 1 && Buffer.compare(bytes, appended[index]?.bytes ?? new Uint8Array()) === 0;
      if (history.length !== appended.length || !history.every(isSame)) {
        fail("log and history do not hold every update once");
      }
    },
    compareWithAllowed() {
      const forbidden = whatLacks(allowed, kept);
      if (forbidden !== null) fail(`on the disk though nobody was allowed to write it: ${forbidden}`);
    },
  };
}
