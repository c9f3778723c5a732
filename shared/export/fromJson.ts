import { z } from "zod";
import type { ParticipantId, ThemeId } from "../board/ids.ts";
import { themeIdSchema } from "../board/ids.ts";
import { type Note, normaliseText } from "../board/note.ts";
import type { Board, Theme } from "../board/readBoard.ts";
import { maxNotesPerBoard } from "../board/writeBoard.ts";
import { type Result, refuse, succeed } from "../result.ts";
import type { Focus } from "../template/template.ts";
import {
  affiliationSchema,
  groupNameSchema,
  type ParticipantFacts,
  personNameSchema,
} from "../workshop/workshop.ts";
import { type BoardExport, boardExportSchema, type ExportedNote, numberOfCode } from "./boardExport.ts";
import { type UpgradeError, upgradeExport } from "./upgradeExport.ts";

export const maxExportDepth = 16;

/** Longer than any list within an entry of ours: a long list of faults is slow to complain about. */
const longestInnerList = 20_000;
const mostIssues = 20;
const longestWords = 300;

/** Reads what somebody uploads as an export; files of earlier versions are brought up to date on the way. */
export function parseExport(value: unknown): Result<BoardExport, ParseExportError> {
  const objection = objectionTo(value);
  if (objection !== null) return refuse(objection);
  const current = upgradeExport(value);
  if (!current.ok) return current;
  const parsed = parseByEntry(current.value);
  if (!parsed.ok) return parsed;
  const repeated = repeatedIdIn(parsed.value);
  if (repeated !== null) {
    return refuse({
      kind: "invalid",
      issues: [{ path: repeated, message: "the same id stands here twice" }],
    });
  }
  return parsed;
}

const listed = ["participants", "notes", "themes", "codes", "codings", "events", "setAside"] as const;
const anything = z.array(z.unknown());
/** Everything but the entries of the long lists. */
const frameSchema = boardExportSchema.extend({
  participants: anything,
  notes: anything,
  themes: anything,
  codes: anything,
  codings: anything,
  events: anything,
  setAside: anything,
});

/**
 * As the schema alone would, but it stops when it has complained enough: a list of ten thousand empty notes has a quarter
 * of a million faults, which take seconds to write down.
 */
function parseByEntry(value: object): Result<BoardExport, ParseExportError> {
  const frame = frameSchema.safeParse(value);
  if (!frame.success) return refuse({ kind: "invalid", issues: issuesOf(frame.error, []) });
  for (const [list, most] of [
    ["notes", maxNotesPerBoard],
    ["themes", maxNotesPerBoard],
  ] as const) {
    if (frame.data[list].length <= most) continue;
    return refuse({ kind: "invalid", issues: [{ path: list, message: `more than ${most}` }] });
  }
  const issues: ExportIssue[] = [];
  const entries: Record<string, readonly unknown[]> = {};
  for (const list of listed) {
    const read: unknown[] = [];
    for (const [index, entry] of frame.data[list].entries()) {
      const parsed = boardExportSchema.shape[list].element.safeParse(entry);
      if (parsed.success) read.push(parsed.data);
      else issues.push(...issuesOf(parsed.error, [list, index]));
      if (issues.length >= mostIssues) break;
    }
    entries[list] = read;
  }
  if (issues.length > 0) return refuse({ kind: "invalid", issues: issues.slice(0, mostIssues) });
  // Every list has been read by the schema of its entries.
  return succeed({ ...frame.data, ...entries } as BoardExport);
}

function issuesOf(error: z.ZodError, within: readonly PropertyKey[]): readonly ExportIssue[] {
  return error.issues.slice(0, mostIssues).map((issue) => ({
    path: [...within, ...issue.path].map(String).join(".").slice(0, longestWords),
    message: issue.message.slice(0, longestWords),
  }));
}

export type ExportIssue = { readonly path: string; readonly message: string };

export type ParseExportError =
  | UpgradeError
  | { readonly kind: "tooDeep"; readonly limit: number }
  | { readonly kind: "invalid"; readonly issues: readonly ExportIssue[] };

