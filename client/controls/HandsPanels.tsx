import type { TFunction } from "i18next";
import { lazy, type ReactNode, Suspense, useEffect, useLayoutEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Drawing } from "../../shared/board/drawing.ts";
import type { Voice } from "../../shared/board/note.ts";
import { assertNever } from "../../shared/result.ts";
import type { Language } from "../../shared/template/template.ts";
import type { BoardModel } from "../model/boardModel.ts";
import { freeSpotsNear } from "../model/freeSpots.ts";
import type { Notice, Question } from "../model/hands.ts";
import { told } from "../model/noteActions.ts";
import { addNear } from "../model/pasting.ts";
import { useBoardKeys } from "../model/useBoardKeys.ts";
import { useObservable } from "../model/useObservable.ts";
import { hasKeyboard } from "../ui/hasKeyboard.ts";
import { Optional } from "../ui/Optional.tsx";
import { Sheet } from "../ui/Sheet.tsx";
import { writeErrorWords } from "../ui/writeErrorWords.ts";
import type { ExtraAction } from "./CommandPalette.tsx";
import "./hands.css";

// Each comes when it is asked for: together they weigh more than the board.
const loadPalette = () => import("./CommandPalette.tsx");
const loadMenu = () => import("./BoardMenu.tsx");
const loadNamer = () => import("./ThemeNamer.tsx");
const loadPad = () => import("./DrawingPad.tsx");
const CommandPalette = lazy(async () => ({ default: (await loadPalette()).CommandPalette }));
const ShortcutSheet = lazy(async () => ({ default: (await import("./ShortcutSheet.tsx")).ShortcutSheet }));
const BoardMenu = lazy(async () => ({ default: (await loadMenu()).BoardMenu }));
const NewTheme = lazy(async () => ({ default: (await loadNamer()).NewTheme }));
const ThemeName = lazy(async () => ({ default: (await loadNamer()).ThemeName }));
const DrawingPad = lazy(async () => ({ default: (await loadPad()).DrawingPad }));
const VotingPanel = lazy(async () => ({ default: (await import("./VotingPanel.tsx")).VotingPanel }));
const RemovalQuestion = lazy(async () => ({
  default: (await import("./RemovalQuestion.tsx")).RemovalQuestion,
}));
const PasteSheet = lazy(async () => ({ default: (await import("./PasteSheet.tsx")).PasteSheet }));

export type HandsPanelsProps = {
  readonly model: BoardModel;
  readonly language: Language;
  /** Of what is pasted or drawn on the tree. */
  readonly voice: Voice;
  /** What the page around the board offers in the palette. */
  readonly extras?: readonly ExtraAction[];
  /** Stands in the place of a question whose code is on its way. */
  readonly awaited: ReactNode;
};

const noticeMs = 6_000;
const barGapPx = 8;
/** Before that the board itself is on its way. */
const paletteAfterMs = 1_000;
const prefetchAfterMs = 3_000;

/** Whatever hands ask on this board: menu, palette, names of themes, a sheet to draw on; and what they are told. */
export function HandsPanels({ model, language, voice, extras = [], awaited }: HandsPanelsProps) {
  const { t } = useTranslation();
  const question = useObservable(model.hands.question);
  const notice = useObservable(model.hands.notice);
  const isLoaded = useObservable(model.isLoaded);

  // Whoever has a keyboard may ask for it before anything else.
  useEffect(() => {
    if (!hasKeyboard || !isLoaded) return;
    const timer = setTimeout(() => void loadPalette().catch(() => undefined), paletteAfterMs);
    return () => clearTimeout(timer);
  }, [isLoaded]);

  // Without a connection they must be there.
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const load of [loadPalette, loadMenu, loadNamer, loadPad]) load().catch(() => undefined);
    }, prefetchAfterMs);
    return () => clearTimeout(timer);
  }, []);

  useEffect(() => {
    if (notice === null) return;
    const timer = setTimeout(() => model.hands.tell(null), noticeMs);
    return () => clearTimeout(timer);
  }, [notice, model]);

  const said = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    if (notice !== null && said.current !== null) liftAboveBars(said.current);
  }, [notice]);

  return (
    <>
      <p className="hands-notice" role="status">
        {notice !== null && (
          <span className="paper" ref={said}>
            {noticeWords(notice, t)}
          </span>
        )}
      </p>
      <Suspense fallback={awaited}>
        {question !== null && (
          <Optional key={question.kind} onMissing={() => model.hands.answered(question)}>
            <Panel {...{ model, language, voice, extras, question }} />
          </Optional>
        )}
      </Suspense>
    </>
  );
}

