import {
  Download,
  List,
  Maximize,
  Minus,
  Plus,
  QrCode as QrIcon,
  Redo2,
  Trash,
  TreeDeciduous,
  Undo2,
  Users,
} from "lucide-react";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Rectangle } from "../../shared/board/geometry.ts";
import { type Language, zoneOf } from "../../shared/template/template.ts";
import type { JoinBoard } from "../../shared/workshop/api.ts";
import type { CameraHandle } from "../canvas/BoardCanvas.tsx";
import { Composer } from "../controls/Composer.tsx";
import { LanguageSwitch } from "../controls/LanguageSwitch.tsx";
import { LockNews } from "../controls/LockedBar.tsx";
import { RemovalBar } from "../controls/RemovalBar.tsx";
import { SavedBadge } from "../controls/SavedBadge.tsx";
import { prefetchLanguages } from "../i18n/i18n.ts";
import { NoteList } from "../list/NoteList.tsx";
import type { BoardModel } from "../model/boardModel.ts";
import { useObservable } from "../model/useObservable.ts";
import type { Device } from "../sync/identity.ts";
import { Beside } from "../ui/Beside.tsx";
import { IconButton, SwitchButton } from "../ui/Button.tsx";
import { ZonePicture } from "../ui/pictures.tsx";
import { boardPath } from "../ui/routes.ts";
import { prefetchSheets } from "../ui/Sheet.tsx";
import { saveFile } from "../ui/saveFile.ts";
import { useHeight } from "../ui/useHeight.ts";
import "./board.css";

// The canvas brings Konva and the drawing: a phone that shows the list never loads them.
const BoardCanvas = lazy(async () => ({ default: (await import("../canvas/BoardCanvas.tsx")).BoardCanvas }));
const ShareSheet = lazy(async () => ({ default: (await import("../controls/ShareSheet.tsx")).ShareSheet }));

const HandTools = lazy(async () => ({ default: (await import("../controls/HandTools.tsx")).HandTools }));
const loadHands = () => import("../controls/HandsPanels.tsx");
const HandsPanels = lazy(async () => ({ default: (await loadHands()).HandsPanels }));
const ListKeys = lazy(async () => ({ default: (await loadHands()).ListKeys }));
const NoteActions = lazy(async () => ({
  default: (await import("../controls/NoteActions.tsx")).NoteActions,
}));
const BinSheet = lazy(async () => ({ default: (await import("../controls/BinSheet.tsx")).BinSheet }));
const PeopleSheet = lazy(async () => ({
  default: (await import("../controls/PeopleSheet.tsx")).PeopleSheet,
}));

export type BoardLayoutProps = {
  readonly model: BoardModel;
  /** The key to hand on; null while it is not known. */
  readonly shareKey: string | null;
  readonly device: Device;
  /** Sends what a person now says about themselves; `null` when the server took it, else a sentence. */
  readonly onChangeMe: (facts: JoinBoard) => Promise<string | null>;
  /** Lifts the lock, for who may; `null` when the server did, else a sentence. */
  readonly onUnlock: (() => Promise<string | null>) | null;
  readonly language: Language;
  readonly onLanguage: (language: Language) => void;
};

const prefetchAfterMs = 8_000;
const zoomZones = ["wateringCan", "fruits", "roots"] as const;

/** Phones fetch nothing for keys that they do not have. */
const hasKeyboard = matchMedia("(any-pointer: fine)").matches;

type View = "tree" | "list";
type OpenSheet = "people" | "bin" | "share" | null;

