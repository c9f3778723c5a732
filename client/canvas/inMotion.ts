import type { Point } from "../../shared/board/geometry.ts";
import type { NoteId } from "../../shared/board/ids.ts";
import type { Other } from "../model/boardModel.ts";
import { createGlides } from "./glides.ts";

/*
 * Notes that do not lie still: in this screen's hands, in those of others, and on their way to where somebody put
 * them. They are drawn on a layer of their own, so that nothing else is painted while they move; a while after the
 * last move they lie down.
 */

export type InMotion = {
  readonly lift: (id: NoteId, at: Point | null) => void;
  readonly lifted: () => ReadonlyMap<NoteId, Point>;
  /** Others hold these; `placeOf` says where a note lies that was not in motion yet. */
  readonly follow: (others: readonly Other[], placeOf: (id: NoteId) => Point | null, nowMs: number) => void;
  /** A note was put elsewhere by somebody: it goes there. */
  readonly send: (id: NoteId, from: Point, to: Point, nowMs: number) => void;
  readonly forget: (id: NoteId) => void;
  readonly isAway: (id: NoteId) => boolean;
  /** Where it is seen now, whoever moves it. */
  readonly placeNow: (id: NoteId, nowMs: number) => Point | null;
  readonly isHeld: (id: NoteId) => boolean;
  /** What moves by others' doing, then what this screen holds. */
  readonly ids: () => readonly NoteId[];
  /** What lies on the resting board again, which may not be seen yet. */
  readonly landing: () => ReadonlySet<NoteId>;
  /** The resting board is seen as it is; false when nothing was landing. */
  readonly land: () => boolean;
  readonly pointersAt: (
    others: readonly Other[],
    nowMs: number,
  ) => readonly { readonly other: Other; readonly at: Point }[];
  /** True while something is between two places. */
  readonly isGliding: (nowMs: number) => boolean;
  /** True while something has to be laid down later. */
  readonly isWaiting: () => boolean;
  /** Notes that lie still again. */
  readonly takeRested: (nowMs: number) => readonly NoteId[];
};

export type InMotionOptions = {
  /** A note left the resting board, or came back to it. */
  readonly onAway: (id: NoteId) => void;
  /** This person wants nothing to glide. */
  readonly isStill: () => boolean;
};

const restMs = 350;

export function createInMotion({ onAway, isStill }: InMotionOptions): InMotion {
  const lifted = new Map<NoteId, Point>();
  const notes = createGlides<NoteId>(restMs);
  const pointers = createGlides<number>(restMs);
  const landing = new Set<NoteId>();
  let held = new Set<NoteId>();

  const isAway = (id: NoteId) => lifted.has(id) || notes.has(id);

  function tellAway(id: NoteId): void {
    if (isAway(id)) landing.delete(id);
    else landing.add(id);
    onAway(id);
  }

  function aim(id: NoteId, from: Point, to: Point, nowMs: number): void {
    const wasAway = isAway(id);
    if (isStill()) notes.jump(id, to, nowMs);
    else notes.aim(id, from, to, nowMs);
    if (!wasAway) tellAway(id);
  }

  return {
    lift(id, at) {
      const wasAway = isAway(id);
      if (at === null) lifted.delete(id);
      else lifted.set(id, at);
      // What this hand holds or puts down has no way to go.
      notes.forget(id);
      if (wasAway !== isAway(id)) tellAway(id);
    },
    lifted: () => lifted,
    follow(others, placeOf, nowMs) {
      held = new Set();
      for (const { clientId, drag, pointer } of others) {
        if (pointer === null) pointers.forget(clientId);
        else if (isStill() || !pointers.has(clientId)) pointers.jump(clientId, pointer, nowMs);
        else pointers.aim(clientId, pointer, pointer, nowMs);
        for (const { note, x, y } of drag) {
          const from = placeOf(note);
          if (from === null || lifted.has(note)) continue;
          held.add(note);
          aim(note, from, { x, y }, nowMs);
        }
      }
    },
    send(id, from, to, nowMs) {
      if (lifted.has(id) || held.has(id)) return;
      aim(id, from, to, nowMs);
    },
    forget(id) {
      lifted.delete(id);
      notes.forget(id);
      held.delete(id);
      landing.delete(id);
    },
    isAway,
    placeNow: (id, nowMs) => lifted.get(id) ?? notes.at(id, nowMs) ?? null,
    isHeld: (id) => held.has(id) || lifted.has(id),
    ids: () => [...[...notes.keys()].filter((id) => !lifted.has(id)), ...lifted.keys()],
    landing: () => landing,
    land() {
      const isAny = landing.size > 0;
      landing.clear();
      return isAny;
    },
    pointersAt: (others, nowMs) =>
      others.flatMap((other) => {
        const at = pointers.at(other.clientId, nowMs) ?? other.pointer;
        return other.pointer === null || at === null ? [] : [{ other, at }];
      }),
    isGliding: (nowMs) => notes.isMoving(nowMs) || pointers.isMoving(nowMs),
    isWaiting: () => [...notes.keys()].some((id) => !held.has(id)),
    takeRested(nowMs) {
      const rested = notes.takeRested(nowMs, (id) => held.has(id));
      for (const id of rested) tellAway(id);
      return rested;
    },
  };
}
