import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { workshopStateSchema } from "../../shared/workshop/workshop.ts";
import { openRawClient, type RawClient, syncFrame } from "../support/rawClient.ts";
import {
  bearer,
  createDataDir,
  createTestWorkshop,
  firstGroup,
  postJson,
  startTestServer,
  type TestServer,
  until,
} from "../support/relayServer.ts";
import { upgradeStatus } from "../support/upgradeStatus.ts";

let dataDir: ReturnType<typeof createDataDir>;
let server: TestServer;
let cleanUps: (() => void)[] = [];

beforeEach(async () => {
  dataDir = createDataDir();
  server = await startTestServer({ dataDir: dataDir.path });
});

afterEach(async () => {
  for (const cleanUp of cleanUps) cleanUp();
  cleanUps = [];
  await server.stop();
  dataDir.remove();
});

function joinStock(
  boardId: string,
  key: string,
  doc = new Y.Doc(),
): { doc: Y.Doc; provider: WebsocketProvider } {
  const provider = new WebsocketProvider(server.socketUrl, boardId, doc, {
    protocols: ["y-websocket", `key.${key}`],
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
  });
  cleanUps.push(() => provider.destroy());
  return { doc, provider };
}

function joinRaw(boardId: string, key: string, doc?: Y.Doc): RawClient {
  const client = openRawClient({
    socketUrl: server.socketUrl,
    boardId,
    key,
    ...(doc === undefined ? {} : { doc }),
  });
  cleanUps.push(() => client.socket.terminate());
  return client;
}

const upgrade = (
  boardId: string,
  offered: readonly string[],
  headers: Readonly<Record<string, string>> = {},
) => upgradeStatus(`${server.url}/rooms/${boardId}`, offered, headers);
const say = (doc: Y.Doc, word: string) => doc.getMap("words").set(word, true);
const hears = (doc: Y.Doc, word: string) => doc.getMap("words").has(word);

describe("joining", () => {
  test("[R10] stock clients of one board see each other's changes, and nothing of another board", async () => {
    const created = await createTestWorkshop(server.url, ["Groep 1", "Groep 2"]);
    const [one, two] = created.groups;
    if (one === undefined || two === undefined) throw new Error("two groups expected");
    const alice = joinStock(one.boardId, one.keys.contribute);
    const bob = joinStock(one.boardId, one.keys.contribute);
    const chen = joinStock(two.boardId, two.keys.contribute);
    await until(() => [alice, bob, chen].every(({ provider }) => provider.synced), "all are synced");

    say(alice.doc, "respect");
    say(chen.doc, "trust");
    await until(() => hears(bob.doc, "respect"), "Bob hears Alice");
    say(bob.doc, "courage");
    await until(() => hears(alice.doc, "courage"), "Alice hears Bob");
    const late = joinStock(two.boardId, two.keys.contribute);
    await until(() => hears(late.doc, "trust"), "a late joiner hears Chen");

    expect(hears(bob.doc, "trust")).toBe(false);
    expect(hears(late.doc, "respect")).toBe(false);
    expect(alice.provider.ws?.protocol).toBe("y-websocket");
  });

  test("[J1] a key of another board and an unknown board answer alike, before any upgrade", async () => {
    const created = await createTestWorkshop(server.url, ["Groep 1", "Groep 2"]);
    const [one, two] = created.groups;
    if (one === undefined || two === undefined) throw new Error("two groups expected");

    const wrongKey = await upgrade(one.boardId, ["y-websocket", `key.${two.keys.contribute}`]);
    const guessedKey = await upgrade(one.boardId, ["y-websocket", `key.${"x".repeat(32)}`]);
    const unknownBoard = await upgrade("0000000000000000", ["y-websocket", `key.${one.keys.contribute}`]);
    const noKey = await upgrade(one.boardId, ["y-websocket"]);
    const prototype = await upgrade("__proto__", ["y-websocket", `key.${one.keys.contribute}`]);

    expect([wrongKey, guessedKey, unknownBoard, noKey, prototype]).toEqual([404, 404, 404, 404, 404]);
    expect(server.context.relay.counts().rooms).toBe(0);
  });

  test("[R16] a client that offers neither subprotocol is refused with 400", async () => {
    const group = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));

    expect(await upgrade(group.boardId, [`key.${group.keys.contribute}`])).toBe(400);
  });

  test("[J2] only pages of this server may open a socket", async () => {
    const group = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));
    const own = `127.0.0.1:${server.port}`;
    const offered = ["y-websocket", `key.${group.keys.contribute}`];
    const answers = new Map<string, number>();
    for (const origin of [
      "null",
      "https://evil.example",
      `http://${own}.evil.example`,
      `http://127.0.0.1:${server.port + 1}`,
      `http://${own}`,
    ]) {
      answers.set(origin, await upgrade(group.boardId, offered, { origin }));
    }

    expect(answers.get(`http://${own}`)).toBe(101);
    expect([...answers.values()].slice(0, 4)).toEqual([403, 403, 403, 403]);
  });

  test("[R17] our clients get the workshop state on joining and whenever somebody joins; it names who is here", async () => {
    const group = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));
    const alice = joinRaw(group.boardId, group.keys.contribute);
    await until(() => alice.states.length > 0, "Alice got a first state");

    await postJson(
      `${server.url}/api/boards/${group.boardId}/participants`,
      { name: "Bob", voice: "formal" },
      bearer(group.keys.contribute),
    );
    const latest = () => workshopStateSchema.parse(JSON.parse(alice.states.at(-1) ?? "null"));
    await until(() => latest().participants.length === 1, "the state names Bob");
    await until(() => latest().present[0]?.connections === 1, "the state counts this device");

    expect(latest().participants[0]?.name).toBe("Bob");
  });
});

