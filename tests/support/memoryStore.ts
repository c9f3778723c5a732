import type { Clock } from "../../server/relay/clock.ts";
import {
  fullFor,
  type GroupRecord,
  type LoggedUpdate,
  type NewUpdate,
  type Snapshot,
  type Store,
  type StoredBoard,
  unusedCode,
  type WorkshopRecord,
} from "../../server/store/store.ts";
import type { BoardId, WorkshopId } from "../../shared/board/ids.ts";
import { refuse, succeed } from "../../shared/result.ts";
import type { ParticipantFacts } from "../../shared/workshop/workshop.ts";

/*
 * A store whose disk is a value that outlives it. What a store was asked is done part-way through the time it takes:
 * a crash before that moment leaves nothing of it, a crash behind it leaves all of it, and in both cases nobody hears
 * how it went.
 */

export type MemoryBoard = {
  /** After the snapshot. */
  log: LoggedUpdate[];
  /** In the snapshot. */
  history: LoggedUpdate[];
  snapshot: (Snapshot & { readonly seq: number }) | null;
};

/** What survives a crash. */
export type MemoryDisk = {
  readonly workshops: Map<WorkshopId, WorkshopRecord>;
  readonly groups: Map<BoardId, GroupRecord>;
  readonly participants: ParticipantFacts[];
  readonly boards: Map<BoardId, MemoryBoard>;
};

export type StoreCall = keyof Store;

/** How the disk is doing, asked anew at every call. */
export type DiskWeather = {
  /** Milliseconds this call takes. */
  readonly delayMs: (call: StoreCall) => number;
  /** Why this call fails; null when it works. */
  readonly failure: (call: StoreCall) => string | null;
};

export type MemoryStore = Store & {
  /** The process is gone: nothing that was not done yet is ever done, and nobody hears of it. */
  readonly crash: () => void;
};

export type MemoryStoreOptions = {
  readonly clock: Clock;
  readonly weather?: DiskWeather;
  /** Hears what is on disk from this moment on. */
  readonly onAppended?: (boardId: BoardId, update: LoggedUpdate) => void;
};

const calmWeather: DiskWeather = { delayMs: () => 0, failure: () => null };

export function createMemoryDisk(): MemoryDisk {
  return { workshops: new Map(), groups: new Map(), participants: [], boards: new Map() };
}

export function boardOn(disk: MemoryDisk, id: BoardId): MemoryBoard {
  const known = disk.boards.get(id);
  if (known !== undefined) return known;
  const board: MemoryBoard = { log: [], history: [], snapshot: null };
  disk.boards.set(id, board);
  return board;
}

export function storedBoardOn(disk: MemoryDisk, id: BoardId): StoredBoard {
  const board = boardOn(disk, id);
  const { snapshot } = board;
  return {
    snapshot: snapshot === null ? null : { ...snapshot },
    updates: board.log.map(({ bytes }) => bytes),
    seq: latestSeq(board),
  };
}

