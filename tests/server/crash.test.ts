import { expect, test } from "vitest";
import { readBoard } from "../../shared/board/readBoard.ts";
import { programToRun } from "../support/builtServer.ts";
import { checkHistories, lengthenLogs, watchLogs } from "../support/longLogs.ts";
import { partOf } from "../support/percentile.ts";
import { createSeededRandom } from "../support/random.ts";
import { openRawClient } from "../support/rawClient.ts";
import { createDataDir, createTestWorkshop, type firstGroup, until } from "../support/relayServer.ts";
import { type ServerProcess, startServerProcess } from "../support/serverProcess.ts";
import { notesByPerson, type OwnNotes, Typist } from "../support/typist.ts";
import { checkDatabase } from "../support/workThroughFault.ts";

/*
 * The real server, threads and all, is killed while people add, reword, remove and restore notes of their own: most
 * often at some moment of ordinary work, one time in ten while it makes the logs of eight boards small, and one time
 * in ten it is asked to stop. CRASH_ROUNDS says how often, CRASH_SEED which moments.
 */
const rounds = Number(process.env.CRASH_ROUNDS ?? 5);
const seed = Number(process.env.CRASH_SEED ?? 1);
const names = ["Alice", "Bob", "Chen", "Dina"];
const largeBoards = 8;
/** More than the server lets a log grow before it makes a snapshot. */
const longLog = 1_500;
/** Boards grow with every round, and take 5,000 notes. */
const roundsPerWorkshop = 25;

/** For a machine that has much else to do. */
const patienceMs = 20_000;

type Group = ReturnType<typeof firstGroup>;
type Kind = "kill" | "killCompacting" | "stop";

const kindOf = (round: number): Kind => {
  if (round % 10 === 2) return "killCompacting";
  return round % 10 === 3 ? "stop" : "kill";
};

