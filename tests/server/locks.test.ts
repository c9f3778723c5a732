import * as decoding from "lib0/decoding";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import type { Store } from "../../server/store/store.ts";
import { messageAuth } from "../../shared/protocol/messages.ts";
import {
  boardAnswerSchema,
  boardChangedSchema,
  problemSchema,
  problemUri,
  type WorkshopCreated,
} from "../../shared/workshop/api.ts";
import { workshopStateSchema } from "../../shared/workshop/workshop.ts";
import { openRawClient, type RawClient } from "../support/rawClient.ts";
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

type Group = WorkshopCreated["groups"][number];

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

function patchBoard(boardId: string, key: string | null, body: unknown): Promise<Response> {
  return fetch(`${server.url}/api/boards/${boardId}`, {
    method: "PATCH",
    headers: { "content-type": "application/json", ...(key === null ? {} : bearer(key)) },
    body: JSON.stringify(body),
  });
}

/** Frida locks or unlocks; from the answer on it is in force. */
async function setLocked(created: WorkshopCreated, group: Group, isLocked: boolean): Promise<void> {
  const response = await patchBoard(group.boardId, created.keys.facilitate, { locked: isLocked });
  if (response.status !== 200) throw new Error(`lock refused: ${response.status}`);
}

function join(group: Group, key: string, doc?: Y.Doc): RawClient {
  const client = openRawClient({
    socketUrl: server.socketUrl,
    boardId: group.boardId,
    key,
    ...(doc === undefined ? {} : { doc }),
  });
  cleanUps.push(() => client.socket.terminate());
  return client;
}

/** A stock client, and the reasons for which it was told that it may not. */
function joinStock(group: Group, key: string) {
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(server.socketUrl, group.boardId, doc, {
    protocols: ["y-websocket", `key.${key}`],
    // The type of `ws` differs from the browser's in what tests do not use.
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
  });
  const denials: string[] = [];
  provider.messageHandlers[messageAuth] = (_encoder, decoder) => {
    decoding.readVarUint(decoder);
    denials.push(decoding.readVarString(decoder));
  };
  cleanUps.push(() => provider.destroy());
  return { doc, provider, denials };
}

const say = (doc: Y.Doc, word: string) => doc.getMap("words").set(word, true);
const wordsOf = (doc: Y.Doc) => [...doc.getMap("words").keys()].sort();
const refusalsOf = (client: RawClient) => client.told.filter((message) => message.kind === "refused");

/** What the board holds, as somebody sees it who comes in now. */
async function wordsOnBoard(group: Group): Promise<string[]> {
  const onlooker = join(group, group.keys.view);
  await until(onlooker.isSynced, "an onlooker is in");
  onlooker.close();
  return wordsOf(onlooker.doc);
}

