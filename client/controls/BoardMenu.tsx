import { ChevronRight } from "lucide-react";
import { useRef } from "react";
import {
  Header,
  Menu,
  MenuItem,
  MenuSection,
  Popover,
  Separator,
  SubmenuTrigger,
  Text,
} from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { Point } from "../../shared/board/geometry.ts";
import type { Language } from "../../shared/template/template.ts";
import type { BoardAction } from "../model/boardAction.ts";
import { boardActions } from "../model/boardActions.ts";
import type { BoardModel } from "../model/boardModel.ts";
import { useObservable } from "../model/useObservable.ts";
import { VoiceMark, ZonePicture } from "../ui/pictures.tsx";
import { ActionIcon } from "./ActionIcon.tsx";
import { actionWords, strokeWords } from "./actionWords.ts";
import "./menu.css";

export type BoardMenuProps = {
  readonly model: BoardModel;
  readonly language: Language;
  /** CSS pixels of the page. */
  readonly at: Point;
  readonly onClose: () => void;
};

/** In this order, with a line between the rows. */
const ofNotes = [
  ["edit", "highlight", "unhighlight", "addDot", "takeDot"],
  ["groupAsTheme", "renameTheme", "selectTheme", "leaveTheme", "dissolveTheme"],
  ["duplicate", "copy"],
  ["remove"],
] as const;
const ofBoard = [["drawing", "selectAll", "tidy"], ["voting", "palette", "shortcuts"], ["fit"]] as const;

/** Everything that can be done with what was pressed, where it was pressed. */
export function BoardMenu({ model, language, at, onClose }: BoardMenuProps) {
  const { t } = useTranslation();
  const anchor = useRef<HTMLSpanElement>(null);
  const selection = useObservable(model.selection);
  useObservable(model.board);
  const count = selection.size;
  const possible = boardActions.filter((action) => action.isAvailable(model));
  const inFamily = (family: string) =>
    possible.filter(({ id }) => id === family || id.startsWith(`${family}.`));
  const rows = (count > 0 ? ofNotes : ofBoard)
    .map((row) => row.flatMap(inFamily))
    .filter((row) => row.length > 0);
  const title = count > 0 ? t("hands.menuNotes", { count }) : t("hands.menuBoard");
  const item = (action: BoardAction) => (
    <ActionItem
      key={action.id}
      action={action}
      name={actionWords(action.name, t, { template: model.template, language })}
    />
  );
  const run = (id: string | number) => {
    onClose();
    possible.find((action) => action.id === id)?.run(model);
  };
  const submenu = (family: string, name: string, icon: React.ReactNode) => {
    const actions = inFamily(family);
    return actions.length === 0 ? null : (
      <SubmenuTrigger key={family}>
        <MenuItem className="menu-item" textValue={name}>
          {icon}
          <Text slot="label">{name}</Text>
          <ChevronRight size={20} aria-hidden="true" className="menu-more" />
        </MenuItem>
        <Popover className="menu-popover">
          <Menu className="menu" aria-label={name} onAction={run}>
            {actions.map(item)}
          </Menu>
        </Popover>
      </SubmenuTrigger>
    );
  };
  return (
    <>
      <span ref={anchor} className="menu-anchor" style={{ left: at.x, top: at.y }} />
      <Popover
        className="menu-popover"
        triggerRef={anchor}
        placement="bottom start"
        offset={4}
        isOpen
        onOpenChange={(isOpen) => {
          if (!isOpen) onClose();
        }}
      >
        <Menu className="menu" aria-label={title} autoFocus="first" onAction={run}>
          {rows.map((row, index) => (
            <MenuSection key={row[0]?.id}>
              {index === 0 && <Header className="menu-title">{title}</Header>}
              {index > 0 && <Separator className="menu-line" />}
              {row.map(item)}
              {index === 0 &&
                count > 0 &&
                submenu("voice", t("hands.voicePart"), <VoiceMark voice="unspecified" />)}
              {index === 0 &&
                count > 0 &&
                submenu("moveTo", t("hands.moveToPart"), <ZonePicture zone="roots" size={22} />)}
            </MenuSection>
          ))}
        </Menu>
      </Popover>
    </>
  );
}

function ActionItem({ action, name }: { readonly action: BoardAction; readonly name: string }) {
  const { t } = useTranslation();
  const [stroke] = action.keys;
  return (
    <MenuItem
      id={action.id}
      className={`menu-item ${action.isDanger === true ? "danger" : ""}`}
      textValue={name}
    >
      <ActionIcon action={action} />
      <Text slot="label">{name}</Text>
      {stroke !== undefined && <kbd className="stroke">{strokeWords(stroke, t)}</kbd>}
    </MenuItem>
  );
}
