import { useTranslation } from "react-i18next";
import type { Language } from "../../shared/template/template.ts";
import type { ActionGroup } from "../model/boardAction.ts";
import { boardActions } from "../model/boardActions.ts";
import type { BoardModel } from "../model/boardModel.ts";
import { Sheet } from "../ui/Sheet.tsx";
import { actionWords, strokeWords } from "./actionWords.ts";

export type ShortcutSheetProps = {
  readonly model: BoardModel;
  readonly language: Language;
  readonly onClose: () => void;
};

type Line = { readonly name: string; readonly keys: string };
const groups: readonly ActionGroup[] = ["notes", "themes", "dots", "board", "view"];

/** Every key that does something, and what hands do, from the same list as the palette. */
export function ShortcutSheet({ model, language, onClose }: ShortcutSheetProps) {
  const { t } = useTranslation();
  const linesOf = (group: ActionGroup): readonly Line[] =>
    boardActions
      .filter((action) => action.group === group && action.keys.length > 0 && !action.id.startsWith("nudge."))
      .map((action) => ({
        name: actionWords(action.name, t, { template: model.template, language }),
        keys: strokeWords(action.keys[0] ?? "", t),
      }));
  const [shift, space, drag] = [t("shortcuts.shift"), t("shortcuts.space"), t("shortcuts.drag")];
  const more: Partial<Record<ActionGroup, readonly Line[]>> = {
    notes: [
      { name: t("shortcuts.chooseMiddle"), keys: t("shortcuts.arrows") },
      { name: t("shortcuts.nudge"), keys: `${t("shortcuts.arrows")}, ${shift} ${t("shortcuts.arrows")}` },
      { name: t("shortcuts.copy"), keys: `${strokeWords("Ctrl+c", t)}, ${strokeWords("Ctrl+x", t)}` },
    ],
    board: [{ name: t("shortcuts.paste"), keys: strokeWords("Ctrl+v", t) }],
  };
  const hand: readonly Line[] = [
    { name: t("shortcuts.handNew"), keys: t("shortcuts.doubleClick") },
    { name: t("shortcuts.handAdd"), keys: `${shift} ${t("shortcuts.click")}` },
    {
      name: t("shortcuts.handLasso"),
      keys: `${shift} ${drag} ${t("shortcuts.or")} ${t("shortcuts.longPress")}`,
    },
    { name: t("shortcuts.handCopy"), keys: `Alt ${drag}` },
    { name: t("shortcuts.handFree"), keys: `${strokeWords("Ctrl+", t)} ${drag}` },
    { name: t("shortcuts.handPan"), keys: `${space} ${drag}` },
    { name: t("shortcuts.handMenu"), keys: t("shortcuts.longPress") },
  ];
  return (
    <Sheet title={t("shortcuts.title")} isOpen onClose={onClose}>
      <div className="shortcuts">
        {groups.map((group) => (
          <ShortcutGroup
            key={group}
            title={t(`shortcuts.group.${group}`)}
            lines={[...linesOf(group), ...(more[group] ?? [])]}
            {...(group === "dots" ? { hint: t("shortcuts.dotsHint") } : {})}
          />
        ))}
        <ShortcutGroup title={t("shortcuts.group.hand")} lines={hand} />
      </div>
    </Sheet>
  );
}

type ShortcutGroupProps = {
  readonly title: string;
  readonly lines: readonly Line[];
  /** When these keys mean this. */
  readonly hint?: string;
};

function ShortcutGroup({ title, lines, hint }: ShortcutGroupProps) {
  return (
    <section>
      <h3>{title}</h3>
      {hint !== undefined && <p>{hint}</p>}
      <dl>
        {lines.map(({ name, keys }) => (
          <div key={`${name} ${keys}`}>
            <dt>{name}</dt>
            <dd>
              <kbd className="stroke">{keys}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
