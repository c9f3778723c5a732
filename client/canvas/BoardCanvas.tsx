import type Konva from "konva";
import { type KeyboardEvent, type PointerEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Stage } from "react-konva/lib/ReactKonvaCore";
import type { Point } from "../../shared/board/geometry.ts";
import type { NoteId } from "../../shared/board/ids.ts";
import type { ZoneId } from "../../shared/board/placement.ts";
import type { Language } from "../../shared/template/template.ts";
import type { BoardModel } from "../model/boardModel.ts";
import { useObservable } from "../model/useObservable.ts";
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
  readonly zoomToNote: (id: NoteId) => void;
  readonly openEditor: (id: NoteId) => void;
};

export type BoardCanvasProps = {
  readonly model: BoardModel;
  readonly language: Language;
  readonly selected: NoteId | null;
  readonly onSelect: (id: NoteId | null) => void;
  /** CSS pixels that floating controls cover. */
  readonly insets: Insets;
  readonly onReady: (camera: CameraHandle) => void;
};

const doubleTapMs = 400;
const nudge = { small: 10, large: 50 } as const;

/** The tree with its notes. React holds the frame; what moves lives in the scene. */
export function BoardCanvas({ model, language, selected, onSelect, insets, onReady }: BoardCanvasProps) {
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const stage = useRef<Konva.Stage>(null);
  const scene = useRef<Scene | null>(null);
  const gestures = useRef(createGestureMachine());
  const lastTap = useRef<{ readonly note: NoteId | null; readonly time: number } | null>(null);
  const [editing, setEditing] = useState<{ readonly note: NoteId; readonly isNew: boolean } | null>(null);
  const mayWrite = useObservable(model.mayWrite);
  const board = useObservable(model.board);
  const { top, right, bottom, left } = insets;

  // biome-ignore lint/correctness/useExhaustiveDependencies: onReady is told once per scene
  useLayoutEffect(() => {
    if (stage.current === null || frame.current === null) return;
    const made = createScene({ stage: stage.current, model, language, insets: { top, right, bottom, left } });
    scene.current = made;
    const element = frame.current;
    const resize = () => made.resize(element.clientWidth, element.clientHeight);
    resize();
    const watcher = new ResizeObserver(resize);
    watcher.observe(element);
    const middle = () => ({ x: element.clientWidth / 2, y: element.clientHeight / 2 });
    onReady({
      fit: made.fit,
      zoomIn: () => made.zoom(1.35, middle()),
      zoomOut: () => made.zoom(1 / 1.35, middle()),
      zoomToZone: made.fitZone,
      zoomToNote(id) {
        const note = model.board.get().notes.get(id);
        if (note !== undefined) made.fitNote(note);
      },
      openEditor: (note) => setEditing({ note, isNew: false }),
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
      watcher.disconnect();
      stopDebugging();
      made.destroy();
      scene.current = null;
    };
  }, [model, language, top, right, bottom, left]);

  useEffect(() => scene.current?.select(selected), [selected]);
  useEffect(() => scene.current?.edit(editing?.note ?? null), [editing]);

  function pointOf(event: PointerEvent): Point {
    const box = frame.current?.getBoundingClientRect();
    return { x: event.clientX - (box?.x ?? 0), y: event.clientY - (box?.y ?? 0) };
  }

  function closeEditor(): void {
    if (editing === null) return;
    const note = model.board.get().notes.get(editing.note);
    if (editing.isNew && note !== undefined && note.text.trim() === "") {
      model.removeNotes([note.id]);
      model.dismissRemoval();
    }
    setEditing(null);
    frame.current?.focus();
  }

  function act(events: readonly GestureEvent[]): void {
    for (const event of events) actOn(event);
  }

  function actOn(event: GestureEvent): void {
    const current = scene.current;
    if (current === null) return;
    switch (event.type) {
      case "tap":
        return onTap(event.note, event.at);
      case "dragStart": {
        const note = model.board.get().notes.get(event.note);
        if (note !== undefined) current.lift(event.note, note.placement);
        return;
      }
      case "drag": {
        const at = current.liftedNotes().find((lifted) => lifted.note === event.note);
        if (at === undefined) return;
        const { scale } = current.camera();
        current.lift(event.note, { x: at.x + event.dx / scale, y: at.y + event.dy / scale });
        return model.showDrag(current.liftedNotes());
      }
      case "drop": {
        const at = current.liftedNotes().find((lifted) => lifted.note === event.note);
        if (at !== undefined) model.moveNote(event.note, { x: Math.round(at.x), y: Math.round(at.y) });
        current.lift(event.note, null);
        return model.showDrag(current.liftedNotes());
      }
      case "dragCancel":
        current.lift(event.note, null);
        return model.showDrag(current.liftedNotes());
      case "pan":
        return current.pan(event.dx, event.dy);
      case "pinch":
        current.pan(event.dx, event.dy);
        return current.zoom(event.factor, event.at);
    }
  }

  function onTap(note: NoteId | null, at: Point): void {
    const time = performance.now();
    const isDouble =
      lastTap.current !== null && lastTap.current.note === note && time - lastTap.current.time < doubleTapMs;
    lastTap.current = isDouble ? null : { note, time };
    onSelect(note);
    if (!isDouble || !mayWrite || scene.current === null) return;
    if (note !== null) return setEditing({ note, isNew: false });
    const world = toWorld(scene.current.camera(), at);
    const { width, height } = model.template.noteSize;
    const corner = { x: Math.round(world.x - width / 2), y: Math.round(world.y - height / 2) };
    const added = model.addNoteAt("", corner, "unspecified");
    if (added.ok) {
      onSelect(added.value);
      setEditing({ note: added.value, isNew: true });
    }
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
      setEditing({ note: note.id, isNew: false });
    } else if (event.key === "Delete" || event.key === "Backspace") {
      model.removeNotes([note.id]);
      onSelect(null);
    } else {
      return;
    }
    event.preventDefault();
  }

  const editedNote = editing === null ? undefined : board.notes.get(editing.note);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the list beside it is the accessible way to the same notes
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
        if (event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLButtonElement) return;
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
          key={editing.note}
          model={model}
          note={editing.note}
          style={editorStyle(editedNote?.placement)}
          onDone={closeEditor}
        />
      )}
    </div>
  );

  function editorStyle(at: Point | undefined) {
    const camera = scene.current?.camera();
    const { width, height } = model.template.noteSize;
    if (camera === undefined || at === undefined) return { insetInlineStart: 0, insetBlockStart: 0 };
    const corner = toScreen(camera, at);
    const scale = Math.max(camera.scale, 0.55);
    return {
      insetInlineStart: corner.x + (width * (camera.scale - scale)) / 2,
      insetBlockStart: corner.y + (height * (camera.scale - scale)) / 2,
      inlineSize: width * scale,
      blockSize: height * scale,
      fontSize: 40 * scale,
    };
  }
}
