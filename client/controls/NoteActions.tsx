import { Pencil, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { NoteId } from "../../shared/board/ids.ts";
import { zoneIds } from "../../shared/board/placement.ts";
import { type Language, zoneOf } from "../../shared/template/template.ts";
import type { BoardModel } from "../model/boardModel.ts";
import { useObservable } from "../model/useObservable.ts";
import { IconButton } from "../ui/Button.tsx";
import { ChoiceField } from "../ui/fields.tsx";
import { VoiceMark, ZonePicture } from "../ui/pictures.tsx";

export type NoteActionsProps = {
  readonly model: BoardModel;
  readonly language: Language;
  readonly note: NoteId;
  readonly onEdit: (note: NoteId) => void;
  readonly onDone: () => void;
};

const voiceChoices = ["formal", "informal", "both", "unspecified"] as const;

/** What can be done with the selected note: say who speaks by one tap, change, move, remove. */
export function NoteActions({ model, language, note: id, onEdit, onDone }: NoteActionsProps) {
  const { t } = useTranslation();
  const note = useObservable(model.board).notes.get(id);
  if (note === undefined) return null;
  return (
    <section className="note-actions paper" aria-label={t("list.actions", { text: note.text })}>
      <ChoiceField
        label={t("voice.label")}
        hideLabel
        value={note.voice}
        onChange={(voice) => model.markVoice([id], voice)}
        choices={voiceChoices.map((voice) => ({
          value: voice,
          label: t(`voice.${voice}`),
          icon: <VoiceMark voice={voice} />,
        }))}
      />
      <div className="note-actions-part">
        {zoneIds
          .filter((zone) => zone !== note.placement.zone)
          .map((zone) => (
            <IconButton
              key={zone}
              label={t("list.moveTo", { zone: zoneOf(model.template, zone).title[language] })}
              icon={<ZonePicture zone={zone} />}
              onPress={() => model.moveNotesToZone([id], zone)}
            />
          ))}
      </div>
      <div className="note-actions-part">
        <IconButton
          label={t("list.edit")}
          icon={<Pencil size={20} aria-hidden="true" />}
          onPress={() => onEdit(id)}
        />
        <IconButton
          look="danger"
          label={t("common.remove")}
          icon={<Trash2 size={20} aria-hidden="true" />}
          onPress={() => {
            model.removeNotes([id]);
            onDone();
          }}
        />
      </div>
    </section>
  );
}
