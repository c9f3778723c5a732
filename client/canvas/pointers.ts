import type { Point } from "../../shared/board/geometry.ts";
import { assertNever } from "../../shared/result.ts";
import type { BoardModel } from "../model/boardModel.ts";
import type { Scene } from "./boardScene.ts";
import { toWorld } from "./camera.ts";
import { type Carrying, createCarrying } from "./carrying.ts";
import { createEdgePan } from "./edgePan.ts";
import {
  createGestureMachine,
  type GestureEvent,
  type Landing,
  longPressMs,
  type Target,
} from "./gestures.ts";

/* The pointers of the browser as gestures, and gestures as what happens on the board. */

export type PointersOptions = {
  readonly element: HTMLElement;
  readonly scene: Scene;
  readonly model: BoardModel;
  readonly onTap: (target: Target) => void;
  /** Two taps, or what this device calls a double click. */
  readonly onDoubleTap: (target: Target, at: Point) => void;
  readonly onMenu: (target: Target, at: Point) => void;
  readonly onLaidTogether: Parameters<typeof createCarrying>[0]["onLaidTogether"];
  /** Something was taken in hand, or nothing is any more. */
  readonly onCarrying: (isCarrying: boolean) => void;
};

export type Pointers = {
  readonly down: (event: PointerEvent) => void;
  readonly move: (event: PointerEvent) => void;
  readonly up: (event: PointerEvent) => void;
  readonly lose: (event: PointerEvent) => void;
  readonly doubleClick: (event: MouseEvent) => void;
  /** Everything in hand goes back. */
  readonly cancel: () => void;
  /** While the space bar is down every drag moves the board. */
  readonly holdSpace: (isDown: boolean) => void;
  /** Where the mouse is, world units; null when it is not here. */
  readonly spot: () => Point | null;
  readonly leave: () => void;
  readonly destroy: () => void;
};

type Tap = { readonly target: Target; readonly time: number };

const doubleTapMs = 500;
/** Faster than this nobody aims at anything; CSS pixels each millisecond. */
const aimingSpeed = 0.8;

