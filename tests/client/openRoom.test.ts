import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import {
  Awareness,
  applyAwarenessUpdate,
  encodeAwarenessUpdate,
  removeAwarenessStates,
} from "y-protocols/awareness";
import * as Y from "yjs";
import { openRoom, type Room } from "../../client/sync/openRoom.ts";
import { forgetOthers } from "../../client/sync/othersPresence.ts";
import { type SavedState, savedStateOf } from "../../client/sync/savedState.ts";
import { boardIdSchema } from "../../shared/board/ids.ts";
import { messagePresenceWanted, messageProbe, messageSync } from "../../shared/protocol/messages.ts";
import { type FakeBrowser, installFakeBrowser } from "../support/deviceClient.ts";
import { type FakeRelay, startFakeRelay } from "../support/fakeRelay.ts";
import {
  createDataDir,
  createTestWorkshop,
  firstGroup,
  startTestServer,
  until,
} from "../support/relayServer.ts";

/* The thin edge between state machine, provider and browser, with a relay that does only what a test says. */

type Device = { readonly doc: Y.Doc; readonly room: Room; readonly shown: () => SavedState };

let browser: FakeBrowser;
const leftovers: (() => void | Promise<void>)[] = [];

beforeAll(() => {
  browser = installFakeBrowser();
});
afterAll(() => browser.remove());
afterEach(async () => {
  for (const clear of leftovers.splice(0).reverse()) await clear();
});

async function relay(): Promise<FakeRelay> {
  const started = await startFakeRelay();
  leftovers.push(started.dispose);
  return started;
}

type DeviceOptions = {
  readonly copyLoaded?: Promise<unknown>;
  readonly boardId?: string;
  readonly boardKey?: string;
};

function openDevice({ url }: Pick<FakeRelay, "url">, options: DeviceOptions = {}): Device {
  const { copyLoaded = Promise.resolve(), boardId = "abcdefghij012345", boardKey = "k".repeat(32) } = options;
  const doc = new Y.Doc();
  const room = openRoom({
    doc,
    boardId: boardIdSchema.parse(boardId),
    boardKey,
    participantToken: null,
    server: url,
    copyLoaded,
    now: Date.now,
    random: () => 0.5,
    onConnection: () => undefined,
    onWorkshopState: () => undefined,
    isStillWelcome: async () => true,
  });
  leftovers.push(() => {
    room.close();
    doc.destroy();
  });
  return { doc, room, shown: () => savedStateOf(room.connection(), true) };
}

test("[R20] what goes over the wire is counted, and what is confirmed is shown as saved", async () => {
  const alice = openDevice(await relay());
  expect(alice.shown()).toEqual({ kind: "connecting" });
  await until(() => alice.shown().kind === "saved", "the board is there");

  alice.doc.getMap("notes").set("a", 1);

  expect(alice.shown()).toEqual({ kind: "saving" });
  await until(() => alice.shown().kind === "saved", "the change is saved");
});

test("[R39] looking at the page asks the relay, and keeps the connection when it answers", async () => {
  const fake = await relay();
  const alice = openDevice(fake);
  await until(() => alice.shown().kind === "saved", "the board is there");

  browser.wake();
  const probes = () => fake.sockets[0]?.heard.filter(([type]) => type === messageProbe).length;
  await until(() => probes() === 1, "the relay was asked");
  await until(() => {
    const connection = alice.room.connection();
    return connection.kind === "open" && connection.probe === null;
  }, "the answer was heard");

  expect(fake.sockets).toHaveLength(1);
});

test("[R30] when nobody answers, the next socket is there within three seconds", async () => {
  const fake = await relay();
  const alice = openDevice(fake);
  await until(() => alice.shown().kind === "saved", "the board is there");
  fake.fallSilent();

  const start = performance.now();
  browser.wake();
  await until(() => fake.sockets.length === 2, "a new socket");

  expect(performance.now() - start).toBeLessThan(3_000);
});

test("[R36] what the relay says when it hangs up reaches the screen, and a stop is one", async () => {
  const fake = await relay();
  const alice = openDevice(fake);
  const bob = openDevice(fake);
  await until(() => [alice, bob].every(({ shown }) => shown().kind === "saved"), "both are in");
  const [first, second] = fake.sockets;

  first?.close("storeFailing");
  second?.close("tooLarge");

  await until(() => [alice, bob].some(({ shown }) => shown().kind === "closed"), "one is told to stop");
  await until(() => fake.sockets.length === 3, "the other comes back");
  const ended = [alice, bob].filter(({ shown }) => shown().kind === "closed");
  expect(ended.map(({ shown }) => shown())).toEqual([
    { kind: "closed", reason: "tooLarge", unsentChanges: 0, keptOnDevice: true },
  ]);
});