export function BoardLayout(props: BoardLayoutProps) {
  const { model, shareKey, device, onChangeMe, onUnlock, language, onLanguage } = props;
  const { t } = useTranslation();
  const group = useObservable(model.group);
  const mayWrite = useObservable(model.mayWrite);
  const whyReadOnly = useObservable(model.whyReadOnly);
  const isKept = useObservable(model.isKept);
  const here = useObservable(model.here);
  const peopleCount = here.length + (model.role === "view" ? 0 : 1);
  const undoState = useObservable(model.undoState);
  const [view, setView] = useState<View>(() => (matchMedia("(max-width: 46rem)").matches ? "list" : "tree"));
  const selection = useObservable(model.selection);
  const question = useObservable(model.hands.question);
  const [selectedAt, setSelectedAt] = useState<Rectangle | null>(null);
  const [sheet, setSheet] = useState<OpenSheet>(null);
  const camera = useRef<CameraHandle | null>(null);
  const closeSheet = () => setSheet(null);
  const [head, headHeight] = useHeight();
  const [foot, footHeight] = useHeight();
  const own = device.participant(model.boardId);
  // On a screen that a whole group shares nobody knows whose words the next note has.
  const ownVoice = own === null || own.kind === "screen" ? "unspecified" : (own.voice ?? "unspecified");

  // What a first look does not need comes when it is quiet: without a connection it must be there.
  useEffect(() => {
    const timer = setTimeout(() => {
      prefetchSheets();
      prefetchLanguages();
      model.prefetchExport();
    }, prefetchAfterMs);
    return () => clearTimeout(timer);
  }, [model]);

  // The list shows nobody's pointer: it knows who is here without their presence.
  useEffect(() => (view === "tree" ? model.watchOthers() : undefined), [model, view]);

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      const isTyping =
        event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
      if (event.defaultPrevented || isTyping || !(event.ctrlKey || event.metaKey)) return;
      const key = event.key.toLowerCase();
      if (key === "z" && !event.shiftKey) model.undo();
      else if (key === "y" || (key === "z" && event.shiftKey)) model.redo();
      else return;
      event.preventDefault();
    }
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, [model]);

  return (
    <div
      className={`board ${view === "list" ? "list-layout" : "tree-layout"} ${group.focus}`}
      style={{ ["--foot-height" as string]: `${footHeight}px` }}
    >
      <header className="board-head" ref={head}>
        <div className="board-title paper">
          <h1 dir="auto">{group.name}</h1>
          <p>{t(`focus.${group.focus}`)}</p>
        </div>
        <SavedBadge model={model} />
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
        <div className="board-language paper">
          <LanguageSwitch onSwitch={onLanguage} />
        </div>
        <nav className="board-tools paper" aria-label={t("board.tools")}>
          {mayWrite && (
            <>
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
            </>
          )}
          <SwitchButton
            aria-label={view === "tree" ? t("board.showList") : t("board.showTree")}
            icon={view === "tree" ? <List aria-hidden="true" /> : <TreeDeciduous aria-hidden="true" />}
            isSelected={false}
            onChange={() => setView(view === "tree" ? "list" : "tree")}
          >
            <span className="wide-only">{view === "tree" ? t("board.showList") : t("board.showTree")}</span>
          </SwitchButton>
          <IconButton
            label={`${t("board.people")} ${t("board.peopleCount", { count: peopleCount })}`}
            icon={
              <>
                <Users aria-hidden="true" />
                <span aria-hidden="true">{peopleCount}</span>
              </>
            }
            onPress={() => setSheet("people")}
          />
          {shareKey !== null && (
            <IconButton
              label={t("board.share")}
              icon={<QrIcon aria-hidden="true" />}
              onPress={() => setSheet("share")}
            />
          )}
          <IconButton
            label={t("board.bin")}
            icon={<Trash aria-hidden="true" />}
            onPress={() => setSheet("bin")}
          />
          <IconButton
            label={t("board.export")}
            icon={<Download aria-hidden="true" />}
            onPress={() => {
              const name = `collaboration-tree-${model.boardId}.json`;
              void model
                .exportJson({ exportedAt: new Date(model.serverNow()) })
                .then((text) => saveFile({ name, type: "application/json", text }));
            }}
          />
        </nav>
      </header>
      <main className="board-main">
        {view === "tree" ? (
          <Suspense fallback={<p className="opening">{t("board.opening")}</p>}>
            <BoardCanvas
              model={model}
              language={language}
              onSelectedAt={setSelectedAt}
              voice={ownVoice}
              insets={{
                top: headHeight,
                right: 0,
                bottom: footHeight === 0 ? 0 : footHeight,
                left: 0,
              }}
              onReady={(handle) => {
                camera.current = handle;
              }}
            />
            <div className="camera-tools paper">
              <HandTools model={model} />
              {zoomZones.map((zone) => (
                <IconButton
                  key={zone}
                  label={t("board.zoomTo", { zone: zoneOf(model.template, zone).title[language] })}
                  icon={<ZonePicture zone={zone} size={26} />}
                  onPress={() => camera.current?.zoomToZone(zone)}
                />
              ))}
              <div className="by-fingers">
                <IconButton
                  label={t("board.zoomIn")}
                  icon={<Plus aria-hidden="true" />}
                  onPress={() => camera.current?.zoomIn()}
                />
                <IconButton
                  label={t("board.zoomOut")}
                  icon={<Minus aria-hidden="true" />}
                  onPress={() => camera.current?.zoomOut()}
                />
              </div>
              <IconButton
                label={t("board.fit")}
                icon={<Maximize aria-hidden="true" />}
                onPress={() => camera.current?.fit()}
              />
            </div>
          </Suspense>
        ) : (
          <NoteList model={model} language={language} device={device} />
        )}
        {/* A boundary of its own: while these arrive, the tree and whoever types on it must not blink. */}
        <Suspense>
          {view === "tree" && selection.size > 0 && selectedAt !== null && mayWrite && (
            <Beside at={selectedAt} covered={{ top: headHeight, bottom: footHeight }}>
              <NoteActions model={model} language={language} />
            </Beside>
          )}
        </Suspense>
      </main>
      <RemovalBar model={model} />
      <Suspense>
        {(view === "tree" || question !== null) && (
          <HandsPanels model={model} language={language} voice={ownVoice} />
        )}
        {view === "list" && hasKeyboard && <ListKeys model={model} />}
      </Suspense>
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
      <Suspense>
        {sheet === "people" && (
          <PeopleSheet model={model} onChangeMe={onChangeMe} isOpen onClose={closeSheet} />
        )}
        {sheet === "bin" && <BinSheet model={model} isOpen onClose={closeSheet} />}
      </Suspense>
      {sheet === "share" && shareKey !== null && (
        <Suspense>
          <ShareSheet
            model={model}
            link={`${location.origin}${boardPath(model.boardId, shareKey)}`}
            isOpen
            onClose={closeSheet}
          />
        </Suspense>
      )}
    </div>
  );
}
