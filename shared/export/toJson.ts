import * as Y from "yjs";
import type { BoardId, ThemeId } from "../board/ids.ts";
import { normaliseText, voices } from "../board/note.ts";
import { type Board, compareText, readBoard, type SetAside } from "../board/readBoard.ts";
import { type Focus, focuses, type Template } from "../template/template.ts";
import { appName, appVersion } from "../version.ts";
import type { Role, WorkshopState } from "../workshop/workshop.ts";
import { compareByCode, type People } from "./attribution.ts";
import {
  type BoardExport,
  codeOfParticipant,
  type ExportedNote,
  type ExportedParticipant,
  exportFormat,
  exportFormatVersion,
  exportSchemaId,
  type PrivacyLevel,
} from "./boardExport.ts";
import { countNotes, exportNotes } from "./exportNotes.ts";
import { compareBySecond, precisionOf, seconds } from "./exportTimes.ts";
import { type ExportContent, hashContent, sha256Hex } from "./integrity.ts";
import { createLeftOut, type LeftOut } from "./leftOut.ts";

export type ExportInput = {
  readonly doc: Y.Doc;
  readonly boardId: BoardId;
  /** May hold other boards of the workshop too; the order of rows does not matter. */
  readonly state: Pick<WorkshopState, "workshop" | "groups" | "participants">;
  readonly template: Template;
  /** Whether the caller may have names is decided before. */
  readonly privacy: PrivacyLevel;
  readonly exportedAt: Date;
  readonly exportedBy: Role;
};

/** The bytes of the JSON export: the same for the same state, on whichever peer. */
export function exportToJson(input: ExportInput): string {
  return `${JSON.stringify(buildExport(input), null, 2)}\n`;
}

/** The value that every format derives from. */
export function buildExport(input: ExportInput): BoardExport {
  const { doc, boardId, state, template, privacy } = input;
  const group = state.groups.find((candidate) => candidate.boardId === boardId);
  if (group === undefined) throw new Error(`no group has board ${boardId}`);

  const board = readBoard(doc);
  const people: People = new Map(
    state.participants.filter((person) => person.boardId === boardId).map((person) => [person.id, person]),
  );
  const leftOut = createLeftOut();
  const themeCodes = numberThemes(board);
  const notes = exportNotes(board, { people, themeCodes, group, template, privacy, leftOut });
  const participants = exportParticipants(people, privacy, leftOut);
  const toTime = precisionOf(privacy).toInstant;
  const latestChange = toTime(latestChangeOf(board, Date.parse(group.createdAt)));

  const content: ExportContent = {
    $schema: exportSchemaId,
    format: exportFormat,
    formatVersion: exportFormatVersion,
    privacy: {
      level: privacy,
      timestampPrecision: precisionOf(privacy).name,
      removed: leftOut.counts(),
    },
    workshop: {
      id: state.workshop.id,
      title: state.workshop.title,
      date: state.workshop.date,
      languages: [state.workshop.language],
      retentionUntil: state.workshop.retentionUntil,
    },
    template: exportTemplate(template, group.focus),
    board: {
      id: boardId,
      title: group.name,
      group: group.name,
      focus: group.focus,
      createdAt: toTime(Date.parse(group.createdAt)),
      updatedAt: latestChange,
      world: { width: template.world.width, height: template.world.height },
      voting: board.voting === null ? null : { dots: board.voting.dots, phase: board.voting.phase },
    },
    participants,
    notes,
    themes: exportThemes(board, { notes, themeCodes, privacy }),
    codes: [],
    codings: [],
    events: [],
    setAside: exportSetAside(board.setAside),
    counts: countNotes(notes),
  };

  return {
    ...content,
    provenance: {
      app: { name: appName, version: appVersion },
      exportedAt: seconds.toInstant(input.exportedAt.getTime()),
      exportedBy: input.exportedBy,
      stateAt: latestChange,
      stateVectorSha256: sha256Hex(Y.encodeStateVector(doc)),
      historyComplete: false,
    },
    integrity: {
      algorithm: "sha-256",
      canonicalisation: "RFC8785",
      content: hashContent(content),
    },
  };
}

function exportParticipants(people: People, privacy: PrivacyLevel, leftOut: LeftOut): ExportedParticipant[] {
  const listed: ExportedParticipant[] = [];
  for (const person of [...people.values()].sort(compareByCode)) {
    if (privacy !== "named" && person.name !== null) leftOut.count("names");
    if (privacy === "anonymous" || (privacy === "pseudonymised" && person.consent.research !== true)) {
      leftOut.count("participants");
      continue;
    }
    listed.push({
      id: codeOfParticipant(person.code),
      role: person.role,
      name: privacy === "named" ? person.name : null,
      voice: person.voice,
      affiliation: person.affiliation,
      consent: { research: person.consent.research, quote: person.consent.quote },
    });
  }
  return listed;
}

type ThemeContext = {
  readonly notes: readonly ExportedNote[];
  readonly themeCodes: ReadonlyMap<ThemeId, string>;
  readonly privacy: PrivacyLevel;
};

function exportThemes(board: Board, context: ThemeContext): BoardExport["themes"] {
  const { notes, themeCodes, privacy } = context;
  const { toInstant } = precisionOf(privacy);
  const listed: BoardExport["themes"] = [];
  // The map was filled in the order of the numbers.
  for (const [id, code] of themeCodes) {
    const theme = board.themes.get(id);
    if (theme === undefined) throw new Error(`no theme ${id}`);
    const noteIds = notes.filter((note) => note.theme === code).map((note) => note.id);
    if (privacy === "anonymous" && noteIds.length === 0) continue;
    listed.push({
      id: code,
      title: theme.title,
      notes: noteIds.sort(compareText),
      createdAt: theme.createdAt === null ? null : toInstant(theme.createdAt),
    });
  }
  return listed;
}

function exportTemplate(template: Template, focus: Focus): BoardExport["template"] {
  return {
    id: template.id,
    version: template.version,
    zones: [...template.zones]
      .sort((a, b) => a.order - b.order)
      .map((zone) => {
        const question = template.focuses[focus].questions[zone.id];
        return {
          id: zone.id,
          order: zone.order,
          title: { nl: zone.title.nl, en: zone.title.en },
          question: { nl: question.nl, en: question.en },
        };
      }),
    focuses: [...focuses],
    voices: [...voices],
  };
}

/** Keys that a broken or hostile peer wrote: made harmless to any JSON reader, and short. */
function exportSetAside(entries: readonly SetAside[]): BoardExport["setAside"] {
  return entries
    .map(({ kind, id, reason }) => ({ kind, id: [...normaliseText(id)].slice(0, 64).join(""), reason }))
    .sort(
      (a, b) => compareText(a.kind, b.kind) || compareText(a.id, b.id) || compareText(a.reason, b.reason),
    );
}

function numberThemes(board: Board): ReadonlyMap<ThemeId, string> {
  const themes = [...board.themes.values()].sort(compareBySecond);
  return new Map(themes.map((theme, index) => [theme.id, `T${index + 1}`]));
}

function latestChangeOf(board: Board, boardCreatedAt: number): number {
  let latest = boardCreatedAt;
  for (const note of board.notes.values()) latest = Math.max(latest, note.updatedAt ?? 0);
  return latest;
}
