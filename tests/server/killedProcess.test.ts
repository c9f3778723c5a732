import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import type * as Y from "yjs";
import { openRawClient, type RawClient } from "../support/rawClient.ts";
import { createDataDir, createTestWorkshop, firstGroup, until } from "../support/relayServer.ts";

const rounds = Number(process.env.CRASH_ROUNDS ?? 5);
const crowd = 4;

/** What one device was told is saved, as the words that must and those that must not be there. */
type Typist = {
  readonly client: RawClient;
  readonly marks: { readonly sent: number; readonly words: ReadonlyMap<string, boolean> }[];
};

test(`[R1] kill -9 loses nothing that was shown as saved (${rounds} rounds)`, {
  timeout: 30_000 + rounds * 6_000,
}, async () => {
  const dataDir = createDataDir();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let running = await startProcess(port, dataDir.path);
  try {
    const { boardId, keys } = firstGroup(await createTestWorkshop(url, ["Groep 1"]));
    const expected = new Map<string, boolean>();
    let confirmedEdits = 0;
    let confirmedRemovals = 0;

    for (let round = 0; round < rounds; round += 1) {
      const typists: Typist[] = [];
      for (let index = 0; index < crowd; index += 1) {
        const client = openRawClient({
          socketUrl: `ws://127.0.0.1:${port}/rooms`,
          boardId,
          key: keys.contribute,
        });
        typists.push({ client, marks: [] });
      }
      await until(() => typists.every(({ client }) => client.isSynced() && client.isSaved()), "all are in");
      // A different moment each round, so that kills fall before, in and after commits.
      const enough = 15 + ((round * 37) % 60);
      let typed = 0;
      const typing = setInterval(() => {
        typed += 1;
        for (const [index, typist] of typists.entries()) type(typist, `${round}-${index}`, typed);
      }, 4);
      await until(
        () => typed >= enough && typists.some(({ client }) => client.saved() > 5),
        "something was saved",
      );
      running.kill("SIGKILL");
      clearInterval(typing);
      await until(() => typists.every(({ client }) => client.closeCode() !== null), "all are cut off");
      await ended(running);

      for (const { client, marks } of typists) {
        const confirmed = marks.filter(({ sent }) => sent <= client.saved()).at(-1);
        for (const [word, isThere] of confirmed?.words ?? []) {
          expected.set(word, isThere);
          if (isThere) confirmedEdits += 1;
          else confirmedRemovals += 1;
        }
      }
      checkFile(dataDir.path);
      running = await startProcess(port, dataDir.path);
      const fresh = openRawClient({
        socketUrl: `ws://127.0.0.1:${port}/rooms`,
        boardId,
        key: keys.contribute,
      });
      await until(fresh.isSynced, "a fresh client is in");
      expect(lostIn(fresh.doc, expected)).toEqual([]);
      fresh.socket.terminate();
    }
    expect(confirmedEdits).toBeGreaterThan(rounds);
    expect(confirmedRemovals).toBeGreaterThan(rounds);
  } finally {
    running.kill("SIGKILL");
    await ended(running);
    dataDir.remove();
  }
});

test("[R5] SIGTERM says goodbye with 1012, keeps everything and ends with 0 within five seconds", async () => {
  const dataDir = createDataDir();
  const port = await freePort();
  const running = await startProcess(port, dataDir.path);
  const { boardId, keys } = firstGroup(await createTestWorkshop(`http://127.0.0.1:${port}`, ["Groep 1"]));
  const alice = openRawClient({ socketUrl: `ws://127.0.0.1:${port}/rooms`, boardId, key: keys.contribute });
  await until(alice.isSaved, "Alice is in");
  alice.doc.getMap("words").set("respect", true);
  await until(alice.isSaved, "it is saved");

  const askedAt = performance.now();
  running.kill("SIGTERM");
  await ended(running);

  expect(running.exitCode).toBe(0);
  expect(performance.now() - askedAt).toBeLessThan(5_000);
  expect(alice.closeCode()).toBe(1012);
  dataDir.remove();
});

/** Adds a word; every third time takes away an older one of its own. Only own words, so that nobody undoes another. */
function type({ client, marks }: Typist, prefix: string, count: number): void {
  if (client.closeCode() !== null) return;
  const words = new Map(marks.at(-1)?.words);
  const shared = client.doc.getMap("words");
  shared.set(`${prefix}-${count}`, true);
  words.set(`${prefix}-${count}`, true);
  if (count % 3 === 0) {
    shared.delete(`${prefix}-${count - 2}`);
    words.set(`${prefix}-${count - 2}`, false);
  }
  marks.push({ sent: client.sent(), words });
}

function lostIn(doc: Y.Doc, expected: ReadonlyMap<string, boolean>): string[] {
  const shared = doc.getMap("words");
  // A word whose removal was sent and not confirmed may be gone as well; its adding was confirmed, its number is not lost.
  return [...expected]
    .filter(([word, isThere]) => !isThere && shared.has(word))
    .map(([word]) => `${word} is back`)
    .concat(
      [...expected]
        .filter(([word, isThere]) => isThere && !shared.has(word) && !isRemovable(word))
        .map(([word]) => `${word} is gone`),
    );
}

/** Words that this play removes later: the removal may have arrived without having been confirmed. */
function isRemovable(word: string): boolean {
  return Number(word.split("-").at(-1)) % 3 === 1;
}

function checkFile(dataDir: string): void {
  const database = new Database(join(dataDir, "collaboration-tree.sqlite"));
  expect(database.pragma("integrity_check", { simple: true })).toBe("ok");
  database.close();
}

async function startProcess(port: number, dataDir: string): Promise<ChildProcess> {
  const started = spawn(process.execPath, ["--import", "tsx", "server/main.ts"], {
    env: {
      PATH: process.env.PATH,
      HOST: "127.0.0.1",
      PORT: String(port),
      DATA_DIR: dataDir,
      CLIENT_DIR: dataDir,
      LOG_LEVEL: "error",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  started.stdout?.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  await until(() => said.includes("ready on") || started.exitCode !== null, "the server is up", 20_000);
  if (started.exitCode !== null) throw new Error("the server did not start");
  return started;
}

async function ended(process: ChildProcess): Promise<void> {
  if (process.exitCode === null && process.signalCode === null) await once(process, "exit");
}

/** The restarted server must come back on the same port, so it cannot be left to the system. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
