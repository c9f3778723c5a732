import { useTranslation } from "react-i18next";
import type { BoardModel } from "../model/boardModel.ts";
import { told } from "../model/noteActions.ts";
import { type RemovalMoment, removalMoments } from "../model/removalMoments.ts";
import { useObservable } from "../model/useObservable.ts";
import { Button } from "../ui/Button.tsx";
import { Sheet } from "../ui/Sheet.tsx";
import "./bin.css";

export type SheetOfBoardProps = {
  readonly model: BoardModel;
  readonly isOpen: boolean;
  readonly onClose: () => void;
};

/** What was removed, latest first: to be put back each by itself, or all that went together. */
export function BinSheet({ model, isOpen, onClose }: SheetOfBoardProps) {
  const { t } = useTranslation();
  const { removed } = useObservable(model.board);
  return (
    <Sheet title={t("board.bin")} isOpen={isOpen} onClose={onClose}>
      {removed.length === 0 && <p>{t("board.binEmpty")}</p>}
      <div className="bin">
        {removalMoments(removed).map((moment) => (
          <Moment key={moment.key} model={model} moment={moment} />
        ))}
      </div>
    </Sheet>
  );
}

function Moment({ model, moment }: { readonly model: BoardModel; readonly moment: RemovalMoment }) {
  const { t, i18n } = useTranslation();
  const mayWrite = useObservable(model.mayWrite);
  const { removed, notes } = moment;
  const name = model.nameOf(removed?.by ?? null);
  const time = new Intl.DateTimeFormat(i18n.language, { hour: "2-digit", minute: "2-digit" });
  const by = name === null ? t("board.removedNobody") : t("board.removedBy", { name });
  const words = removed === null ? by : `${by} · ${time.format(removed.at)}`;
  const isSeveral = notes.length > 1;
  const restore = (some: RemovalMoment["notes"]) => told(model, model.restoreNotes(some.map(({ id }) => id)));
  return (
    <section className="bin" aria-label={words}>
      {isSeveral && (
        <div className="bin-moment">
          <p className="bin-by">{words}</p>
          {mayWrite && (
            <Button look="primary" onPress={() => restore(notes)}>
              {t("board.restoreAll", { count: notes.length })}
            </Button>
          )}
        </div>
      )}
      <ul className="bin">
        {notes.map((note) => (
          <li key={note.id} className={`bin-note zone-${note.placement.zone}`}>
            <div>
              <p dir="auto" className="bin-text">
                {note.text === "" ? t("list.emptyNote") : note.text}
              </p>
              {!isSeveral && <p className="bin-by">{words}</p>}
            </div>
            {mayWrite && <Button onPress={() => restore([note])}>{t("board.restore")}</Button>}
          </li>
        ))}
      </ul>
    </section>
  );
}
