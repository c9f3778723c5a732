import type { Point, Polygon, Rectangle, Size } from "../../shared/board/geometry.ts";
import type { NoteId, ThemeId } from "../../shared/board/ids.ts";
import type { Note } from "../../shared/board/note.ts";
import type { BoardModel } from "../model/boardModel.ts";
import { keptTogether } from "../model/keptTogether.ts";
import { told } from "../model/noteActions.ts";
import type { Scene } from "./boardScene.ts";
import { toWorld } from "./camera.ts";
import { type DropTarget, dropTargetOf } from "./dropTarget.ts";
import type { Carried } from "./gestures.ts";
import { notesInLasso } from "./lasso.ts";
import { type Guide, noSnap, snapTo } from "./snapping.ts";

/*
 * What each pointer has in hand: notes that lie somewhere else with every move, and are put down together. What the
 * document hears of it is one step at the drop. Several pointers carry several things at once.
 */

export type CarryingOptions = {
  readonly scene: Pick<Scene, "sketch" | "lift" | "liftedNotes" | "boundsOf" | "camera">;
  /** CSS pixels: the size of the canvas. */
  readonly screen: () => Size;
  readonly model: BoardModel;
  /** A note was let go over another: they may be a theme. */
  readonly onLaidTogether: (under: NoteId, dropped: NoteId) => void;
};

export type Movement = {
  /** CSS pixels. */
  readonly dx: number;
  readonly dy: number;
  readonly maySnap: boolean;
};

export type Carrying = {
  readonly start: (pointer: number, what: Carried, options: { readonly copies: boolean }) => void;
  readonly move: (pointer: number, movement: Movement) => void;
  readonly drop: (pointer: number) => void;
  readonly putBack: (pointer: number) => void;
  readonly isCarried: (note: NoteId) => boolean;
  /** What a pointer draws around notes, CSS pixels; null when it is done. */
  readonly drawLasso: (outline: Polygon | null) => void;
  readonly notesInside: (outline: Polygon) => readonly NoteId[];
};

type Load = {
  readonly notes: readonly Note[];
  readonly theme: ThemeId | null;
  readonly copies: boolean;
  /** So far the hand went, and so far the notes, world units. */
  hand: Point;
  by: Point;
  guides: readonly Guide[];
  target: DropTarget | null;
};

/** CSS pixels. */
const snapPx = 6;
const still: Point = { x: 0, y: 0 };

