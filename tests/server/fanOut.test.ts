import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { expect, test } from "vitest";
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from "y-protocols/awareness";
import * as Y from "yjs";
import { createFanOut } from "../../server/relay/fanOut.ts";
import { decodeFrames } from "../../server/relay/frames.ts";
import type { Member } from "../../server/relay/member.ts";
import { createPace, type Pace } from "../../server/relay/pace.ts";
import { createPresenceFanOut } from "../../server/relay/presenceFanOut.ts";
import type { CloseReason } from "../../shared/protocol/closeReasons.ts";
import { messageAwareness } from "../../shared/protocol/messages.ts";
import { createManualClock, type ManualClock } from "../support/manualClock.ts";

type Fake = Member & {
  readonly sent: Uint8Array[];
  readonly closed: CloseReason[];
  /** Bytes that the network has not taken; grows with what is sent while it is stuck. */
  buffered: number;
  isStuck: boolean;
  wants: boolean;
};

function fakeMember(): Fake {
  const fake: Fake = {
    sent: [],
    closed: [],
    buffered: 0,
    isStuck: false,
    wants: true,
    role: "contribute",
    participant: null,
    send(frame) {
      fake.sent.push(frame);
      if (fake.isStuck) fake.buffered += frame.length;
    },
    tell: () => undefined,
    sendWorkshopState: () => undefined,
    wantsPresence: () => fake.wants,
    ask: () => undefined,
    bufferedBytes: () => fake.buffered,
    close: (reason) => void fake.closed.push(reason),
  };
  return fake;
}

const mostBufferedBytes = 40_000;

function setting(paceOf: (clock: ManualClock) => Pace = (clock) => createPace(clock, () => 0)) {
  const clock = createManualClock();
  const doc = new Y.Doc();
  const [alice, bob, chen] = [fakeMember(), fakeMember(), fakeMember()];
  const members = new Set<Member>([alice, bob, chen]);
  const parts = {
    members,
    clock,
    pace: paceOf(clock),
    onTick: () => undefined,
    alongside: () => undefined,
    mostBufferedBytes,
  };
  const fanOut = createFanOut({
    ...parts,
    stateVector: () => Y.encodeStateVector(doc),
    missingFrom: (has) => Y.encodeStateAsUpdate(doc, has),
  });
  /** Alice writes; the change is told to the others. */
  function write(name: string, text = ""): void {
    const before = Y.encodeStateVector(doc);
    doc.getMap("words").set(name, text);
    fanOut.tellChange(Y.encodeStateAsUpdate(doc, before), alice);
  }
  return { clock, doc, alice, bob, chen, fanOut, write, parts };
}

function awarenessFrame(update: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, messageAwareness);
  encoding.writeVarUint8Array(encoder, update);
  return encoding.toUint8Array(encoder);
}

function awarenessIn(frame: Uint8Array): Uint8Array {
  const decoder = decoding.createDecoder(frame);
  decoding.readVarUint(decoder);
  return decoding.readVarUint8Array(decoder);
}

function wordsIn(frames: readonly Uint8Array[]): string[] {
  const doc = new Y.Doc();
  for (const frame of frames) {
    const decoder = decoding.createDecoder(frame);
    decoding.readVarUint(decoder);
    decoding.readVarUint(decoder);
    Y.applyUpdate(doc, decoding.readVarUint8Array(decoder));
  }
  return [...doc.getMap("words").keys()].sort();
}

test("[R40] the first change in a quiet room goes out at once; what follows goes out together, once for everybody", async () => {
  const { clock, alice, bob, chen, write } = setting();

  write("respect");
  expect(bob.sent).toHaveLength(1);
  for (const name of ["trust", "time", "place"]) write(name);
  expect(bob.sent).toHaveLength(1);
  await clock.advance(16);

  expect(bob.sent).toHaveLength(2);
  expect(wordsIn(bob.sent)).toEqual(["place", "respect", "time", "trust"]);
  expect(bob.sent[1]).toBe(chen.sent[1]);
  expect(alice.sent).toEqual([]);
});

