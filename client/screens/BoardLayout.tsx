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
import type { NoteId } from "../../shared/board/ids.ts";
import type { Language } from "../../shared/template/template.ts";
import type { CameraHandle } from "../canvas/BoardCanvas.tsx";
import { Composer } from "../controls/Composer.tsx";
import { LanguageSwitch } from "../controls/LanguageSwitch.tsx";
import { RemovalBar } from "../controls/RemovalBar.tsx";
import { SavedBadge } from "../controls/SavedBadge.tsx";
import { prefetchLanguages } from "../i18n/i18n.ts";
import { NoteList } from "../list/NoteList.tsx";
import type { BoardModel } from "../model/boardModel.ts";
import { useObservable } from "../model/useObservable.ts";
import type { Device } from "../sync/identity.ts";
import { IconButton, SwitchButton } from "../ui/Button.tsx";
import { boardPath } from "../ui/routes.ts";
import { prefetchSheets } from "../ui/Sheet.tsx";
import { saveFile } from "../ui/saveFile.ts";
import "./board.css";

// The canvas brings Konva and the drawing: a phone that shows the list never loads them.
const BoardCanvas = lazy(async () => ({ default: (await import("../canvas/BoardCanvas.tsx")).BoardCanvas }));
const ShareSheet = lazy(async () => ({ default: (await import("../controls/ShareSheet.tsx")).ShareSheet }));

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
  readonly language: Language;
  readonly onLanguage: (language: Language) => void;
};

const prefetchAfterMs = 8_000;

type View = "tree" | "list";
type OpenSheet = "people" | "bin" | "share" | null;

export function BoardLayout({ model, shareKey, device, language, onLanguage }: BoardLayoutProps) {
  const { t } = useTranslation();
  const group = useObservable(model.group);
  const mayWrite = useObservable(model.mayWrite);
  const others = useObservable(model.others);
  const undoState = useObservable(model.undoState);
  const [view, setView] = useState<View>(() => (matchMedia("(max-width: 46rem)").matches ? "list" : "tree"));
  const [selected, setSelected] = useState<NoteId | null>(null);
  const [editing, setEditing] = useState<NoteId | null>(null);
  const [sheet, setSheet] = useState<OpenSheet>(null);
  const camera = useRef<CameraHandle | null>(null);
  const closeSheet = () => setSheet(null);

  // What a first look does not need comes when it is quiet: without a connection it must be there.
  useEffect(() => {
    const timer = setTimeout(() => {
      prefetchSheets();
      prefetchLanguages();
      model.prefetchExport();
    }, prefetchAfterMs);
    return () => clearTimeout(timer);
  }, [model]);

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      const isTyping =
        event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
      if (isTyping || !(event.ctrlKey || event.metaKey)) return;
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
    <div className={`board ${view === "list" ? "list-layout" : "tree-layout"} ${group.focus}`}>
      <header className="board-head">
        <div className="board-title paper">
          <h1 dir="auto">{group.name}</h1>
          <p>{t(`focus.${group.focus}`)}</p>
        </div>
        <SavedBadge model={model} />
        {!mayWrite && <p className="read-only">{t("board.readOnly")}</p>}
        <nav className="board-tools paper" aria-label={t("board.more")}>
          <SwitchButton
            aria-label={view === "tree" ? t("board.showList") : t("board.showTree")}
            icon={view === "tree" ? <List aria-hidden="true" /> : <TreeDeciduous aria-hidden="true" />}
            isSelected={false}
            onChange={() => setView(view === "tree" ? "list" : "tree")}
          >
            <span className="wide-only">{view === "tree" ? t("board.showList") : t("board.showTree")}</span>
          </SwitchButton>
          <IconButton
            label={`${t("board.people")} ${t("board.peopleCount", { count: others.length + 1 })}`}
            icon={
              <>
                <Users aria-hidden="true" />
                <span aria-hidden="true">{others.length + (model.role === "view" ? 0 : 1)}</span>
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
          <LanguageSwitch onSwitch={onLanguage} />
        </nav>
      </header>
      <main className="board-main">
        {view === "tree" ? (
          <Suspense fallback={<p className="opening">{t("board.opening")}</p>}>
            <BoardCanvas
              model={model}
              language={language}
              selected={selected}
              onSelect={setSelected}
              insets={{ top: 64, right: 0, bottom: mayWrite ? 64 : 0, left: 0 }}
              onReady={(handle) => {
                camera.current = handle;
              }}
            />
            <div className="camera-tools paper">
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
              <IconButton
                label={t("board.fit")}
                icon={<Maximize aria-hidden="true" />}
                onPress={() => camera.current?.fit()}
              />
            </div>
            {selected !== null && mayWrite && (
              <NoteActions
                model={model}
                language={language}
                note={selected}
                onEdit={(note) => camera.current?.openEditor(note)}
                onDone={() => setSelected(null)}
              />
            )}
          </Suspense>
        ) : (
          <NoteList model={model} language={language} editing={editing} onEdit={setEditing} />
        )}
      </main>
      <RemovalBar model={model} />
      {mayWrite && (
        <footer className="board-foot paper">
          <Composer
            model={model}
            language={language}
            initialDraft={device.draft(model.boardId) ?? { text: "", zone: "roots" }}
            onDraft={(draft) => device.rememberDraft(model.boardId, draft)}
            initialVoice={device.participant(model.boardId)?.voice ?? "unspecified"}
          />
          <div className="undo-tools">
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
        </footer>
      )}
      <Suspense>
        {sheet === "people" && <PeopleSheet model={model} isOpen onClose={closeSheet} />}
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
