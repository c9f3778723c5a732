import { Check, Ellipsis, Star } from "lucide-react";
import { type MouseEvent, memo } from "react";
import { useTranslation } from "react-i18next";
import type { NoteId } from "../../shared/board/ids.ts";
import type { Note } from "../../shared/board/note.ts";
import type { BoardModel } from "../model/boardModel.ts";
import type { DotsOfNote } from "../model/dotsNow.ts";
import { createLater, useLater } from "../model/later.ts";
import type { Observable } from "../model/observable.ts";
import { rem, VoiceMark } from "../ui/pictures.tsx";
import { NoteTextEditor } from "./NoteTextEditor.tsx";
import { useIsIn } from "./useIsIn.ts";

// Few notes are drawings, and dots are given once.
const noteDots = createLater(() => import("./NoteDots.tsx"));
const drawingPicture = createLater(() => import("./DrawingPicture.tsx"));

/** What rows ask of the list around them; the same object as long as the list stands. */
export type RowActs = {
  /** The one note that Tab comes to. */
  readonly active: Observable<ReadonlySet<NoteId>>;
  readonly onPick: (note: NoteId, event: MouseEvent) => void;
  readonly onMenu: (note: NoteId, anchor: Element) => void;
  readonly onEdit: (note: NoteId) => void;
  readonly onEditDone: (note: NoteId) => void;
  readonly onDots: (note: NoteId, count: number) => void;
};

export type ListNoteProps = {
  readonly model: BoardModel;
  readonly acts: RowActs;
  readonly note: Note;
  readonly zoneTitle: string;
  /** Its place in the zone, from 1, and how many there are. */
  readonly number: number;
  readonly total: number;
  readonly isEditing: boolean;
  readonly isHighlighted: boolean;
  /** Somebody points it out to everybody. */
  readonly isSpotlit: boolean;
  readonly mayWrite: boolean;
  /** Own dots to give while a round is open, everybody's once they are shown. */
  readonly dotKind: DotsOfNote["kind"];
  readonly dots: number;
  readonly mayGiveMore: boolean;
};

/**
 * One note as a row. A button of the browser itself, not of a library: with thousands of rows each hook counts, and
 * what the row does by key the list does for all rows.
 */
export const ListNote = memo(function ListNote(props: ListNoteProps) {
  const { model, acts, note, isEditing, isHighlighted, isSpotlit, mayWrite, dotKind, dots } = props;
  const { t } = useTranslation();
  const isSelected = useIsIn(model.selection, note.id);
  const isActive = useIsIn(acts.active, note.id);
  const picture = useLater(drawingPicture, { isWanted: note.drawing !== null });
  const dotParts = useLater(noteDots, { isWanted: dotKind === "own" || dots > 0 });
  const tabIndex = isActive ? 0 : -1;
  const text = note.text === "" && note.drawing === null ? t("list.emptyNote") : note.text;
  const name = note.text === "" && note.drawing !== null ? t("list.drawing") : text;
  if (isEditing) {
    return (
      <li className="list-note" data-note={note.id}>
        <NoteTextEditor model={model} note={note.id} onDone={() => acts.onEditDone(note.id)} />
      </li>
    );
  }
  return (
    <li
      className="list-note"
      data-note={note.id}
      data-selected={isSelected || undefined}
      data-spotlit={isSpotlit || undefined}
    >
      <button
        type="button"
        className="list-note-body"
        tabIndex={tabIndex}
        aria-pressed={isSelected}
        onClick={(event) => acts.onPick(note.id, event)}
        onDoubleClick={() => mayWrite && acts.onEdit(note.id)}
      >
        <span className="list-check" aria-hidden="true">
          <Check size={20} strokeWidth={3} />
        </span>
        <span className="visually-hidden">{`${placeWords(props, t)} `}</span>
        {note.drawing !== null && picture !== null && (
          <picture.DrawingPicture drawing={note.drawing} label={t("list.drawing")} />
        )}
        <span className="list-note-text" dir="auto">
          {text}
        </span>
        <span className="visually-hidden">{detailWords(props, t)}</span>
        {isHighlighted && <Star className="list-star" size={20} aria-hidden="true" />}
        {dotKind === "all" && dots > 0 && dotParts !== null && <dotParts.Dots count={dots} />}
        {note.voice !== "unspecified" && (
          <span className="list-voice">
            <VoiceMark voice={note.voice} />
          </span>
        )}
      </button>
      {mayWrite && (
        <button
          type="button"
          className="list-key list-more"
          tabIndex={tabIndex}
          aria-haspopup="menu"
          aria-label={t("list.actions", { text: name })}
          onClick={(event) => acts.onMenu(note.id, event.currentTarget)}
        >
          <Ellipsis width={rem(24)} height={rem(24)} aria-hidden="true" />
        </button>
      )}
      {dotKind === "own" && dotParts !== null && (
        <dotParts.NoteDots
          count={dots}
          text={name}
          mayGiveMore={props.mayGiveMore}
          isInTabOrder={isActive}
          onChange={(count) => acts.onDots(note.id, count)}
        />
      )}
    </li>
  );
});

type T = ReturnType<typeof useTranslation>["t"];

/** "Wortels, briefje 4 van 12, informeel," and then the words of the note. */
function placeWords({ note, zoneTitle, number, total }: ListNoteProps, t: T): string {
  const place = t("list.noteLabel", { zone: zoneTitle, number, total });
  return note.voice === "unspecified" ? `${place},` : `${place}, ${t(`voice.${note.voice}`).toLowerCase()},`;
}

function detailWords({ isHighlighted, dotKind, dots }: ListNoteProps, t: T): string {
  const parts: string[] = [];
  if (isHighlighted) parts.push(t("list.highlighted"));
  if (dotKind === "own" && dots > 0) parts.push(t("list.ownDots", { count: dots }));
  if (dotKind === "all" && dots > 0) parts.push(t("list.allDots", { count: dots }));
  return parts.map((part) => `, ${part}`).join("");
}
