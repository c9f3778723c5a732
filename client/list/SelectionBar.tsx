import { Ellipsis, Group, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { NoteId } from "../../shared/board/ids.ts";
import { Button, IconButton } from "../ui/Button.tsx";

export type SelectionBarProps = {
  readonly notes: readonly NoteId[];
  readonly onMenu: (anchor: Element) => void;
  readonly onGroup: () => void;
  readonly onStop: () => void;
};

/** What to do with the notes that are chosen; stands at the foot of the list as long as somebody is choosing. */
export function SelectionBar({ notes, onMenu, onGroup, onStop }: SelectionBarProps) {
  const { t } = useTranslation();
  const isNone = notes.length === 0;
  return (
    <div className="list-selection paper">
      <p role="status">{isNone ? t("list.pickHint") : t("list.picked", { count: notes.length })}</p>
      {!isNone && (
        <>
          <IconButton label={t("list.group")} icon={<Group aria-hidden="true" />} onPress={onGroup} />
          <Button
            look="primary"
            aria-haspopup="menu"
            icon={<Ellipsis size={20} aria-hidden="true" />}
            onPress={({ target }) => onMenu(target)}
          >
            {t("list.doWith")}
          </Button>
        </>
      )}
      <IconButton label={t("list.stopPicking")} icon={<X aria-hidden="true" />} onPress={onStop} />
    </div>
  );
}
