import type { Point } from "../../shared/board/geometry.ts";
import type { NoteId } from "../../shared/board/ids.ts";

/*
 * Fingers, pens and the mouse as gestures, a pure machine: each pointer that lands on a note takes that note, so two
 * people drag two notes at once; two pointers on the ground pinch, and a pinch never moves a note. A note only comes
 * along after a few pixels, so that a tap stays a tap.
 */

export type GestureEvent =
  | { readonly type: "tap"; readonly note: NoteId | null; readonly at: Point }
  | { readonly type: "dragStart"; readonly note: NoteId; readonly from: Point }
  | { readonly type: "drag"; readonly note: NoteId; readonly dx: number; readonly dy: number }
  | { readonly type: "drop"; readonly note: NoteId }
  | { readonly type: "dragCancel"; readonly note: NoteId }
  | { readonly type: "pan"; readonly dx: number; readonly dy: number }
  | {
      readonly type: "pinch";
      readonly factor: number;
      readonly at: Point;
      readonly dx: number;
      readonly dy: number;
    };

type Held = {
  readonly start: Point;
  last: Point;
  readonly note: NoteId | null;
  isDragging: boolean;
  isPinching: boolean;
};

export type GestureMachine = {
  readonly down: (pointer: number, at: Point, note: NoteId | null) => readonly GestureEvent[];
  readonly move: (pointer: number, at: Point) => readonly GestureEvent[];
  readonly up: (pointer: number, at: Point) => readonly GestureEvent[];
  /** The browser or Escape took the pointer away: notes in hand go back. */
  readonly cancel: () => readonly GestureEvent[];
};

const thresholdPx = 7;
const tapPx = 10;

export function createGestureMachine(): GestureMachine {
  const held = new Map<number, Held>();
  const onGround = () => [...held].filter(([, pointer]) => pointer.isPinching || pointer.note === null);

  /** A second finger before the first note came along means a pinch, wherever the fingers landed. */
  function startPinch(): void {
    const resting = [...held.values()].filter((pointer) => !pointer.isDragging);
    if (resting.length !== 2) return;
    const isOnTwoNotes =
      resting.every((pointer) => pointer.note !== null) && resting[0]?.note !== resting[1]?.note;
    if (isOnTwoNotes) return;
    for (const pointer of resting) pointer.isPinching = true;
  }

  return {
    down(id, at, note) {
      const isTaken = [...held.values()].some(
        (pointer) => pointer.note !== null && pointer.note === note && pointer.isDragging,
      );
      held.set(id, {
        start: at,
        last: at,
        note: isTaken ? null : note,
        isDragging: false,
        isPinching: false,
      });
      startPinch();
      return [];
    },
    move(id, at) {
      const pointer = held.get(id);
      if (pointer === undefined) return [];
      const dx = at.x - pointer.last.x;
      const dy = at.y - pointer.last.y;
      if (pointer.isPinching) {
        const other = onGround().find(([otherId, candidate]) => otherId !== id && candidate.isPinching)?.[1];
        if (other === undefined) {
          pointer.last = at;
          return [];
        }
        const before = Math.hypot(pointer.last.x - other.last.x, pointer.last.y - other.last.y);
        const after = Math.hypot(at.x - other.last.x, at.y - other.last.y);
        pointer.last = at;
        const middle = { x: (at.x + other.last.x) / 2, y: (at.y + other.last.y) / 2 };
        return [
          { type: "pinch", factor: before === 0 ? 1 : after / before, at: middle, dx: dx / 2, dy: dy / 2 },
        ];
      }
      if (pointer.note !== null) {
        const events: GestureEvent[] = [];
        if (!pointer.isDragging) {
          if (Math.hypot(at.x - pointer.start.x, at.y - pointer.start.y) < thresholdPx) return [];
          pointer.isDragging = true;
          events.push({ type: "dragStart", note: pointer.note, from: pointer.start });
        }
        events.push({
          type: "drag",
          note: pointer.note,
          dx: at.x - pointer.last.x,
          dy: at.y - pointer.last.y,
        });
        pointer.last = at;
        return events;
      }
      pointer.last = at;
      return [{ type: "pan", dx, dy }];
    },
    up(id, at) {
      const pointer = held.get(id);
      held.delete(id);
      if (pointer === undefined || pointer.isPinching) return [];
      if (pointer.isDragging && pointer.note !== null) return [{ type: "drop", note: pointer.note }];
      const travelled = Math.hypot(at.x - pointer.start.x, at.y - pointer.start.y);
      return travelled <= tapPx ? [{ type: "tap", note: pointer.note, at }] : [];
    },
    cancel() {
      const events: GestureEvent[] = [];
      for (const pointer of held.values()) {
        if (pointer.isDragging && pointer.note !== null)
          events.push({ type: "dragCancel", note: pointer.note });
      }
      held.clear();
      return events;
    },
  };
}
