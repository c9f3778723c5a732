import * as Y from "yjs";
import {
  type BoardId,
  boardIdSchema,
  noteIdSchema,
  type ParticipantId,
  participantIdSchema,
} from "../../shared/board/ids.ts";
import type { Voice } from "../../shared/board/note.ts";
import { nextFreeSpot, type ZoneId } from "../../shared/board/placement.ts";
import { readBoard } from "../../shared/board/readBoard.ts";
import { type Actor, BoardWriter } from "../../shared/board/writeBoard.ts";
import type { BoardExport, PrivacyLevel } from "../../shared/export/boardExport.ts";
import { exportToBoard } from "../../shared/export/fromJson.ts";
import type { ExportInput } from "../../shared/export/toJson.ts";
import type { Focus } from "../../shared/template/template.ts";
import { treeTemplate } from "../../shared/template/tree.ts";
import {
  groupFactsSchema,
  type ParticipantFacts,
  type WorkshopState,
  workshopFactsSchema,
} from "../../shared/workshop/workshop.ts";
import doorn from "../fixtures/doornTrees.json" with { type: "json" };

export const exampleBoardId: BoardId = boardIdSchema.parse("board00000000001");
export const exampleStart = Date.parse("2025-10-09T19:00:00.250Z");

export type ExportState = Pick<WorkshopState, "workshop" | "groups" | "participants">;

export function createExportState(
  participants: readonly ParticipantFacts[] = [],
  focus: Focus = "individual",
): ExportState {
  return {
    workshop: workshopFactsSchema.parse({
      id: "workshop00000001",
      title: doorn.workshop.title,
      language: "nl",
      date: "2025-10-09",
      createdAt: "2025-10-01T08:00:00.123Z",
      retentionUntil: "2026-10-09",
    }),
    groups: [
      groupFactsSchema.parse({
        id: "group00000000001",
        name: `Groep 1 "9/10"`,
        focus,
        boardId: exampleBoardId,
        templateId: "tree",
        createdAt: "2025-10-09T18:30:00.500Z",
      }),
    ],
    participants: [...participants],
  };
}

export type PersonOptions = Partial<Omit<ParticipantFacts, "id" | "boardId">>;

/** Someone who agreed to everything, unless `options` say otherwise. */
export function createPerson(id: string, code: number, options: PersonOptions = {}): ParticipantFacts {
  return {
    id: participantIdSchema.parse(id),
    boardId: exampleBoardId,
    code,
    role: "contribute",
    name: null,
    voice: "informal",
    affiliation: "Utrecht",
    consent: { research: true, quote: true },
    ...options,
  };
}

export type Hand = {
  readonly writer: BoardWriter;
  readonly actAs: (actor: Actor) => void;
  /** Milliseconds forward; every new note moves the clock by 1.7 s besides. */
  readonly wait: (ms: number) => void;
};

/** A writer with a clock and ids that count. */
export function createHand(doc: Y.Doc, prefix = "note", start = exampleStart): Hand {
  let time = start;
  let made = 0;
  let actor: Actor = null;
  const writer = new BoardWriter({
    doc,
    now: () => time,
    createNoteId: () => {
      made += 1;
      time += 1_700;
      return noteIdSchema.parse(`${prefix}${String(made).padStart(4, "0")}`);
    },
    actor: () => actor,
  });
  return {
    writer,
    actAs: (next) => {
      actor = next;
    },
    wait: (ms) => {
      time += ms;
    },
  };
}

export type WrittenNote = {
  readonly text: string;
  readonly zone?: ZoneId;
  readonly voice?: Voice;
  readonly author?: ParticipantId;
  readonly enteredBy?: Actor;
};

export function writeNote(doc: Y.Doc, hand: Hand, note: WrittenNote) {
  hand.actAs(note.enteredBy ?? null);
  const taken = [...readBoard(doc).notes.values()].map((other) => other.placement);
  const added = hand.writer.addNote({
    text: note.text,
    placement: nextFreeSpot(note.zone ?? "roots", taken, treeTemplate),
    source: "screen",
    voice: note.voice ?? "unspecified",
    ...(note.author === undefined ? {} : { author: note.author }),
  });
  if (!added.ok) throw new Error(added.error.kind);
  return added.value;
}

/** The trees of Doorn, as a group would have typed them on one screen. */
export function createDoornDoc(focus: Focus): Y.Doc {
  const doc = new Y.Doc();
  const hand = createHand(doc, focus);
  const tree = doorn.trees.find((candidate) => candidate.focus === focus);
  if (tree === undefined) throw new Error(`no tree for ${focus}`);
  for (const zone of ["roots", "wateringCan", "fruits"] as const) {
    for (const text of tree[zone]) writeNote(doc, hand, { text, zone });
  }
  return doc;
}

export function createExportInput(
  doc: Y.Doc,
  state: ExportState,
  privacy: PrivacyLevel = "pseudonymised",
): ExportInput {
  return {
    doc,
    boardId: exampleBoardId,
    state,
    template: treeTemplate,
    privacy,
    exportedAt: new Date("2025-10-10T09:00:00.999Z"),
    exportedBy: "facilitate",
  };
}

/** What the server does with an uploaded export: ids are new, the rest is carried over. */
export function importExport(exported: BoardExport): {
  readonly board: ReturnType<typeof exportToBoard>;
  readonly state: ExportState;
} {
  let made = 0;
  const board = exportToBoard(exported, () => {
    made += 1;
    // Counting down: the order of ids is not the order of codes.
    return participantIdSchema.parse(`imported${99_999 - made}`);
  });
  const participants = board.participants.map((person) => ({ ...person, boardId: exampleBoardId }));
  return { board, state: createExportState(participants, board.focus) };
}
