import { Undo2, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { BoardModel } from "../model/boardModel.ts";
import { useObservable } from "../model/useObservable.ts";
import { Button, IconButton } from "../ui/Button.tsx";

/** Stands for a while after notes went, on every screen: one tap brings them back. */
export function RemovalBar({ model }: { readonly model: BoardModel }) {
  const { t } = useTranslation();
  const removal = useObservable(model.lastRemoval);
  const mayWrite = useObservable(model.mayWrite);
  if (removal === null) return <div role="status" />;
  const count = removal.notes.length;
  const name = model.nameOf(removal.by) ?? t("board.anonymous");
  return (
    <div className="removal paper" role="status">
      <span>
        {removal.mine ? t("board.removedMine", { count }) : t("board.removedOthers", { count, name })}
      </span>
      {mayWrite && (
        <Button
          icon={<Undo2 size={20} aria-hidden="true" />}
          onPress={() => {
            model.restoreNotes(removal.notes);
            model.dismissRemoval();
          }}
        >
          {t("board.restore")}
        </Button>
      )}
      <IconButton
        label={t("common.close")}
        icon={<X size={20} aria-hidden="true" />}
        onPress={model.dismissRemoval}
      />
    </div>
  );
}
