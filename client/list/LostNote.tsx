import { useTranslation } from "react-i18next";
import type { NoteId } from "../../shared/board/ids.ts";
import type { BoardModel } from "../model/boardModel.ts";
import { useObservable } from "../model/useObservable.ts";
import { Button } from "../ui/Button.tsx";

export type LostNoteProps = {
  readonly model: BoardModel;
  /** The note that is being edited here. */
  readonly note: NoteId;
  readonly onDiscard: () => void;
};

/** Somebody took away the note that is being edited here: its writer decides, and goes on if it stays. */
export function LostNote({ model, note, onDiscard }: LostNoteProps) {
  const { t } = useTranslation();
  const lost = useObservable(model.board).removed.find(({ id }) => id === note);
  if (lost === undefined) return null;
  return (
    <div className="list-lost paper" role="alert">
      <p>{t("list.removedWhileEditing")}</p>
      <p dir="auto" className="list-lost-text">
        {lost.text}
      </p>
      <div className="row">
        <Button look="primary" onPress={() => model.restoreNotes([lost.id])}>
          {t("list.keep")}
        </Button>
        <Button onPress={onDiscard}>{t("list.discard")}</Button>
      </div>
    </div>
  );
}
