import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import * as Y from "yjs";
import type { UpdateFrame } from "../../server/relay/boardContent.ts";
import type { Member } from "../../server/relay/member.ts";
import { createPace } from "../../server/relay/pace.ts";
import { createRoom, type Room } from "../../server/relay/room.ts";
import { createV8Heap } from "../../server/relay/v8Heap.ts";
import { boardIdSchema } from "../../shared/board/ids.ts";
import { createIdleCommitter } from "../support/idleCommitter.ts";
import { createManualClock, type ManualClock } from "../support/manualClock.ts";
import { testSettings } from "../support/relayServer.ts";
import { createSilentLog } from "../support/silentLog.ts";

type OpenRoom = {
  readonly room: Room;
  readonly clock: ManualClock;
  /** The long change as it came from the store. */
  readonly loaded: WeakRef<Uint8Array>;
  /** What the board has, in other bytes than it was loaded from. */
  readonly known: Uint8Array;
};

/** A room of a board whose log has a long change and a short one. */
function openRoom(): OpenRoom {
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
  return { room, clock, loaded: new WeakRef(update), known: Y.encodeStateAsUpdate(doc, before) };
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

const alice: Member = {
  role: "contribute",
  participant: null,
  wantsPresence: () => false,
  send: () => undefined,
  tell: () => undefined,
  sendWorkshopState: () => undefined,
  ask: () => undefined,
  bufferedBytes: () => 0,
  close: () => undefined,
};

test.each([
  ["a view link", (room: Room, update: UpdateFrame) => room.has(update)],
  [
    "a device that comes back",
    (room: Room, update: UpdateFrame) => room.takeUpdate(alice, update, () => undefined),
  ],
])("[R48] a board that %s woke without changing anything goes back to rest", async (_who, hand) => {
  const { room, clock, known } = openRoom();

  hand(room, { bytes: known, decoded: Y.decodeUpdate(known) });
  expect(room.isAwake()).toBe(true);
  await clock.advance(4_000);

  expect(room.isAwake()).toBe(false);
  room.close();
  expect(clock.waiting()).toBe(0);
});
