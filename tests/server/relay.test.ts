import { rmSync } from "node:fs";
import * as encoding from "lib0/encoding";
import { afterEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import * as Y from "yjs";
import { addNote, startTestServer, type TestServer, until } from "../support/testServer.ts";

const servers: TestServer[] = [];
async function setUp(options: Parameters<typeof startTestServer>[0] = {}): Promise<TestServer> {
  const server = await startTestServer(options);
  servers.push(server);
  return server;
}
afterEach(async () => {
  for (const server of servers.splice(0)) await server.dispose();
});

async function workshopOf(server: TestServer) {
  const created = await server.createWorkshop();
  const [first, second] = created.groups;
  if (first === undefined || second === undefined) throw new Error("two groups expected");
  return { first, second, created };
}

/** A socket of our own making, to say what no client would. */
async function rawSocket(server: TestServer, boardId: string, key: string, protocol = "y-websocket") {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/rooms/${boardId}`, [protocol, `key.${key}`]);
  const closed = new Promise<number>((resolve) => socket.on("close", (code) => resolve(code)));
  const heard: Buffer[] = [];
  socket.on("message", (data: Buffer) => heard.push(data));
  socket.on("error", () => undefined);
  await new Promise((resolve, reject) => {
    socket.on("open", resolve);
    socket.on("unexpected-response", (_request, response) => reject(new Error(String(response.statusCode))));
  });
  return { socket, closed, heard };
}

function updateFrame(update: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, 0);
  encoding.writeVarUint(encoder, 2);
  encoding.writeVarUint8Array(encoder, update);
  return encoding.toUint8Array(encoder);
}

test("[R10] two people on one board see each other's notes, and another board sees none of them", async () => {
  const server = await setUp();
  const { first, second } = await workshopOf(server);
  const alice = server.connect(first.boardId, first.keys.contribute);
  const bob = server.connect(first.boardId, first.keys.contribute);
  const chen = server.connect(second.boardId, second.keys.contribute);
  await until("all synced", () => alice.provider.synced && bob.provider.synced && chen.provider.synced);

  addNote(alice.doc, "alice1", "Respect voor elkaar");
  addNote(chen.doc, "chen1", "Lef");
  await until("bob has it", () => bob.doc.getMap("notes").has("alice1"));
  addNote(bob.doc, "bob1", "Openstaan");
  await until("alice has it", () => alice.doc.getMap("notes").has("bob1"));

  expect([...chen.doc.getMap("notes").keys()]).toEqual(["chen1"]);
  expect(alice.doc.getMap("notes").has("chen1")).toBe(false);
});

test("[J3] a view link changes nothing and stays connected", async () => {
  const server = await setUp();
  const { first } = await workshopOf(server);
  const viewer = server.connect(first.boardId, first.keys.view);
  const alice = server.connect(first.boardId, first.keys.contribute);
  await until("synced", () => viewer.provider.synced && alice.provider.synced);

  addNote(viewer.doc, "sneaked", "mag niet");
  addNote(alice.doc, "alice1", "mag wel");
  await until("the viewer follows", () => viewer.doc.getMap("notes").has("alice1"));

  expect(alice.doc.getMap("notes").has("sneaked")).toBe(false);
  expect(viewer.provider.wsconnected).toBe(true);
});

test("[J1] unknown boards, wrong keys and odd ids are refused alike; a foreign page is kept out", async () => {
  const server = await setUp();
  const { first, second } = await workshopOf(server);
  const wrong = "x".repeat(32);

  for (const [boardId, key] of [
    ["0000000000000000", first.keys.contribute],
    [first.boardId, wrong],
    [first.boardId, second.keys.contribute],
    ["__proto__", first.keys.contribute],
  ] as const) {
    await expect(rawSocket(server, boardId, key)).rejects.toThrow("404");
  }
  const foreign = new WebSocket(
    `ws://127.0.0.1:${server.port}/rooms/${first.boardId}`,
    ["y-websocket", `key.${first.keys.contribute}`],
    { origin: "https://evil.example" },
  );
  const status = await new Promise((resolve) => {
    foreign.on("error", () => undefined);
    foreign.on("unexpected-response", (_request, response) => resolve(response.statusCode));
  });
  expect(status).toBe(403);
});

test("[R9] bad frames close their own connection and hurt nobody else", async () => {
  const server = await setUp();
  const { first } = await workshopOf(server);
  const alice = server.connect(first.boardId, first.keys.contribute);
  const bob = server.connect(first.boardId, first.keys.contribute);
  await until("synced", () => alice.provider.synced && bob.provider.synced);
  let drops = 0;
  for (const { provider } of [alice, bob]) provider.on("connection-close", () => (drops += 1));

  const bad: (string | Uint8Array)[] = [
    "hello",
    new Uint8Array([]),
    new Uint8Array([0, 2, 200, 1]),
    new Uint8Array([0, 0, 5, 1]),
    new Uint8Array([0, 2, 4, 255, 255, 255, 255]),
    new Uint8Array([77]),
    new Uint8Array([1, 255, 255, 255, 255, 255, 255, 255]),
  ];
  for (const frame of bad) {
    const { socket, closed } = await rawSocket(server, first.boardId, first.keys.contribute);
    socket.send(frame);
    expect([1003, 4400]).toContain(await closed);
  }
  addNote(alice.doc, "after", "nog steeds hier");
  await until("bob still hears alice", () => bob.doc.getMap("notes").has("after"));

  expect(drops).toBe(0);
});

