import { Ellipsis } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Voice } from "../../shared/board/note.ts";
import type { Language } from "../../shared/template/template.ts";
import type { BoardAction } from "../model/boardAction.ts";
import { actionById, boardActions } from "../model/boardActions.ts";
import type { BoardModel } from "../model/boardModel.ts";
import { dotsLeft, selectedNotes, told } from "../model/noteActions.ts";
import { useObservable } from "../model/useObservable.ts";
import { IconButton } from "../ui/Button.tsx";
import { ChoiceField } from "../ui/fields.tsx";
import { VoiceMark } from "../ui/pictures.tsx";
import { ActionIcon } from "./ActionIcon.tsx";
import { actionWords } from "./actionWords.ts";
import "./votingChip.css";

export type NoteActionsProps = { readonly model: BoardModel; readonly language: Language };

const voiceChoices = ["formal", "informal", "both", "unspecified"] as const;
const zoneActions = boardActions.filter(({ id }) => id.startsWith("moveTo."));
const inBar = ["edit", "groupAsTheme", "highlight", "unhighlight", "duplicate", "remove"].map(actionById);

/** What can be done with the selected notes, one tap each; everything else is under the three dots. */
export function NoteActions({ model, language }: NoteActionsProps) {
  const { t } = useTranslation();
  useObservable(model.board);
  useObservable(model.selection);
  const question = useObservable(model.hands.question);
  const notes = selectedNotes(model);
  const [first] = notes;
  // One thing at a time: the name of a theme is asked right here.
  if (first === undefined || question?.kind === "newTheme" || question?.kind === "themeName") return null;
  const isOne = notes.length === 1;
  const label = isOne
    ? t("list.actions", { text: first.text === "" ? t("list.emptyNote") : first.text })
    : t("hands.menuNotes", { count: notes.length });
  const voice: Voice | null = notes.every((note) => note.voice === first.voice) ? first.voice : null;
  const button = (action: BoardAction) => (
    <IconButton
      key={action.id}
      look={action.isDanger === true ? "danger" : "quiet"}
      label={actionWords(action.name, t, { template: model.template, language })}
      icon={<ActionIcon action={action} />}
      onPress={() => action.run(model)}
    />
  );
  const possible = (action: BoardAction) => action.isAvailable(model);
  return (
    <section className="note-actions paper" aria-label={label}>
      {!isOne && <p className="note-actions-count">{t("hands.selected", { count: notes.length })}</p>}
      <ChoiceField
        label={t("voice.label")}
        hideLabel
        value={voice}
        onChange={(next) =>
          told(
            model,
            model.markVoice(
              notes.map(({ id }) => id),
              next,
            ),
          )
        }
        choices={voiceChoices.map((choice) => ({
          value: choice,
          label: t(`voice.${choice}`),
          icon: <VoiceMark voice={choice} />,
        }))}
      />
      <DotsPart model={model} />
      <div className="note-actions-part note-actions-zones">{zoneActions.filter(possible).map(button)}</div>
      <div className="note-actions-part">
        {inBar.filter(possible).map(button)}
        <IconButton
          label={t("hands.more")}
          icon={<Ellipsis aria-hidden="true" />}
          aria-haspopup="menu"
          onPress={({ target }) => {
            const { left, bottom } = target.getBoundingClientRect();
            model.hands.ask({ kind: "menu", at: { x: left, y: bottom } });
          }}
        />
      </div>
    </section>
  );
}

/** While dots are given: one more, one less, and how many this note has of this person. */
function DotsPart({ model }: { readonly model: BoardModel }) {
  const { t } = useTranslation();
  const { ownDots, voting } = useObservable(model.board);
  const [note, ...others] = selectedNotes(model);
  const left = dotsLeft(model);
  if (left === null || note === undefined || others.length > 0) return null;
  const own = ownDots.get(note.id) ?? 0;
  const [add, take] = [actionById("addDot"), actionById("takeDot")];
  return (
    <div className="note-actions-part note-dots">
      <IconButton
        label={t("list.takeDot")}
        icon={<ActionIcon action={take} />}
        isDisabled={own === 0}
        onPress={() => take.run(model)}
      />
      <output aria-label={t("hands.dotsGiven", { count: own })}>{own}</output>
      <IconButton
        label={`${t("list.giveDot")} (${t("hands.dotsLeft", { count: left })})`}
        icon={<ActionIcon action={add} />}
        isDisabled={left <= 0}
        onPress={() => add.run(model)}
      />
      {left <= 0 && <p className="note-dots-why">{t("write.noDotsLeft", { count: voting?.dots ?? 0 })}</p>}
    </div>
  );
}
