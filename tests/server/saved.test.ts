import { expect, test } from "vitest";
import { programToRun } from "../support/builtServer.ts";
import { partOf } from "../support/percentile.ts";
import { openRawClient } from "../support/rawClient.ts";
import { createDataDir, createTestWorkshop, firstGroup, until } from "../support/relayServer.ts";
import { startServerProcess } from "../support/serverProcess.ts";
import { ownNotesIn, Typist } from "../support/typist.ts";

/* How long people wait for *saved* when a full room works on one board; beside other tests shorter and less strict. */
const isAlone = process.env.CRASH_ROUNDS !== undefined;
const seconds = isAlone ? 30 : 4;
const longestP95 = isAlone ? 40 : 250;
const people = 30;
const everyMs = 100;

test(`[R2] thirty people who each change ten things a second see saved within ${longestP95} ms`, {
  timeout: 90_000,
}, async ({ onTestFinished }) => {
  const dataDir = createDataDir();
  onTestFinished(dataDir.remove);
  const server = await startServerProcess(dataDir.path, { program: programToRun() });
  onTestFinished(async () => void (await server.end("SIGKILL")));
  const { boardId, keys } = firstGroup(await createTestWorkshop(server.url, ["Groep 1"]));
  const open = (isDeaf: boolean) =>
    openRawClient({ socketUrl: server.socketUrl, boardId, key: keys.contribute, isDeaf });
  // Thirty documents that follow each other in this one process would be what is measured.
  const typists = Array.from({ length: people }, (_, index) => new Typist(open(true), `person${index}`));
  await until(() => typists.every(({ client }) => client.isSaved()), "all are in");

  const end = performance.now() + seconds * 1000;
  // Not all in the same instant: everybody has a beat of their own.
  await Promise.all(
    typists.map(async (typist, index) => {
      let next = performance.now() + (index / people) * everyMs;
      while (next < end) {
        await new Promise((resolve) => setTimeout(resolve, next - performance.now()));
        typist.type();
        next += everyMs;
      }
    }),
  );
  await until(() => typists.every(({ client }) => client.isSaved()), "everything is saved");
  const fresh = open(false);
  await until(fresh.isSynced, "a fresh client is in");

  const waits = typists.flatMap((typist) => typist.waits);
  const figures = {
    p50: partOf(waits, 0.5),
    p95: partOf(waits, 0.95),
    p99: partOf(waits, 0.99),
    max: partOf(waits, 1),
  };
  console.log(JSON.stringify({ saved: figures, changes: waits.length, people, seconds }));
  for (const typist of typists) expect(ownNotesIn(fresh.doc, typist.prefix)).toEqual(typist.confirmedNotes());
  expect(waits.length).toBe(typists.reduce((sum, typist) => sum + typist.confirmed(), 0));
  expect(waits.length).toBeGreaterThan(people * seconds * 5);
  expect(figures.p95).toBeLessThan(longestP95);
});