export function createPointers(options: PointersOptions): Pointers {
  const { element, scene, model, onTap, onDoubleTap, onMenu, onLaidTogether, onCarrying } = options;
  const machine = createGestureMachine();
  const screen = () => ({ width: element.clientWidth, height: element.clientHeight });
  const carrying: Carrying = createCarrying({ scene, screen, model, onLaidTogether });
  /** Pointers that carry something. */
  const carriers = new Set<number>();
  const edgePan = createEdgePan({
    screen,
    beyond: beyondScreen,
    onStep(dx, dy) {
      const [pointer] = carriers;
      if (pointer === undefined) return;
      scene.pan(-dx, -dy);
      carrying.move(pointer, { dx, dy, maySnap: false });
    },
  });
  const timers = new Set<ReturnType<typeof setTimeout>>();
  const adding = new Set<number>();
  let isSpaceDown = false;
  let mouse: Point | null = null;
  let lastTap: Tap | null = null;
  /** The pointer that is heard now. */
  let heard = { time: 0, isMouse: false };
  /** Ctrl or Alt while dragging: the hand is not helped. */
  let isFree = false;

  function pointOf(event: MouseEvent): Point {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.x, y: event.clientY - box.y };
  }

  function beyondScreen() {
    const { scale, x, y } = scene.camera();
    const { width, height } = model.template.world;
    const { width: wide, height: high } = screen();
    return { left: -x, top: -y, right: x + width * scale - wide, bottom: y + height * scale - high };
  }

  /** With two at one screen, the board stays where it is for the other. */
  function followHand(pointer: number, at: Point): void {
    edgePan.follow(carriers.size === 1 && carriers.has(pointer) ? at : null);
  }

  function targetAt(at: Point): Target {
    const note = scene.noteAt(at);
    if (note !== null) return { kind: "note", note: note.id };
    const theme = scene.themeAt(at);
    return theme === null ? { kind: "ground" } : { kind: "theme", theme };
  }

  function dragOf(event: PointerEvent, target: Target): Landing["drag"] {
    if (event.button !== 0 || isSpaceDown) return "pan";
    const chooses = event.shiftKey || model.hands.tool.get() === "select";
    if (target.kind === "ground") return chooses ? "lasso" : "pan";
    if (target.kind === "theme" && chooses) return "lasso";
    if (!model.mayWrite.get()) return "pan";
    if (target.kind === "note" && carrying.isCarried(target.note)) return "nothing";
    return event.altKey && target.kind === "note" ? "copy" : "carry";
  }

  function pressOf(event: PointerEvent): Landing["press"] {
    if (event.button === 2) return "menu";
    if (event.button !== 0) return "nothing";
    return event.shiftKey || event.ctrlKey || event.metaKey ? "toggle" : "tap";
  }

  function act(events: readonly GestureEvent[]): void {
    for (const event of events) actOn(event);
    if (carriers.size !== 1) edgePan.follow(null);
    if (events.length > 0) onCarrying(scene.liftedNotes().length > 0);
  }

  function actOn(event: GestureEvent): void {
    switch (event.type) {
      case "tap":
        if (model.hands.tool.get() === "select" && event.target.kind !== "ground") toggle(event.target);
        else tap(event.target, event.at);
        return;
      case "toggle":
        toggle(event.target);
        return;
      case "menu":
        onMenu(event.target, event.at);
        return;
      case "dragStart":
        carriers.add(event.pointer);
        carrying.start(event.pointer, event.target, event);
        return;
      case "drag": {
        const maySnap = event.isAlone && event.speed <= aimingSpeed && !isFree;
        carrying.move(event.pointer, { dx: event.dx, dy: event.dy, maySnap });
        return;
      }
      case "drop":
        carriers.delete(event.pointer);
        carrying.drop(event.pointer);
        return;
      case "dragCancel":
        carriers.delete(event.pointer);
        carrying.putBack(event.pointer);
        return;
      case "lasso":
        carrying.drawLasso(event.outline);
        return;
      case "lassoEnd": {
        const inside = carrying.notesInside(event.outline);
        carrying.drawLasso(null);
        if (adding.has(event.pointer)) model.selection.add(inside);
        else model.selection.set(inside);
        return;
      }
      case "lassoCancel":
        carrying.drawLasso(null);
        return;
      case "pan":
        scene.pan(event.dx, event.dy);
        return;
      case "pinch":
        scene.pan(event.dx, event.dy);
        scene.zoom(event.factor, event.at);
        return;
      default:
        assertNever(event);
    }
  }

  /** How quickly a mouse clicks twice is a setting of the device; of fingers nobody knows but we. */
  function tap(target: Target, at: Point): void {
    const { time, isMouse } = heard;
    const isSecond =
      !isMouse && lastTap !== null && time - lastTap.time < doubleTapMs && isSame(lastTap.target, target);
    lastTap = isSecond ? null : { target, time };
    onTap(target);
    if (isSecond) onDoubleTap(target, at);
  }

  function toggle(target: Target): void {
    if (target.kind === "note") model.selection.toggle(target.note);
    if (target.kind === "theme") {
      model.selection.add(
        model.board
          .get()
          .themes.get(target.theme)
          ?.notes.map(({ id }) => id) ?? [],
      );
    }
  }

  return {
    down(event) {
      // What lies over the canvas is not the canvas, and takes its own presses.
      if (event.pointerType === "mouse" && event.button === 1) event.preventDefault();
      element.setPointerCapture(event.pointerId);
      const at = pointOf(event);
      const target = targetAt(at);
      if (event.shiftKey || event.ctrlKey || event.metaKey) adding.add(event.pointerId);
      else adding.delete(event.pointerId);
      isFree = event.ctrlKey || event.altKey || event.metaKey;
      act(
        machine.down({
          pointer: event.pointerId,
          kind: event.pointerType === "touch" || event.pointerType === "pen" ? event.pointerType : "mouse",
          at,
          time: event.timeStamp,
          size: Math.max(event.width, event.height),
          target,
          drag: dragOf(event, target),
          press: pressOf(event),
        }),
      );
      if (event.pointerType === "mouse") return;
      const { timeStamp } = event;
      const timer = setTimeout(() => {
        timers.delete(timer);
        act(machine.tick(timeStamp + longPressMs));
      }, longPressMs);
      timers.add(timer);
    },
    move(event) {
      const at = pointOf(event);
      if (event.pointerType !== "touch") {
        const world = toWorld(scene.camera(), at);
        mouse = world;
        model.showPointer({ x: Math.round(world.x), y: Math.round(world.y) });
      }
      isFree = event.ctrlKey || event.altKey || event.metaKey;
      act(machine.move(event.pointerId, at, event.timeStamp));
      followHand(event.pointerId, at);
    },
    up(event) {
      heard = { time: event.timeStamp, isMouse: event.pointerType === "mouse" };
      act(machine.up(event.pointerId, pointOf(event), event.timeStamp));
    },
    lose: (event) => act(machine.lose(event.pointerId)),
    doubleClick(event) {
      const at = pointOf(event);
      if (heard.isMouse && model.hands.tool.get() === "move") onDoubleTap(targetAt(at), at);
    },
    cancel: () => act(machine.cancel()),
    holdSpace(isDown) {
      isSpaceDown = isDown;
    },
    spot: () => mouse,
    leave() {
      mouse = null;
      model.showPointer(null);
    },
    destroy() {
      act(machine.cancel());
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

function isSame(a: Target, b: Target): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
