import { z } from "zod";
import { participantIdSchema, workshopIdSchema } from "../../shared/board/ids.ts";
import type { ParticipantFacts } from "../../shared/workshop/workshop.ts";
import {
  groupFactsSchema,
  participantFactsSchema,
  workshopFactsSchema,
} from "../../shared/workshop/workshop.ts";
import type { GroupRecord, LoggedUpdate, Snapshot, WorkshopRecord } from "./store.ts";

/** The tables as SQL has them; bytes are blobs, truth values are 0, 1 or null. */
export type Tables = {
  workshops: {
    id: string;
    title: string;
    language: string;
    date: string | null;
    join_code: string;
    generation: number;
    retention_until: string | null;
    created_at: string;
  };
  groups: {
    id: string;
    workshop_id: string;
    board_id: string;
    position: number;
    name: string;
    focus: string;
    template_id: string;
    generation: number;
    created_at: string;
    locked: number;
  };
  participants: {
    id: string;
    board_id: string;
    code: number;
    role: string;
    name: string | null;
    voice: string | null;
    affiliation: string | null;
    consent_research: number | null;
    consent_quote: number | null;
    created_at: string;
  };
  updates: {
    board_id: string;
    seq: number;
    received_at: number;
    participant: string | null;
    bytes: Uint8Array;
  };
  snapshots: {
    board_id: string;
    seq: number;
    bytes: Uint8Array;
    state_vector: Uint8Array;
    deletions: Uint8Array;
    created_at: number;
  };
  /** Updates that a snapshot holds, packed by `historyChunk.ts`. */
  history: { board_id: string; last_seq: number; bytes: Uint8Array };
};

const generationSchema = z.number().int().min(1);
const consentColumn = z
  .union([z.literal(0), z.literal(1), z.null()])
  .transform((value) => (value === null ? null : value === 1));

// Of every row of a log: made once, since making a schema costs more than using it.
const receivedAtColumn = z.number().int();
const participantColumn = participantIdSchema.nullable();

export const bytesSchema = z.instanceof(Uint8Array);
export const seqSchema = z.number().int().min(0);

export function rowToWorkshop(row: Tables["workshops"]): WorkshopRecord {
  return {
    facts: workshopFactsSchema.parse({
      id: row.id,
      title: row.title,
      language: row.language,
      date: row.date,
      createdAt: row.created_at,
      retentionUntil: row.retention_until,
    }),
    joinCode: z.string().parse(row.join_code),
    generation: generationSchema.parse(row.generation),
  };
}

export function workshopToRow({ facts, joinCode, generation }: WorkshopRecord): Tables["workshops"] {
  return {
    id: facts.id,
    title: facts.title,
    language: facts.language,
    date: facts.date,
    join_code: joinCode,
    generation,
    retention_until: facts.retentionUntil,
    created_at: facts.createdAt,
  };
}

export function rowToGroup(row: Tables["groups"]): GroupRecord {
  return {
    facts: groupFactsSchema.parse({
      id: row.id,
      name: row.name,
      focus: row.focus,
      boardId: row.board_id,
      templateId: row.template_id,
      createdAt: row.created_at,
      locked: row.locked === 1,
    }),
    workshopId: workshopIdSchema.parse(row.workshop_id),
    generation: generationSchema.parse(row.generation),
  };
}

export function groupToRow(group: GroupRecord, position: number): Tables["groups"] {
  return {
    id: group.facts.id,
    workshop_id: group.workshopId,
    board_id: group.facts.boardId,
    position,
    name: group.facts.name,
    focus: group.facts.focus,
    template_id: group.facts.templateId,
    generation: group.generation,
    created_at: group.facts.createdAt,
    locked: group.facts.locked ? 1 : 0,
  };
}

export function rowToSnapshot(
  row: Pick<Tables["snapshots"], "bytes" | "state_vector" | "deletions">,
): Snapshot {
  return {
    bytes: bytesSchema.parse(row.bytes),
    stateVector: bytesSchema.parse(row.state_vector),
    deletions: bytesSchema.parse(row.deletions),
  };
}

export function rowToLoggedUpdate(row: Omit<Tables["updates"], "board_id">): LoggedUpdate {
  return {
    seq: seqSchema.parse(row.seq),
    receivedAt: receivedAtColumn.parse(row.received_at),
    participant: participantColumn.parse(row.participant),
    bytes: bytesSchema.parse(row.bytes),
  };
}

export function rowToParticipant(row: Tables["participants"]): ParticipantFacts {
  return participantFactsSchema.parse({
    id: row.id,
    boardId: row.board_id,
    code: row.code,
    role: row.role,
    name: row.name,
    voice: row.voice,
    affiliation: row.affiliation,
    consent: {
      research: consentColumn.parse(row.consent_research),
      quote: consentColumn.parse(row.consent_quote),
    },
  });
}

export function participantToRow(facts: ParticipantFacts, createdAt: string): Tables["participants"] {
  return {
    id: facts.id,
    board_id: facts.boardId,
    code: facts.code,
    role: facts.role,
    name: facts.name,
    voice: facts.voice,
    affiliation: facts.affiliation,
    consent_research: consentToColumn(facts.consent.research),
    consent_quote: consentToColumn(facts.consent.quote),
    created_at: createdAt,
  };
}

function consentToColumn(consent: boolean | null): number | null {
  if (consent === null) return null;
  return consent ? 1 : 0;
}
