import { connect } from "node:net";
import * as encoding from "lib0/encoding";
import { afterEach, beforeEach, expect, test } from "vitest";
import * as Y from "yjs";
import { lockFolder } from "../../server/store/folderLock.ts";
import { closeReasons } from "../../shared/protocol/closeReasons.ts";
import { encodeProbe, messageSync, syncStep1 } from "../../shared/protocol/messages.ts";
import { boardAnswerSchema } from "../../shared/workshop/api.ts";
import { participantFactsSchema, workshopStateSchema } from "../../shared/workshop/workshop.ts";
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

/* What somebody with a key, or only with bad luck, may try; every one of these once stopped a server or a board. */

let dataDir: ReturnType<typeof createDataDir>;
let server: TestServer;
let clients: RawClient[] = [];

beforeEach(async () => {
  dataDir = createDataDir();
  server = await startTestServer({ dataDir: dataDir.path });
});

afterEach(async () => {
  for (const client of clients) client.socket.terminate();
  clients = [];
  await server.stop();
  dataDir.remove();
});

async function join(boardId: string, key: string): Promise<RawClient> {
  const client = openRawClient({ socketUrl: server.socketUrl, boardId, key });
  clients.push(client);
  await until(() => client.isSynced(), "it is in");
  return client;
}

function questionFrames(count: number): Uint8Array {
  const encoder = encoding.createEncoder();
  for (let index = 0; index < count; index += 1) {
    encoding.writeVarUint(encoder, messageSync);
    encoding.writeVarUint(encoder, syncStep1);
    encoding.writeVarUint8Array(encoder, Uint8Array.of(0));
  }
  return encoding.toUint8Array(encoder);
}

test("[R24] thousands of questions in one message close their own connection and cost nobody else", async () => {
  const group = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));
  const alice = await join(group.boardId, group.keys.contribute);
  const mallory = await join(group.boardId, group.keys.view);

  mallory.send(questionFrames(200_000));
  await until(() => mallory.closeCode() === closeReasons.badFrame.code, "Mallory is out");
  alice.doc.getMap("notes").set("hello", new Y.Map());
  await until(() => alice.isSaved(), "Alice's note is saved");

  expect(alice.closeCode()).toBeNull();
});

test("[R24] who asks again and again gets one answer in a while, and still the last one", async () => {
  const group = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));
  const alice = await join(group.boardId, group.keys.contribute);
  for (let index = 0; index < 50; index += 1) alice.doc.getMap("notes").set(`note${index}`, "x".repeat(1000));
  await until(() => alice.isSaved(), "the board is saved");
  const chen = await join(group.boardId, group.keys.view);
  let bytes = 0;
  chen.socket.on("message", (data: Buffer) => {
    bytes += data.length;
  });

  for (let index = 0; index < 100; index += 1) chen.send(questionFrames(1));
  await until(() => bytes > 50_000, "an answer");
  chen.send(questionFrames(1));
  await until(() => bytes > 100_000, "the last question is answered too");

  expect(bytes).toBeLessThan(500_000);
});

test("[R25] types nested so deep that removing them fails are refused, and saving goes on honestly", async () => {
  const group = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));
  const alice = await join(group.boardId, group.keys.contribute);
  const mallory = await join(group.boardId, group.keys.contribute);
  const nested = new Y.Doc();
  let map = new Y.Map<unknown>();
  nested.getMap("notes").set("nest", map);
  nested.transact(() => {
    for (let depth = 0; depth < 2500; depth += 1) {
      const inner = new Y.Map<unknown>();
      map.set("k", inner);
      map = inner;
    }
  });

  mallory.sendUpdate(Y.encodeStateAsUpdate(nested));
  await until(() => mallory.closeCode() === closeReasons.badFrame.code, "Mallory is out");
  alice.doc.getMap("notes").set("hello", new Y.Map());
  await until(() => alice.isSaved(), "Alice's note is saved");
  const bob = await join(group.boardId, group.keys.contribute);

  expect([...bob.doc.getMap("notes").keys()]).toEqual(["hello"]);
  expect(bob.doc.getMap("notes").get("hello")).toBeInstanceOf(Y.Map);
});

test("[R25] a type lies as deep as its parents, also behind a row of neighbours in the same update", async () => {
  const group = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));
  const alice = await join(group.boardId, group.keys.contribute);

  const list = new Y.Array<unknown>();
  alice.doc.transact(() => {
    alice.doc.getMap("notes").set("list", list);
    for (let index = 0; index < 3000; index += 1) list.push([new Y.Map()]);
  });
  await until(() => alice.isSaved(), "three thousand neighbours are no depth");

  expect(alice.closeCode()).toBeNull();
});

test("[R26] an update that lists the same deletions over and over closes its own connection", async () => {
  const group = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));
  const alice = await join(group.boardId, group.keys.contribute);
  const mallory = await join(group.boardId, group.keys.contribute);
  const { clientID } = mallory.doc;
  mallory.doc.getMap("notes").set("a", 1);
  await until(() => mallory.isSaved(), "Mallory's note is saved");

  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, 0);
  encoding.writeVarUint(encoder, 1);
  encoding.writeVarUint(encoder, clientID);
  encoding.writeVarUint(encoder, 50_000);
  for (let index = 0; index < 50_000; index += 1) {
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarUint(encoder, 1);
  }
  mallory.sendUpdate(encoding.toUint8Array(encoder));
  await until(() => mallory.closeCode() === closeReasons.badFrame.code, "Mallory is out");

  expect(alice.closeCode()).toBeNull();
});

