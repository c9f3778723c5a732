import fc from "fast-check";
import * as encoding from "lib0/encoding";
import { afterEach, beforeEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import * as Y from "yjs";
import { messageSync, syncUpdate } from "../../shared/protocol/messages.ts";
import { openRawClient, presenceFrame, type RawClient, syncFrame } from "../support/rawClient.ts";
import {
  createDataDir,
  createTestWorkshop,
  startTestServer,
  type TestServer,
  until,
} from "../support/relayServer.ts";

/*
 * Frames that nobody should send, from seeded chance, by somebody with a good key, while others work on the same board
 * and on another. FUZZ_FRAMES says how many per seed; a failure prints its seed and frame.
 */

const framesPerSeed = Number(process.env.FUZZ_FRAMES ?? 1_500);
const seeds = (process.env.FUZZ_SEEDS ?? "1,2").split(",").map(Number);

let dataDir: ReturnType<typeof createDataDir>;
let server: TestServer;

beforeEach(async () => {
  dataDir = createDataDir();
  server = await startTestServer({
    dataDir: dataDir.path,
    environment: { LIMIT_FRAMES_PER_SECOND: "100000", LIMIT_FRAMES_BURST: "100000" },
  });
});

afterEach(async () => {
  await server.stop();
  dataDir.remove();
});

function update(write: (doc: Y.Doc) => void): Uint8Array {
  const doc = new Y.Doc();
  write(doc);
  return Y.encodeStateAsUpdate(doc);
}

const honestUpdate = fc.constantFrom(
  update((doc) => doc.getMap("notes").set("a", new Y.Map([["text", new Y.Text("hoi")]]))),
  update((doc) => doc.getText("t").insert(0, "x".repeat(200))),
  update((doc) => {
    doc.getArray("list").insert(0, [1, { a: [1, 2, { b: null }] }, new Uint8Array(9)]);
    doc.getArray("list").delete(0, 2);
  }),
  update((doc) => doc.getXmlFragment("x").insert(0, [new Y.XmlElement("p"), new Y.XmlText("y")])),
);

const anyBytes = (maxLength: number) => fc.uint8Array({ maxLength });
const honestFrame = honestUpdate.map((bytes) => syncFrame(syncUpdate, bytes));
const hostileFrame: fc.Arbitrary<Uint8Array | string> = fc.oneof(
  anyBytes(300),
  fc.string(),
  // The beginning of something honest, or all of it with a few bytes turned.
  fc.tuple(honestFrame, fc.nat(200)).map(([frame, length]) => frame.slice(0, length)),
  fc
    .tuple(honestFrame, fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { minLength: 1, maxLength: 8 }))
    .map(([frame, turns]) => {
      const turned = frame.slice();
      for (const [index, value] of turns) turned[index % turned.length] = value;
      return turned;
    }),
  // A few honest bytes behind a header that promises something else.
  fc
    .tuple(fc.nat(5), fc.nat(5), anyBytes(60))
    .map(([type, kind, rest]) => Uint8Array.of(type, kind, ...rest)),
  fc.tuple(fc.nat(2), anyBytes(60)).map(([kind, bytes]) => syncFrame(kind, bytes)),
  // Lengths that go on and on, and lengths of much more than is there.
  fc.nat(40).map((length) => Uint8Array.of(0, 2, ...Array.from({ length }, () => 255))),
  fc.nat().map((length) => {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, messageSync);
    encoding.writeVarUint(encoder, syncUpdate);
    encoding.writeVarUint(encoder, length);
    return encoding.toUint8Array(encoder);
  }),
  fc
    .tuple(fc.nat(), fc.nat(), fc.json({ maxDepth: 12 }))
    .map(([clientId, clock, json]) => presenceFrame([{ clientId, clock, json }])),
  fc
    .nat(4000)
    .map((depth) => presenceFrame([{ clientId: 1, clock: 1, json: "[".repeat(depth) + "]".repeat(depth) }])),
  fc
    .constantFrom('{"__proto__":{"polluted":1}}', '{"constructor":{"prototype":{"polluted":1}}}')
    .map((json) => presenceFrame([{ clientId: 2, clock: 9, json }])),
);

/** Until the server has read everything sent so far, or has hung up: otherwise most frames would meet a closed door. */
function answered(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    function done(): void {
      socket.off("pong", done);
      socket.off("close", done);
      resolve();
    }
    socket.on("pong", done);
    socket.on("close", done);
    socket.ping();
  });
}

test("[R9] whatever one connection sends, the others work on, and who comes later is let in", {
  timeout: 600_000,
}, async () => {
  const { groups } = await createTestWorkshop(server.url, ["Groep 1", "Groep 2"]);
  const [here, there] = groups;
  if (here === undefined || there === undefined) throw new Error("two groups");
  const join = (boardId: string, key: string): RawClient =>
    openRawClient({ socketUrl: server.socketUrl, boardId, key });
  const alice = join(here.boardId, here.keys.contribute);
  const chen = join(there.boardId, there.keys.contribute);
  await until(() => alice.isSynced() && chen.isSynced(), "both are in");
  let cutOff = 0;

  for (const seed of seeds) {
    const frames = fc.sample(hostileFrame, { numRuns: framesPerSeed, seed });
    let mallory: WebSocket | null = null;
    for (const [index, frame] of frames.entries()) {
      if (mallory === null || mallory.readyState !== WebSocket.OPEN) {
        cutOff += mallory === null ? 0 : 1;
        const socket = new WebSocket(`${server.socketUrl}/${here.boardId}`, [
          "y-websocket",
          `key.${here.keys.contribute}`,
        ]);
        socket.on("error", () => undefined);
        await new Promise((resolve) => socket.once("open", resolve));
        mallory = socket;
      }
      mallory.send(frame);
      await answered(mallory);
      if (index % 250 !== 0) continue;
      // Every so often both honest people make a note, and it is saved while the noise goes on.
      for (const person of [alice, chen]) person.doc.getMap("notes").set(`${seed}-${index}`, index);
      await until(
        () => alice.isSaved() && chen.isSaved(),
        `both are saved at frame ${index} of seed ${seed}`,
      );
    }
    mallory?.terminate();
    const dina = join(here.boardId, here.keys.view);
    await until(() => dina.isSynced(), `a latecomer is in after seed ${seed}`);
    expect(dina.doc.getMap("notes").has(`${seed}-0`)).toBe(true);
    dina.socket.terminate();
  }

  expect(alice.closeCode()).toBeNull();
  expect(chen.closeCode()).toBeNull();
  expect([...chen.doc.getMap("notes").keys()].every((key) => /^\d+-\d+$/.test(key))).toBe(true);
  expect(Reflect.get({}, "polluted")).toBeUndefined();
  // The noise was noise: most of it was refused.
  expect(cutOff).toBeGreaterThan(framesPerSeed / 50);
  for (const person of [alice, chen]) person.socket.terminate();
});
