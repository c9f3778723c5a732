import type { CDPSession } from "playwright-core";
import type { Point } from "../../../shared/board/geometry.ts";
import { pause } from "../relay/machine.ts";

/*
 * What a hand does, as input of the browser sixty times a second: the same events for every product, whatever each makes
 * of them. No gesture ends where it began, so that it can be seen whether it did anything.
 */

export type InputEvent =
  | { readonly kind: "wheel"; readonly dx: number; readonly dy: number; readonly zooms: boolean }
  | { readonly kind: "press" | "move" | "release"; readonly at: Point };

const eventsPerSecond = 60;
/** One round of a circle, or once in and out again. */
const secondsPerTurn = 2;

/** Round in circles of this radius, CSS pixels, by the wheel. */
export function panEvents(seconds: number, radius: number): readonly InputEvent[] {
  const points = circleOf(seconds, radius);
  return points.slice(1).map((point, index) => {
    const before = points[index] ?? point;
    return { kind: "wheel", dx: point.x - before.x, dy: point.y - before.y, zooms: false };
  });
}

/** In for a second, out for a second, by the wheel with Ctrl. */
export function zoomEvents(seconds: number): readonly InputEvent[] {
  return Array.from({ length: countOf(seconds) }, (_, index) => {
    const isInward = turnsAt(index) % 1 < 0.5;
    return { kind: "wheel", dx: 0, dy: isInward ? -zoomStep : zoomStep, zooms: true };
  });
}

/** Presses, goes round in circles, and lets go. */
export function dragEvents(seconds: number, from: Point, radius: number): readonly InputEvent[] {
  const places = circleOf(seconds, radius).map(({ x, y }) => ({ x: from.x + x - radius, y: from.y + y }));
  return [
    { kind: "press", at: from },
    ...places.map((at): InputEvent => ({ kind: "move", at })),
    { kind: "release", at: places.at(-1) ?? from },
  ];
}

const zoomStep = 3;

function turnsAt(index: number): number {
  return index / eventsPerSecond / secondsPerTurn;
}

/** A quarter of a turn less than the seconds hold. */
function countOf(seconds: number): number {
  const turns = Math.floor(seconds / secondsPerTurn);
  return Math.round((Math.max(1, turns) - 0.25) * secondsPerTurn * eventsPerSecond);
}

function circleOf(seconds: number, radius: number): readonly Point[] {
  return Array.from({ length: countOf(seconds) + 1 }, (_, index) => {
    const angle = turnsAt(index) * 2 * Math.PI;
    return { x: Math.round(radius * Math.cos(angle)), y: Math.round(radius * Math.sin(angle)) };
  });
}

export type Played = {
  /** How late the hand was at the 95th percentile, ms: the benchmark's own hand must be steady. */
  readonly lateP95: number;
  /** Resolves when the page has taken everything; rejects when it does not for long. */
  readonly taken: () => Promise<void>;
};

const patienceMs = 20_000;
/** One that the page is busy with and one that waits for it. */
const mostUnanswered = 2;

/**
 * Plays events at their pace, and resolves when the time of the last has come. While a page is behind, those that wait
 * become one, as browsers do with those of a real mouse, and not with those of programs.
 */
export async function playEvents(cdp: CDPSession, events: readonly InputEvent[], at: Point): Promise<Played> {
  const late: number[] = [];
  const waiting: InputEvent[] = [];
  let unanswered = 0;
  let failure: unknown = null;

  function sendWaiting(): void {
    while (unanswered < mostUnanswered && failure === null) {
      const next = waiting.shift();
      if (next === undefined) return;
      unanswered += 1;
      sendEvent(cdp, next, at).then(
        () => {
          unanswered -= 1;
          sendWaiting();
        },
        (error: unknown) => {
          failure = error;
        },
      );
    }
  }

  async function allTaken(): Promise<void> {
    const deadline = performance.now() + patienceMs;
    while (unanswered + waiting.length > 0 && failure === null) {
      if (performance.now() > deadline) throw new Error("the page does not take what the hand did");
      await pause(10);
    }
    if (failure !== null) throw failure;
  }

  const start = performance.now();
  for (const [index, event] of events.entries()) {
    const due = start + (index * 1_000) / eventsPerSecond;
    const wait = due - performance.now();
    if (wait > 0.5) await pause(wait);
    late.push(Math.max(0, performance.now() - due));
    const last = waiting.at(-1);
    const joined = last === undefined ? null : joinEvents(last, event);
    if (joined === null) waiting.push(event);
    else waiting.splice(-1, 1, joined);
    sendWaiting();
  }
  late.sort((a, b) => a - b);
  return { lateP95: late[Math.floor(late.length * 0.95)] ?? 0, taken: allTaken };
}

/** Both in one, or null where each must be seen. */
export function joinEvents(first: InputEvent, second: InputEvent): InputEvent | null {
  if (first.kind === "wheel" && second.kind === "wheel" && first.zooms === second.zooms) {
    return { ...second, dx: first.dx + second.dx, dy: first.dy + second.dy };
  }
  return first.kind === "move" && second.kind === "move" ? second : null;
}

const modifierCtrl = 2;

export function sendEvent(cdp: CDPSession, event: InputEvent, at: Point): Promise<unknown> {
  if (event.kind === "wheel") {
    return cdp.send("Input.dispatchMouseEvent", {
      type: "mouseWheel",
      ...at,
      deltaX: event.dx,
      deltaY: event.dy,
      modifiers: event.zooms ? modifierCtrl : 0,
    });
  }
  const types = { press: "mousePressed", move: "mouseMoved", release: "mouseReleased" } as const;
  return cdp.send("Input.dispatchMouseEvent", {
    type: types[event.kind],
    ...event.at,
    button: "left",
    buttons: event.kind === "release" ? 0 : 1,
    clickCount: event.kind === "move" ? 0 : 1,
  });
}
