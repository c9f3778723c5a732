import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { createSilentLog } from "../../server/log.ts";
import { createPace } from "../../server/relay/pace.ts";
import { createRoom, type Room } from "../../server/relay/room.ts";
import { createV8Heap } from "../../server/relay/v8Heap.ts";
import { boardIdSchema } from "../../shared/board/ids.ts";
import { createIdleCommitter } from "../support/idleCommitter.ts";
import { createManualClock } from "../support/manualClock.ts";
import { testSettings } from "../support/relayServer.ts";

/** A room of a board whose log has a long change and a short one, and the long one as it came from the store. */
function openRoom(): { readonly room: Room; readonly loaded: WeakRef<Uint8Array> } {
  const doc = new Y.Doc();
  doc.getText("notes").insert(0, "elkaar kennen ".repeat(1_000));
  const update = Y.encodeStateAsUpdate(doc);
  const before = Y.encodeStateVector(doc);
  doc.getText("notes").insert(0, "en ");
  const more = Y.encodeStateAsUpdate(doc, before);
  const clock = createManualClock();
  const room = createRoom({
    boardId: boardIdSchema.parse("boardoftests0000"),
    stored: { seq: 2, snapshot: null, updates: [update, more] },
    committer: createIdleCommitter(),
    log: createSilentLog(),
    clock,
    pace: createPace(clock, () => 0),
    onTick: () => undefined,
    limits: testSettings("/tmp").limits,
    onBroken: () => undefined,
  });
  return { room, loaded: new WeakRef(update) };
}

test("[R48] a room keeps the board in one form: what it was loaded from is let go", async () => {
  const { room, loaded } = openRoom();
  // A weak reference holds what it was asked for until the end of this turn.
  await pause(10);
  createV8Heap().collect();

  expect(loaded.deref()).toBeUndefined();
  expect(room.whole().length).toBeGreaterThan(14_000);
  room.close();
});