describe("who may", () => {
  test("[J16] only the facilitator locks a board; who has another key or none changes nothing", async () => {
    const created = await createTestWorkshop(server.url, ["Groep 1", "Groep 2"]);
    const elsewhere = await createTestWorkshop(server.url, ["Groep 1"]);
    const [one, two] = created.groups;
    if (one === undefined || two === undefined) throw new Error("two groups expected");
    const body = { locked: true };
    const facts = async () =>
      boardAnswerSchema.parse(
        await (
          await fetch(`${server.url}/api/boards/${one.boardId}`, { headers: bearer(one.keys.view) })
        ).json(),
      );

    const forbidden = await Promise.all([
      patchBoard(one.boardId, one.keys.contribute, body),
      patchBoard(one.boardId, one.keys.view, body),
    ]);
    const unknown = await Promise.all([
      patchBoard(one.boardId, two.keys.contribute, body),
      patchBoard(one.boardId, elsewhere.keys.facilitate, body),
      patchBoard(one.boardId, "x".repeat(32), body),
      patchBoard(one.boardId, null, body),
      patchBoard("0000000000000000", created.keys.facilitate, body),
      patchBoard("__proto__", created.keys.facilitate, body),
    ]);

    expect(forbidden.map(({ status }) => status)).toEqual([403, 403]);
    expect(problemSchema.parse(await forbidden[0]?.json()).type).toBe(problemUri("forbidden"));
    expect(unknown.map(({ status }) => status)).toEqual(unknown.map(() => 404));
    expect(new Set(await Promise.all(unknown.map((answer) => answer.text()))).size).toBe(1);
    expect((await facts()).groups.map(({ locked }) => locked)).toEqual([false, false]);

    const locked = await patchBoard(one.boardId, created.keys.facilitate, body);
    expect(locked.status).toBe(200);
    const { keys, ...known } = one;
    expect(boardChangedSchema.parse(await locked.json())).toEqual({ ...known, locked: true });
    expect((await facts()).groups.map((group) => [group.boardId, group.locked])).toEqual([
      [one.boardId, true],
      [two.boardId, false],
    ]);
  });

  test("[J16] what is no wish to lock or unlock is refused, and changes nothing", async () => {
    const created = await createTestWorkshop(server.url, ["Groep 1"]);
    const group = firstGroup(created);
    await setLocked(created, group, true);

    const statuses: number[] = [];
    for (const body of [{}, { locked: "no" }, { locked: null }, { locked: 0 }, [], null, "false"]) {
      const answer = await patchBoard(group.boardId, created.keys.facilitate, body);
      statuses.push(answer.status);
    }

    expect(statuses).toEqual(statuses.map(() => 400));
    const again = await patchBoard(group.boardId, created.keys.facilitate, { locked: true, name: "x" });
    expect(boardChangedSchema.parse(await again.json())).toMatchObject({ locked: true, name: "Groep 1" });
  });

  test("[J16] every screen of the workshop hears of it, also those of other groups", async () => {
    const created = await createTestWorkshop(server.url, ["Groep 1", "Groep 2"]);
    const [one, two] = created.groups;
    if (one === undefined || two === undefined) throw new Error("two groups expected");
    const screens = [
      join(one, one.keys.contribute),
      join(one, one.keys.view),
      join(two, two.keys.contribute),
    ];
    const isLockedOn = (screen: RawClient) =>
      workshopStateSchema
        .parse(JSON.parse(screen.states.at(-1) ?? "null"))
        .groups.find(({ boardId }) => boardId === one.boardId)?.locked;
    await until(() => screens.every((screen) => screen.states.length > 0), "all have a first state");
    expect(screens.map(isLockedOn)).toEqual([false, false, false]);

    await setLocked(created, one, true);
    await until(() => screens.every((screen) => isLockedOn(screen) === true), "all hear that it is locked");
    await setLocked(created, one, false);

    await until(() => screens.every((screen) => isLockedOn(screen) === false), "all hear that it is open");
  });

  test("[J16] a lock that cannot be kept is not in force, and says so", async () => {
    await server.stop();
    let isRefusing = false;
    const wrapStore = (store: Store): Store => ({
      ...store,
      setLocked: (id, isLocked) =>
        isRefusing ? Promise.reject(new Error("the disk is full")) : store.setLocked(id, isLocked),
    });
    server = await startTestServer({ dataDir: dataDir.path, wrapStore });
    const created = await createTestWorkshop(server.url, ["Groep 1"]);
    const group = firstGroup(created);
    const alice = join(group, group.keys.contribute);
    await until(alice.isSaved, "Alice is in");

    isRefusing = true;
    const refused = await patchBoard(group.boardId, created.keys.facilitate, { locked: true });
    say(alice.doc, "respect");
    await until(alice.isSaved, "her word is saved");

    expect(refused.status).toBe(500);
    expect(refusalsOf(alice)).toEqual([]);
    isRefusing = false;
    await setLocked(created, group, true);
    say(alice.doc, "too late");
    await until(() => refusalsOf(alice).length === 1, "she is told");
  });
});

