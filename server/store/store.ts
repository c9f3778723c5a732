import type { BoardId, ParticipantId, WorkshopId } from "../../shared/board/ids.ts";
import type { Result } from "../../shared/result.ts";
import type {
  Consent,
  GroupFacts,
  ParticipantFacts,
  Role,
  WorkshopFacts,
} from "../../shared/workshop/workshop.ts";

/*
 * What is kept on disk. The rules of every implementation:
 *
 * 1. A promise that resolves means: on disk, and there after a crash.
 * 2. `appendUpdates` is one transaction: all of the batch, or nothing and a rejection. It may then be called again
 *    with the same batch.
 * 3. Updates of a board are numbered from 1 without gaps, in the order in which they were handed over.
 * 4. `loadBoard` is one consistent moment: the latest snapshot and exactly the updates after it.
 * 5. `storeSnapshot` is one transaction: the snapshot stands, the updates in it leave the log and are kept in the
 *    history, or nothing of that happens. A snapshot that is not newer than the one there changes nothing.
 * 6. Log and history together hold every update ever appended, each once.
 * 7. What is read back is parsed: a row that does not fit rejects, and is never half of an answer.
 * 8. Arguments and results are plain data, so that a store may live on a thread of its own.
 */

export type WorkshopRecord = {
  readonly facts: WorkshopFacts;
  readonly joinCode: string;
  /** Raised when the facilitator's link is replaced. */
  readonly generation: number;
};

export type GroupRecord = {
  readonly facts: GroupFacts;
  readonly workshopId: WorkshopId;
  /** Raised when the links of the board are replaced. */
  readonly generation: number;
};

export type NewUpdate = {
  readonly boardId: BoardId;
  readonly participant: ParticipantId | null;
  readonly receivedAt: number;
  readonly bytes: Uint8Array;
};

export type Snapshot = {
  readonly bytes: Uint8Array;
  /** Both as `Compacted` has them. */
  readonly stateVector: Uint8Array;
  readonly deletions: Uint8Array;
};

export type StoredBoard = {
  readonly snapshot: Snapshot | null;
  /** After the snapshot, oldest first. */
  readonly updates: readonly Uint8Array[];
  /** Number of the latest update; 0 for none. */
  readonly seq: number;
};

export type LoggedUpdate = Omit<NewUpdate, "boardId"> & { readonly seq: number };

export type NewParticipant = Omit<ParticipantFacts, "code">;
export type ParticipantChanges = Partial<Pick<ParticipantFacts, "name" | "voice" | "affiliation">> & {
  /** Only the named parts change. */
  readonly consent?: { readonly [Part in keyof Consent]?: Consent[Part] | undefined };
};

export type CreateWorkshopError = { readonly kind: "joinCodeTaken" };
export type AddParticipantError = { readonly kind: "boardFull" };

export type Store = {
  readonly createWorkshop: (
    workshop: WorkshopRecord,
    groups: readonly GroupRecord[],
  ) => Promise<Result<void, CreateWorkshopError>>;
  readonly workshop: (id: WorkshopId) => Promise<WorkshopRecord | null>;
  readonly workshopByJoinCode: (code: string) => Promise<WorkshopRecord | null>;
  /** In the order in which they were made. */
  readonly groupsOf: (id: WorkshopId) => Promise<readonly GroupRecord[]>;
  readonly groupOfBoard: (id: BoardId) => Promise<GroupRecord | null>;
  /** One transaction: a group appears with its participants and its notes, or not at all. */
  readonly addGroup: (
    group: GroupRecord,
    content: { readonly participants: readonly ParticipantFacts[]; readonly updates: readonly NewUpdate[] },
  ) => Promise<void>;
  /** Of all boards of the workshop, by board and code. */
  readonly participantsOf: (id: WorkshopId) => Promise<readonly ParticipantFacts[]>;
  /**
   * Gives a number that is not in use on this board, from a range wider than the group; `draw` decides which. The
   * last places of a board are for facilitators.
   */
  readonly addParticipant: (
    participant: NewParticipant,
    options: { readonly createdAt: string; readonly draw: number },
  ) => Promise<Result<ParticipantFacts, AddParticipantError>>;
  /** Null when this board has no such participant. */
  readonly changeParticipant: (
    boardId: BoardId,
    id: ParticipantId,
    changes: ParticipantChanges,
  ) => Promise<ParticipantFacts | null>;
  /** Number of the latest update of each board in the batch. */
  readonly appendUpdates: (batch: readonly NewUpdate[]) => Promise<ReadonlyMap<BoardId, number>>;
  readonly loadBoard: (id: BoardId) => Promise<StoredBoard>;
  /** `seq`: every update up to it is in the snapshot. */
  readonly storeSnapshot: (id: BoardId, seq: number, snapshot: Snapshot, createdAt: number) => Promise<void>;
  /** Every update of a board with when and from whom it came, oldest first: how the tree grew. */
  readonly loadHistory: (id: BoardId) => Promise<readonly LoggedUpdate[]>;
  /** Null when there is no such board. */
  readonly setLocked: (id: BoardId, isLocked: boolean) => Promise<GroupRecord | null>;
  /** Rejects when nothing can be read. */
  readonly check: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** People on one board; more is no workshop but a mistake or an attack. */
export const maxParticipantsPerBoard = 2000;
/** Of those, kept free for who comes with the facilitator's key. */
export const facilitatorsReserve = 50;

/** How many may be there for one more to come. */
export function fullFor(role: Role): number {
  return role === "facilitate" ? maxParticipantsPerBoard : maxParticipantsPerBoard - facilitatorsReserve;
}

/** Drawn from a range wider than the group, so that the number does not tell who came first. */
export function unusedCode(used: ReadonlySet<number>, draw: number): number {
  const codes = Array.from({ length: used.size + 20 }, (_, index) => index + 1);
  const unused = codes.filter((code) => !used.has(code));
  return unused[draw % unused.length] ?? used.size + 21;
}
