import { compactBoard } from "../../server/relay/compactor.ts";
import { createRelay, type Relay } from "../../server/relay/relay.ts";
import type { Limits } from "../../server/settings.ts";
import type { LoggedUpdate, Store } from "../../server/store/store.ts";
import type { BoardId } from "../../shared/board/ids.ts";
import type { ManualClock } from "../support/manualClock.ts";
import { type MemoryDisk, openMemoryStore } from "../support/memoryStore.ts";
import { createSilentLog } from "../support/silentLog.ts";
import type { Tally } from "./tally.ts";
import type { Weather } from "./weather.ts";

export type WrapStore = (
  store: Store,
  around: { readonly clock: Pick<ManualClock, "after">; readonly disk: MemoryDisk },
) => Store;

export type RelayProcessOptions = {
  readonly clock: ManualClock;
  readonly disk: MemoryDisk;
  readonly weather: Weather;
  readonly limits: Limits;
  readonly tally: Tally;
  readonly wrapStore: WrapStore;
  readonly onAppended: (boardId: BoardId, update: LoggedUpdate) => void;
  readonly fail: (message: string) => void;
};

/** One life of the server: what it was about to do dies with it, what it did is on the disk. */
export type RelayProcess = {
  readonly relay: Relay;
  /** As the rest of the server, which changes rows, sees it. */
  readonly store: Store;
  readonly kill: () => void;
};

const log = createSilentLog();

export function startRelayProcess(options: RelayProcessOptions): RelayProcess {
  const { disk, weather, limits, tally } = options;
  const clock = options.clock.forProcess();
  const memoryStore = openMemoryStore(disk, { clock, weather, onAppended: options.onAppended });
  const store = watchStore(options.wrapStore(memoryStore, { clock, disk }), options);
  const relay = createRelay({
    limits,
    store,
    compactor: {
      async compact(stored) {
        await new Promise<void>((resolve) => void clock.after(weather.compactionMs(), resolve));
        return compactBoard(stored);
      },
      close: async () => undefined,
    },
    clock,
    busyShare: () => 0,
    log,
    metrics: {
      frameReceived: () => undefined,
      frameSent: () => undefined,
      refused: tally.countRefusal,
      committed: () => tally.count("commits"),
      commitFailed: () => tally.count("commitFailures"),
      compacted: () => undefined,
      compactionFailed: () => undefined,
      ticked: () => undefined,
    },
  });
  return {
    relay,
    store,
    kill() {
      clock.kill();
      memoryStore.crash();
    },
  };
}

/** One commit at a time, and one snapshot of a board: more would be a storm, and out of order. */
function watchStore(store: Store, { tally, fail }: RelayProcessOptions): Store {
  let appending = 0;
  const snapshotting = new Set<BoardId>();
  return {
    ...store,
    async appendUpdates(batch) {
      appending += 1;
      if (appending > 1) fail("two commits at once");
      return store.appendUpdates(batch).finally(() => {
        appending -= 1;
      });
    },
    async storeSnapshot(id, seq, snapshot, createdAt) {
      if (snapshotting.has(id)) fail("two snapshots of one board at once");
      snapshotting.add(id);
      await store.storeSnapshot(id, seq, snapshot, createdAt).finally(() => snapshotting.delete(id));
      tally.count("compactions");
    },
  };
}