test("[R40] on a busy server a change that follows on pointers waits for its tick; elsewhere it goes out at once", async () => {
  const calm = setting();
  const busy = setting((clock) => ({ ...createPace(clock, () => 0), isStrained: () => true }));
  for (const { clock, fanOut, write } of [calm, busy]) {
    fanOut.goAlong();
    await clock.advance(5);
    write("respect");
  }

  expect([calm.bob.sent.length, busy.bob.sent.length]).toEqual([1, 0]);
  await busy.clock.advance(11);
  expect(wordsIn(busy.bob.sent)).toEqual(["respect"]);
});

test("[R41] who does not read gets what it lacks in one answer when it reads on, and nobody else waits", async () => {
  const { clock, bob, chen, write } = setting();
  bob.isStuck = true;
  write("first", "x".repeat(15_000));
  await clock.advance(20);
  for (const name of ["second", "third"]) {
    write(name);
    await clock.advance(20);
  }
  expect([bob.sent.length, chen.sent.length]).toEqual([1, 3]);

  bob.isStuck = false;
  bob.buffered = 0;
  await clock.advance(300);

  expect(bob.sent).toHaveLength(2);
  expect(wordsIn(bob.sent)).toEqual(["first", "second", "third"]);
  expect((bob.sent[1] ?? []).length).toBeLessThan(200);
  write("fourth");
  expect(wordsIn(bob.sent)).toContain("fourth");
});

test("[R41] who is owed too much, or takes nothing for ten seconds, is cut; who reads slowly is not", async () => {
  const owed = setting();
  owed.bob.isStuck = true;
  for (let round = 0; round < 5; round += 1) {
    owed.write(`word${round}`, "x".repeat(12_000));
    await owed.clock.advance(20);
  }
  const stuck = setting();
  stuck.bob.isStuck = true;
  stuck.chen.isStuck = true;
  stuck.write("first", "x".repeat(15_000));
  await stuck.clock.advance(20);
  stuck.write("second");
  for (let second = 0; second < 11; second += 1) {
    stuck.chen.buffered -= 100;
    await stuck.clock.advance(1_000);
  }

  expect([owed.bob.closed, owed.chen.closed]).toEqual([["tooSlow"], []]);
  expect(owed.bob.sent.length).toBeLessThan(3);
  expect([stuck.bob.closed, stuck.chen.closed]).toEqual([["tooSlow"], []]);
});

test("[R42] presence goes to who wants it, unchanged states are not sent again, and never to who is behind", async () => {
  const { clock, alice, bob, chen, parts } = setting();
  const presence = createPresenceFanOut({ ...parts, maxPresenceBytes: 4_096 });
  chen.wants = false;
  const at = (x: number, clock: number) => [{ clientId: 7, clock, json: JSON.stringify({ x }) }];

  presence.hear(alice, at(1, 1));
  await clock.advance(60);
  const first = bob.sent.length;
  presence.hear(alice, at(1, 2));
  await clock.advance(60);
  const unchanged = bob.sent.length;
  presence.hear(alice, at(2, 3));
  await clock.advance(60);
  const moved = bob.sent.length;
  bob.buffered = mostBufferedBytes / 2;
  presence.hear(alice, at(3, 4));
  await clock.advance(60);

  expect([first, unchanged, moved, bob.sent.length]).toEqual([1, 1, 2, 2]);
  expect(chen.sent).toEqual([]);
  expect(bob.sent.every((frame) => frame[0] === messageAwareness)).toBe(true);
  chen.wants = true;
  presence.tellAll(chen);
  await clock.advance(60);
  expect(chen.sent).toHaveLength(1);
});

