import { Ellipsis } from "lucide-react";
import { memo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { NoteId } from "../../shared/board/ids.ts";
import type { Note, Voice } from "../../shared/board/note.ts";
import { zoneIds } from "../../shared/board/placement.ts";
import { type Language, zoneOf } from "../../shared/template/template.ts";
import type { BoardModel } from "../model/boardModel.ts";
import { useObservable } from "../model/useObservable.ts";
import { Button, IconButton } from "../ui/Button.tsx";
import { ChoiceField } from "../ui/fields.tsx";
import { VoiceMark, ZonePicture } from "../ui/pictures.tsx";
import { Sheet } from "../ui/Sheet.tsx";
import { NoteTextEditor } from "./NoteTextEditor.tsx";

export type ListNoteProps = {
  readonly model: BoardModel;
  readonly language: Language;
  readonly note: Note;
  /** What a screen reader says: zone, number, voice and text in one sentence. */
  readonly label: string;
  /** Somebody points it out to everybody. */
  readonly isSpotlit: boolean;
  readonly isEditing: boolean;
  readonly onEdit: (note: NoteId | null) => void;
};

const voiceChoices: readonly Voice[] = ["formal", "informal", "both", "unspecified"];

export const ListNote = memo(function ListNote(props: ListNoteProps) {
  const { model, note, label, isSpotlit, isEditing, onEdit } = props;
  const { t } = useTranslation();
  const mayWrite = useObservable(model.mayWrite);
  const [isOpen, setIsOpen] = useState(false);
  // A lock takes the buttons away, also those that somebody is about to press.
  if (isOpen && !mayWrite) setIsOpen(false);
  return (
    <li className="list-note" data-note={note.id} {...(isSpotlit ? { "data-spotlit": "" } : {})}>
      {isEditing ? (
        <NoteTextEditor model={model} note={note.id} onDone={() => onEdit(null)} />
      ) : (
        <p dir="auto">
          <span className="visually-hidden">{label}</span>
          <span aria-hidden="true">{note.text === "" ? t("list.emptyNote") : note.text}</span>
        </p>
      )}
      {note.voice !== "unspecified" && (
        <span className="list-voice" aria-hidden="true">
          <VoiceMark voice={note.voice} />
        </span>
      )}
      {mayWrite && !isEditing && (
        <IconButton
          label={t("list.actions", { text: note.text })}
          icon={<Ellipsis aria-hidden="true" />}
          onPress={() => setIsOpen(true)}
        />
      )}
      <ListNoteSheet {...props} isOpen={isOpen} onClose={() => setIsOpen(false)} />
    </li>
  );
});

type ListNoteSheetProps = ListNoteProps & { readonly isOpen: boolean; readonly onClose: () => void };

function ListNoteSheet({ model, language, note, onEdit, isOpen, onClose }: ListNoteSheetProps) {
  const { t } = useTranslation();
  const then = (action: () => void) => () => {
    onClose();
    action();
  };
  return (
    <Sheet title={t("list.actions", { text: note.text })} isOpen={isOpen} onClose={onClose}>
      <ChoiceField
        label={t("voice.label")}
        value={note.voice}
        onChange={(voice) => model.markVoice([note.id], voice)}
        choices={voiceChoices.map((voice) => ({
          value: voice,
          label: t(`voice.${voice}`),
          icon: <VoiceMark voice={voice} />,
        }))}
      />
      <div className="choices">
        <p className="field-label">{t("list.move")}</p>
        <div className="row">
          {zoneIds
            .filter((zone) => zone !== note.placement.zone)
            .map((zone) => (
              <Button
                key={zone}
                icon={<ZonePicture zone={zone} size={24} />}
                onPress={then(() => model.moveNotesToZone([note.id], zone))}
              >
                {t("list.moveTo", { zone: zoneOf(model.template, zone).title[language] })}
              </Button>
            ))}
        </div>
      </div>
      <div className="row">
        <Button look="primary" onPress={then(() => onEdit(note.id))}>
          {t("list.edit")}
        </Button>
        <Button look="danger" onPress={then(() => model.removeNotes([note.id]))}>
          {t("common.remove")}
        </Button>
      </div>
    </Sheet>
  );
}
