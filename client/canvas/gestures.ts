import type { Point } from "../../shared/board/geometry.ts";
import type { NoteId, ThemeId } from "../../shared/board/ids.ts";

/*
 * Fingers, pens and the mouse as gestures, a pure machine with the clock handed in. Each pointer that lands on a note
 * takes that note, so that people drag several at once; two fingers pinch, and a pinch never moves a note, wherever
 * they landed. A finger that rests says something too. What is too large for a finger is a hand that leans on the
 * table, and while a pen writes every finger is.
 */

export type Target =
  | { readonly kind: "note"; readonly note: NoteId }
  | { readonly kind: "theme"; readonly theme: ThemeId }
  | { readonly kind: "ground" };
export type Carried = Exclude<Target, { readonly kind: "ground" }>;

export type Landing = {
  readonly pointer: number;
  readonly kind: "mouse" | "pen" | "touch";
  readonly at: Point;
  /** Milliseconds, of any clock that runs evenly. */
  readonly time: number;
  /** The longer side of what touches, CSS pixels. */
  readonly size: number;
  readonly target: Target;
  /** What comes of it when it moves. */
  readonly drag: "carry" | "copy" | "pan" | "lasso" | "nothing";
  /** What comes of it when it does not. */
  readonly press: "tap" | "toggle" | "menu" | "nothing";
};

export type GestureEvent =
  | { readonly type: "tap" | "toggle" | "menu"; readonly target: Target; readonly at: Point }
  | {
      readonly type: "dragStart";
      readonly pointer: number;
      readonly target: Carried;
      readonly copies: boolean;
    }
  | {
      readonly type: "drag";
      readonly pointer: number;
      readonly dx: number;
      readonly dy: number;
      /** CSS pixels each millisecond. */
      readonly speed: number;
      /** Other fingers of the same kind are down: somebody else, or the other hand, is busy too. */
      readonly isAlone: boolean;
    }
  | { readonly type: "drop" | "dragCancel"; readonly pointer: number }
  | { readonly type: "lasso" | "lassoEnd"; readonly pointer: number; readonly outline: readonly Point[] }
  | { readonly type: "lassoCancel"; readonly pointer: number }
  | { readonly type: "pan"; readonly dx: number; readonly dy: number }
  | {
      readonly type: "pinch";
      readonly factor: number;
      readonly at: Point;
      readonly dx: number;
      readonly dy: number;
    };

type Held = Landing & {
  doing: "resting" | "armed" | "carrying" | "panning" | "lassoing" | "pinching" | "spent";
  last: Point;
  lastTime: number;
  speed: number;
  outline: Point[];
};

export type GestureMachine = {
  readonly down: (landing: Landing) => readonly GestureEvent[];
  readonly move: (pointer: number, at: Point, time: number) => readonly GestureEvent[];
  readonly up: (pointer: number, at: Point, time: number) => readonly GestureEvent[];
  /** To be called `longPressMs` after a landing: who still rests then pressed long. */
  readonly tick: (time: number) => readonly GestureEvent[];
  /** The browser took a pointer away: what it held goes back. */
  readonly lose: (pointer: number) => readonly GestureEvent[];
  /** Escape, or a lock: everything goes back. */
  readonly cancel: () => readonly GestureEvent[];
};

export const longPressMs = 450;
export const palmPx = 60;
const thresholdPx = 7;
const tapPx = 10;
/** Two fingers that land so soon after each other, and so near, are of one hand. */
const oneHand = { ms: 180, px: 280 };