/** A notice covers no bar with which somebody is busy: it comes to lie above the lowest that is in its way, and the next. */
function liftAboveBars(said: HTMLElement): void {
  const { left, right, top, bottom } = said.getBoundingClientRect();
  const bars = [...document.querySelectorAll(".note-actions, .list-selection, .removal")]
    .map((bar) => bar.getBoundingClientRect())
    .filter((bar) => bar.left < right && bar.right > left)
    .sort((one, other) => other.bottom - one.bottom);
  let lift = 0;
  for (const bar of bars) {
    const isInTheWay = bar.top < bottom - lift + barGapPx && bar.bottom > top - lift - barGapPx;
    if (isInTheWay) lift = bottom - bar.top + barGapPx;
  }
  said.style.setProperty("translate", `0 ${-lift}px`);
}

/** The keys of a board without its tree, where the canvas is not there to hear them. */
export function ListKeys({ model }: { readonly model: BoardModel }) {
  useBoardKeys(model);
  return null;
}

type PanelProps = Required<Omit<HandsPanelsProps, "awaited">> & { readonly question: Question };

function Panel({ model, language, voice, extras, question }: PanelProps) {
  const { t } = useTranslation();
  const onClose = () => model.hands.answered(question);
  switch (question.kind) {
    case "palette":
      return <CommandPalette {...{ model, language, extras, onClose }} initialQuery={question.typed ?? ""} />;
    case "shortcuts":
      return <ShortcutSheet {...{ model, language, onClose }} />;
    case "menu":
      return <BoardMenu {...{ model, language, onClose }} at={question.at} />;
    case "voting":
      return (
        <Sheet title={t("hands.voting.title")} isOpen onClose={onClose}>
          <VotingPanel model={model} />
        </Sheet>
      );
    case "removal":
      return <RemovalQuestion {...{ model, onClose }} notes={question.notes} />;
    case "newTheme":
      return (
        <NewTheme
          key={question.notes.join()}
          {...{ model, onClose }}
          notes={question.notes}
          beside={question.beside}
        />
      );
    case "themeName":
      return (
        <ThemeName
          key={question.theme}
          {...{ model, onClose }}
          theme={question.theme}
          beside={question.beside}
        />
      );
    case "drawing":
      return (
        <DrawingPad
          size={model.template.noteSize}
          onCancel={onClose}
          onDone={(drawing) => {
            onClose();
            addDrawing(model, drawing, voice);
          }}
        />
      );
    case "paste":
      return (
        <PasteSheet
          lines={question.texts}
          onClose={() => {
            onClose();
            model.hands.tell({ kind: "notPasted" });
          }}
          onMany={(texts) => {
            onClose();
            addNear(model, { texts, near: question.near, voice });
          }}
          onOne={(texts) => {
            onClose();
            addNear(model, { texts: [texts.join("\n")], near: question.near, voice });
          }}
        />
      );
    default:
      return assertNever(question);
  }
}

function addDrawing(model: BoardModel, drawing: Drawing, voice: Voice): void {
  const taken = [...model.board.get().notes.values()].map(({ placement }) => placement);
  const near = model.hands.tree.get()?.spot() ?? middleOfTree(model);
  const [spot] = freeSpotsNear(near, 1, taken, model.template);
  if (spot === undefined) return;
  const added = told(model, model.addDrawing(drawing, spot, voice));
  if (added.ok) model.selection.set([added.value]);
}

/** From the list a drawing goes to the roots, as what is typed does. */
function middleOfTree({ template }: BoardModel): { readonly x: number; readonly y: number } {
  return template.zones.find(({ id }) => id === "roots")?.anchor ?? { x: 0, y: 0 };
}

function noticeWords(notice: Notice, t: TFunction): string {
  switch (notice.kind) {
    case "refused":
      return writeErrorWords(notice.error, t);
    case "tooManyPasted":
      return t("hands.pastedTooMany", notice);
    case "notPasted":
      return t("hands.notPasted");
    case "unreadableFile":
      return t("hands.unreadableFile");
    case "cannotCopy":
      return t("hands.cannotCopy");
    case "copied":
      return t("hands.copied", notice);
    default:
      return assertNever(notice);
  }
}