test("[R7] an update with a gap leaves nothing pending, and later joiners get in", async () => {
  const server = await setUp();
  const { first } = await workshopOf(server);
  const source = new Y.Doc();
  const updates: Uint8Array[] = [];
  source.on("update", (update: Uint8Array) => updates.push(update));
  addNote(source, "one", "eerst");
  addNote(source, "two", "daarna");
  const { socket, heard } = await rawSocket(server, first.boardId, first.keys.contribute);
  const questions = () => heard.filter((data) => data[0] === 0 && data[1] === 0).length;
  await until("the relay asks what there is", () => questions() === 1);

  const second = updates[1];
  if (second === undefined) throw new Error("two updates expected");
  socket.send(updateFrame(second));
  await until("the relay asks again", () => questions() === 2);
  const late = server.connect(first.boardId, first.keys.contribute);
  await until("a late joiner syncs", () => late.provider.synced);

  expect(late.doc.getMap("notes").size).toBe(0);
  expect(late.doc.store.pendingStructs).toBeNull();
  socket.close();
});

test("[R13] nobody moves or removes another's presence", async () => {
  const server = await setUp();
  const { first } = await workshopOf(server);
  const alice = server.connect(first.boardId, first.keys.contribute);
  const bob = server.connect(first.boardId, first.keys.contribute);
  await until("synced", () => alice.provider.synced && bob.provider.synced);
  alice.provider.awareness.setLocalState({ participant: "alice" });
  await until("bob sees alice", () => bob.provider.awareness.getStates().has(alice.doc.clientID));

  const mallory = server.connect(first.boardId, first.keys.contribute);
  await until("mallory synced", () => mallory.provider.synced);
  mallory.provider.awareness.setLocalState({ participant: "mallory" });
  mallory.provider.awareness.meta.set(alice.doc.clientID, { clock: 1_000, lastUpdated: 0 });
  mallory.provider.awareness.states.delete(alice.doc.clientID);
  mallory.provider.awareness.emit("update", [
    { added: [], updated: [], removed: [alice.doc.clientID] },
    "local",
  ]);
  await until("bob sees mallory", () => bob.provider.awareness.getStates().has(mallory.doc.clientID));

  expect(bob.provider.awareness.getStates().get(alice.doc.clientID)).toEqual({ participant: "alice" });
  alice.close();
  await until("alice is gone", () => !bob.provider.awareness.getStates().has(alice.doc.clientID));
});

test("[R5] a restart says goodbye with 1012 and keeps everything", async () => {
  const before = await startTestServer();
  const { first } = await workshopOf(before);
  const alice = before.connect(first.boardId, first.keys.contribute);
  await until("synced", () => alice.provider.synced);
  const code = new Promise<number | undefined>((resolve) =>
    alice.provider.on("connection-close", (event) => resolve(event?.code)),
  );
  for (let index = 0; index < 50; index += 1) addNote(alice.doc, `note${index}`, `briefje ${index}`);
  const bob = before.connect(first.boardId, first.keys.contribute);
  await until("all there", () => bob.doc.getMap("notes").size === 50);
  await before.stop();
  expect(await code).toBe(1012);
  alice.close();
  bob.close();

  const after = await setUp({ dataDir: before.dataDir });
  const chen = after.connect(first.boardId, first.keys.contribute);
  await until("synced", () => chen.provider.synced);

  expect(chen.doc.getMap("notes").size).toBe(50);
  rmSync(before.dataDir, { recursive: true, force: true });
});

test("[R4] while the store fails nobody is told saved, health is red, and all is kept when it is back", async () => {
  let isFailing = false;
  const server = await setUp({
    wrapStore: (store) => ({
      ...store,
      appendUpdates: (updates) =>
        isFailing ? Promise.reject(new Error("disk full")) : store.appendUpdates(updates),
    }),
  });
  const { first } = await workshopOf(server);
  const { socket } = await rawSocket(server, first.boardId, first.keys.contribute, "collaboration-tree.v1");
  const saved: number[] = [];
  socket.on("message", (data: Buffer) => {
    if (data[0] === 100 && data[1] === 16) saved.push((data[2] ?? 16) - 16);
  });
  const doc = new Y.Doc();
  const send = (id: string) => {
    const before = Y.encodeStateVector(doc);
    addNote(doc, id, id);
    const update = Y.encodeStateAsUpdate(doc, before);
    socket.send(updateFrame(update));
  };

  send("first");
  await until("first saved", () => saved.at(-1) === 1);
  isFailing = true;
  send("second");
  await until("health is red", async () => (await fetch(`${server.url}/healthz`)).status === 503);
  expect(saved.at(-1)).toBe(1);
  isFailing = false;
  await until("second saved", () => saved.at(-1) === 2);

  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  socket.close();
});
