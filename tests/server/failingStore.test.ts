import { afterEach, beforeEach, expect, test } from "vitest";
import * as Y from "yjs";
import { createSystemClock } from "../../server/relay/clock.ts";
import type { Store } from "../../server/store/store.ts";
import { openRawClient } from "../support/rawClient.ts";
import {
  createDataDir,
  createTestWorkshop,
  firstGroup,
  startTestServer,
  type TestServer,
  until,
} from "../support/relayServer.ts";

let dataDir: ReturnType<typeof createDataDir>;
let server: TestServer | null = null;

beforeEach(() => {
  dataDir = createDataDir();
});

afterEach(async () => {
  await server?.stop();
  server = null;
  dataDir.remove();
});

/** A store whose writing and reading of boards can be held up or broken at will. */
function faulty(): { wrap: (store: Store) => Store; faults: Faults } {
  const faults: Faults = { append: "works", load: "works", appended: 0 };
  const wrap = (store: Store): Store => ({
    ...store,
    async appendUpdates(batch) {
      if (faults.append === "fails") throw new Error("disk is full");
      while (faults.append === "waits") await new Promise((resolve) => setTimeout(resolve, 5));
      const appended = await store.appendUpdates(batch);
      faults.appended += 1;
      return appended;
    },
    async loadBoard(id) {
      if (faults.load === "fails") throw new Error("cannot read");
      while (faults.load === "waits") await new Promise((resolve) => setTimeout(resolve, 5));
      return store.loadBoard(id);
    },
  });
  return { wrap, faults };
}
type Faults = { append: "works" | "waits" | "fails"; load: "works" | "waits" | "fails"; appended: number };

test("[R2] nothing is called saved before its transaction is on disk", async () => {
  const { wrap, faults } = faulty();
  server = await startTestServer({ dataDir: dataDir.path, wrapStore: wrap });
  const { boardId, keys } = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));
  const alice = openRawClient({ socketUrl: server.socketUrl, boardId, key: keys.contribute });
  const bob = openRawClient({ socketUrl: server.socketUrl, boardId, key: keys.contribute });
  await until(() => alice.isSaved() && bob.isSaved(), "both are in");

  faults.append = "waits";
  alice.doc.getMap("words").set("respect", true);
  await until(() => bob.doc.getMap("words").has("respect"), "Bob sees it already");
  // Bob sends the same again: it changes nothing, and still waits for what is not on disk.
  bob.sendUpdate(Y.encodeStateAsUpdate(alice.doc));
  const before = { alice: alice.saved(), bob: bob.saved() };
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect([alice.saved(), bob.saved()]).toEqual([before.alice, before.bob]);
  expect(faults.appended).toBe(0);

  faults.append = "works";
  await until(() => alice.isSaved() && bob.isSaved(), "both are saved");
  expect(faults.appended).toBeGreaterThan(0);
});

test("[R4] a failing store saves nothing, shows in healthz, sends people away after ten seconds, and loses nothing", async () => {
  const { wrap, faults } = faulty();
  let ahead = 0;
  server = await startTestServer({
    dataDir: dataDir.path,
    wrapStore: wrap,
    clock: { ...createSystemClock(), elapsed: () => performance.now() + ahead },
  });
  const { url, socketUrl } = server;
  const { boardId, keys } = firstGroup(await createTestWorkshop(url, ["Groep 1"]));
  const alice = openRawClient({ socketUrl, boardId, key: keys.contribute });
  await until(alice.isSaved, "Alice is in");
  const health = async () => (await fetch(`${url}/healthz`)).status;
  expect(await health()).toBe(200);

  faults.append = "fails";
  alice.doc.getMap("words").set("respect", true);
  await until(async () => (await health()) === 503, "healthz says so");
  expect(alice.isSaved()).toBe(false);
  expect(alice.closeCode()).toBeNull();
  ahead = 11_000;
  await until(() => alice.closeCode() === 1013, "Alice is sent away");
  const bob = openRawClient({ socketUrl, boardId, key: keys.contribute });
  await until(() => bob.closeCode() === 1013, "newcomers too");
  expect(alice.isSaved()).toBe(false);

  faults.append = "works";
  await until(async () => (await health()) === 200, "healthz is green again");
  await server.stop();
  server = await startTestServer({ dataDir: dataDir.path });
  const chen = openRawClient({ socketUrl: server.socketUrl, boardId, key: keys.contribute });
  await until(chen.isSynced, "Chen is in");
  expect(chen.doc.getMap("words").has("respect")).toBe(true);
});

test("[R4] a short failure sends nobody away, and what waited is saved when the disk is back", async () => {
  const { wrap, faults } = faulty();
  server = await startTestServer({ dataDir: dataDir.path, wrapStore: wrap });
  const { url, socketUrl } = server;
  const { boardId, keys } = firstGroup(await createTestWorkshop(url, ["Groep 1"]));
  const alice = openRawClient({ socketUrl, boardId, key: keys.contribute });
  alice.doc.getMap("words").set("respect", true);
  await until(alice.isSaved, "Alice is in");
  const savedBefore = alice.saved();
  const health = async () => (await fetch(`${url}/healthz`)).status;

  faults.append = "fails";
  alice.doc.getMap("words").set("trust", true);
  await until(async () => (await health()) === 503, "healthz says so");
  expect(alice.saved()).toBe(savedBefore);
  faults.append = "works";
  await until(alice.isSaved, "it is saved after all");

  expect(alice.saved()).toBe(savedBefore + 1);
  expect(alice.closeCode()).toBeNull();
  expect(await health()).toBe(200);
});

test("[R6] a board that cannot be read is refused with 1013 and stays as it is", async () => {
  const { wrap, faults } = faulty();
  server = await startTestServer({ dataDir: dataDir.path, wrapStore: wrap });
  const { boardId, keys } = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));
  const alice = openRawClient({ socketUrl: server.socketUrl, boardId, key: keys.contribute });
  await until(alice.isSaved, "Alice is in");
  alice.doc.getMap("words").set("respect", true);
  await until(alice.isSaved, "it is saved");
  await server.stop();

  server = await startTestServer({ dataDir: dataDir.path, wrapStore: wrap });
  faults.load = "fails";
  const bob = openRawClient({ socketUrl: server.socketUrl, boardId, key: keys.contribute });
  await until(() => bob.closeCode() !== null, "Bob is refused");
  expect([bob.closeCode(), bob.isSynced()]).toEqual([1013, false]);

  faults.load = "works";
  const chen = openRawClient({ socketUrl: server.socketUrl, boardId, key: keys.contribute });
  await until(chen.isSynced, "Chen is in");
  expect(chen.doc.getMap("words").has("respect")).toBe(true);
});

test("[R47] who enters while the disk does not answer is sent away after ten seconds, and finds the board later", async () => {
  const { wrap, faults } = faulty();
  const clock = createSystemClock();
  // Ten seconds of the relay pass in a moment.
  const after: typeof clock.after = (ms, run) => clock.after(ms === 10_000 ? 60 : ms, run);
  server = await startTestServer({ dataDir: dataDir.path, wrapStore: wrap, clock: { ...clock, after } });
  const { boardId, keys } = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));
  const { socketUrl } = server;

  faults.load = "waits";
  const alice = openRawClient({ socketUrl, boardId, key: keys.contribute });
  await until(() => alice.closeCode() === 1013, "Alice is sent away");
  expect(alice.isSynced()).toBe(false);
  faults.load = "works";
  const bob = openRawClient({ socketUrl, boardId, key: keys.contribute });
  bob.doc.getMap("words").set("respect", true);

  await until(bob.isSaved, "Bob is in, and saved");
});
