import { lazy, Suspense, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Language } from "../../shared/template/template.ts";
import type { JoinBoard } from "../../shared/workshop/api.ts";
import { syllablesOf } from "../canvas/syllables.ts";
import { AwaitedQuestion } from "../controls/AwaitedQuestion.tsx";
import { Composer } from "../controls/Composer.tsx";
import { RemovalBar } from "../controls/RemovalBar.tsx";
import { prefetchLanguages, withLaterWords } from "../i18n/i18n.ts";
import { NoteList } from "../list/NoteList.tsx";
import type { BoardModel } from "../model/boardModel.ts";
import { createLater, useLater } from "../model/later.ts";
import { takesLetters } from "../model/useBoardKeys.ts";
import { useObservable } from "../model/useObservable.ts";
import type { BoardViewKind, Device } from "../sync/identity.ts";
import { enterFullScreen, leaveFullScreen } from "../ui/fullScreen.ts";
import { hasKeyboard } from "../ui/hasKeyboard.ts";
import { isTyping } from "../ui/isTyping.ts";
import { useLook } from "../ui/LookProvider.tsx";
import type { Room } from "../ui/look.ts";
import { Optional } from "../ui/Optional.tsx";
import { boardPath } from "../ui/routes.ts";
import { prefetchSheets } from "../ui/Sheet.tsx";
import { BoardHead } from "./BoardHead.tsx";
import { BoardSheets, type OpenSheet, prefetchDownloads } from "./BoardSheets.tsx";
import { SkipLinks } from "./SkipLinks.tsx";
import { SpotlightPlace } from "./SpotlightPlace.tsx";
import { TreeOpening } from "./TreeOpening.tsx";
import { useFollowInList } from "./useFollowInList.ts";
import { useHeight } from "./useHeight.ts";
import "./board.css";

// The canvas brings Konva and the drawing: a phone that shows the list never loads them.
// React's own way to wait would show it only a third of a second after it began to show that it waits.
const treePane = createLater(withLaterWords(() => import("./TreePane.tsx")));
const loadHands = withLaterWords(() => import("../controls/HandsPanels.tsx"));
const HandsPanels = lazy(async () => ({ default: (await loadHands()).HandsPanels }));
const ListKeys = lazy(async () => ({ default: (await loadHands()).ListKeys }));

export type BoardLayoutProps = {
  readonly model: BoardModel;
  /** The key to hand on; null while it is not known. */
  readonly shareKey: string | null;
  /** The short code of the workshop; known to the facilitator. */
  readonly joinCode: string | null;
  readonly device: Device;
  /** Sends what a person now says about themselves; `null` when the server took it, else a sentence. */
  readonly onChangeMe: (facts: JoinBoard) => Promise<string | null>;
  /** Lifts the lock, for who may; `null` when the server did, else a sentence. */
  readonly onUnlock: (() => Promise<string | null>) | null;
  readonly language: Language;
  readonly onLanguage: (language: Language) => void;
};

const prefetchAfterMs = 8_000;

