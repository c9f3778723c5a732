import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import type * as Y from "yjs";
import { type NoteId, noteIdSchema } from "../../shared/board/ids.ts";
import { readBoard } from "../../shared/board/readBoard.ts";
import { BoardWriter } from "../../shared/board/writeBoard.ts";
import { openRawClient, type RawClient } from "../support/rawClient.ts";
import { createDataDir, createTestWorkshop, firstGroup, until } from "../support/relayServer.ts";
import { startServerProcess } from "../support/serverProcess.ts";
import { mustWork, newNote } from "../support/writers.ts";

/*
 * The real server is killed at some moment while four people add, reword, remove and restore notes of their own. A
 * device sends its changes in order, so what the restarted server serves must be what that device had at one moment:
 * not before the last change that was called saved, and whole. CRASH_ROUNDS says how often.
 */
const rounds = Number(process.env.CRASH_ROUNDS ?? 5);
/** A board takes 5,000 notes, and a round makes more than a hundred. */
const roundsPerBoard = 25;
const names = ["Alice", "Bob", "Chen", "Dina"];

/** A person's own notes, each as one line: id, text and whether it is in the bin. */
type OwnNotes = readonly string[];
/** What a device had after so many sync frames. */
type Moment = { readonly sent: number; readonly notes: OwnNotes };

class Typist {
  readonly client: RawClient;
  readonly prefix: string;
  readonly #moments: Moment[] = [];
  readonly #writer: BoardWriter;
  readonly #ids: NoteId[] = [];

  constructor(client: RawClient, prefix: string) {
    this.client = client;
    this.prefix = prefix;
    this.#writer = new BoardWriter({
      doc: client.doc,
      now: Date.now,
      createNoteId: () => noteIdSchema.parse(`${prefix}-${this.#ids.length}`),
      actor: () => null,
    });
  }

  /** One change, one frame: of every five a new note, its wording twice, an older one to the bin, and one back. */
  type(step: number): void {
    if (this.client.socket.readyState !== this.client.socket.OPEN) return;
    const latest = this.#ids.at(-1);
    const older = this.#ids.at(-2);
    if (latest === undefined || step % 5 === 0) {
      this.#ids.push(mustWork(this.#writer.addNote(newNote(`briefje ${step}`))));
    } else if (step % 5 === 3 && older !== undefined) {
      mustWork(this.#writer.removeNote(older));
    } else if (step % 10 === 4 && older !== undefined) {
      mustWork(this.#writer.restoreNote(older));
    } else {
      mustWork(this.#writer.rewordNote(latest, `in stap ${step} opnieuw gezegd`));
    }
    this.#moments.push({ sent: this.client.sent(), notes: ownNotesIn(this.client.doc, this.prefix) });
  }

  /** The moments that may be on disk: the last one that was called saved, and all after it. */
  possibleMoments(): readonly Moment[] {
    const confirmed = this.#moments.filter(({ sent }) => sent <= this.client.saved()).length;
    return confirmed === 0 ? [{ sent: 0, notes: [] }, ...this.#moments] : this.#moments.slice(confirmed - 1);
  }

  confirmedNotes(): OwnNotes {
    return this.possibleMoments()[0]?.notes ?? [];
  }
}

function ownNotesIn(doc: Y.Doc, prefix: string): OwnNotes {
  return [...readBoard(doc).notes.values()]
    .filter(({ id }) => id.startsWith(`${prefix}-`))
    .map((note) => `${note.id}: ${note.text}${note.removed === null ? "" : " (bin)"}`)
    .sort();
}

test(`[R1] kill -9 while people type, ${rounds} times: nothing that was called saved is lost`, {
  timeout: 30_000 + rounds * 6_000,
}, async () => {
  const dataDir = createDataDir();
  let running = await startServerProcess(dataDir.path);
  try {
    let board = firstGroup(await createTestWorkshop(running.url, ["Groep 1"]));
    const join = () =>
      openRawClient({ socketUrl: running.socketUrl, boardId: board.boardId, key: board.keys.contribute });
    /** By person and round: found once on disk, it stays as it was found. */
    const found = new Map<string, OwnNotes>();
    const confirmed = { notes: 0, removals: 0 };

    for (let round = 0; round < rounds; round += 1) {
      if (round > 0 && round % roundsPerBoard === 0) {
        board = firstGroup(await createTestWorkshop(running.url, ["Groep 1"]));
        found.clear();
      }
      const typists = names.map((name) => new Typist(join(), `${name}-${round}`));
      await until(() => typists.every(({ client }) => client.isSynced() && client.isSaved()), "all are in");
      // A different moment each round, so that kills fall before, in and after commits.
      const enough = 15 + ((round * 37) % 60);
      let step = 0;
      const typing = setInterval(() => {
        for (const typist of typists) typist.type(step);
        step += 1;
      }, 4);
      await until(() => step >= enough && typists.every(({ client }) => client.saved() > 5), "much is saved");
      await running.end("SIGKILL");
      clearInterval(typing);
      await until(() => typists.every(({ client }) => client.closeCode() !== null), "all are cut off");

      checkFile(dataDir.path);
      running = await startServerProcess(dataDir.path);
      const fresh = join();
      await until(fresh.isSynced, "a fresh client is in");
      for (const [prefix, notes] of found) expect(ownNotesIn(fresh.doc, prefix)).toEqual(notes);
      for (const typist of typists) {
        const served = ownNotesIn(fresh.doc, typist.prefix);
        expect(typist.possibleMoments().map(({ notes }) => notes)).toContainEqual(served);
        found.set(typist.prefix, served);
        const certain = typist.confirmedNotes();
        confirmed.notes += certain.length;
        confirmed.removals += certain.filter((note) => note.endsWith(" (bin)")).length;
      }
      expect(readBoard(fresh.doc).setAside).toEqual([]);
      fresh.socket.terminate();
    }
    expect(confirmed.notes).toBeGreaterThan(rounds * names.length);
    expect(confirmed.removals).toBeGreaterThan(rounds);
  } finally {
    await running.end("SIGKILL");
    dataDir.remove();
  }
});

test("[R5] SIGTERM says goodbye with 1012, keeps everything and ends with 0 within five seconds", async () => {
  const dataDir = createDataDir();
  let running = await startServerProcess(dataDir.path);
  try {
    const { boardId, keys } = firstGroup(await createTestWorkshop(running.url, ["Groep 1"]));
    const join = () => openRawClient({ socketUrl: running.socketUrl, boardId, key: keys.contribute });
    const alice = join();
    await until(alice.isSaved, "Alice is in");
    alice.doc.getMap("words").set("respect", true);
    await until(alice.isSaved, "it is saved");

    const askedAt = performance.now();
    const exitCode = await running.end("SIGTERM");
    const tookMs = performance.now() - askedAt;
    await until(() => alice.closeCode() !== null, "Alice is told");
    running = await startServerProcess(dataDir.path);
    const bob = join();
    await until(bob.isSynced, "Bob is in");

    expect(exitCode).toBe(0);
    expect(tookMs).toBeLessThan(5_000);
    expect(alice.closeCode()).toBe(1012);
    expect(bob.doc.getMap("words").has("respect")).toBe(true);
  } finally {
    await running.end("SIGKILL");
    dataDir.remove();
  }
});

function checkFile(dataDir: string): void {
  const database = new Database(join(dataDir, "collaboration-tree.sqlite"));
  expect(database.pragma("integrity_check", { simple: true })).toBe("ok");
  database.close();
}
