import { useTranslation } from "react-i18next";
import type { BoardModel } from "../model/boardModel.ts";
import { useObservable } from "../model/useObservable.ts";
import { Button } from "../ui/Button.tsx";
import { Sheet } from "../ui/Sheet.tsx";

export type SheetOfBoardProps = {
  readonly model: BoardModel;
  readonly isOpen: boolean;
  readonly onClose: () => void;
};

/** What was removed, latest first, each to be put back. */
export function BinSheet({ model, isOpen, onClose }: SheetOfBoardProps) {
  const { t, i18n } = useTranslation();
  const { removed } = useObservable(model.board);
  const mayWrite = useObservable(model.mayWrite);
  const time = new Intl.DateTimeFormat(i18n.language, { hour: "2-digit", minute: "2-digit" });
  return (
    <Sheet title={t("board.bin")} isOpen={isOpen} onClose={onClose}>
      {removed.length === 0 && <p>{t("board.binEmpty")}</p>}
      <ul className="bin">
        {removed.map((note) => {
          const name = model.nameOf(note.removed?.by ?? null);
          return (
            <li key={note.id} className={`bin-note zone-${note.placement.zone}`}>
              <div>
                <p dir="auto" className="bin-text">
                  {note.text === "" ? t("list.emptyNote") : note.text}
                </p>
                <p className="bin-by">
                  {name === null ? t("board.removedNobody") : t("board.removedBy", { name })}
                  {note.removed !== null && ` · ${time.format(note.removed.at)}`}
                </p>
              </div>
              {mayWrite && (
                <Button onPress={() => model.restoreNotes([note.id])}>{t("board.restore")}</Button>
              )}
            </li>
          );
        })}
      </ul>
    </Sheet>
  );
}
