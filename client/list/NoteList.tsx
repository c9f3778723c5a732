import { useTranslation } from "react-i18next";
import type { NoteId } from "../../shared/board/ids.ts";
import type { Note } from "../../shared/board/note.ts";
import { type ZoneId, zoneIds } from "../../shared/board/placement.ts";
import type { Spotlight } from "../../shared/protocol/presence.ts";
import { type Language, zoneOf } from "../../shared/template/template.ts";
import type { BoardModel } from "../model/boardModel.ts";
import { useObservable } from "../model/useObservable.ts";
import { Button } from "../ui/Button.tsx";
import { ZonePicture } from "../ui/pictures.tsx";
import { ListNote } from "./ListNote.tsx";
import "./list.css";

export type NoteListProps = {
  readonly model: BoardModel;
  readonly language: Language;
  readonly editing: NoteId | null;
  readonly onEdit: (note: NoteId | null) => void;
};

/** The same board as headed lists: for phones, keyboards and screen readers. */
export function NoteList({ model, language, editing, onEdit }: NoteListProps) {
  const { t } = useTranslation();
  const board = useObservable(model.board);
  const group = useObservable(model.group);
  const mayWrite = useObservable(model.mayWrite);
  const spotlight = useObservable(model.pointing.shown)?.spotlight ?? null;
  const shown = zoneIds.filter((zone) => zone !== "unplaced" || board.notesByZone.unplaced.length > 0);
  // Somebody took away the note that is being edited here: its writer decides, and goes on if it stays.
  const lost = board.removed.find((note) => note.id === editing);
  return (
    <section className="note-list" aria-label={t("list.title")}>
      {board.setAside.length > 0 && (
        <p className="message">{t("board.setAside", { count: board.setAside.length })}</p>
      )}
      {lost !== undefined && mayWrite && (
        <div className="list-lost paper" role="alert">
          <p>{t("list.removedWhileEditing")}</p>
          <p dir="auto" className="list-lost-text">
            {lost.text}
          </p>
          <div className="row">
            <Button look="primary" onPress={() => model.restoreNotes([lost.id])}>
              {t("list.keep")}
            </Button>
            <Button onPress={() => onEdit(null)}>{t("list.discard")}</Button>
          </div>
        </div>
      )}
      {shown.map((zone) => (
        <ZoneSection
          key={zone}
          model={model}
          language={language}
          zone={zone}
          question={model.template.focuses[group.focus].questions[zone][language]}
          notes={board.notesByZone[zone]}
          spotlight={spotlight}
          editing={editing}
          onEdit={onEdit}
        />
      ))}
    </section>
  );
}

type ZoneSectionProps = NoteListProps & {
  readonly zone: ZoneId;
  readonly question: string;
  readonly notes: readonly Note[];
  readonly spotlight: Spotlight | null;
};

function ZoneSection({
  model,
  language,
  zone,
  question,
  notes,
  spotlight,
  editing,
  onEdit,
}: ZoneSectionProps) {
  const { t } = useTranslation();
  const title = zoneOf(model.template, zone).title[language];
  return (
    <section
      className={`zone-section zone-${zone}`}
      aria-labelledby={`zone-${zone}`}
      {...(spotlight !== null && "zone" in spotlight && spotlight.zone === zone
        ? { "data-spotlit": "" }
        : {})}
    >
      <header>
        <ZonePicture zone={zone} size={36} />
        <div>
          <h2 id={`zone-${zone}`}>
            {title} <span className="zone-count">{notes.length}</span>
          </h2>
          <p>{question}</p>
        </div>
      </header>
      {notes.length === 0 && <p className="zone-empty">{t("list.empty")}</p>}
      <ol>
        {notes.map((note, index) => (
          <ListNote
            key={note.id}
            model={model}
            language={language}
            note={note}
            label={t("list.noteLabel", {
              zone: title,
              number: index + 1,
              total: notes.length,
              voice: t(`voice.${note.voice}`),
              text: note.text,
            })}
            isSpotlit={spotlight !== null && "note" in spotlight && spotlight.note === note.id}
            isEditing={editing === note.id}
            onEdit={onEdit}
          />
        ))}
      </ol>
    </section>
  );
}