describe("a locked board", () => {
  test("[J17] it takes nothing from anybody, says so, and keeps everybody connected", async () => {
    const created = await createTestWorkshop(server.url, ["Groep 1", "Groep 2"]);
    const [group, other] = created.groups;
    if (group === undefined || other === undefined) throw new Error("two groups expected");
    const alice = join(group, group.keys.contribute);
    const frida = join(group, created.keys.facilitate);
    const stock = joinStock(group, group.keys.contribute);
    const chen = join(other, other.keys.contribute);
    await until(() => [alice, frida, chen].every((client) => client.isSaved()), "all of ours are in");
    await until(() => stock.provider.synced, "the stock client is in");
    say(alice.doc, "respect");
    await until(() => alice.isSaved() && wordsOf(stock.doc).length === 1, "the first word is on the board");
    const before = alice.sent();

    await setLocked(created, group, true);
    say(alice.doc, "smuggled by Alice");
    alice.doc.getMap("words").delete("respect");
    say(frida.doc, "smuggled by Frida");
    say(stock.doc, "smuggled by a stock client");
    say(chen.doc, "elsewhere");
    await until(() => refusalsOf(alice).length === 2, "Alice is told, twice");
    await until(() => refusalsOf(frida).length === 1, "Frida is told");
    await until(() => stock.denials.length === 1, "the stock client is told");
    await until(chen.isSaved, "the other board goes on");

    expect(refusalsOf(alice)).toEqual([
      { kind: "refused", count: before + 1, reason: "closed" },
      { kind: "refused", count: before + 2, reason: "closed" },
    ]);
    expect(stock.denials).toEqual(["closed"]);
    expect(await wordsOnBoard(group)).toEqual(["respect"]);
    expect(wordsOf(frida.doc)).toEqual(["respect", "smuggled by Frida"]);
    expect([alice.closeCode(), frida.closeCode(), stock.provider.wsconnected]).toEqual([null, null, true]);
    // Pointing at a note is no change of the board.
    alice.sendPresence([{ clientId: alice.doc.clientID, clock: 1, json: '{"pointer":null}' }]);
    await until(() => frida.presence.length > 0, "Frida still sees where Alice is");
  });

  test("[J17] a lock that comes while people write cuts clean: what was taken is saved, all after it is refused", async () => {
    const created = await createTestWorkshop(server.url, ["Groep 1"]);
    const group = firstGroup(created);
    const alice = join(group, group.keys.contribute);
    const bob = join(group, group.keys.contribute);
    await until(() => alice.isSaved() && bob.isSaved(), "both are in");
    const first = alice.sent();
    const count = 240;

    // Alice writes on without a pause: some of it arrives before the lock, some after.
    let answer: Promise<void> | null = null;
    for (let index = 0; index < count; index += 1) {
      say(alice.doc, `word ${String(index).padStart(3, "0")}`);
      if (index === 80) answer = setLocked(created, group, true);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await answer;
    const settled = () => alice.saved() - first + refusalsOf(alice).length;
    await until(() => settled() === count, "every frame is saved or refused");

    const refused = refusalsOf(alice).map((message) => (message.kind === "refused" ? message.count : 0));
    expect(refused).toEqual(refused.map((_, index) => alice.sent() - refused.length + 1 + index));
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(count);
    const taken = wordsOf(alice.doc).slice(0, count - refused.length);
    await until(() => wordsOf(bob.doc).length >= taken.length, "Bob has what was taken");
    expect(wordsOf(bob.doc)).toEqual(taken);
    expect(await wordsOnBoard(group)).toEqual(taken);
  });

  test("[J17] it opens, exports and lets people join as ever", async () => {
    const created = await createTestWorkshop(server.url, ["Groep 1"]);
    const group = firstGroup(created);
    const alice = join(group, group.keys.contribute);
    await until(alice.isSaved, "Alice is in");
    addNote(alice.doc, "Respect voor elkaar");
    await until(alice.isSaved, "her note is saved");
    const exported = async () => {
      const answer = await fetch(
        `${server.url}/api/boards/${group.boardId}/export?format=json&privacy=pseudonymised&exportedAt=2026-01-01T00:00:00Z`,
        { headers: bearer(group.keys.view) },
      );
      return [answer.status, await answer.text()] as const;
    };
    const before = await exported();

    await setLocked(created, group, true);
    const bob = join(group, group.keys.contribute);
    const onlooker = join(group, group.keys.view);
    await until(() => bob.isSynced() && bob.isSaved(), "Bob is in, with nothing to save");
    await until(() => onlooker.isSynced() && onlooker.isSaved(), "so is an onlooker");
    const joined = await postJson(
      `${server.url}/api/boards/${group.boardId}/participants`,
      { name: "Bob" },
      bearer(group.keys.contribute),
    );

    expect(joined.status).toBe(201);
    expect([...bob.doc.getMap("notes").keys()]).toEqual(["first"]);
    expect([...onlooker.doc.getMap("notes").keys()]).toEqual(["first"]);
    expect(refusalsOf(bob)).toEqual([]);
    expect(before[0]).toBe(200);
    expect(before[1]).toContain("Respect voor elkaar");
    const after = await exported();
    expect(JSON.parse(after[1]).notes).toEqual(JSON.parse(before[1]).notes);
  });

  test("[J17] the lock is there after a restart, and for who opens the board later", async () => {
    const created = await createTestWorkshop(server.url, ["Groep 1", "Groep 2"]);
    const [group, other] = created.groups;
    if (group === undefined || other === undefined) throw new Error("two groups expected");
    // Nobody is there: no room knows of it, only the row does.
    await setLocked(created, group, true);
    const alice = join(group, group.keys.contribute);
    await until(alice.isSynced, "Alice is in");
    say(alice.doc, "smuggled");
    await until(() => refusalsOf(alice).length === 1, "Alice is told");

    await server.stop();
    server = await startTestServer({ dataDir: dataDir.path });
    const back = join(group, group.keys.contribute, alice.doc);
    const chen = join(other, other.keys.contribute);
    await until(() => refusalsOf(back).length === 1, "what she kept is refused once more");
    say(chen.doc, "trust");
    await until(chen.isSaved, "the other board takes changes");

    expect(refusalsOf(back)[0]).toMatchObject({ reason: "closed" });
    expect(await wordsOnBoard(group)).toEqual([]);
    expect(await wordsOnBoard(other)).toEqual(["trust"]);
  });
});

describe("once unlocked", () => {
  test("[J18] what people kept back comes in by itself, from every kind of client, and is saved", async () => {
    const created = await createTestWorkshop(server.url, ["Groep 1"]);
    const group = firstGroup(created);
    const alice = join(group, group.keys.contribute);
    const stock = joinStock(group, group.keys.contribute);
    await until(() => alice.isSaved() && stock.provider.synced, "both are in");
    say(alice.doc, "respect");
    await until(() => alice.isSaved() && wordsOf(stock.doc).length === 1, "the first word is on the board");
    await setLocked(created, group, true);
    say(alice.doc, "from Alice");
    alice.doc.getMap("words").delete("respect");
    say(stock.doc, "from a stock client");
    await until(() => refusalsOf(alice).length === 2 && stock.denials.length === 1, "both are told");
    const savedBefore = alice.saved();

    await setLocked(created, group, false);
    const expected = ["from Alice", "from a stock client"];
    await until(() => wordsOf(alice.doc).join() === expected.join(), "Alice has both");
    await until(() => wordsOf(stock.doc).join() === expected.join(), "so has the stock client");
    await until(alice.isSaved, "all of hers is saved");

    expect(alice.saved()).toBeGreaterThan(savedBefore);
    expect(await wordsOnBoard(group)).toEqual(expected);
    say(stock.doc, "afterwards");
    await until(() => wordsOf(alice.doc).includes("afterwards"), "work goes on");
  });

  test("[J18] what was made while apart from a locked board comes in when it is unlocked", async () => {
    const created = await createTestWorkshop(server.url, ["Groep 1"]);
    const group = firstGroup(created);
    const alice = join(group, group.keys.contribute);
    await until(alice.isSaved, "Alice is in");
    alice.close();
    await until(() => alice.closeCode() !== null, "Alice is out");
    say(alice.doc, "made on the train");

    await setLocked(created, group, true);
    const back = join(group, group.keys.contribute, alice.doc);
    await until(() => refusalsOf(back).length === 1, "it is refused for now");
    expect(await wordsOnBoard(group)).toEqual([]);
    await setLocked(created, group, false);
    await until(back.isSaved, "it is saved");

    expect(await wordsOnBoard(group)).toEqual(["made on the train"]);
  });
});

function addNote(doc: Y.Doc, text: string): void {
  doc.transact(() => {
    const note = new Y.Map<unknown>();
    note.set("text", new Y.Text(text));
    note.set("placement", { zone: "roots", x: 100, y: 1400 });
    note.set("voice", "unspecified");
    note.set("createdAt", 1_760_000_000_000);
    doc.getMap("notes").set("first", note);
  });
}
