import type { Drawing } from "../board/drawing.ts";
import type { NoteId, ThemeId } from "../board/ids.ts";
import type { Note } from "../board/note.ts";
import type { Placement } from "../board/placement.ts";
import { type Board, compareText, highlightsOf } from "../board/readBoard.ts";
import { type Template, zoneOf } from "../template/template.ts";
import type { GroupFacts } from "../workshop/workshop.ts";
import {
  type Attribution,
  attributionOf,
  codeOrNull,
  createAffiliationFilter,
  type People,
} from "./attribution.ts";
import { type BoardExport, codeOfParticipant, type ExportedNote, type PrivacyLevel } from "./boardExport.ts";
import { compareBySecond, precisionOf } from "./exportTimes.ts";
import type { LeftOut } from "./leftOut.ts";

export type NoteContext = {
  readonly people: People;
  readonly themeCodes: ReadonlyMap<ThemeId, string>;
  readonly group: GroupFacts;
  readonly template: Template;
  readonly privacy: PrivacyLevel;
  readonly leftOut: LeftOut;
};

/** Sorted by the order of their zones, age and id. */
export function exportNotes(board: Board, context: NoteContext): ExportedNote[] {
  const { people, template, privacy, leftOut } = context;
  const refs = numberNotes(board);
  const mayShowAffiliation = createAffiliationFilter(people);
  const listed: ExportedNote[] = [];
  for (const note of board.notes.values()) {
    const attribution = attributionOf(note, people);
    if (attribution.kind === "withheld") leftOut.count("withheldNotes");
    const ref = refs.get(note.id);
    if (ref === undefined) throw new Error(`note ${note.id} has no number`);

    if (privacy !== "anonymous") {
      if (attribution.kind === "nobody" && attribution.isHidden) leftOut.count("unattributedNotes");
      listed.push(exportNote(note, ref, attribution, context));
      continue;
    }
    if (attribution.kind === "withheld") continue;
    const reason = whyNotAnonymous(note, attribution);
    if (reason !== null) {
      leftOut.count(reason);
      continue;
    }
    const exported = exportNote(note, ref, attribution, context);
    const { affiliation } = exported;
    const isShown = affiliation !== null && mayShowAffiliation(note, affiliation);
    if (affiliation !== null && !isShown) leftOut.count("affiliations");
    listed.push({
      ...exported,
      author: null,
      affiliation: isShown ? affiliation : null,
      enteredBy: null,
      editors: [],
    });
  }
  const isSecret = board.voting?.phase === "open";
  if (isSecret) for (const { votes } of listed) leftOut.count("secretVotes", votes);
  const highlights = highlightsOf(board.notes.values()).filter((id) =>
    listed.some((note) => note.id === id && note.status === "active"),
  );
  const orderOf = (note: ExportedNote) => zoneOf(template, note.zone).order;
  const complete = listed.map((note) => ({
    ...note,
    votes: isSecret ? 0 : note.votes,
    ...highlightIn(highlights, note.id),
  }));
  return complete.sort(
    (a, b) =>
      orderOf(a) - orderOf(b) || compareText(a.createdAt ?? "", b.createdAt ?? "") || compareText(a.id, b.id),
  );
}

/** Numbered among those that this export shows as chosen, so that a withheld one leaves no gap. */
function highlightIn(
  highlights: readonly NoteId[],
  id: NoteId,
): Pick<ExportedNote, "highlighted" | "highlightOrder"> {
  const index = highlights.indexOf(id);
  return index === -1
    ? { highlighted: false, highlightOrder: null }
    : { highlighted: true, highlightOrder: index + 1 };
}

function whyNotAnonymous(note: Note, attribution: Attribution): "unquotableNotes" | "removedNotes" | null {
  if (attribution.kind !== "somebody" || !attribution.isQuotable) return "unquotableNotes";
  return note.removed === null ? null : "removedNotes";
}

function exportNote(note: Note, ref: string, attribution: Attribution, context: NoteContext): ExportedNote {
  const { template, group, themeCodes, privacy } = context;
  const { toInstant } = precisionOf(privacy);
  const isWithheld = attribution.kind === "withheld";
  const isAttributed = attribution.kind === "somebody";
  const author = isAttributed ? attribution.author : null;
  const theme = isWithheld || note.theme === null ? null : (themeCodes.get(note.theme) ?? null);
  return {
    id: note.id,
    ref,
    zone: note.placement.zone,
    focus: group.focus,
    text: isWithheld ? "" : note.text,
    language: null,
    author: codeOrNull(author),
    voice: isWithheld ? "unspecified" : note.voice,
    affiliation: author?.affiliation ?? null,
    enteredBy: isAttributed ? codeOrNull(attribution.enteredBy) : null,
    source: isWithheld ? null : note.source,
    createdAt: note.createdAt === null ? null : toInstant(note.createdAt),
    updatedAt: note.updatedAt === null ? null : toInstant(note.updatedAt),
    revision: note.revision,
    editors: isWithheld ? [] : attribution.editors.map((editor) => codeOfParticipant(editor.code)),
    drawing: isWithheld ? null : exportDrawing(note.drawing),
    position: {
      x: roundToHundredths(note.placement.x),
      y: roundToHundredths(note.placement.y),
      width: template.noteSize.width,
      height: template.noteSize.height,
    },
    positionBefore: theme === null ? null : exportPlace(note.placeBefore),
    colour: isWithheld ? null : (note.colour?.toLowerCase() ?? null),
    votes: isWithheld ? 0 : note.votes,
    highlighted: false,
    highlightOrder: null,
    theme,
    codes: [],
    origin: null,
    status: statusOf(note, attribution),
    quotable: isAttributed && attribution.isQuotable,
  };
}

function exportDrawing(drawing: Drawing | null): ExportedNote["drawing"] {
  // Adding zero turns -0 into 0.
  return drawing === null ? null : { strokes: drawing.map((stroke) => stroke.map((number) => number + 0)) };
}

function exportPlace(place: Placement | null): ExportedNote["positionBefore"] {
  if (place === null) return null;
  return { zone: place.zone, x: roundToHundredths(place.x), y: roundToHundredths(place.y) };
}

function statusOf(note: Note, attribution: Attribution): ExportedNote["status"] {
  if (attribution.kind === "withheld") return "withdrawn";
  return note.removed === null ? "active" : "removed";
}

/** Of the active notes only. */
export function countNotes(notes: readonly ExportedNote[]): BoardExport["counts"] {
  const byZone = { roots: 0, wateringCan: 0, fruits: 0, unplaced: 0 };
  const byVoice = { formal: 0, informal: 0, both: 0, unspecified: 0 };
  const active = notes.filter((note) => note.status === "active");
  for (const note of active) {
    byZone[note.zone] += 1;
    byVoice[note.voice] += 1;
  }
  return { notes: active.length, byZone, byVoice };
}

/** All notes ever, the removed ones too: a reference that somebody quoted stays when notes come or go. */
function numberNotes(board: Board): ReadonlyMap<NoteId, string> {
  const notes = [...board.notes.values()].sort(compareBySecond);
  return new Map(notes.map((note, index) => [note.id, `N${String(index + 1).padStart(2, "0")}`]));
}

function roundToHundredths(value: number): number {
  // Adding zero turns -0 into 0.
  return Math.round(value * 100) / 100 + 0;
}