/** One board: the tree, the list or both, with what floats around them. */
export function BoardLayout(props: BoardLayoutProps) {
  const { model, shareKey, joinCode, device, onChangeMe, onUnlock, language, onLanguage } = props;
  const { t } = useTranslation();
  const { room } = useLook();
  const group = useObservable(model.group);
  const mayWrite = useObservable(model.mayWrite);
  const whyReadOnly = useObservable(model.whyReadOnly);
  const [wantedView, setWantedView] = useState<BoardViewKind>(() => firstView(device, room));
  const [isQuiet, setIsQuiet] = useState(false);
  const question = useObservable(model.hands.question);
  const [isPresenting, setIsPresenting] = useState(false);
  const beforePresenting = useRef<Element | null>(null);
  const [sheet, setSheet] = useState<OpenSheet | null>(null);
  const [head, headHeight] = useHeight();
  const [foot, footHeight] = useHeight();
  const hasBoth = room === "wide" || room === "widest";
  const view = isPresenting ? "tree" : viewWithin(wantedView, room);
  const link = shareKey === null ? null : `${location.origin}${boardPath(model.boardId, shareKey)}`;
  const own = device.participant(model.boardId);
  // On a screen that a whole group shares nobody knows whose words the next note has.
  const ownVoice = own === null || own.kind === "screen" ? "unspecified" : (own.voice ?? "unspecified");

  // Told to the styles without drawing everything anew.
  const board = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const tell = () => {
      board.current?.style.setProperty("--head-height", `${headHeight.get()}px`);
      board.current?.style.setProperty("--foot-height", `${footHeight.get()}px`);
    };
    tell();
    const stops = [headHeight.subscribe(tell), footHeight.subscribe(tell)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [headHeight, footHeight]);

  const showsTree = view !== "list";
  const tree = useLater(treePane, { isWanted: showsTree });
  const syllables = syllablesOf(model.workshop.get().workshop.language);
  const hyphenate = useLater(syllables, { isWanted: showsTree });
  // What a first look does not need comes when it is quiet: without a connection it must be there.
  useEffect(() => {
    const timer = setTimeout(() => {
      setIsQuiet(true);
      prefetchSheets();
      prefetchLanguages();
      model.prefetchExport();
      prefetchDownloads(showsTree ? "tree" : "list");
    }, prefetchAfterMs);
    return () => clearTimeout(timer);
  }, [model, showsTree]);

  // The list shows nobody's pointer: it knows who is here without their presence, and only glances at who points.
  useEffect(() => (showsTree ? model.watchOthers() : model.pointing.glance()), [model, showsTree]);

  useFollowInList(model, view);

  function switchView(next: BoardViewKind): void {
    setWantedView(next);
    device.rememberBoardView(next);
  }
  function present(): void {
    beforePresenting.current = document.activeElement;
    enterFullScreen();
    // What floats beside chosen notes would lie over the wall.
    model.selection.clear();
    setIsPresenting(true);
  }
  function stopPresenting(): void {
    leaveFullScreen();
    setIsPresenting(false);
  }

  // What had the keyboard is gone with the bar: it goes back to where it was before, or to the board.
  useEffect(() => {
    const before = beforePresenting.current;
    if (isPresenting || before === null) return;
    beforePresenting.current = null;
    if (document.activeElement !== document.body) return;
    if (before instanceof HTMLElement) before.focus();
    if (document.activeElement === document.body) document.getElementById("board-main")?.focus();
  }, [isPresenting]);

  const awaitedQuestion = <AwaitedQuestion model={model} />;
  const extras = [
    { id: "tree", name: t("board.showTree"), run: () => switchView("tree") },
    { id: "list", name: t("board.showList"), run: () => switchView("list") },
    { id: "present", name: t("wall.present"), run: present },
    { id: "people", name: t("board.people"), run: () => setSheet("people") },
    ...(link === null ? [] : [{ id: "share", name: t("board.share"), run: () => setSheet("share") }]),
    { id: "bin", name: t("board.bin"), run: () => setSheet("bin") },
    { id: "download", name: t("board.export"), run: () => setSheet("download") },
  ];

  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (isTyping(event.target) || event.defaultPrevented) return;
    const key = event.key.toLowerCase();
    if (event.ctrlKey || event.metaKey) {
      if (key === "z" && !event.shiftKey) model.undo();
      else if (key === "y" || (key === "z" && event.shiftKey)) model.redo();
      else return;
    } else if (key === "p" && !event.altKey && !isPresenting && isLetterHere(event.target)) {
      present();
    } else if (key === "escape" && model.pointing.shown.get()?.by === null && !isInDialog(event.target)) {
      model.pointing.point(null);
    } else {
      return;
    }
    event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    addEventListener("keydown", listener);
    return () => removeEventListener("keydown", listener);
  }, []);

  return (
    <div className={`board ${view}-layout ${group.focus} ${isPresenting ? "presenting" : ""}`} ref={board}>
      <SkipLinks mayWrite={mayWrite} />
      <BoardHead
        model={model}
        language={language}
        onLanguage={onLanguage}
        view={view}
        hasBoth={hasBoth}
        onView={switchView}
        onPeople={() => setSheet("people")}
        onShare={link === null ? null : () => setSheet("share")}
        onBin={() => setSheet("bin")}
        onSave={() => setSheet("download")}
        onPresent={present}
        measure={head}
      />
      <main className="board-main" id="board-main" tabIndex={-1} aria-label={t("view.board")}>
        {showsTree && (tree === null || hyphenate === null) && <TreeOpening focus={group.focus} />}
        {showsTree && tree !== null && hyphenate !== null && (
          <tree.TreePane
            model={model}
            language={language}
            hyphenate={hyphenate}
            voice={ownVoice}
            covered={view === "tree" ? { top: headHeight, bottom: footHeight } : null}
            presenting={
              isPresenting
                ? { way: link === null ? null : { link, joinCode }, onLeave: stopPresenting }
                : null
            }
          />
        )}
        {view !== "tree" && (
          <div className="list-pane">
            <NoteList model={model} language={language} device={device} />
          </div>
        )}
      </main>
      <SpotlightPlace model={model} language={language} isPresenting={isPresenting} />
      <RemovalBar model={model} />
      <Optional>
        <Suspense fallback={awaitedQuestion}>
          {(showsTree || question !== null) && (
            <HandsPanels
              model={model}
              language={language}
              voice={ownVoice}
              extras={extras}
              awaited={awaitedQuestion}
            />
          )}
          {!showsTree && hasKeyboard && isQuiet && <ListKeys model={model} />}
        </Suspense>
      </Optional>
      {(mayWrite || whyReadOnly === "locked") && (
        <footer className="board-foot" ref={foot}>
          <div className="paper">
            <Composer
              model={model}
              language={language}
              initialDraft={device.draft(model.boardId) ?? { text: "", zone: "roots" }}
              onDraft={(draft) => device.rememberDraft(model.boardId, draft)}
              initialVoice={ownVoice}
              onUnlock={onUnlock}
            />
          </div>
        </footer>
      )}
      <BoardSheets
        model={model}
        language={language}
        sheet={sheet}
        onClose={() => setSheet(null)}
        link={link}
        onChangeMe={onChangeMe}
      />
    </div>
  );
}

