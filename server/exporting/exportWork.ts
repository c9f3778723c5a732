import * as Y from "yjs";
import { fillBoard } from "../../shared/board/fillBoard.ts";
import { createId, participantIdSchema, type RandomBytes } from "../../shared/board/ids.ts";
import { readBoard } from "../../shared/board/readBoard.ts";
import { readVoting } from "../../shared/board/readVotes.ts";
import {
  exportToBoard,
  type ImportedBoard,
  maxExportDepth,
  type ParseExportError,
  parseExport,
} from "../../shared/export/fromJson.ts";
import { isContentIntact } from "../../shared/export/integrity.ts";
import { notesForPicture } from "../../shared/export/pictureNotes.ts";
import { exportToJson } from "../../shared/export/toJson.ts";
import { maxDocumentBytes } from "../../shared/protocol/limits.ts";
import type { PictureInput } from "../../shared/render/boardPicture.ts";
import { boardToSvg } from "../../shared/render/boardSvg.ts";
import { hyphenationOf } from "../../shared/render/hyphenation.ts";
import { groupInPicture } from "../../shared/render/pictureOfGroup.ts";
import { type Result, refuse, succeed } from "../../shared/result.ts";
import type { Template } from "../../shared/template/template.ts";
import { templates } from "../../shared/template/tree.ts";
import type { ExportQuestion, JsonQuestion, PictureQuestion, Upload } from "./exporter.ts";
import { trapIn } from "./jsonTraps.ts";

/* What an exporter does, wherever it does it. */

export function jsonOf(question: JsonQuestion): string {
  const { exportedAt, ...rest } = question;
  return withDocument(question, (doc) =>
    exportToJson({ ...rest, doc, template: templateOf(question), exportedAt: new Date(exportedAt) }),
  );
}

export async function svgOf(question: PictureQuestion): Promise<string> {
  const input = withDocument(question, (doc) => pictureInputOf(doc, question));
  return boardToSvg(input, await hyphenationOf(input.noteLanguage));
}

function pictureInputOf(doc: Y.Doc, question: PictureQuestion): PictureInput {
  const { boardId, state, privacy, view, language } = question;
  const board = readBoard(doc);
  const group = groupInPicture(state, boardId);
  return {
    ...group,
    ...notesForPicture(board.notes.values(), state.participants, privacy),
    themes: board.themes,
    voting: readVoting(doc),
    template: templateOf(question),
    language: language ?? group.language,
    view,
    aspect: null,
  };
}

function templateOf({ state, boardId }: ExportQuestion): Template {
  const group = state.groups.find((candidate) => candidate.boardId === boardId);
  const template = templates.get(group?.templateId ?? "");
  if (template === undefined) throw new Error(`no template for board ${boardId}`);
  return template;
}

function withDocument<T>({ stored }: ExportQuestion, use: (doc: Y.Doc) => T): T {
  const doc = new Y.Doc();
  for (const bytes of stored) Y.applyUpdate(doc, bytes);
  try {
    return use(doc);
  } finally {
    doc.destroy();
  }
}

/** Many times what the largest board has. */
const mostBrackets = 500_000;

/** Reads what somebody uploads; people get new ids from these bytes. */
export function readUpload(
  file: Uint8Array,
  { randomBytes }: { readonly randomBytes: RandomBytes },
): Result<Upload, ParseExportError> {
  const trap = trapIn(file, { depth: maxExportDepth, brackets: mostBrackets });
  if (trap === "tooDeep") return refuse({ kind: "tooDeep", limit: maxExportDepth });
  if (trap === "tooMany") {
    return refuse({ kind: "invalid", issues: [{ path: "", message: `more than ${mostBrackets} entries` }] });
  }
  const value = jsonIn(file);
  const parsed = parseExport(value);
  if (!parsed.ok) return parsed;
  const { codes, codings, events } = parsed.value;
  const board = exportToBoard(parsed.value, () => participantIdSchema.parse(createId(randomBytes)));
  const update = updateOf(board);
  if (!update.ok) return update;
  return succeed({
    update: update.value,
    participants: board.participants,
    title: board.title,
    focus: board.focus,
    report: {
      isIntact: isContentIntact(value as typeof parsed.value),
      leftOut: { codes: codes.length, codings: codings.length, events: events.length },
    },
  });
}

/** `undefined`, which no JSON is, for what is no JSON. */
function jsonIn(file: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(file));
  } catch {
    return undefined;
  }
}

/** The board as one update; refused when it would not be read again as it was written. */
function updateOf(board: ImportedBoard): Result<Uint8Array, ParseExportError> {
  const doc = new Y.Doc();
  fillBoard(doc, board);
  const update = Y.encodeStateAsUpdate(doc);
  const { setAside } = readBoard(doc);
  doc.destroy();
  if (update.length > maxDocumentBytes) {
    return refuse({
      kind: "invalid",
      issues: [{ path: "notes", message: "more than a board can hold" }],
    });
  }
  if (setAside.length === 0) return succeed(update);
  const issues = setAside.slice(0, 20).map(({ kind, id, reason }) => ({
    path: kind === "note" ? "notes" : "themes",
    message: `${id}: ${reason === "badText" || reason === "badTitle" ? "too long" : reason}`,
  }));
  return refuse({ kind: "invalid", issues });
}
