import { useTranslation } from "react-i18next";
import type { NoteId } from "../../shared/board/ids.ts";
import type { BoardModel } from "../model/boardModel.ts";
import { told } from "../model/noteActions.ts";
import { Button } from "../ui/Button.tsx";
import { Sheet } from "../ui/Sheet.tsx";

export type RemovalQuestionProps = {
  readonly model: BoardModel;
  readonly notes: readonly NoteId[];
  readonly onClose: () => void;
};

/** Many notes go at once: somebody may have meant one. */
export function RemovalQuestion({ model, notes, onClose }: RemovalQuestionProps) {
  const { t } = useTranslation();
  const lying = notes.filter((id) => model.board.get().notes.has(id));
  return (
    <Sheet title={t("hands.removeTitle", { count: lying.length })} isOpen onClose={onClose}>
      <p>{t("hands.removeLead")}</p>
      <div className="row">
        <Button
          look="danger"
          size="large"
          onPress={() => {
            onClose();
            told(model, model.removeNotes(lying));
          }}
        >
          {t("hands.removeYes")}
        </Button>
        <Button size="large" autoFocus onPress={onClose}>
          {t("hands.removeNo")}
        </Button>
      </div>
    </Sheet>
  );
}