/** What a device shows first: what it showed last, or what its size is good for. */
function firstView(device: Pick<Device, "boardView">, room: Room): BoardViewKind {
  const isSmall = room === "narrow" || matchMedia("(max-width: 46rem)").matches;
  return device.boardView() ?? (isSmall ? "list" : "tree");
}

/** Where the tree will be shown: it may come beside the question who may come in, not after it. */
export function prefetchTree(device: Pick<Device, "boardView">, room: Room): void {
  if (beginsWithTree(device, room)) void treePane.want();
}

/** And what breaks its words, as soon as it is known in which language they are. */
export function prefetchSyllables(
  language: Language,
  { device, room }: { readonly device: Pick<Device, "boardView">; readonly room: Room },
): void {
  if (beginsWithTree(device, room)) void syllablesOf(language).want();
}

function beginsWithTree(device: Pick<Device, "boardView">, room: Room): boolean {
  return viewWithin(firstView(device, room), room) !== "list";
}

/** Side by side only where there is room: else what is larger of the two on such a screen. */
function viewWithin(wanted: BoardViewKind, room: Room): BoardViewKind {
  if (wanted !== "both" || room === "wide" || room === "widest") return wanted;
  return room === "narrow" ? "list" : "tree";
}

function isLetterHere(target: EventTarget | null): boolean {
  return target instanceof Element && takesLetters(target) && !isInDialog(target);
}

function isInDialog(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role="dialog"], [role="menu"]') !== null;
}
