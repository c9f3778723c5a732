import type Konva from "konva";
import {
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  useEffect,
  useLayoutEffect,
  useReducer,
  useRef,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import { Stage } from "react-konva/lib/ReactKonvaCore";
import { overlapArea, type Point, type Rectangle } from "../../shared/board/geometry.ts";
import type { NoteId } from "../../shared/board/ids.ts";
import type { Voice } from "../../shared/board/note.ts";
import { type ZoneId, zoneAt } from "../../shared/board/placement.ts";
import { assertNever } from "../../shared/result.ts";
import { type Language, zoneOf } from "../../shared/template/template.ts";
import type { BoardModel } from "../model/boardModel.ts";
import { useObservable } from "../model/useObservable.ts";
import type { ShownLook } from "../ui/look.ts";
import { createScene, type Scene } from "./boardScene.ts";
import { type Insets, toScreen, toWorld } from "./camera.ts";
import { exposeForDebugging } from "./debugHandle.ts";
import { createGestureMachine, type GestureEvent } from "./gestures.ts";
import { NoteEditor } from "./NoteEditor.tsx";
import "./canvas.css";

export type CameraHandle = {
  readonly fit: () => void;
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  readonly zoomToZone: (zone: ZoneId) => void;
  /** World units. */
  readonly fitRectangle: (view: Rectangle) => void;
  /** CSS pixels of the canvas as world units. */
  readonly toWorld: (screen: Point) => Point;
  readonly openEditor: (id: NoteId) => void;
};

export type BoardCanvasProps = {
  readonly model: BoardModel;
  readonly language: Language;
  /** Where the selected note lies, CSS pixels of the canvas; `null` while it or the camera moves. */
  readonly onSelectedAt: (at: Rectangle | null) => void;
  /** The voice of a note that is made right on the tree. */
  readonly voice: Voice;
  /** CSS pixels that floating controls cover. */
  readonly insets: Insets;
  readonly look?: ShownLook;
  readonly onReady: (camera: CameraHandle) => void;
};

/** A note with its text open, or a place that becomes a note with the first words: an empty note is nobody's. */
type Editing =
  | { readonly kind: "note"; readonly note: NoteId }
  | { readonly kind: "fresh"; readonly corner: Point; readonly note: NoteId | null };

const doubleTapMs = 400;
/** Words stay large enough to type, however far away the tree is. */
const smallestEditorScale = 0.55;
const nudge = { small: 10, large: 50 } as const;

/** The tree with its notes. React holds the frame; what moves lives in the scene. */
export function BoardCanvas(props: BoardCanvasProps) {
  const { model, language, onSelectedAt, voice, insets, look, onReady } = props;
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const stage = useRef<Konva.Stage>(null);
  const scene = useRef<Scene | null>(null);
  const gestures = useRef(createGestureMachine());
  const lastTap = useRef<{ readonly note: NoteId | null; readonly time: number } | null>(null);
  const [editing, setEditing] = useState<Editing | null>(null);
  const [cameraCount, showCamera] = useReducer((count: number) => count + 1, 0);
  const [isMoving, setIsMoving] = useState(false);
  const [isDragging, setIsDragging] = useState(false);
  const mayWrite = useObservable(model.mayWrite);
  const board = useObservable(model.board);
  const selection = useObservable(model.selection);
  const selected = selection.size === 1 ? ([...selection][0] ?? null) : null;
  const onSelect = (id: NoteId | null) => model.selection.set(id === null ? [] : [id]);
  const { top, right, bottom, left } = insets;

  // biome-ignore lint/correctness/useExhaustiveDependencies: onReady is told once per scene
  useLayoutEffect(() => {
    if (stage.current === null || frame.current === null) return;
    const made = createScene({ stage: stage.current, model });
    scene.current = made;
    const element = frame.current;
    const middle = () => ({ x: element.clientWidth / 2, y: element.clientHeight / 2 });
    onReady({
      fit: made.fitWorld,
      zoomIn: () => made.zoom(1.35, middle()),
      zoomOut: () => made.zoom(1 / 1.35, middle()),
      zoomToZone: made.fitZone,
      fitRectangle: made.fitRectangle,
      toWorld: (screen) => toWorld(made.camera(), screen),
      openEditor: (note) => setEditing({ kind: "note", note }),
    });
    // React listens passively, and a page must not scroll or zoom under the board.
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const box = element.getBoundingClientRect();
      if (event.ctrlKey || event.metaKey) {
        const at = { x: event.clientX - box.x, y: event.clientY - box.y };
        made.zoom(Math.exp(-event.deltaY * 0.01), at);
      } else {
        made.pan(-event.deltaX, -event.deltaY);
      }
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    const stopDebugging = exposeForDebugging(model, made);
    return () => {
      element.removeEventListener("wheel", onWheel);
      stopDebugging();
      made.destroy();
      scene.current = null;
    };
  }, [model]);

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
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new model makes a new scene
  useEffect(() => {
    if (look !== undefined) scene.current?.setLook(look);
  }, [model, look]);
  useEffect(() => scene.current?.select(selection), [selection]);
  useEffect(() => scene.current?.edit(editing?.note ?? null), [editing]);
  // A lock takes notes out of every hand; they go back to where they were.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each lock
  useEffect(() => {
    if (!mayWrite) act(gestures.current.cancel());
  }, [mayWrite]);
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

  const selectedNote = selected === null ? undefined : board.notes.get(selected);
  const isAtRest = !isEditing && !isMoving && !isDragging;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the camera is not state, its count is
  useLayoutEffect(() => {
    const camera = scene.current?.camera();
    if (camera === undefined || selectedNote === undefined || !isAtRest) {
      onSelectedAt(null);
      return;
    }
    const { width, height } = model.template.noteSize;
    const corner = toScreen(camera, selectedNote.placement);
    const at = { ...corner, width: width * camera.scale, height: height * camera.scale };
    const element = frame.current;
    const screen = { x: 0, y: 0, width: element?.clientWidth ?? 0, height: element?.clientHeight ?? 0 };
    onSelectedAt(overlapArea(at, screen) > 0 ? at : null);
  }, [selectedNote, isAtRest, cameraCount, model, onSelectedAt]);

  function pointOf(event: PointerEvent): Point {
    const box = frame.current?.getBoundingClientRect();
    return { x: event.clientX - (box?.x ?? 0), y: event.clientY - (box?.y ?? 0) };
  }

  function closeEditor(): void {
    setEditing(null);
    frame.current?.focus();
  }

  function act(events: readonly GestureEvent[]): void {
    for (const event of events) actOn(event);
    if (events.length > 0) setIsDragging((scene.current?.liftedNotes().length ?? 0) > 0);
  }

  function actOn(event: GestureEvent): void {
    const current = scene.current;
    if (current === null) return;
    switch (event.type) {
      case "tap":
        onTap(event.note, event.at);
        return;
      case "dragStart": {
        const note = model.board.get().notes.get(event.note);
        if (note === undefined) return;
        current.lift(event.note, note.placement);
        onSelect(event.note);
        return;
      }
      case "drag": {
        const at = current.liftedNotes().find((lifted) => lifted.note === event.note);
        if (at === undefined) return;
        const { scale } = current.camera();
        current.lift(event.note, { x: at.x + event.dx / scale, y: at.y + event.dy / scale });
        model.showDrag(current.liftedNotes());
        return;
      }
      case "drop": {
        const at = current.liftedNotes().find((lifted) => lifted.note === event.note);
        if (at !== undefined) model.moveNote(event.note, { x: Math.round(at.x), y: Math.round(at.y) });
        current.lift(event.note, null);
        model.showDrag(current.liftedNotes());
        return;
      }
      case "dragCancel":
        current.lift(event.note, null);
        model.showDrag(current.liftedNotes());
        return;
      case "pan":
        current.pan(event.dx, event.dy);
        return;
      case "pinch":
        current.pan(event.dx, event.dy);
        current.zoom(event.factor, event.at);
        return;
      default:
        assertNever(event);
    }
  }

  function onTap(note: NoteId | null, at: Point): void {
    const time = performance.now();
    const isDouble =
      lastTap.current !== null && lastTap.current.note === note && time - lastTap.current.time < doubleTapMs;
    lastTap.current = isDouble ? null : { note, time };
    onSelect(note);
    if (!isDouble || !mayWrite || scene.current === null) return;
    if (note !== null) {
      setEditing({ kind: "note", note });
      return;
    }
    const world = toWorld(scene.current.camera(), at);
    const { width, height } = model.template.noteSize;
    const corner = { x: Math.round(world.x - width / 2), y: Math.round(world.y - height / 2) };
    setEditing({ kind: "fresh", corner, note: null });
  }

  function addWithFirstWords(text: string, corner: Point): ReturnType<BoardModel["addNoteAt"]> {
    const added = model.addNoteAt(text, corner, voice);
    if (added.ok) {
      setEditing({ kind: "fresh", corner, note: added.value });
      onSelect(added.value);
    }
    return added;
  }

  function onKeyDown(event: KeyboardEvent): void {
    const note = selected === null ? undefined : model.board.get().notes.get(selected);
    if (event.key === "Escape") {
      act(gestures.current.cancel());
      onSelect(null);
      return;
    }
    if (note === undefined || !mayWrite) return;
    const step = event.shiftKey ? nudge.large : nudge.small;
    const steps: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [-step, 0],
      ArrowRight: [step, 0],
      ArrowUp: [0, -step],
      ArrowDown: [0, step],
    };
    const by = steps[event.key];
    if (by !== undefined) {
      model.moveNote(note.id, { x: note.placement.x + by[0], y: note.placement.y + by[1] });
    } else if (event.key === "Enter") {
      setEditing({ kind: "note", note: note.id });
    } else if (event.key === "Delete" || event.key === "Backspace") {
      model.removeNotes([note.id]);
      onSelect(null);
    } else {
      return;
    }
    event.preventDefault();
  }

  return (
    <div
      ref={frame}
      className="board-canvas"
      data-testid="board-canvas"
      data-note-count={board.notes.size}
      role="application"
      aria-label={t("canvas.label")}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move the selected note
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.target instanceof Element && event.target.closest(".note-editor") !== null) return;
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const at = pointOf(event);
        const note = scene.current?.noteAt(at)?.id ?? null;
        act(gestures.current.down(event.pointerId, at, note));
      }}
      onPointerMove={(event) => {
        const at = pointOf(event);
        if (scene.current !== null && event.pointerType !== "touch") {
          const world = toWorld(scene.current.camera(), at);
          model.showPointer({ x: Math.round(world.x), y: Math.round(world.y) });
        }
        const events = gestures.current.move(event.pointerId, at);
        act(mayWrite ? events : events.filter(({ type }) => type === "pan" || type === "pinch"));
      }}
      onPointerUp={(event) => {
        const events = gestures.current.up(event.pointerId, pointOf(event));
        act(mayWrite ? events : events.filter(({ type }) => type === "tap"));
      }}
      onPointerCancel={() => act(gestures.current.cancel())}
      onPointerLeave={() => model.showPointer(null)}
    >
      <Stage ref={stage} width={1} height={1} />
      {editing !== null && (
        <NoteEditor
          // The same editor goes on when its first words have made the note.
          key={editing.kind === "note" ? editing.note : `${editing.corner.x},${editing.corner.y}`}
          model={model}
          note={editing.note}
          onFirstWords={(text) => addWithFirstWords(text, cornerOf(editing))}
          style={editorStyle(cornerOf(editing))}
          onDone={closeEditor}
        />
      )}
    </div>
  );

  /** Where the open note lies; a note that was removed meanwhile keeps its editor where it was. */
  function cornerOf(open: Editing): Point {
    const { notes, removed } = model.board.get();
    const note =
      open.note === null
        ? undefined
        : (notes.get(open.note) ?? removed.find((candidate) => candidate.id === open.note));
    return note?.placement ?? (open.kind === "fresh" ? open.corner : { x: 0, y: 0 });
  }

  function editorStyle(at: Point): CSSProperties {
    const camera = scene.current?.camera();
    if (camera === undefined) return {};
    const { width, height } = model.template.noteSize;
    const corner = toScreen(camera, at);
    const scale = Math.max(camera.scale, smallestEditorScale);
    const zone = zoneOf(model.template, zoneAt(at, model.template));
    return {
      insetInlineStart: corner.x + (width * (camera.scale - scale)) / 2,
      insetBlockStart: corner.y + (height * (camera.scale - scale)) / 2,
      inlineSize: width * scale,
      blockSize: height * scale,
      fontSize: 40 * scale,
      background: zone.noteStyle.paper,
    };
  }
}
