import { createManualClock } from "../support/manualClock.ts";
import { createMemoryDisk, type MemoryDisk, openMemoryStore } from "../support/memoryStore.ts";
import { describeStore } from "./storeContract.ts";
import type { StoreDisk } from "./storeSetting.ts";

/* The store of the simulation: what a thousand histories are played on must keep the same promises. */

function diskOf(disk: MemoryDisk): StoreDisk {
  return {
    open: async () => openMemoryStore(disk, { clock: createManualClock() }),
    afterCrash: () => diskOf(structuredClone(disk)),
    sql: null,
    remove: () => undefined,
  };
}

describeStore("the memory of a simulation", {
  createDisk: () => diskOf(createMemoryDisk()),
  hasSql: false,
  plays: 100,
});
