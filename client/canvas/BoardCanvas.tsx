import { Stage } from "konva/lib/Stage";
import {
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useReducer,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { useTranslation } from "react-i18next";
import { overlapArea, type Point, type Rectangle } from "../../shared/board/geometry.ts";
import type { NoteId } from "../../shared/board/ids.ts";
import type { Voice } from "../../shared/board/note.ts";
import { type ZoneId, zoneAt } from "../../shared/board/placement.ts";
import type { Hyphenate } from "../../shared/render/textLayout.ts";
import { type Language, zoneOf } from "../../shared/template/template.ts";
import type { BoardModel } from "../model/boardModel.ts";
import type { ShownTree } from "../model/hands.ts";
import { askThemeName } from "../model/themeActions.ts";
import { useBoardKeys } from "../model/useBoardKeys.ts";
import { useObservable } from "../model/useObservable.ts";
import type { ShownLook } from "../ui/look.ts";
import { createScene, type Scene } from "./boardScene.ts";
import { type Insets, toWorld } from "./camera.ts";
import { exposeForDebugging } from "./debugHandle.ts";
import { cornerAround, cornerOfEditor, type Editing, keyOfEditor } from "./editing.ts";
import { editorPlace } from "./editorPlace.ts";
import type { Target } from "./gestures.ts";
import { askForTheme } from "./laidTogether.ts";
import { NoteEditor } from "./NoteEditor.tsx";
import { createPointers, type Pointers } from "./pointers.ts";
import { boundsOnScreen, createShownTree } from "./shownTree.ts";
import { pasteFiles, useClipboard } from "./useClipboard.ts";
import { useWheel } from "./useWheel.ts";
import "./canvas.css";

export type CameraHandle = Pick<
  ShownTree,
  "fit" | "fitRectangle" | "zoomIn" | "zoomOut" | "zoomToZone" | "openEditor" | "toWorld"
>;

export type BoardCanvasProps = {
  readonly model: BoardModel;
  readonly language: Language;
  /** Where the selected notes lie, CSS pixels of the canvas; `null` while they or the camera move. */
  readonly onSelectedAt: (at: Rectangle | null) => void;
  /** The voice of a note that is made right on the tree. */
  readonly voice: Voice;
  /** CSS pixels that floating controls cover. */
  readonly insets: Insets;
  readonly look?: ShownLook;
  /** What to look at, in world units, to read a zone from the back row. */
  readonly viewOfZone: (zone: ZoneId) => Rectangle;
  /** How long words of the notes are broken. */
  readonly hyphenate: Hyphenate;
  readonly onReady: (camera: CameraHandle) => void;
};

/** The tree with its notes. React holds the frame; what moves lives in the scene. */
export function BoardCanvas(props: BoardCanvasProps) {
  const { model, language, onSelectedAt, voice, insets, look, hyphenate, viewOfZone, onReady } = props;
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const sheet = useRef<HTMLDivElement>(null);
  const scene = useRef<Scene | null>(null);
  const pointers = useRef<Pointers | null>(null);
  const [editing, setEditing] = useState<Editing | null>(null);
  const [cameraCount, showCamera] = useReducer((count: number) => count + 1, 0);
  const [isMoving, setIsMoving] = useState(false);
  const [isCarrying, setIsCarrying] = useState(false);
  const [isSpaceDown, setIsSpaceDown] = useState(false);
  const mayWrite = useObservable(model.mayWrite);
  const selection = useObservable(model.selection);
  // Every note that somebody moves changes the board: only what is shown of it here draws this frame anew.
  const noteCount = useSyncExternalStore(model.board.subscribe, () => model.board.get().notes.size);
  const isBoardShown = selection.size > 0 || editing !== null;
  const board = useSyncExternalStore(model.board.subscribe, () => (isBoardShown ? model.board.get() : null));
  const tool = useObservable(model.hands.tool);
  const { top, right, bottom, left } = insets;
  useBoardKeys(model);
  useClipboard({ model, voice });
  useWheel(frame, scene);

  const onDoubleTap = useEffectEvent((target: Target, at: Point) => {
    if (!mayWrite || scene.current === null) return;
    if (target.kind === "note") setEditing({ kind: "note", note: target.note });
    else if (target.kind === "theme") askThemeName(model, target.theme);
    else {
      const middle = toWorld(scene.current.camera(), at);
      setEditing({ kind: "fresh", corner: cornerAround(middle, model.template.noteSize), note: null });
    }
  });

  const onMenu = useEffectEvent((target: Target, at: Point) => {
    if (target.kind !== "note" || !model.selection.get().has(target.note)) choose(target);
    const box = frame.current?.getBoundingClientRect();
    model.hands.ask({ kind: "menu", at: { x: at.x + (box?.x ?? 0), y: at.y + (box?.y ?? 0) } });
  });

  const onViewOfZone = useEffectEvent((zone: ZoneId) => viewOfZone(zone));

  const onLaidTogether = useEffectEvent((under: NoteId, dropped: NoteId) => {
    const beside = model.hands.tree.get()?.boxOf([under, dropped]) ?? null;
    const element = frame.current;
    if (beside !== null && element !== null) askForTheme({ model, under, dropped, beside, element });
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: onReady is told once per scene, looks have an effect of their own
  useLayoutEffect(() => {
    const element = frame.current;
    if (sheet.current === null || element === null) return;
    const stage = new Stage({ container: sheet.current, width: 1, height: 1 });
    const made = createScene({ stage, model, hyphenate, scheme: look?.scheme ?? "light" });
    scene.current = made;
    const hands = createPointers({
      element,
      scene: made,
      model,
      onTap: choose,
      onDoubleTap: (target, at) => onDoubleTap(target, at),
      onMenu: (target, at) => onMenu(target, at),
      onLaidTogether: (under, dropped) => onLaidTogether(under, dropped),
      onCarrying: setIsCarrying,
    });
    pointers.current = hands;
    const openEditor = (note: NoteId) => setEditing({ kind: "note", note });
    const tree = createShownTree({
      element,
      scene: made,
      mouse: hands.spot,
      openEditor,
      viewOfZone: (zone) => onViewOfZone(zone),
    });
    onReady(tree);
    model.hands.showTree(tree);
    const stopDebugging = exposeForDebugging(model, made);
    return () => {
      hands.destroy();
      model.hands.showTree(null);
      stopDebugging();
      made.destroy();
      stage.destroy();
      scene.current = null;
      pointers.current = null;
    };
  }, [model, hyphenate]);

  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const resize = () =>
      scene.current?.resize(element.clientWidth, element.clientHeight, { top, right, bottom, left });
    resize();
    const watcher = new ResizeObserver(resize);
    watcher.observe(element);
    return () => watcher.disconnect();
  }, [top, right, bottom, left]);

  useEffect(() => scene.current?.speak(language), [language]);
  // Before anything is painted: a dark room sees no light picture first.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new model makes a new scene
  useLayoutEffect(() => {
    if (look !== undefined) scene.current?.setLook(look);
  }, [model, look]);
  useEffect(() => scene.current?.select(selection), [selection]);
  useEffect(() => scene.current?.edit(editing?.note ?? null), [editing]);
  // A lock takes notes out of every hand; they go back to where they were.
  useEffect(() => {
    if (!mayWrite) pointers.current?.cancel();
  }, [mayWrite]);
  useEffect(() => pointers.current?.holdSpace(isSpaceDown), [isSpaceDown]);
  const isEditing = editing !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new model makes a new scene
  useEffect(
    () =>
      scene.current?.onCamera((how) => {
        setIsMoving(how === "moving");
        // The editor lies over the canvas: while it is open it goes where the camera goes.
        if (isEditing || how === "settled") showCamera();
      }),
    [model, isEditing],
  );

  const isAtRest = !isEditing && !isMoving && !isCarrying;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the camera is not state, its count is
  useLayoutEffect(() => {
    const at = isAtRest && scene.current !== null ? boundsOnScreen(scene.current, selection) : null;
    const element = frame.current;
    const screen = { x: 0, y: 0, width: element?.clientWidth ?? 0, height: element?.clientHeight ?? 0 };
    onSelectedAt(at !== null && overlapArea(at, screen) > 0 ? at : null);
  }, [selection, board, isAtRest, cameraCount, model, onSelectedAt]);

  function choose(target: Target): void {
    const { themes } = model.board.get();
    if (target.kind === "note") model.selection.set([target.note]);
    else if (target.kind === "theme")
      model.selection.set(themes.get(target.theme)?.notes.map(({ id }) => id) ?? []);
    else model.selection.clear();
  }

  function closeEditor(): void {
    setEditing(null);
    frame.current?.focus();
  }

  function addWithFirstWords(text: string, corner: Point): ReturnType<BoardModel["addNoteAt"]> {
    const added = model.addNoteAt(text, corner, voice);
    if (added.ok) {
      setEditing({ kind: "fresh", corner, note: added.value });
      model.selection.set([added.value]);
    }
    return added;
  }

  const camera = scene.current?.camera();
  return (
    <div
      ref={frame}
      className={`board-canvas ${isCarrying ? "carrying" : isSpaceDown ? "panning" : tool}`}
      data-testid="board-canvas"
      data-note-count={noteCount}
      role="application"
      aria-label={t("canvas.label")}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move the selected notes
      tabIndex={0}
      onKeyDown={(event) => {
        if (event.key === "Escape") pointers.current?.cancel();
        if (event.key !== " " || event.target !== frame.current) return;
        event.preventDefault();
        setIsSpaceDown(true);
      }}
      onKeyUp={(event) => event.key === " " && setIsSpaceDown(false)}
      onBlur={() => setIsSpaceDown(false)}
      onContextMenu={(event) => event.preventDefault()}
      // A field that gets the focus must not scroll the canvas under the notes.
      onScroll={(event) => event.currentTarget.scrollTo(0, 0)}
      onPointerDown={(event) => {
        if (event.target instanceof Element && event.target.closest(".note-editor") !== null) return;
        pointers.current?.down(event.nativeEvent);
      }}
      onPointerMove={(event) => pointers.current?.move(event.nativeEvent)}
      onPointerUp={(event) => pointers.current?.up(event.nativeEvent)}
      onPointerCancel={(event) => pointers.current?.lose(event.nativeEvent)}
      onLostPointerCapture={(event) => pointers.current?.lose(event.nativeEvent)}
      onDoubleClick={(event) => {
        if (event.target instanceof Element && event.target.closest(".note-editor") !== null) return;
        pointers.current?.doubleClick(event.nativeEvent);
      }}
      onPointerLeave={() => pointers.current?.leave()}
      onDragOver={(event) => {
        if (mayWrite && event.dataTransfer.types.includes("Files")) event.preventDefault();
      }}
      onDrop={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        event.preventDefault();
        if (!mayWrite || scene.current === null) return;
        const near = toWorld(scene.current.camera(), { x: event.clientX - box.x, y: event.clientY - box.y });
        void pasteFiles([...event.dataTransfer.files], { model, voice, near });
      }}
    >
      <div ref={sheet} className="konva" />
      {editing !== null && board !== null && camera !== undefined && (
        <NoteEditor
          key={keyOfEditor(editing)}
          model={model}
          note={editing.note}
          onFirstWords={(text) => addWithFirstWords(text, cornerOfEditor(editing, board))}
          place={editorPlace(cornerOfEditor(editing, board), model.template.noteSize, camera)}
          {...paperAt(cornerOfEditor(editing, board), model)}
          onMoveUp={(byPx) => scene.current?.pan(0, -byPx)}
          onDone={closeEditor}
        />
      )}
    </div>
  );
}

function paperAt(corner: Point, { template }: BoardModel): { readonly paper: string; readonly ink: string } {
  return zoneOf(template, zoneAt(corner, template)).noteStyle;
}
