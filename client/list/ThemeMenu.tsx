import { ListChecks, Pencil, Ungroup } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { ThemeId } from "../../shared/board/ids.ts";
import type { BoardModel } from "../model/boardModel.ts";
import { useObservable } from "../model/useObservable.ts";
import { ChoiceItem, MenuFrame } from "./MenuFrame.tsx";

export type ThemeMenuProps = {
  readonly model: BoardModel;
  readonly theme: ThemeId;
  readonly anchor: Element;
  readonly onClose: () => void;
  readonly onRename: () => void;
  readonly onDissolve: () => void;
  readonly onChoose: () => void;
};

export function ThemeMenu({ model, theme: id, ...props }: ThemeMenuProps) {
  const { t } = useTranslation();
  const theme = useObservable(model.board).themes.get(id);
  if (theme === undefined) return null;
  const title = theme.title.trim() === "" ? t("list.themeUntitled") : theme.title;
  return (
    <MenuFrame title={t("list.themeActions", { title })} anchor={props.anchor} onClose={props.onClose}>
      <ChoiceItem icon={<Pencil size={20} />} label={t("list.themeRename")} onChoose={props.onRename} />
      <ChoiceItem icon={<ListChecks size={20} />} label={t("list.themeChoose")} onChoose={props.onChoose} />
      <ChoiceItem icon={<Ungroup size={20} />} label={t("list.themeDissolve")} onChoose={props.onDissolve} />
    </MenuFrame>
  );
}
