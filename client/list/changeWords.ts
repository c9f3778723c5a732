import type { TFunction } from "i18next";
import type { Note } from "../../shared/board/note.ts";
import type { ZoneId } from "../../shared/board/placement.ts";
import {
  type BoardChange,
  type NoteChange,
  type NoteChangeKind,
  noteChangeKinds,
} from "../model/announcements.ts";
import type { BoardModel, BoardView } from "../model/boardModel.ts";

/** What the words of a change are looked up in, at the moment that they are shown. */
export type ChangeWordsOptions = {
  readonly t: TFunction;
  readonly board: Pick<BoardView, "notes" | "themes">;
  readonly zoneTitle: (zone: ZoneId) => string;
  readonly nameOf: BoardModel["nameOf"];
};

/** Longer notes are told by their beginning. */
const toldLength = 140;

export function changeWords(change: BoardChange, options: ChangeWordsOptions): string {
  const { t, board } = options;
  switch (change.kind) {
    case "votingOpened":
    case "votingShown":
    case "votingEnded":
      return t(`announce.${change.kind}`);
    case "themeRenamed":
      return t("announce.themeRenamed", { title: board.themes.get(change.theme)?.title ?? "" });
    default:
      return noteWords(change, options);
  }
}

function noteWords(change: NoteChange, { t, board, zoneTitle, nameOf }: ChangeWordsOptions): string {
  const note = board.notes.get(change.note);
  const theme = note?.theme ?? null;
  const isPutBeside = change.kind === "moved" && change.zone === "unplaced";
  return t(isPutBeside ? "announce.movedBeside" : `announce.${change.kind}`, {
    who: change.source === "screen" ? t("announce.group") : (nameOf(change.by) ?? t("announce.someone")),
    zone: zoneTitle(change.zone),
    title: (theme === null ? undefined : board.themes.get(theme)?.title) ?? "",
    text: note === undefined ? t("announce.gone") : shortText(note, t),
  });
}

function shortText(note: Note, t: TFunction): string {
  const letters = [...note.text.trim()];
  if (letters.length === 0) return t(note.drawing === null ? "list.emptyNote" : "list.drawing");
  return letters.length > toldLength ? `${letters.slice(0, toldLength).join("")}…` : letters.join("");
}

const countKeys = {
  added: "announce.countAdded",
  removed: "announce.countRemoved",
  restored: "announce.countRestored",
  moved: "announce.countMoved",
  grouped: "announce.countGrouped",
  ungrouped: "announce.countUngrouped",
  reworded: "announce.countReworded",
  voiced: "announce.countVoiced",
  highlighted: "announce.countHighlighted",
} as const satisfies Readonly<Record<NoteChangeKind, string>>;

/** One sentence for one change; of more changes only how many there are of each kind: "5 briefjes erbij, 2 verplaatst". */
export function announcementWords(changes: readonly BoardChange[], options: ChangeWordsOptions): string {
  const { t } = options;
  const [only] = changes;
  if (only !== undefined && changes.length === 1) return changeWords(only, options);
  const counts = new Map<NoteChangeKind, number>();
  let renamed = 0;
  let round = "";
  for (const change of changes) {
    if ("note" in change) counts.set(change.kind, (counts.get(change.kind) ?? 0) + 1);
    else if (change.kind === "themeRenamed") renamed += 1;
    else round = t(`announce.${change.kind}`);
  }
  const parts = noteChangeKinds.flatMap((kind) => {
    const count = counts.get(kind) ?? 0;
    return count === 0 ? [] : [t(countKeys[kind], { count })];
  });
  if (renamed > 0) parts.push(t("announce.countRenamed", { count: renamed }));
  const summary = parts.join(", ");
  if (round === "") return summary;
  return summary === "" ? round : `${summary}. ${round}`;
}
