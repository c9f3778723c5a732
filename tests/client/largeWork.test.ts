import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import * as Y from "yjs";
import type { Connection } from "../../client/sync/connectionState.ts";
import { openRoom, type Room } from "../../client/sync/openRoom.ts";
import { savedStateOf } from "../../client/sync/savedState.ts";
import { boardIdSchema } from "../../shared/board/ids.ts";
import { maxFrameBytes } from "../../shared/protocol/limits.ts";
import { programToRun } from "../support/builtServer.ts";
import { type FakeBrowser, installFakeBrowser } from "../support/deviceClient.ts";
import {
  createDataDir,
  createTestWorkshop,
  firstGroup,
  startTestServer,
  until,
} from "../support/relayServer.ts";
import { startServerProcess } from "../support/serverProcess.ts";
import { openTcpProxy } from "../support/tcpProxy.ts";

/* Devices that have more to hand in than one frame holds, through the real relay. */

/** For a machine that has much else to do. */
const patienceMs = 30_000;

let browser: FakeBrowser;
beforeAll(() => {
  browser = installFakeBrowser();
});
afterAll(() => browser.remove());

type DeviceOptions = {
  readonly server: string;
  readonly boardId: string;
  readonly boardKey: string;
  readonly doc?: Y.Doc;
  readonly onConnection?: (connection: Connection) => void;
};

function openDevice({ server, boardId, boardKey, doc = new Y.Doc(), onConnection }: DeviceOptions) {
  let room: Room | null = null;
  room = openRoom({
    doc,
    boardId: boardIdSchema.parse(boardId),
    boardKey,
    participantToken: null,
    server,
    copyLoaded: Promise.resolve(),
    now: Date.now,
    random: () => 0.5,
    onConnection: () => room !== null && onConnection?.(room.connection()),
    onWorkshopState: () => undefined,
    isStillWelcome: async () => true,
  });
  const opened = room;
  onTestFinished(() => {
    opened.close();
    doc.destroy();
  });
  return { doc, shown: () => savedStateOf(opened.connection(), true).kind };
}

/** Notes with drawings of fifty kilobytes, and a word of each taken back. */
function draw(doc: Y.Doc, drawings: number): void {
  for (let index = 0; index < drawings; index += 1) {
    const note = new Y.Map<unknown>();
    doc.getMap("notes").set(`note ${index}`, note);
    note.set("drawing", [Array.from({ length: 17_000 }, (_, at) => (at * 7 + index) % 2_000)]);
    const text = new Y.Text("a word or two");
    note.set("text", text);
    text.delete(1, 5);
  }
}

function framesSent(connection: Connection): number {
  return connection.kind === "open" ? connection.delivery.settled + connection.delivery.waiting.length : 0;
}

test("[R50] three megabytes made without a connection are all handed in, also when the server is killed midway", {
  timeout: 4 * patienceMs,
}, async () => {
  const dataDir = createDataDir();
  onTestFinished(dataDir.remove);
  let running = await startServerProcess(dataDir.path, { program: programToRun() });
  onTestFinished(async () => void (await running.end("SIGKILL")));
  const { port } = new URL(running.url);
  const { boardId, keys } = firstGroup(await createTestWorkshop(running.url, ["Groep 1"]));
  const proxy = await openTcpProxy({ targetPort: Number(port), random: () => 0.5 });
  onTestFinished(proxy.close);
  proxy.setWeather({ kind: "slow", delayMs: 1, jitterMs: 0, bytesPerSecond: 2_000_000 });
  const board = { server: `ws://127.0.0.1:${proxy.port}`, boardId, boardKey: keys.contribute };
  const doc = new Y.Doc();
  draw(doc, 60);
  expect(Y.encodeStateAsUpdate(doc).length).toBeGreaterThan(3 * maxFrameBytes);

  const framesOfSockets = new Map<number, number>();
  let killed: Promise<unknown> | null = null;
  let wasSavedBefore = false;
  const alice = openDevice({
    ...board,
    doc,
    onConnection(connection) {
      if (connection.kind === "open") framesOfSockets.set(connection.sockets, framesSent(connection));
      if (killed !== null) return;
      wasSavedBefore ||= savedStateOf(connection, true).kind === "saved";
      if (connection.kind === "open" && connection.delivery.settled >= 3) killed = running.end("SIGKILL");
    },
  });
  await until(() => killed !== null, "some of it is on disk", patienceMs);
  await killed;
  const firstFrames = framesOfSockets.get(1) ?? 0;
  expect(wasSavedBefore).toBe(false);
  expect(alice.shown()).not.toBe("saved");

  running = await startServerProcess(dataDir.path, { program: programToRun(), environment: { PORT: port } });
  await until(() => alice.shown() === "saved", "all of it is saved", patienceMs);
  const bob = openDevice(board);
  await until(() => bob.shown() === "saved", "Bob is in", patienceMs);

  expect(firstFrames).toBeGreaterThan(10);
  // What was on disk did not travel again.
  expect([...framesOfSockets.values()].at(-1)).toBeLessThan(firstFrames);
  expect(bob.doc.getMap("notes").toJSON()).toEqual(doc.getMap("notes").toJSON());
});

test("[R50] one change of more than a frame, and one that deletes more than an update may, are saved and seen", {
  timeout: 2 * patienceMs,
}, async () => {
  const dataDir = createDataDir();
  onTestFinished(dataDir.remove);
  const server = await startTestServer({ dataDir: dataDir.path });
  onTestFinished(server.stop);
  const { boardId, keys } = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));
  const board = { server: server.url.replace("http", "ws"), boardId, boardKey: keys.contribute };
  const alice = openDevice(board);
  const bob = openDevice(board);
  const areIn = () => alice.shown() === "saved" && bob.shown() === "saved";
  await until(areIn, "both are in", patienceMs);
  const numbers = alice.doc.getMap<number>("numbers");

  alice.doc.transact(() => {
    draw(alice.doc, 30);
    for (let key = 0; key < 52_000; key += 1) numbers.set(String(key), 1);
  });
  await until(areIn, "the change is saved", patienceMs);
  alice.doc.transact(() => {
    // No two of them are one range.
    for (let key = 0; key < 52_000; key += 2) numbers.delete(String(key));
  });
  await until(areIn, "the deletions are saved", patienceMs);

  await until(() => bob.doc.getMap("numbers").size === 26_000, "Bob has it", patienceMs);
  expect(bob.doc.getMap("notes").toJSON()).toEqual(alice.doc.getMap("notes").toJSON());
});