test("[R38] who shows no pointers says so before anything else, on every socket, and takes it back", async () => {
  const fake = await relay();
  const alice = openDevice(fake);
  alice.room.wantPresence({ isWanted: false });
  await until(() => alice.shown().kind === "saved", "the board is there");
  fake.sockets[0]?.close("restart");
  await until(() => fake.sockets.length === 2 && alice.shown().kind === "saved", "it is back");

  alice.room.wantPresence({ isWanted: true });
  alice.room.wantPresence({ isWanted: true });

  const wishes = () => fake.sockets[1]?.heard.filter(([type]) => type === messagePresenceWanted);
  await until(() => wishes()?.length === 2, "the wish came");
  expect(fake.sockets.map(({ heard }) => heard[0])).toEqual([
    [messagePresenceWanted, 16],
    [messagePresenceWanted, 16],
  ]);
  expect(wishes()).toEqual([
    [messagePresenceWanted, 16],
    [messagePresenceWanted, 17],
  ]);
});

test("[R38] who shows pointers says nothing: then they come", async () => {
  const fake = await relay();
  const alice = openDevice(fake);
  await until(() => alice.shown().kind === "saved", "the board is there");

  expect(fake.sockets[0]?.heard[0]).toEqual([messageSync, 0]);
});

test("[R38] who shows no pointers gets none from the relay, and all of them as soon as they are wanted", async () => {
  const dataDir = createDataDir();
  leftovers.push(dataDir.remove);
  const server = await startTestServer({ dataDir: dataDir.path });
  leftovers.push(server.stop);
  const { boardId, keys } = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));
  const board = { boardId, boardKey: keys.contribute };
  const url = server.url.replace("http", "ws");
  const alice = openDevice({ url }, board);
  const bob = openDevice({ url }, board);
  bob.room.wantPresence({ isWanted: false });
  await until(() => [alice, bob].every(({ shown }) => shown().kind === "saved"), "both are in");
  const seen = () => bob.room.awareness.getStates().get(alice.room.awareness.clientID);

  // In the second half only the board changes: presence has been quiet for a while.
  for (let x = 0; x < 20; x += 1) {
    if (x < 10) alice.room.awareness.setLocalState({ x });
    alice.doc.getMap("notes").set("x", x);
    await until(() => bob.doc.getMap("notes").get("x") === x, "Bob has the change");
  }
  expect(seen()).not.toMatchObject({ x: 9 });
  bob.room.wantPresence({ isWanted: true });

  await until(() => seen()?.x === 9, "Bob sees where Alice is");
});

test("[R38] who has seen enough with the first thing they hear of others may say so right there", async () => {
  const alice = openDevice(await relay());
  const { awareness } = alice.room;
  const bob = new Awareness(new Y.Doc());
  leftovers.push(() => bob.destroy());
  bob.setLocalState({ x: 1 });
  awareness.on("change", () => alice.room.wantPresence({ isWanted: false }));

  // Whoever listens to the same news after that still finds what it speaks of.
  applyAwarenessUpdate(awareness, encodeAwarenessUpdate(bob, [bob.clientID]), "relay");
  await Promise.resolve();

  expect(awareness.getStates().has(bob.clientID)).toBe(false);
});

test("[R23] the copy on this device is loaded first, so that only what differs travels", async () => {
  const fake = await relay();
  let finish = (): void => undefined;
  const loaded = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const alice = openDevice(fake, { copyLoaded: loaded });
  const copy = new Y.Doc();
  copy.getMap("notes").set("from the copy", 1);
  expect(alice.room.connection().kind).toBe("waiting");

  Y.applyUpdate(alice.doc, Y.encodeStateAsUpdate(copy));
  finish();
  await until(() => alice.shown().kind === "saved", "the board is there");

  // Question, answer, own presence: the copy was no change that had to be sent.
  expect(fake.sockets[0]?.heard.filter(([type, kind]) => type === messageSync && kind === 2)).toEqual([]);
});

test("[R15] others who did not move meanwhile are visible again at once after a break", () => {
  const bob = new Awareness(new Y.Doc());
  const alice = new Awareness(new Y.Doc());
  bob.setLocalState({ name: "Bob" });
  const stillHere = encodeAwarenessUpdate(bob, [bob.clientID]);
  let changes = 0;
  applyAwarenessUpdate(alice, stillHere, "relay");
  alice.on("change", () => {
    changes += 1;
  });

  removeAwarenessStates(alice, [bob.clientID], "the provider, at the break");
  applyAwarenessUpdate(alice, stillHere, "relay");
  expect(alice.getStates().has(bob.clientID)).toBe(false);
  forgetOthers(alice);
  applyAwarenessUpdate(alice, stillHere, "relay");

  expect(alice.getStates().get(bob.clientID)).toEqual({ name: "Bob" });
  expect(alice.getStates().has(alice.clientID)).toBe(true);
  forgetOthers(alice);
  expect([...alice.getStates().keys()]).toEqual([alice.clientID]);
  expect(changes).toBe(3);
  for (const awareness of [alice, bob]) awareness.destroy();
});