test("[R42] whose clock has to be raised goes on from there, once, and keeps what they show now", async () => {
  const { clock, alice, bob, parts } = setting();
  const presence = createPresenceFanOut({ ...parts, maxPresenceBytes: 4_096 });
  const page = new Awareness(new Y.Doc());
  const say = () => {
    const update = encodeAwarenessUpdate(page, [page.clientID]);
    const frames = decodeFrames(awarenessFrame(update));
    if (!frames.ok) throw new Error(frames.error);
    for (const frame of frames.value) if (frame.kind === "presence") presence.hear(alice, frame.entries);
  };
  page.on("update", say);

  page.setLocalState({ x: 1 });
  await clock.advance(60);
  // What the relay answers is on its way while the page moves on; then it arrives, a message at a time.
  page.setLocalState({ x: 2 });
  await clock.advance(60);
  const shows: unknown[] = [];
  for (let rest = 10; rest > 0; rest -= 1) {
    const [frame] = alice.sent.splice(0, 1);
    if (frame === undefined) break;
    applyAwarenessUpdate(page, awarenessIn(frame), "relay");
    shows.push(page.getLocalState());
    await clock.advance(60);
  }
  const answers = alice.sent.length;
  page.setLocalState({ x: 3 });
  await clock.advance(60);

  const seen = new Awareness(new Y.Doc());
  for (const frame of bob.sent) applyAwarenessUpdate(seen, awarenessIn(frame), "relay");
  expect(new Set(shows.map((state) => JSON.stringify(state)))).toEqual(new Set(['{"x":2}']));
  expect([answers, alice.sent.length]).toEqual([0, 0]);
  expect(seen.getStates().get(page.clientID)).toEqual({ x: 3 });
  page.destroy();
  seen.destroy();
});

test("[R42] a tool that keeps its own clock costs one message more in two seconds, not one in every tick", async () => {
  const { clock, alice, bob, parts } = setting();
  const presence = createPresenceFanOut({ ...parts, maxPresenceBytes: 4_096 });

  for (let step = 1; step <= 40; step += 1) {
    presence.hear(alice, [{ clientId: 7, clock: step, json: JSON.stringify({ x: step }) }]);
    await clock.advance(50);
  }

  expect(bob.sent.length).toBeGreaterThan(30);
  expect(alice.sent).toHaveLength(1);
});

test("[R34] who has not asked yet is told no change that builds on what the answer brings", async () => {
  const { clock, bob, chen, fanOut, write } = setting();
  fanOut.expect(bob);

  write("respect");
  await clock.advance(20);
  const before = bob.sent.length;
  fanOut.answer(bob, Uint8Array.of(0));
  write("trust");
  await clock.advance(20);
  fanOut.expect(chen);
  await clock.advance(4_000);
  write("time");

  expect(before).toBe(0);
  expect(wordsIn(bob.sent)).toEqual(["respect", "time", "trust"]);
  // Who never asks only listens.
  expect(wordsIn(chen.sent)).toContain("time");
});

test("[R42] pointers that are due soon go out with a change, and a change that waits goes out with pointers", async () => {
  const { clock, alice, bob, doc, parts } = setting();
  const changes = createFanOut({
    ...parts,
    stateVector: () => Y.encodeStateVector(doc),
    missingFrom: (has) => Y.encodeStateAsUpdate(doc, has),
    alongside: () => presence.goAlong(),
  });
  const presence = createPresenceFanOut({
    ...parts,
    maxPresenceBytes: 4_096,
    alongside: changes.goAlong,
  });
  const write = (name: string) => {
    const before = Y.encodeStateVector(doc);
    doc.getMap("words").set(name, 1);
    changes.tellChange(Y.encodeStateAsUpdate(doc, before), alice);
  };
  const move = (x: number) => presence.hear(alice, [{ clientId: 7, clock: x, json: JSON.stringify({ x }) }]);
  const kinds = () =>
    bob.sent.splice(0).map((frame) => (frame[0] === messageAwareness ? "presence" : "change"));

  move(1);
  expect(kinds()).toEqual(["presence"]);
  await clock.advance(20);
  move(2);
  write("respect");
  // Too soon for pointers.
  expect(kinds()).toEqual(["change"]);
  await clock.advance(17);
  write("trust");
  expect(kinds()).toEqual(["change", "presence"]);
  await clock.advance(5);
  move(3);
  write("time");
  expect(kinds()).toEqual([]);
  await clock.advance(46);
  expect(kinds()).toEqual(["change", "presence"]);
});
