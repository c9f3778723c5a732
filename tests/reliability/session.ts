import * as Y from "yjs";
import { type NoteId, noteIdSchema } from "../../shared/board/ids.ts";
import { BoardWriter } from "../../shared/board/writeBoard.ts";
import type { WorkshopCreated } from "../../shared/workshop/api.ts";
import { areDocumentsEqual, seeBoard } from "../support/person.ts";
import { openRawClient, type RawClient } from "../support/rawClient.ts";
import { until } from "../support/relayServer.ts";
import { mustWork, newNote } from "../support/writers.ts";
import { type SessionPlan, spread } from "./workday.ts";

/*
 * A group on its board: everybody joins, some of them clumsily, they move their pointers and write, all is saved and
 * equal, and everybody leaves, half of them without a goodbye.
 */

export type SessionFigures = {
  readonly joins: number;
  readonly updates: number;
  readonly presenceFrames: number;
  /** Joins that had to fail or were given up half-way. */
  readonly clumsyJoins: number;
  /** The board as all had it in the end. */
  readonly board: string;
};

const turnMs = 50;
/** Frames a second of one member: under what the relay lets one send for long, or fast and few. */
const pace = { forLong: 25, forShort: 120, mostForShort: 800 };
const patienceMs = 60_000;

export async function holdSession(
  socketUrl: string,
  group: WorkshopCreated["groups"][number],
  plan: SessionPlan,
): Promise<SessionFigures> {
  const { boardId } = group;
  const join = (key: string) => openRawClient({ socketUrl, boardId, key });
  // One with a wrong key, one who leaves while the door opens, one who leaves while the board loads.
  const stranger = join("wrong-key-wrong-key-wrong-key");
  const hasty = join(group.keys.contribute);
  hasty.socket.once("open", () => hasty.socket.terminate());
  const hastier = join(group.keys.view);
  hastier.socket.terminate();
  const clumsy = [stranger, hasty, hastier];

  const clients = Array.from({ length: plan.members }, () => join(group.keys.contribute));
  await until(
    () => clients.every((client) => client.isSynced() && client.isSaved()),
    "all are in",
    patienceMs,
  );
  const members = clients.map((client, index) => createMember(client, plan, index));
  const updates = spread(plan.updates, members.length);
  const presence = spread(plan.presenceFrames, members.length);
  const framesEach = (plan.updates + plan.presenceFrames) / members.length;
  const framesPerSecond = framesEach > pace.mostForShort ? pace.forLong : pace.forShort;
  const turns = Math.ceil(framesEach / framesPerSecond / (turnMs / 1000));
  const turnsOf = (total: number) => spread(total, turns);
  const [updateTurns, presenceTurns] = [updates.map(turnsOf), presence.map(turnsOf)];
  const startedAt = performance.now();
  for (let turn = 0; turn < turns; turn += 1) {
    members.forEach((member, index) => {
      for (let count = updateTurns[index]?.[turn] ?? 0; count > 0; count -= 1) member.write();
      for (let count = presenceTurns[index]?.[turn] ?? 0; count > 0; count -= 1) member.movePointer();
    });
    const early = startedAt + (turn + 1) * turnMs - performance.now();
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, early)));
  }

  const isEverywhere = () =>
    clients.every((client) => client.isSaved()) && areDocumentsEqual(clients.map(({ doc }) => doc));
  await until(isEverywhere, `all of board ${plan.board} is saved and equal`, patienceMs);
  const [first] = clients;
  const board = JSON.stringify(seeBoard(first?.doc ?? new Y.Doc()).notes);
  clients.forEach(({ socket }, index) => {
    if (index % 2 === 0) socket.close();
    else socket.terminate();
  });
  await until(
    () => [...clients, ...clumsy].every((client) => client.closeCode() !== null),
    "all have left",
    patienceMs,
  );
  if (clumsy.some((client) => client.isSynced())) throw new Error("somebody got in who should not");
  return {
    joins: clients.length,
    updates: members.reduce((sum, member) => sum + member.written(), 0),
    presenceFrames: plan.presenceFrames,
    clumsyJoins: clumsy.length,
    board,
  };
}

type Member = {
  readonly write: () => void;
  readonly movePointer: () => void;
  readonly written: () => number;
};

function createMember(client: RawClient, plan: SessionPlan, index: number): Member {
  const ids: NoteId[] = [];
  let written = 0;
  let clock = 0;
  const writer = new BoardWriter({
    doc: client.doc,
    now: Date.now,
    createNoteId: () => noteIdSchema.parse(`b${plan.board}-${client.doc.clientID}-${ids.length}`),
    actor: () => null,
  });
  const newNoteEvery = plan.isHeavy ? 50 : 10;
  /** Begins and ends differently each time, so that nothing of the old text stays. */
  const text = () => `${written} ${"a".repeat(plan.isHeavy ? 900 : 60)} ${written}`;

  return {
    write() {
      const latest = ids.at(-1);
      const older = ids.at(-2);
      if (latest === undefined || written % newNoteEvery === 0) {
        ids.push(mustWork(writer.addNote(newNote(text()))));
      } else if (older !== undefined && written % newNoteEvery === 5) {
        mustWork(writer.removeNote(older));
      } else {
        mustWork(writer.rewordNote(latest, text()));
      }
      written += 1;
    },
    movePointer() {
      clock += 1;
      const json = JSON.stringify({ participant: null, pointer: { x: clock % 3200, y: 100 * index } });
      client.sendPresence([{ clientId: client.doc.clientID, clock, json }]);
    },
    written: () => written,
  };
}
