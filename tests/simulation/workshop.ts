import {
  type BoardId,
  boardIdSchema,
  participantIdSchema,
  workshopIdSchema,
} from "../../shared/board/ids.ts";
import { type ExportInput, exportToJson } from "../../shared/export/toJson.ts";
import { treeTemplate } from "../../shared/template/tree.ts";
import {
  groupFactsSchema,
  type ParticipantFacts,
  participantFactsSchema,
  workshopFactsSchema,
} from "../../shared/workshop/workshop.ts";
import type { MemoryDisk } from "../support/memoryStore.ts";

/* The workshop in which every history happens: a group or two, and people who told who they are. */

export const workshopId = workshopIdSchema.parse("workshop00000001");

const facts = workshopFactsSchema.parse({
  id: workshopId,
  title: "Doorn",
  language: "nl",
  date: "2025-10-09",
  createdAt: "2025-10-01T08:00:00.000Z",
  retentionUntil: null,
});
const groups = [1, 2].map((number) =>
  groupFactsSchema.parse({
    id: `group0000000000${number}`,
    name: `Groep ${number}`,
    focus: "individual",
    boardId: `board0000000000${number}`,
    templateId: "tree",
    createdAt: "2025-10-09T18:30:00.000Z",
    locked: false,
  }),
);

export const people = ["Alice", "Bob", "Chen", "Dilek", "Emre", "Fatima"] as const;

export function participantOf(name: string, boardId: BoardId): ParticipantFacts {
  return participantFactsSchema.parse({
    id: participantIdSchema.parse(name.toLowerCase()),
    boardId,
    code: name.charCodeAt(0) - 64,
    role: "contribute",
    name,
    voice: "informal",
    affiliation: "Utrecht",
    consent: { research: true, quote: true },
  });
}

/** Writes the rows that HTTP would have made, and gives the boards. */
export function fillWorkshop(disk: MemoryDisk, boardCount: number): readonly BoardId[] {
  disk.workshops.set(workshopId, { facts, joinCode: "DOORN", generation: 0 });
  const used = groups.slice(0, boardCount);
  for (const group of used) disk.groups.set(group.boardId, { facts: group, workshopId, generation: 0 });
  return used.map(({ boardId }) => boardIdSchema.parse(boardId));
}

export function exportOf(disk: MemoryDisk, boardId: BoardId, doc: ExportInput["doc"]): string {
  return exportToJson({
    doc,
    boardId,
    state: { workshop: facts, groups, participants: disk.participants },
    template: treeTemplate,
    privacy: "named",
    exportedAt: new Date("2025-10-10T09:00:00.000Z"),
    exportedBy: "facilitate",
  });
}
