import type {
  GroupRecord,
  LoggedUpdate,
  NewParticipant,
  NewUpdate,
  Snapshot,
  Store,
  WorkshopRecord,
} from "../../server/store/store.ts";
import {
  type BoardId,
  boardIdSchema,
  participantIdSchema,
  type WorkshopId,
  workshopIdSchema,
} from "../../shared/board/ids.ts";
import {
  groupFactsSchema,
  participantFactsSchema,
  workshopFactsSchema,
} from "../../shared/workshop/workshop.ts";

/* Rows as HTTP makes them, and updates that a store carries without looking inside. */

/** Ids by number, so that each play has rows of its own in one store. */
const idOf = (kind: string, number: number) => `${kind}${String(number).padStart(16 - kind.length, "0")}`;

export const boardIdOf = (number: number): BoardId => boardIdSchema.parse(idOf("board", number));

export function workshopOf(number: number): WorkshopRecord {
  return {
    facts: workshopFactsSchema.parse({
      id: idOf("workshop", number),
      title: `Werkplaats ${number}`,
      language: "nl",
      date: "2025-10-09",
      createdAt: "2025-10-01T08:00:00.000Z",
      retentionUntil: null,
    }),
    joinCode: `CODE${number}`,
    generation: 1,
  };
}

export function groupOf(workshopId: WorkshopId, number: number): GroupRecord {
  return {
    facts: groupFactsSchema.parse({
      id: idOf("group", number),
      name: `Groep ${number}`,
      focus: number % 2 === 0 ? "individual" : "community",
      boardId: boardIdOf(number),
      templateId: "tree",
      createdAt: "2025-10-09T18:30:00.000Z",
      locked: false,
    }),
    workshopId,
    generation: 1,
  };
}

export function participantOf(boardId: BoardId, name: string): NewParticipant {
  const { code: _code, ...participant } = participantFactsSchema.parse({
    id: name.toLowerCase(),
    boardId,
    code: 1,
    role: "contribute",
    name,
    voice: "informal",
    affiliation: "Utrecht",
    consent: { research: true, quote: null },
  });
  return participant;
}

/** Makes a workshop with this many boards and gives their ids; `number` must be new to this store. */
export async function addBoards(store: Store, number: number, count: number): Promise<readonly BoardId[]> {
  const workshop = workshopOf(number);
  const groups = Array.from({ length: count }, (_, index) =>
    groupOf(workshop.facts.id, number * 100 + index),
  );
  const made = await store.createWorkshop(workshop, groups);
  if (!made.ok) throw new Error(`no workshop: ${made.error.kind}`);
  return groups.map(({ facts }) => facts.boardId);
}

export const unknownWorkshopId = workshopIdSchema.parse(idOf("workshop", 999_999));
export const unknownBoardId = boardIdOf(999_999);

/** An update that says which one it is. */
export function updateOf(boardId: BoardId, word: string): NewUpdate {
  const { length } = word;
  return {
    boardId,
    participant: length % 3 === 0 ? null : participantIdSchema.parse("alice"),
    receivedAt: 1_760_000_000_000 + length,
    bytes: new TextEncoder().encode(word),
  };
}

export function wordOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** A snapshot that says what is in it. */
export function snapshotOf(words: readonly string[]): Snapshot {
  return {
    bytes: new TextEncoder().encode(words.join(" ")),
    stateVector: Uint8Array.of(words.length % 256, 0),
    deletions: Uint8Array.of(0, words.length % 256),
  };
}

export function wordsIn({ bytes }: Pick<Snapshot, "bytes">): readonly string[] {
  const text = wordOf(bytes);
  return text === "" ? [] : text.split(" ");
}

/** What a board's history says: number and word of each update, oldest first. */
export async function historyOf(store: Store, boardId: BoardId): Promise<readonly string[]> {
  return (await store.loadHistory(boardId)).map(({ seq, bytes }) => `${seq} ${wordOf(bytes)}`);
}

/** Equal in every part; bytes may come as any kind of byte array. */
export function plainUpdate({ bytes, ...rest }: LoggedUpdate): unknown {
  return { ...rest, bytes: [...bytes] };
}
