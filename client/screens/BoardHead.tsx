import { Download, Ellipsis, Presentation, QrCode as QrIcon, Redo2, Trash, Undo2, Users } from "lucide-react";
import { lazy, type RefCallback, Suspense, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Language } from "../../shared/template/template.ts";
import { LanguageSwitch } from "../controls/LanguageSwitch.tsx";
import { LockNews } from "../controls/LockedBar.tsx";
import { SavedBadge } from "../controls/SavedBadge.tsx";
import type { Tool } from "../controls/ToolsMenu.tsx";
import { ViewButton } from "../controls/ViewButton.tsx";
import type { BoardModel } from "../model/boardModel.ts";
import { useObservable } from "../model/useObservable.ts";
import type { BoardViewKind } from "../sync/identity.ts";
import { IconButton } from "../ui/Button.tsx";
import { useLook } from "../ui/LookProvider.tsx";
import { ViewSwitch } from "./ViewSwitch.tsx";

const ToolsMenu = lazy(async () => ({ default: (await import("../controls/ToolsMenu.tsx")).ToolsMenu }));

export type BoardHeadProps = {
  readonly model: BoardModel;
  readonly language: Language;
  readonly onLanguage: (language: Language) => void;
  readonly view: BoardViewKind;
  readonly hasBoth: boolean;
  readonly onView: (view: BoardViewKind) => void;
  readonly onPeople: () => void;
  /** `null` while there is no link to hand on. */
  readonly onShare: (() => void) | null;
  readonly onBin: () => void;
  readonly onSave: () => void;
  readonly onPresent: () => void;
  readonly measure: RefCallback<HTMLElement>;
};

/** Who we are, whether it is saved, and the tools; what a small screen has no room for is in the menu. */
export function BoardHead(props: BoardHeadProps) {
  const { model, language, onLanguage, view, hasBoth, onView, onPeople, onShare } = props;
  const { t } = useTranslation();
  const { room } = useLook();
  const group = useObservable(model.group);
  const mayWrite = useObservable(model.mayWrite);
  const undoState = useObservable(model.undoState);
  const here = useObservable(model.here);
  const peopleCount = here.length + (model.role === "view" ? 0 : 1);
  const isRoomy = room !== "narrow" && room !== "middle";

  const present: Tool = {
    id: "present",
    label: t("wall.present"),
    icon: <Presentation aria-hidden="true" />,
    onUse: props.onPresent,
  };
  const bin: Tool = {
    id: "bin",
    label: t("board.bin"),
    icon: <Trash aria-hidden="true" />,
    onUse: props.onBin,
  };
  const save: Tool = {
    id: "save",
    label: t("board.export"),
    icon: <Download aria-hidden="true" />,
    onUse: props.onSave,
  };
  const buttons = isRoomy ? [present, bin, save] : [];
  const hidden = isRoomy ? [] : [present, bin, save];

  return (
    <header className="board-head" ref={props.measure}>
      <div className="board-title paper">
        <h1 dir="auto">{group.name}</h1>
        <p>{t(`focus.${group.focus}`)}</p>
      </div>
      <SavedBadge model={model} />
      <BoardNews model={model} />
      <nav className="board-tools paper" aria-label={t("board.tools")}>
        {mayWrite && (
          <div className="tool-group">
            <IconButton
              label={t("board.undo")}
              icon={<Undo2 aria-hidden="true" />}
              isDisabled={!undoState.canUndo}
              onPress={model.undo}
            />
            <IconButton
              label={t("board.redo")}
              icon={<Redo2 aria-hidden="true" />}
              isDisabled={!undoState.canRedo}
              onPress={model.redo}
            />
          </div>
        )}
        <ViewSwitch view={view} hasBoth={hasBoth} onView={onView} />
        <div className="tool-group">
          <IconButton
            label={`${t("board.people")} ${t("board.peopleCount", { count: peopleCount })}`}
            icon={
              <>
                <Users aria-hidden="true" />
                <span aria-hidden="true">{peopleCount}</span>
              </>
            }
            onPress={onPeople}
          />
          {onShare !== null && (
            <IconButton label={t("board.share")} icon={<QrIcon aria-hidden="true" />} onPress={onShare} />
          )}
          {buttons.map(({ id, label, icon, onUse }) => (
            <IconButton key={id} label={label} icon={icon} onPress={onUse} />
          ))}
          {(hidden.length > 0 || model.pointing.mayPoint) && (
            <MoreTools model={model} language={language} tools={hidden} />
          )}
        </div>
      </nav>
      <div className="board-language paper">
        <LanguageSwitch onSwitch={onLanguage} />
        <ViewButton />
      </div>
    </header>
  );
}

/** Why one cannot write, or has to be careful. */
function BoardNews({ model }: { readonly model: BoardModel }) {
  const { t } = useTranslation();
  const mayWrite = useObservable(model.mayWrite);
  const whyReadOnly = useObservable(model.whyReadOnly);
  const isKept = useObservable(model.isKept);
  return (
    <>
      {(whyReadOnly === "viewLink" || whyReadOnly === "newerDocument") && (
        <p className="read-only">
          {whyReadOnly === "viewLink" ? t("board.readOnly") : t("board.newerDocument")}
        </p>
      )}
      <LockNews model={model} />
      {!isKept && (mayWrite || whyReadOnly === "locked") && (
        <p className="read-only warn" role="status">
          {t("saved.privateWindow")}
        </p>
      )}
    </>
  );
}

type MoreToolsProps = Pick<BoardHeadProps, "model" | "language"> & { readonly tools: readonly Tool[] };

function MoreTools({ model, language, tools }: MoreToolsProps) {
  const { t } = useTranslation();
  const trigger = useRef<HTMLSpanElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <span ref={trigger} className="more-tools">
        <IconButton
          label={t("view.more")}
          icon={<Ellipsis aria-hidden="true" />}
          aria-haspopup="menu"
          aria-expanded={isOpen}
          onPress={() => setIsOpen(true)}
        />
      </span>
      {isOpen && (
        <Suspense>
          <ToolsMenu
            label={t("view.more")}
            trigger={trigger}
            model={model}
            language={language}
            tools={tools}
            onClose={() => setIsOpen(false)}
          />
        </Suspense>
      )}
    </>
  );
}
