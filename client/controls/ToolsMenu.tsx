import { Flashlight, Vote } from "lucide-react";
import type { ReactNode, RefObject } from "react";
import { Menu, MenuItem, Popover } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { type Language, zoneOf } from "../../shared/template/template.ts";
import type { BoardModel } from "../model/boardModel.ts";
import { useObservable } from "../model/useObservable.ts";
import { ZonePicture } from "../ui/pictures.tsx";
import "./menu.css";

export type Tool = {
  readonly id: string;
  readonly label: string;
  readonly icon: ReactNode;
  readonly onUse: () => void;
};

export type ToolsMenuProps = {
  readonly model: BoardModel;
  readonly language: Language;
  readonly label: string;
  readonly trigger: RefObject<HTMLElement | null>;
  /** Those that have no room for a button. */
  readonly tools: readonly Tool[];
  readonly onClose: () => void;
};

const pointZones = ["roots", "wateringCan", "fruits"] as const;

/** What does not need a button of its own, or has no room for one. */
export function ToolsMenu({ model, language, label, trigger, tools, onClose }: ToolsMenuProps) {
  const { t } = useTranslation();
  const selection = useObservable(model.selection);
  const mayWrite = useObservable(model.mayWrite);
  const [chosen] = selection.size === 1 ? selection : [];
  const { pointing, template } = model;

  const pointNote: Tool = {
    id: "point-note",
    label: `${t("wall.showEveryone")}: ${t("wall.showNote")}`,
    icon: <Flashlight aria-hidden="true" />,
    onUse: () => chosen !== undefined && pointing.point({ note: chosen }),
  };
  const points = pointZones.map(
    (zone): Tool => ({
      id: `point-${zone}`,
      label: `${t("wall.showEveryone")}: ${zoneOf(template, zone).title[language]}`,
      icon: <ZonePicture zone={zone} size={24} />,
      onUse: () => pointing.point({ zone }),
    }),
  );
  const voting: Tool = {
    id: "voting",
    label: t("hands.voting.title"),
    icon: <Vote aria-hidden="true" />,
    onUse: () => model.hands.ask({ kind: "voting" }),
  };
  const rounds = mayWrite ? [voting] : [];
  const pointers = pointing.mayPoint ? [...(chosen === undefined ? [] : [pointNote]), ...points] : [];
  const groups = [[...tools, ...rounds], pointers].filter((group) => group.length > 0);
  const items = groups.flatMap((group, index) =>
    group.map((tool, place) => ({ ...tool, startsGroup: index > 0 && place === 0 })),
  );
  return (
    <Popover
      className="menu-popover"
      aria-label={label}
      triggerRef={trigger}
      placement="bottom end"
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <Menu className="menu" aria-label={label} autoFocus="first" onClose={onClose}>
        {items.map((tool) => (
          <MenuItem
            key={tool.id}
            id={tool.id}
            textValue={tool.label}
            className={tool.startsGroup ? "menu-item starts-group" : "menu-item"}
            onAction={tool.onUse}
          >
            {tool.icon}
            {tool.label}
          </MenuItem>
        ))}
      </Menu>
    </Popover>
  );
}