test(`[R1] [R5] killed or stopped while people type, ${rounds} times: nothing that was called saved is lost`, {
  timeout: 30_000 + rounds * 12_000,
}, async ({ onTestFinished }) => {
  const random = createSeededRandom(seed);
  const dataDir = createDataDir();
  onTestFinished(dataDir.remove);
  const start = () => startServerProcess(dataDir.path, { program: programToRun() });
  let running: ServerProcess = await start();
  onTestFinished(async () => void (await running.end("SIGKILL")));

  let groups: readonly Group[] = [];
  /** By board, person and round: found once on disk, it stays as it was found. */
  const found = new Map<string, ReadonlyMap<string, OwnNotes>>();
  const counts = new Map<string, number>();
  const waits: number[] = [];
  const tally = {
    rounds: { kill: 0, killCompacting: 0, stop: 0 },
    savedChanges: 0,
    savedNotes: 0,
    savedRemovals: 0,
    /** People whose last change was on its way to the disk, or was there and not called saved yet. */
    cutBeforeCommit: 0,
    cutAfterCommit: 0,
    /** Rounds in which some of the eight boards had been made small, and others not. */
    killedBetweenSnapshots: 0,
    longestStopMs: 0,
  };

  const clientOf = ({ boardId, keys }: Group) =>
    openRawClient({ socketUrl: running.socketUrl, boardId, key: keys.contribute });

  /** Lets people type until the moment of this round, and returns when the server is gone. */
  async function workUntilTheEnd(kind: Kind, typists: readonly Typist[]): Promise<void> {
    await until(
      () => typists.every(({ client }) => client.isSynced() && client.isSaved()),
      "all are in",
      patienceMs,
    );
    // Nobody types faster for long than the server allows.
    const everyMs = kind === "killCompacting" ? 25 : 4;
    const typing = setInterval(() => {
      for (const typist of typists) typist.type();
    }, everyMs);
    try {
      await until(() => typists.every(({ waits }) => waits.length > 5), "much is saved", patienceMs);
      if (kind === "killCompacting") await someSnapshotsAreMade();
      await new Promise((resolve) => setTimeout(resolve, random() * (kind === "killCompacting" ? 60 : 250)));
      const askedAt = performance.now();
      const exitCode = await running.end(kind === "stop" ? "SIGTERM" : "SIGKILL");
      if (kind !== "stop") return;
      expect(exitCode).toBe(0);
      tally.longestStopMs = Math.max(tally.longestStopMs, Math.round(performance.now() - askedAt));
    } finally {
      clearInterval(typing);
    }
  }

  /** Of a few of the eight boards; of how many is up to chance. */
  async function someSnapshotsAreMade(): Promise<void> {
    const wanted = Math.floor(random() * largeBoards);
    const logs = watchLogs(
      dataDir.path,
      groups.map(({ boardId }) => boardId),
    );
    try {
      await until(() => logs.shorterThan(longLog) > wanted, "snapshots are made", patienceMs);
      if (logs.shorterThan(longLog) < largeBoards) tally.killedBetweenSnapshots += 1;
    } finally {
      logs.close();
    }
  }

  for (let round = 0; round < rounds; round += 1) {
    const kind = kindOf(round);
    if (round % roundsPerWorkshop === 0) {
      const created = await createTestWorkshop(
        running.url,
        Array.from({ length: largeBoards }, (_, index) => `Groep ${index + 1}`),
      );
      groups = created.groups;
    }
    const [first] = groups;
    if (first === undefined) throw new Error("groups expected");
    const used = kind === "killCompacting" ? groups : [first];
    const boards = used.map(({ boardId }) => boardId);
    if (kind === "killCompacting") {
      await running.end("SIGTERM");
      await lengthenLogs(dataDir.path, boards, longLog);
      running = await start();
    }
    const typists = Array.from({ length: Math.max(used.length, names.length) }, (_, index) => {
      const group = used[index % used.length] ?? first;
      const name = `${names[index % names.length]}${index}-${round}`;
      return { typist: new Typist(clientOf(group), name), boardId: group.boardId };
    });

    await workUntilTheEnd(
      kind,
      typists.map(({ typist }) => typist),
    );
    await until(
      () => typists.every(({ typist }) => typist.client.closeCode() !== null),
      "all are cut off",
      patienceMs,
    );
    checkDatabase(dataDir.path);
    for (const [boardId, count] of await checkHistories(dataDir.path, boards)) {
      expect(count).toBeGreaterThanOrEqual(counts.get(boardId) ?? 0);
      counts.set(boardId, count);
    }
    running = await start();

    for (const group of used) {
      const fresh = clientOf(group);
      await until(fresh.isSynced, "a fresh client is in", patienceMs);
      const served = notesByPerson(fresh.doc);
      for (const [person, notes] of found.get(group.boardId) ?? []) expect(served.get(person)).toEqual(notes);
      found.set(group.boardId, served);
      expect(readBoard(fresh.doc).setAside).toEqual([]);
      fresh.socket.terminate();
    }
    for (const { typist, boardId } of typists) {
      const cutOff = typist.cutOffAt(found.get(boardId)?.get(typist.prefix) ?? []);
      expect(cutOff, `${typist.prefix} in round ${round} of seed ${seed}`).not.toBeNull();
      if (kind === "stop") expect(typist.client.closeCode()).toBe(1012);
      if ((cutOff?.lost ?? 0) > 0) tally.cutBeforeCommit += 1;
      if ((cutOff?.keptUnsaid ?? 0) > 0) tally.cutAfterCommit += 1;
      waits.push(...typist.waits);
      const confirmed = typist.confirmedNotes();
      tally.savedChanges += typist.confirmed();
      tally.savedNotes += confirmed.length;
      tally.savedRemovals += confirmed.filter((note) => note.endsWith(" (bin)")).length;
    }
    tally.rounds[kind] += 1;
  }

  console.log(
    JSON.stringify({ crash: tally, seed, savedP50: partOf(waits, 0.5), savedP95: partOf(waits, 0.95) }),
  );
  expect(tally.savedNotes).toBeGreaterThan(rounds * names.length);
  expect(tally.savedRemovals).toBeGreaterThan(rounds);
  expect(tally.cutBeforeCommit).toBeGreaterThan(0);
  expect(tally.longestStopMs).toBeLessThan(5_000);
});
