import { Columns2, List, TreeDeciduous } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { BoardViewKind } from "../sync/identity.ts";
import { SwitchButton } from "../ui/Button.tsx";

export type ViewSwitchProps = {
  readonly view: BoardViewKind;
  /** Beside each other they need room. */
  readonly hasBoth: boolean;
  readonly onView: (view: BoardViewKind) => void;
};

/** The same board as a tree, as a list, or both. */
export function ViewSwitch({ view, hasBoth, onView }: ViewSwitchProps) {
  const { t } = useTranslation();
  const choices = [
    { kind: "tree", label: t("board.showTree"), Icon: TreeDeciduous },
    { kind: "both", label: t("view.both"), Icon: Columns2 },
    { kind: "list", label: t("board.showList"), Icon: List },
  ] as const;
  return (
    <fieldset className="view-switch" aria-label={t("view.layout")}>
      {choices
        .filter(({ kind }) => kind !== "both" || hasBoth)
        .map(({ kind, label, Icon }) => (
          <SwitchButton
            key={kind}
            aria-label={label}
            icon={<Icon aria-hidden="true" />}
            isSelected={view === kind}
            onChange={() => onView(kind)}
          />
        ))}
    </fieldset>
  );
}