describe("saving", () => {
  test("[R5] a stop says goodbye with 1012, and what had arrived by then is there after it", async () => {
    const group = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));
    const alice = joinRaw(group.boardId, group.keys.contribute);
    const bob = joinStock(group.boardId, group.keys.contribute);
    const codes: (number | undefined)[] = [];
    bob.provider.on("connection-close", (event) => codes.push(event?.code));
    await until(() => alice.isSynced() && bob.provider.synced, "both are in");
    for (let index = 0; index < 50; index += 1) say(alice.doc, `word ${index}`);
    alice.doc.getMap("words").delete("word 7");
    // Bob hears it before it is saved: stopping now must write it first.
    await until(() => bob.doc.getMap("words").size === 49, "Bob hears everything");

    await server.stop();
    await until(() => alice.closeCode() !== null && codes.length > 0, "both are told");
    server = await startTestServer({ dataDir: dataDir.path });
    const chen = joinRaw(group.boardId, group.keys.contribute);
    await until(chen.isSynced, "Chen is in");

    expect([alice.closeCode(), codes[0]]).toEqual([1012, 1012]);
    expect(chen.doc.getMap("words").toJSON()).toEqual(alice.doc.getMap("words").toJSON());
  });

  test("[R8] a frame that changes nothing is counted as saved too", async () => {
    const group = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));
    const alice = joinRaw(group.boardId, group.keys.contribute);
    await until(alice.isSaved, "the first answer is saved");
    say(alice.doc, "respect");
    alice.sendUpdate(Y.encodeStateAsUpdate(alice.doc));

    await until(() => alice.saved() === 3, "all three frames are saved");
  });

  test("[R7] an update that builds on something unknown is refused, and the sender starts over", async () => {
    const group = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));
    const alice = joinRaw(group.boardId, group.keys.contribute);
    await until(alice.isSaved, "the first answer is saved");
    const elsewhere = new Y.Doc();
    say(elsewhere, "lost on the way");
    const before = Y.encodeStateVector(elsewhere);
    say(elsewhere, "arrives");
    const gap = Y.encodeStateAsUpdate(elsewhere, before);
    const heardBefore = alice.stateVectorsHeard();

    // Alice has both changes, but only the second one is sent.
    Y.applyUpdate(alice.doc, Y.encodeStateAsUpdate(elsewhere), alice.socket);
    alice.sendUpdate(gap);
    await until(() => alice.stateVectorsHeard() > heardBefore, "the server asks for everything");
    await until(alice.isSaved, "all is saved after all");
    const bob = joinRaw(group.boardId, group.keys.contribute);
    await until(bob.isSynced, "Bob is synced");

    expect(Object.keys(bob.doc.getMap("words").toJSON()).sort()).toEqual(["arrives", "lost on the way"]);
    expect([bob.doc.store.pendingStructs, bob.doc.store.pendingDs]).toEqual([null, null]);
  });

  test("[R7] an update with a gap leaves nothing behind, also when its sender stays silent", async () => {
    const group = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));
    const source = new Y.Doc();
    say(source, "lost on the way");
    const before = Y.encodeStateVector(source);
    say(source, "arrives");
    const hostile = joinRaw(group.boardId, group.keys.contribute);
    await until(hostile.isSaved, "it is in");
    const heardBefore = hostile.stateVectorsHeard();

    hostile.sendUpdate(Y.encodeStateAsUpdate(source, before));
    await until(() => hostile.stateVectorsHeard() > heardBefore, "the server asks for everything");
    const late = joinStock(group.boardId, group.keys.contribute);
    await until(() => late.provider.synced, "a late joiner is in");

    expect(late.doc.getMap("words").size).toBe(0);
    expect([late.doc.store.pendingStructs, late.doc.store.pendingDs]).toEqual([null, null]);
  });

  test("[R12] a board with more old deletions than one update may make is still open to everybody", async () => {
    const group = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));
    const alice = joinRaw(group.boardId, group.keys.contribute);
    await until(alice.isSaved, "the first answer is saved");
    // Every other character goes, so that the ranges cannot be merged.
    const text = alice.doc.getText("long");
    for (let round = 0; round < 4; round += 1) {
      alice.doc.transact(() => text.insert(text.length, "ab".repeat(1500)));
      const start = text.length - 3000;
      alice.doc.transact(() => {
        for (let index = 0; index < 1500; index += 1) text.delete(start + index, 1);
      });
    }
    await until(alice.isSaved, "all deletions are saved");

    const bob = joinRaw(group.boardId, group.keys.contribute);
    await until(() => bob.isSynced() && bob.isSaved(), "Bob is in");
    const again = joinRaw(group.boardId, group.keys.contribute, bob.doc);
    await until(() => again.isSynced() && again.isSaved(), "Bob is back with all deletions");

    expect(bob.closeCode()).toBeNull();
    expect(again.closeCode()).toBeNull();
    expect(again.doc.getText("long").length).toBe(6000);
  });
});