/** Before anything walks the value by recursion, or copies keys from one object into another. */
function objectionTo(value: unknown): ParseExportError | null {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    const below: unknown[] = [];
    for (const item of level) {
      if (typeof item !== "object" || item === null) continue;
      if (depth >= maxExportDepth) return { kind: "tooDeep", limit: maxExportDepth };
      if (Object.hasOwn(item, "__proto__")) {
        return { kind: "invalid", issues: [{ path: "__proto__", message: "no key may have this name" }] };
      }
      if (depth > 1 && Array.isArray(item) && item.length > longestInnerList) {
        return {
          kind: "invalid",
          issues: [{ path: "", message: `a list of more than ${longestInnerList}` }],
        };
      }
      for (const member of Object.values(item)) below.push(member);
    }
    level = below;
  }
  return null;
}

function repeatedIdIn(exported: BoardExport): string | null {
  for (const list of ["participants", "notes", "themes"] as const) {
    const ids = exported[list].map((entry) => entry.id);
    if (new Set<string>(ids).size < ids.length) return list;
  }
  return null;
}

export type ImportedParticipant = Omit<ParticipantFacts, "boardId">;

export type ImportedBoard = Pick<Board, "notes" | "themes" | "voting"> & {
  readonly participants: readonly ImportedParticipant[];
  /** Name for the group that gets the board. */
  readonly title: string;
  readonly focus: Focus;
};

/**
 * What an import writes: `notes`, `themes` and `voting` for `fillBoard`, the rest for rows. People get new ids and keep
 * their codes; a code that no participant of the file has becomes nobody.
 */
export function exportToBoard(exported: BoardExport, makeParticipantId: () => ParticipantId): ImportedBoard {
  const idByCode = new Map<string, ParticipantId>();
  const participants = exported.participants.map((person): ImportedParticipant => {
    const id = makeParticipantId();
    idByCode.set(person.id, id);
    return {
      id,
      code: numberOfCode(person.id),
      role: person.role,
      name: person.name === null ? null : personNameSchema.parse(person.name),
      voice: person.voice,
      affiliation: person.affiliation === null ? null : affiliationSchema.parse(person.affiliation),
      consent: { research: person.consent.research, quote: person.consent.quote },
    };
  });
  const themes = new Map(exported.themes.map((theme) => [themeIdOf(theme.id), toTheme(theme)]));
  const notes = new Map(exported.notes.map((note) => [note.id, toNote(note, idByCode)]));
  return {
    notes,
    themes,
    voting: exported.board.voting,
    participants,
    title: groupNameSchema.parse(exported.board.group),
    focus: exported.board.focus,
  };
}

function toNote(note: ExportedNote, idByCode: ReadonlyMap<string, ParticipantId>): Note {
  const idOf = (code: string | null) => (code === null ? null : (idByCode.get(code) ?? null));
  const createdAt = toMilliseconds(note.createdAt);
  const updatedAt = toMilliseconds(note.updatedAt);
  return {
    id: note.id,
    text: note.status === "withdrawn" ? "" : normaliseText(note.text),
    placement: { zone: note.zone, x: note.position.x, y: note.position.y },
    voice: note.voice,
    author: idOf(note.author),
    enteredBy: idOf(note.enteredBy),
    source: note.source,
    createdAt,
    updatedAt,
    revision: note.revision,
    editors: note.editors.map(idOf).filter((editor) => editor !== null),
    colour: note.colour,
    theme: note.theme === null ? null : themeIdOf(note.theme),
    placeBefore: note.theme === null ? null : note.positionBefore,
    drawing: note.status === "withdrawn" ? null : (note.drawing?.strokes ?? null),
    // When it was chosen is not in the file: only the order counts.
    highlight: note.highlightOrder === null ? null : { at: note.highlightOrder },
    votes: note.votes,
    removed: note.status === "removed" ? { by: null, at: updatedAt ?? createdAt ?? 0 } : null,
    withdrawn: note.status === "withdrawn",
  };
}

function toTheme(theme: BoardExport["themes"][number]): Theme {
  return {
    id: themeIdOf(theme.id),
    title: normaliseText(theme.title),
    createdAt: toMilliseconds(theme.createdAt),
  };
}

/** T2 as T0000002: themes of the same second are numbered by id, and must keep their numbers when exported again. */
function themeIdOf(code: string): ThemeId {
  return themeIdSchema.parse(`T${code.slice(1).padStart(7, "0")}`);
}

function toMilliseconds(instant: string | null): number | null {
  return instant === null ? null : Date.parse(instant);
}
