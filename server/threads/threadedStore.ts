import type { Store } from "../store/store.ts";
import { startThread } from "./startThread.ts";
import { createThreadCaller } from "./threadCaller.ts";

/**
 * A store on a thread of its own: waiting for the disk, or for a lock on the database, holds up nobody's cursor.
 * Rejects with what went wrong when the file cannot be opened.
 */
export async function openThreadedStore(file: string): Promise<Store> {
  const caller = createThreadCaller(startThread("storeThread", { file }));
  const method = <Name extends keyof Store>(name: Name): Store[Name] =>
    // The other side has exactly this method; what it takes and gives is plain data.
    ((...parameters: unknown[]) => caller.call(name, parameters)) as Store[Name];
  const store: Store = {
    createWorkshop: method("createWorkshop"),
    workshop: method("workshop"),
    workshopByJoinCode: method("workshopByJoinCode"),
    groupsOf: method("groupsOf"),
    groupOfBoard: method("groupOfBoard"),
    addGroup: method("addGroup"),
    participantsOf: method("participantsOf"),
    addParticipant: method("addParticipant"),
    changeParticipant: method("changeParticipant"),
    appendUpdates: method("appendUpdates"),
    loadBoard: method("loadBoard"),
    storeSnapshot: method("storeSnapshot"),
    loadHistory: method("loadHistory"),
    setLocked: method("setLocked"),
    check: method("check"),
    async close() {
      await caller.call("close", []);
      await caller.end();
    },
  };
  try {
    // The first answer comes when the tables are there.
    await store.check();
  } catch (error) {
    await caller.end();
    throw error;
  }
  return store;
}
