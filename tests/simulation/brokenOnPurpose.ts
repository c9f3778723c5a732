import * as decoding from "lib0/decoding";
import * as Y from "yjs";
import type { LoggedUpdate } from "../../server/store/store.ts";
import {
  decodeSaved,
  encodeSaved,
  messageSaved,
  messageSync,
  syncStep1,
} from "../../shared/protocol/messages.ts";
import { boardOn } from "../support/memoryStore.ts";
import type { Breakage } from "./history.ts";
import { createRandom } from "./random.ts";

/*
 * Relays that break a promise, each in a way that a real system did. A simulation that does not notice every one of
 * them proves nothing about the relay that works.
 */

export type Broken = {
  readonly name: string;
  /** Made anew for each history. */
  readonly create: () => Breakage;
  /** What the simulation says about it. */
  readonly complaint: RegExp;
  /** In that many histories at the most. */
  readonly within: number;
};

const notThere = /is called saved and is not on disk|was told that everything is saved/;

export const brokenOnPurpose: readonly Broken[] = [
  { name: "acknowledges before the commit", create: acknowledgeEarly, complaint: notThere, within: 20 },
  { name: "now and then skips the log", create: skipTheLog, complaint: notThere, within: 20 },
  { name: "drops deletions", create: dropDeletions, complaint: notThere, within: 20 },
  {
    name: "compacts without a transaction",
    create: compactWithoutTransaction,
    complaint: /lost from the disk/,
    within: 200,
  },
  { name: "says saved of what it refused", create: praiseRefusals, complaint: notThere, within: 20 },
  {
    name: "lets view links write",
    create: () => ({ roleOf: () => "contribute" }),
    complaint: /though nobody was allowed to write it/,
    within: 20,
  },
  {
    name: "never hears of a lock",
    create: () => ({ isLockTold: false }),
    complaint: /though nobody was allowed to write it/,
    within: 20,
  },
  {
    name: "loses changes on their way",
    create: loseChanges,
    complaint: /builds? on something it was never told|was never told|waits for something|delete set/,
    within: 20,
  },
  {
    name: "shows an empty board when it cannot read one",
    create: readNothing,
    complaint: /is shown a board without/,
    within: 200,
  },
];

function acknowledgeEarly(): Breakage {
  return {
    wrapStore: (store, { clock }) => ({
      ...store,
      async appendUpdates(batch) {
        clock.after(30, () => void store.appendUpdates(batch).catch(() => undefined));
        return new Map();
      },
    }),
  };
}

function skipTheLog(): Breakage {
  const random = createRandom(1);
  return {
    wrapStore: (store) => ({
      ...store,
      appendUpdates: (batch) => store.appendUpdates(batch.filter(() => !random.chance(0.1))),
    }),
  };
}

function dropDeletions(): Breakage {
  return {
    wrapStore: (store) => ({
      ...store,
      appendUpdates: (batch) =>
        store.appendUpdates(batch.map((update) => ({ ...update, bytes: withoutDeletions(update.bytes) }))),
    }),
  };
}

/** An update is its additions and then its deletions; without additions these stand behind one byte. */
function withoutDeletions(update: Uint8Array): Uint8Array {
  const reach = new Map<number, number>();
  for (const { id, length } of Y.decodeUpdate(update).structs) reach.set(id.client, id.clock + length);
  const onlyDeletions = Y.diffUpdate(update, Y.encodeStateVector(reach));
  const additions = update.subarray(0, update.length - (onlyDeletions.length - 1));
  return Uint8Array.from([...additions, 0]);
}

/** The log goes first, and the snapshot comes when it comes. */
function compactWithoutTransaction(): Breakage {
  return {
    wrapStore: (store, { clock, disk }) => ({
      ...store,
      async storeSnapshot(id, seq, snapshot, createdAt) {
        moveToHistory(boardOn(disk, id), seq);
        await new Promise<void>((resolve) => void clock.after(15, resolve));
        await store.storeSnapshot(id, seq, snapshot, createdAt);
      },
    }),
  };
}

function moveToHistory(board: { log: LoggedUpdate[]; history: LoggedUpdate[] }, seq: number): void {
  board.history.push(...board.log.filter((update) => update.seq <= seq));
  board.log = board.log.filter((update) => update.seq > seq);
}

function praiseRefusals(): Breakage {
  return {
    tamper(message) {
      if (message[0] !== messageSaved) return message;
      const decoder = decoding.createDecoder(message);
      decoding.readVarUint(decoder);
      const told = decodeSaved(decoder);
      if (!told.ok || told.value.kind !== "refused") return message;
      return encodeSaved({ kind: "saved", count: told.value.count });
    },
  };
}

function loseChanges(): Breakage {
  const random = createRandom(1);
  return {
    tamper: (message) =>
      message[0] === messageSync && message[1] !== syncStep1 && random.chance(0.05) ? null : message,
  };
}

/** As hocuspocus once did: who joined meanwhile saw nothing, and everybody else's snapshot was made of that. */
function readNothing(): Breakage {
  return {
    wrapStore: (store) => ({
      ...store,
      loadBoard: (id) => store.loadBoard(id).catch(() => ({ snapshot: null, updates: [], seq: 0 })),
    }),
  };
}