export function openMemoryStore(disk: MemoryDisk, options: MemoryStoreOptions): MemoryStore {
  const { clock, weather = calmWeather, onAppended = () => undefined } = options;
  let isGone = false;
  let writing: Promise<unknown> = Promise.resolve();

  const pause = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));
  const never = () => new Promise<never>(() => undefined);

  async function perform<T>(call: StoreCall, work: () => T): Promise<T> {
    const ms = weather.delayMs(call);
    if (ms > 0) await pause(ms / 2);
    if (isGone) return never();
    const failure = weather.failure(call);
    const done = failure === null ? succeed(work()) : refuse(failure);
    if (ms > 0) await pause(ms / 2);
    if (isGone) return never();
    if (!done.ok) throw new Error(done.error);
    return done.value;
  }

  const read = perform;
  /** What changes the disk happens in the order in which it was asked; what only reads may overtake it. */
  function write<T>(call: StoreCall, work: () => T): Promise<T> {
    const turn = writing.then(() => perform(call, work));
    writing = turn.catch(() => undefined);
    return turn;
  }

  function append(batch: readonly NewUpdate[]): ReadonlyMap<BoardId, number> {
    const latest = new Map<BoardId, number>();
    for (const { boardId, bytes, participant, receivedAt } of batch) {
      const board = boardOn(disk, boardId);
      const seq = latestSeq(board) + 1;
      const update = { seq, participant, receivedAt, bytes: bytes.slice() };
      board.log.push(update);
      latest.set(boardId, seq);
      onAppended(boardId, update);
    }
    return latest;
  }

  return {
    createWorkshop: (workshop, groups) =>
      write("createWorkshop", () => {
        const isTaken = [...disk.workshops.values()].some(({ joinCode }) => joinCode === workshop.joinCode);
        if (isTaken) return refuse({ kind: "joinCodeTaken" });
        disk.workshops.set(workshop.facts.id, workshop);
        for (const group of groups) disk.groups.set(group.facts.boardId, group);
        return succeed(undefined);
      }),
    workshop: (id) => read("workshop", () => disk.workshops.get(id) ?? null),
    workshopByJoinCode: (code) =>
      read(
        "workshopByJoinCode",
        () => [...disk.workshops.values()].find(({ joinCode }) => joinCode === code) ?? null,
      ),
    groupsOf: (id) =>
      read("groupsOf", () => [...disk.groups.values()].filter(({ workshopId }) => workshopId === id)),
    groupOfBoard: (id) => read("groupOfBoard", () => disk.groups.get(id) ?? null),
    addGroup: (group, { participants, updates }) =>
      write("addGroup", () => {
        disk.groups.set(group.facts.boardId, group);
        disk.participants.push(...participants);
        append(updates);
      }),
    participantsOf: (id) =>
      read("participantsOf", () => {
        const boards = [...disk.groups.values()].filter(({ workshopId }) => workshopId === id);
        return boards.flatMap(({ facts: { boardId } }) =>
          disk.participants.filter((person) => person.boardId === boardId).sort((a, b) => a.code - b.code),
        );
      }),
    addParticipant: (participant, { draw }) =>
      write("addParticipant", () => {
        const there = disk.participants.filter(({ boardId }) => boardId === participant.boardId);
        if (there.length >= fullFor(participant.role)) return refuse({ kind: "boardFull" });
        const facts = { ...participant, code: unusedCode(new Set(there.map(({ code }) => code)), draw) };
        disk.participants.push(facts);
        return succeed(facts);
      }),
    changeParticipant: (boardId, id, { consent, ...changes }) =>
      write("changeParticipant", () => {
        const index = disk.participants.findIndex((person) => person.boardId === boardId && person.id === id);
        const before = disk.participants[index];
        if (before === undefined) return null;
        const { research = before.consent.research, quote = before.consent.quote } = consent ?? {};
        const facts = { ...before, ...changes, consent: { research, quote } };
        disk.participants[index] = facts;
        return facts;
      }),
    appendUpdates(batch) {
      const copy = [...batch];
      return write("appendUpdates", () => append(copy));
    },
    loadBoard: (id) => read("loadBoard", () => storedBoardOn(disk, id)),
    storeSnapshot: (id, seq, snapshot) =>
      write("storeSnapshot", () => {
        const board = boardOn(disk, id);
        if (board.snapshot !== null && board.snapshot.seq >= seq) return;
        board.history.push(...board.log.filter((update) => update.seq <= seq));
        board.log = board.log.filter((update) => update.seq > seq);
        board.snapshot = { ...snapshot, seq };
      }),
    loadHistory: (id) =>
      read("loadHistory", () => {
        const board = boardOn(disk, id);
        return [...board.history, ...board.log];
      }),
    setLocked: (id, isLocked) =>
      write("setLocked", () => {
        const group = disk.groups.get(id);
        if (group === undefined) return null;
        const changed = { ...group, facts: { ...group.facts, locked: isLocked } };
        disk.groups.set(id, changed);
        return changed;
      }),
    check: () => read("check", () => undefined),
    async close() {
      await writing;
      isGone = true;
    },
    crash() {
      isGone = true;
    },
  };
}

function latestSeq(board: MemoryBoard): number {
  return board.log.at(-1)?.seq ?? board.snapshot?.seq ?? 0;
}