test("[R27] a folder takes one server, and the next one when the first is gone", async () => {
  const other = createDataDir();
  const first = lockFolder(other.path, 0);
  const second = lockFolder(other.path, 0);
  if (!first.ok) throw new Error("the folder was free");
  first.value.release();
  const third = lockFolder(other.path, 0);

  expect(second).toEqual({ ok: false, error: { kind: "inUse" } });
  expect(third.ok).toBe(true);
  if (third.ok) third.value.release();
  other.remove();
});

test("[R28] a full board refuses what adds to it, and takes what only deletes", async () => {
  const small = createDataDir();
  const limited = await startTestServer({
    dataDir: small.path,
    environment: { LIMIT_DOCUMENT_BYTES: "4000" },
  });
  const group = firstGroup(await createTestWorkshop(limited.url, ["Groep 1"]));
  const open = () =>
    openRawClient({ socketUrl: limited.socketUrl, boardId: group.boardId, key: group.keys.contribute });
  const alice = open();
  await until(() => alice.isSynced(), "Alice is in");
  alice.doc.getMap("notes").set("large", "x".repeat(3000));
  await until(() => alice.isSaved(), "a large note is saved");

  alice.doc.getMap("notes").set("more", "x".repeat(3000));
  await until(() => alice.told.some(({ kind }) => kind === "refused"), "what adds is refused");
  const bob = open();
  await until(() => bob.isSynced(), "Bob is in");
  bob.doc.getMap("notes").delete("large");
  await until(() => bob.isSaved(), "what deletes is saved");

  expect([...bob.doc.getMap("notes").keys()]).toEqual([]);
  for (const client of [alice, bob]) client.socket.terminate();
  await limited.stop();
  small.remove();
});

test("[R28] a full board does not ask over and over for what it has no room for", async () => {
  const small = createDataDir();
  const limited = await startTestServer({
    dataDir: small.path,
    environment: { LIMIT_DOCUMENT_BYTES: "4000" },
  });
  const group = firstGroup(await createTestWorkshop(limited.url, ["Groep 1"]));
  const alice = openRawClient({
    socketUrl: limited.socketUrl,
    boardId: group.boardId,
    key: group.keys.contribute,
  });
  await until(() => alice.isSynced() && alice.isSaved(), "Alice is in");

  // As the parts of something large: each builds on the one before.
  for (let part = 0; part < 3; part += 1) alice.doc.getMap("notes").set(`large ${part}`, "x".repeat(5000));
  await until(() => alice.told.some(({ kind }) => kind === "refused"), "the first is refused");
  const heard = alice.told.length;
  alice.send(encodeProbe());
  await until(() => alice.told.length > heard, "the others were looked at");

  expect(alice.stateVectorsHeard()).toBe(1);
  expect(alice.isSaved()).toBe(false);
  alice.socket.terminate();
  await limited.stop();
  small.remove();
});

test("[R5] a stop does not wait for somebody who holds a connection without asking anything", async () => {
  const folder = createDataDir();
  const stopping = await startTestServer({ dataDir: folder.path });
  const silent = connect(stopping.port, "127.0.0.1");
  await new Promise((resolve) => silent.once("connect", resolve));
  const gone = new Promise((resolve) => silent.once("close", resolve));

  await stopping.stop();
  await gone;

  expect(silent.destroyed).toBe(true);
  folder.remove();
});

test("[J15] names of one group are not told to another", async () => {
  const { groups, workshop, keys } = await createTestWorkshop(server.url, ["Groep 1", "Groep 2"]);
  const [one, two] = groups;
  if (one === undefined || two === undefined) throw new Error("two groups");
  const path = `${server.url}/api/boards/${one.boardId}/participants`;
  await postJson(path, { name: "Alice" }, bearer(one.keys.contribute));

  const namesFor = async (boardId: string, key: string) => {
    const answer = await fetch(`${server.url}/api/boards/${boardId}`, { headers: bearer(key) });
    return boardAnswerSchema.parse(await answer.json()).participants.map(({ name }) => name);
  };
  const chen = await join(two.boardId, two.keys.contribute);
  await until(() => chen.states.length > 0, "Chen hears the state");
  const [state = "{}"] = chen.states;
  const desk = await fetch(`${server.url}/api/workshops/${workshop.id}`, {
    headers: bearer(keys.facilitate),
  });

  expect(await namesFor(one.boardId, one.keys.contribute)).toEqual(["Alice"]);
  expect(await namesFor(two.boardId, two.keys.contribute)).toEqual([]);
  expect(workshopStateSchema.parse(JSON.parse(state)).participants).toEqual([]);
  expect(workshopStateSchema.parse(await desk.json()).participants).toHaveLength(1);
});

test("[J14] changing one part of the consent leaves the other as it was", async () => {
  const group = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));
  const path = `${server.url}/api/boards/${group.boardId}/participants`;
  const joined = await postJson(
    path,
    { consent: { research: true, quote: true } },
    bearer(group.keys.contribute),
  );
  const { participantId, participantToken } = await joined.json();
  const change = async (consent: unknown) => {
    const answer = await fetch(`${path}/${participantId}`, {
      method: "PATCH",
      headers: {
        ...bearer(group.keys.contribute),
        "x-participant-token": participantToken,
        "content-type": "application/json",
      },
      body: JSON.stringify({ consent }),
    });
    return participantFactsSchema.parse(await answer.json()).consent;
  };

  expect(await change({ quote: false })).toEqual({ research: true, quote: false });
  expect(await change(false)).toEqual({ research: false, quote: false });
  expect(await change(null)).toEqual({ research: null, quote: null });
});