describe("view links", () => {
  test("[J3] a view link changes nothing and is told so; the connection stays", async () => {
    const group = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));
    const alice = joinRaw(group.boardId, group.keys.contribute);
    const viewer = joinRaw(group.boardId, group.keys.view);
    const stock = joinStock(group.boardId, group.keys.view);
    await until(() => alice.isSaved() && viewer.isSaved() && stock.provider.synced, "all are in");

    say(viewer.doc, "smuggled");
    say(stock.doc, "smuggled");
    viewer.sendPresence([{ clientId: 7, clock: 1, json: '{"a":1}' }]);
    await until(() => viewer.told.some(({ kind }) => kind === "refused"), "the viewer is told");
    say(alice.doc, "respect");
    await until(() => hears(viewer.doc, "respect") && hears(stock.doc, "respect"), "viewers still listen");

    expect(viewer.told.find(({ kind }) => kind === "refused")).toMatchObject({
      count: 2,
      reason: "viewLink",
    });
    expect(hears(alice.doc, "smuggled")).toBe(false);
    expect(alice.presence).toEqual([]);
  });

  test("[J3] a view link that comes back to a board with deletions is not accused of changing it", async () => {
    const group = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));
    const alice = joinRaw(group.boardId, group.keys.contribute);
    await until(alice.isSaved, "Alice is in");
    say(alice.doc, "trust");
    alice.doc.getMap("words").delete("trust");
    const viewer = joinRaw(group.boardId, group.keys.view);
    await until(() => alice.isSaved() && viewer.isSynced(), "the viewer has seen it");

    const again = joinRaw(group.boardId, group.keys.view, viewer.doc);
    await until(again.isSaved, "its answer counts as saved");

    expect(again.told.filter(({ kind }) => kind === "refused")).toEqual([]);
  });
});