export function createGestureMachine(): GestureMachine {
  const held = new Map<number, Held>();
  const all = () => [...held.values()];

  function end(pointer: Held): readonly GestureEvent[] {
    held.delete(pointer.pointer);
    return letGo(pointer);
  }

  function letGo({ pointer, doing }: Held): readonly GestureEvent[] {
    if (doing === "carrying") return [{ type: "dragCancel", pointer }];
    return doing === "lassoing" ? [{ type: "lassoCancel", pointer }] : [];
  }

  /** A hand leans where it writes: fingers that hold nothing are let go when a pen comes. */
  function clearForPen(): readonly GestureEvent[] {
    return all()
      .filter(({ kind, doing }) => kind === "touch" && doing !== "carrying")
      .flatMap(end);
  }

  function startPinch(landed: Held): readonly GestureEvent[] {
    const fingers = all().filter(({ kind }) => kind === "touch");
    const free = fingers.filter(
      ({ doing }) => doing !== "carrying" && doing !== "lassoing" && doing !== "spent",
    );
    const [first, second] = free;
    if (free.length === 2 && first !== undefined && second !== undefined) {
      const isBusyTwice = isOnSomething(first) && isOnSomething(second) && !isSameTarget(first, second);
      if (isBusyTwice && !areOfOneHand(first, second)) return [];
      first.doing = "pinching";
      second.doing = "pinching";
      return [];
    }
    if (free.length !== 1) return [];
    // The first finger of a pinch was a little early, and took a note along.
    const early = fingers.find((finger) => finger.doing === "carrying" && areOfOneHand(finger, landed));
    if (early === undefined) return [];
    const events = letGo(early);
    early.doing = "pinching";
    landed.doing = "pinching";
    return events;
  }

  function startMoving(pointer: Held): readonly GestureEvent[] {
    const { target, drag } = pointer;
    const isArmed = pointer.doing === "armed";
    if (isArmed || drag === "lasso") {
      pointer.doing = "lassoing";
      pointer.outline = [pointer.at];
      return [];
    }
    if ((drag === "carry" || drag === "copy") && target.kind !== "ground") {
      pointer.doing = "carrying";
      return [{ type: "dragStart", pointer: pointer.pointer, target, copies: drag === "copy" }];
    }
    pointer.doing = drag === "nothing" ? "spent" : "panning";
    return [];
  }

  function pinch(pointer: Held, at: Point): readonly GestureEvent[] {
    const other = all().find((candidate) => candidate !== pointer && candidate.doing === "pinching");
    const from = pointer.last;
    pointer.last = at;
    if (other === undefined) return [];
    const before = distance(from, other.last);
    const after = distance(at, other.last);
    const middle = { x: (at.x + other.last.x) / 2, y: (at.y + other.last.y) / 2 };
    const factor = before === 0 ? 1 : after / before;
    return [{ type: "pinch", factor, at: middle, dx: (at.x - from.x) / 2, dy: (at.y - from.y) / 2 }];
  }

  return {
    down(landing) {
      const isPalm =
        landing.kind === "touch" && (landing.size > palmPx || all().some((one) => one.kind === "pen"));
      if (isPalm) return [];
      const events = landing.kind === "pen" ? clearForPen() : [];
      const isTaken = all().some(
        (other) => other.doing === "carrying" && isOnSomething(landing) && isSameTarget(other, landing),
      );
      const landed: Held = {
        ...landing,
        drag: isTaken ? "nothing" : landing.drag,
        doing: "resting",
        last: landing.at,
        lastTime: landing.time,
        speed: 0,
        outline: [],
      };
      held.set(landing.pointer, landed);
      return landing.kind === "touch" ? [...events, ...startPinch(landed)] : events;
    },
    move(id, at, time) {
      const pointer = held.get(id);
      if (pointer === undefined || pointer.doing === "spent") return [];
      if (pointer.doing === "pinching") return pinch(pointer, at);
      const events: GestureEvent[] = [];
      if (pointer.doing === "resting" || pointer.doing === "armed") {
        if (distance(at, pointer.at) < thresholdPx) return [];
        events.push(...startMoving(pointer));
      }
      const dx = at.x - pointer.last.x;
      const dy = at.y - pointer.last.y;
      const passed = Math.max(1, time - pointer.lastTime);
      pointer.speed = 0.5 * pointer.speed + 0.5 * (Math.hypot(dx, dy) / passed);
      pointer.last = at;
      pointer.lastTime = time;
      if (pointer.doing === "carrying") {
        const isAlone = all().every((other) => other === pointer || other.kind !== pointer.kind);
        events.push({ type: "drag", pointer: id, dx, dy, speed: pointer.speed, isAlone });
      } else if (pointer.doing === "lassoing") {
        pointer.outline.push(at);
        events.push({ type: "lasso", pointer: id, outline: pointer.outline });
      } else if (pointer.doing === "panning") {
        events.push({ type: "pan", dx, dy });
      }
      return events;
    },
    up(id, at) {
      const pointer = held.get(id);
      held.delete(id);
      if (pointer === undefined) return [];
      const { doing, target, press, outline } = pointer;
      if (doing === "carrying") return [{ type: "drop", pointer: id }];
      if (doing === "lassoing") return [{ type: "lassoEnd", pointer: id, outline }];
      if (doing === "armed") return [{ type: "menu", target, at }];
      const isStill = doing === "resting" && distance(at, pointer.at) <= tapPx;
      return isStill && press !== "nothing" ? [{ type: press, target, at }] : [];
    },
    tick(time) {
      const events: GestureEvent[] = [];
      for (const pointer of held.values()) {
        const { doing, kind, press, target, at } = pointer;
        if (doing !== "resting" || kind === "mouse" || time - pointer.time < longPressMs) continue;
        if (press !== "tap" && press !== "toggle") continue;
        if (target.kind === "ground") {
          pointer.doing = "armed";
          continue;
        }
        pointer.doing = "spent";
        events.push({ type: "menu", target, at });
      }
      return events;
    },
    lose(id) {
      const pointer = held.get(id);
      return pointer === undefined ? [] : end(pointer);
    },
    cancel: () => all().flatMap(end),
  };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

const isOnSomething = ({ target, drag }: Landing) =>
  target.kind !== "ground" && (drag === "carry" || drag === "copy");

function isSameTarget({ target: a }: Landing, { target: b }: Landing): boolean {
  if (a.kind === "note") return b.kind === "note" && a.note === b.note;
  if (a.kind === "theme") return b.kind === "theme" && a.theme === b.theme;
  return b.kind === "ground";
}

function areOfOneHand(a: Landing, b: Landing): boolean {
  return Math.abs(a.time - b.time) <= oneHand.ms && distance(a.at, b.at) <= oneHand.px;
}