export function createCarrying({ scene, screen, model, onLaidTogether }: CarryingOptions): Carrying {
  const loads = new Map<number, Load>();
  let lasso: Polygon | null = null;
  const size = model.template.noteSize;
  const isCarried = (id: NoteId) =>
    [...loads.values()].some(({ notes }) => notes.some((note) => note.id === id));

  function showSketch(): void {
    const all = [...loads.values()];
    const target =
      all
        .map((load) => load.target)
        .filter((one) => one !== null)
        .at(-1) ?? null;
    scene.sketch({
      lasso,
      guides: all.flatMap(({ guides }) => guides),
      target: target === null ? null : target.kind === "note" ? target.note.id : target.theme,
    });
  }

  function placeInHand({ notes, by }: Load): void {
    for (const { id, placement } of notes) scene.lift(id, { x: placement.x + by.x, y: placement.y + by.y });
    model.showDrag(scene.liftedNotes().slice(0, mostShown));
  }

  function letGo(pointer: number, load: Load): void {
    loads.delete(pointer);
    for (const { id } of load.notes) scene.lift(id, null);
    model.showDrag(scene.liftedNotes().slice(0, mostShown));
    showSketch();
  }

  function notesOf(what: Carried): readonly Note[] {
    const { notes, themes } = model.board.get();
    if (what.kind === "theme") return themes.get(what.theme)?.notes ?? [];
    const taken = notes.get(what.note);
    if (taken === undefined) return [];
    const selection = model.selection.get();
    if (!selection.has(taken.id)) return [taken];
    const others = [...selection].flatMap((id) => (id === taken.id ? [] : (notes.get(id) ?? [])));
    return [taken, ...others];
  }

  function neighbours(): readonly Rectangle[] {
    const inHand = new Set([...loads.values()].flatMap((load) => load.notes.map(({ id }) => id)));
    const camera = scene.camera();
    const from = toWorld(camera, { x: 0, y: 0 });
    const to = toWorld(camera, { x: screen().width, y: screen().height });
    return [...model.board.get().notes.values()].flatMap(({ id, placement: { x, y } }) => {
      const isInView = x + size.width > from.x && y + size.height > from.y && x < to.x && y < to.y;
      return !isInView || inHand.has(id) ? [] : (scene.boundsOf(id) ?? []);
    });
  }

  function cornerOf({ notes: [lead], by }: Load): Point {
    return lead === undefined ? still : { x: lead.placement.x + by.x, y: lead.placement.y + by.y };
  }

  function putDown(load: Load): ReturnType<typeof model.moveNotes> {
    return model.moveNotes(
      load.notes.map(({ id, placement }) => ({
        note: id,
        topLeft: { x: Math.round(placement.x + load.by.x), y: Math.round(placement.y + load.by.y) },
      })),
    );
  }

  return {
    isCarried,
    start(pointer, what, { copies }) {
      const notes = notesOf(what).filter(({ id }) => !isCarried(id));
      const theme = what.kind === "theme" ? what.theme : null;
      const load: Load = { notes, theme, copies, hand: still, by: still, guides: [], target: null };
      loads.set(pointer, load);
      if (what.kind === "note" && notes.length === 1) model.selection.set([what.note]);
      placeInHand(load);
    },
    move(pointer, { dx, dy, maySnap }) {
      const load = loads.get(pointer);
      const [lead] = load?.notes ?? [];
      if (load === undefined || lead === undefined) return;
      const { scale } = scene.camera();
      load.hand = { x: load.hand.x + dx / scale, y: load.hand.y + dy / scale };
      load.by = keptTogether(load.notes, load.hand);
      load.target =
        load.theme !== null || load.copies
          ? null
          : dropTargetOf({ carried: load.notes, at: cornerOf(load), board: model.board.get(), size });
      // Over a note or a theme it is meant for that one, not for its neighbours.
      const snaps = maySnap && load.theme === null && load.target === null;
      const box = { ...(scene.boundsOf(lead.id) ?? size), ...cornerOf(load) };
      const { by, guides } = snaps ? snapTo(box, neighbours(), snapPx / scale) : noSnap;
      load.by = { x: load.by.x + by.x, y: load.by.y + by.y };
      load.guides = guides;
      placeInHand(load);
      showSketch();
    },
    drop(pointer) {
      const load = loads.get(pointer);
      if (load === undefined) return;
      const ids = load.notes.map(({ id }) => id);
      if (load.copies) {
        const made = told(model, model.duplicateNotes(ids, rounded(load.by)));
        if (made.ok) model.selection.set(made.value);
      } else if (load.target?.kind === "theme") {
        told(model, model.joinTheme(ids, load.target.theme));
      } else if (told(model, putDown(load)).ok && load.target?.kind === "note") {
        const [dropped] = ids;
        if (dropped !== undefined) onLaidTogether(load.target.note.id, dropped);
      }
      letGo(pointer, load);
    },
    putBack(pointer) {
      const load = loads.get(pointer);
      if (load !== undefined) letGo(pointer, load);
    },
    drawLasso(outline) {
      lasso = outline === null ? null : inWorld(outline);
      showSketch();
    },
    notesInside(outline) {
      const lying = [...model.board.get().notes.keys()].flatMap((id) => {
        const box = scene.boundsOf(id);
        return box === null ? [] : [{ id, box }];
      });
      return notesInLasso(inWorld(outline), lying);
    },
  };

  function inWorld(outline: Polygon): Polygon {
    const camera = scene.camera();
    return outline.map((point) => toWorld(camera, point));
  }
}

/** As many as presence carries. */
const mostShown = 200;

function rounded({ x, y }: Point): Point {
  return { x: Math.round(x), y: Math.round(y) };
}
