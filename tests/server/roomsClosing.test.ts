import { expect, test } from "vitest";
import * as Y from "yjs";
import { type Compacted, compactBoard } from "../../server/relay/compactor.ts";
import { createPace } from "../../server/relay/pace.ts";
import { createRooms } from "../../server/relay/rooms.ts";
import { boardIdOf } from "../contracts/workshopRows.ts";
import { createIdleCommitter } from "../support/idleCommitter.ts";
import { createManualClock, settleMicrotasks } from "../support/manualClock.ts";
import { testSettings } from "../support/relayServer.ts";
import { createSilentLog } from "../support/silentLog.ts";

/** Something that is done when a test says so. */
function held<T>() {
  let finish: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => {
    finish = resolve;
  });
  return { promise, finish };
}

/** Rooms of which one was left with a log that has to become a snapshot, which takes as long as a test likes. */
async function leftRoom() {
  const doc = new Y.Doc();
  doc.getMap("words").set("respect", true);
  const stored = { seq: 1, snapshot: null, updates: [Y.encodeStateAsUpdate(doc)] };
  const clock = createManualClock();
  const made = held<Compacted>();
  const kept = held<void>();
  const happened: string[] = [];
  const rooms = createRooms({
    store: {
      loadBoard: async () => stored,
      storeSnapshot() {
        happened.push("storing");
        return kept.promise;
      },
    },
    compactor: {
      compact() {
        happened.push("making");
        return made.promise;
      },
      close: async () => undefined,
    },
    committer: createIdleCommitter(),
    log: createSilentLog(),
    metrics: {
      compacted: () => void happened.push("stored"),
      compactionFailed: () => void happened.push("failed"),
    },
    clock,
    pace: createPace(clock, () => 0),
    onTick: () => undefined,
    limits: testSettings("/tmp").limits,
  });
  rooms.release(await rooms.open(boardIdOf(1)));
  await clock.advance(31_000);
  async function close() {
    await rooms.close();
    happened.push("closed");
  }
  return {
    happened,
    close,
    finishMaking: () => made.finish(compactBoard(stored)),
    finishStoring: kept.finish,
  };
}

test("[R5] a stop does not wait for a snapshot that is being made, and nothing of it is stored afterwards", async () => {
  const { happened, close, finishMaking } = await leftRoom();

  await close();
  finishMaking();
  await settleMicrotasks();

  expect(happened).toEqual(["making", "closed"]);
});

test("[R5] a stop waits for a snapshot that is being stored", async () => {
  const { happened, close, finishMaking, finishStoring } = await leftRoom();
  finishMaking();
  await settleMicrotasks();

  const closing = close();
  await settleMicrotasks();
  expect(happened).toEqual(["making", "storing"]);
  finishStoring();
  await closing;

  expect(happened).toEqual(["making", "storing", "stored", "closed"]);
});