describe("bad input", () => {
  test("[R9] what does not decode closes that connection alone, with its own code", async () => {
    const group = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));
    const honest = joinRaw(group.boardId, group.keys.contribute);
    await until(honest.isSaved, "the honest client is in");
    const frames: readonly (readonly [string, string | Uint8Array, number])[] = [
      ["a text frame", "hello", 1003],
      ["an empty frame", new Uint8Array(), 4400],
      ["a truncated sync frame", new Uint8Array([0, 2, 40, 1, 2]), 4400],
      ["a huge declared length", new Uint8Array([0, 2, 255, 255, 255, 255, 127, 1]), 4400],
      ["a truncated state vector", new Uint8Array([0, 0, 5, 1]), 4400],
      ["an unknown type", new Uint8Array([99, 1, 2]), 4400],
      ["an endless number", new Uint8Array(40).fill(255), 4400],
      ["an update that is none", syncFrame(2, new Uint8Array([1, 1, 7, 7, 7, 7])), 4400],
      ["an update of endless numbers", syncFrame(2, new Uint8Array(4).fill(255)), 4400],
      ["presence of an endless length", new Uint8Array([1, ...new Uint8Array(7).fill(255)]), 4400],
      ["presence that ends early", new Uint8Array([1, 3, 9, 1, 1]), 4400],
      ["a frame that is too large", new Uint8Array(1_000_001), 1009],
    ];
    for (const [name, frame, code] of frames) {
      const hostile = joinRaw(group.boardId, group.keys.contribute);
      await until(hostile.isSynced, `the sender of ${name} is in`);
      hostile.socket.send(frame);
      await until(() => hostile.closeCode() !== null, `${name} closes its connection`);
      expect([name, hostile.closeCode()]).toEqual([name, code]);
    }

    const late = joinRaw(group.boardId, group.keys.contribute);
    await until(late.isSynced, "a late joiner is in");
    say(honest.doc, "respect");
    await until(() => hears(late.doc, "respect"), "the room still works");
    expect(honest.closeCode()).toBeNull();
  });

  test("[R9] a declared length that reaches beyond its frame closes the connection and shows nothing to others", async () => {
    const group = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));
    const alice = joinRaw(group.boardId, group.keys.contribute);
    const hostile = joinRaw(group.boardId, group.keys.contribute);
    await until(() => alice.isSaved() && hostile.isSaved(), "both are in");
    for (let index = 0; index < 20; index += 1) say(alice.doc, `secret ${index}`);

    // One presence entry whose JSON claims 100 bytes more than the frame has.
    hostile.send(new Uint8Array([1, 105, 1, 9, 1, 101, 34]));
    await until(() => hostile.closeCode() !== null, "it is closed");

    expect(hostile.closeCode()).toBe(4400);
    expect(alice.presence).toEqual([]);
  });

  test("[R11] who sends faster than allowed is closed, and may come back", async () => {
    await server.stop();
    server = await startTestServer({
      dataDir: dataDir.path,
      environment: { LIMIT_FRAMES_BURST: "20", LIMIT_FRAMES_PER_SECOND: "1" },
    });
    const group = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));
    const flood = joinRaw(group.boardId, group.keys.contribute);
    await until(flood.isSynced, "it is in");
    for (let index = 0; index < 40; index += 1) flood.send(new Uint8Array([3]));

    await until(() => flood.closeCode() === 1013, "it is closed with 1013");
  });
});

describe("presence", () => {
  test("[R13] nobody changes or removes somebody else's state; it goes when its owner goes", async () => {
    const group = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));
    const alice = joinRaw(group.boardId, group.keys.contribute);
    const bob = joinRaw(group.boardId, group.keys.contribute);
    const chen = joinRaw(group.boardId, group.keys.contribute);
    await until(() => [alice, bob, chen].every((client) => client.isSaved()), "all are in");
    const seen = (id: number) =>
      bob.presence.filter(({ clientId }) => clientId === id).map(({ json }) => json);

    alice.sendPresence([{ clientId: 1, clock: 1, json: '{"at":"alice"}' }]);
    await until(() => seen(1).length === 1, "Bob sees Alice");
    chen.sendPresence([{ clientId: 1, clock: 99, json: '{"at":"spoofed"}' }]);
    chen.sendPresence([{ clientId: 1, clock: 100, json: "null" }]);
    chen.sendPresence([{ clientId: 3, clock: 1, json: '{"at":"chen"}' }]);
    await until(() => seen(3).length === 1, "Bob sees Chen");
    expect(seen(1)).toEqual(['{"at":"alice"}']);

    alice.close();
    await until(() => seen(1).at(-1) === "null", "Alice is gone for Bob", 1_000);
  });

  test("[R14] states that are too large or too deep are not handed on", async () => {
    const group = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));
    const alice = joinRaw(group.boardId, group.keys.contribute);
    const bob = joinRaw(group.boardId, group.keys.contribute);
    await until(() => alice.isSaved() && bob.isSaved(), "both are in");

    alice.sendPresence([{ clientId: 1, clock: 1, json: JSON.stringify({ a: "x".repeat(5_000) }) }]);
    alice.sendPresence([{ clientId: 1, clock: 2, json: `${"[".repeat(2000)}${"]".repeat(2000)}` }]);
    alice.sendPresence([{ clientId: 1, clock: 3, json: '{"ok":true}' }]);
    await until(() => bob.presence.length > 0, "Bob sees the good one");

    expect(bob.presence.map(({ json }) => json)).toEqual(['{"ok":true}']);
  });

  test("[R15] who comes back with the same client id is visible again at once", async () => {
    const group = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));
    const alice = joinStock(group.boardId, group.keys.contribute);
    const bob = joinStock(group.boardId, group.keys.contribute);
    alice.provider.awareness.setLocalStateField("name", "Alice");
    const id = alice.doc.clientID;
    await until(() => bob.provider.awareness.getStates().has(id), "Bob sees Alice");

    alice.provider.disconnect();
    await until(() => !bob.provider.awareness.getStates().has(id), "Alice is gone");
    // The provider takes its own state away when told to leave; after a broken network it would still have it.
    alice.provider.awareness.setLocalState({ name: "Alice" });
    alice.provider.connect();

    await until(() => bob.provider.awareness.getStates().has(id), "Bob sees Alice again", 2_000);
  });
});
