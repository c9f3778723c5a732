import type { Point, Rectangle } from "../../shared/board/geometry.ts";
import type { NoteId } from "../../shared/board/ids.ts";
import type { Note } from "../../shared/board/note.ts";
import type { ZoneId } from "../../shared/board/placement.ts";
import { type Language, zoneOf } from "../../shared/template/template.ts";
import type { BoardModel, BoardView } from "../model/boardModel.ts";
import { type BoardContent, fringe, hasLargeMarks, inkOf } from "./areaPainter.ts";
import type { BackgroundPictures } from "./backgroundPictures.ts";
import { type BoardLook, coloursOf, firstLook } from "./boardLook.ts";
import type { CanvasPlane } from "./camera.ts";
import { createInMotion, type InMotion } from "./inMotion.ts";
import {
  createNoteIndex,
  isTouching,
  type NoteIndex,
  type PlaceChange,
  type PlacedNote,
} from "./noteIndex.ts";
import { dotsOf, notesWithOtherDots } from "./noteMarks.ts";
import type { NoteLook, NotePainter, Painted } from "./notePainter.ts";
import { createThemeShapes, type ThemeShapes } from "./themePainter.ts";
import { askingZones, paintZoneWords, zoneWordsArea } from "./zonePainter.ts";

/*
 * What is to be seen of a board on this screen, and what of it has to be painted again when something changes: the
 * notes with their marks, themes, words of empty zones, what is chosen, open or in somebody's hands.
 */

export type SceneContent = {
  readonly index: NoteIndex;
  readonly themes: ThemeShapes;
  readonly inMotion: InMotion;
  readonly resting: (background: BackgroundPictures) => BoardContent;
  readonly paintNote: (
    context: CanvasRenderingContext2D,
    plane: CanvasPlane,
    note: Note,
    at: Point,
    how: { readonly isLifted: boolean; readonly hasTime: boolean; readonly leavesSigns?: true },
  ) => Painted;
  /** How far beyond its edges a note draws that is not on the resting board; world units. */
  readonly fringeOf: (note: Note, isLifted: boolean) => number;
  /** Two notes that are the same object look the same as long as this does. */
  readonly lookKey: (note: Note) => string;
  readonly look: () => BoardLook;
  readonly selected: () => ReadonlySet<NoteId>;
  readonly followBoard: (nowMs: number) => void;
  readonly followOthers: (nowMs: number) => void;
  readonly select: (ids: ReadonlySet<NoteId>) => void;
  readonly edit: (id: NoteId | null) => void;
  readonly speak: (language: Language) => void;
  readonly setLook: (look: BoardLook) => void;
};

export type SceneContentOptions = {
  readonly model: Pick<BoardModel, "template" | "group" | "workshop" | "board" | "isLoaded" | "others">;
  readonly painter: Pick<NotePainter, "paint" | "paintSigns" | "heightOf">;
  readonly isStill: () => boolean;
  readonly onDirty: (area: Rectangle) => void;
  readonly onAllDirty: () => void;
};

/** When more than this move at once they are simply there: nobody follows so many with their eyes. */
const mostGliding = 150;
/** When more than this change at once the board is painted anew, and shown when it is whole. */
const mostPiecemeal = 60;

export function createSceneContent(options: SceneContentOptions): SceneContent {
  const { model, painter, isStill, onDirty, onAllDirty } = options;
  const { template } = model;
  const index = createNoteIndex({ noteWidth: template.noteSize.width, heightOf: painter.heightOf });
  const themes = createThemeShapes(
    template.noteSize,
    (id, text) => index.get(id)?.bounds.height ?? painter.heightOf(text),
  );
  const inMotion = createInMotion({ onAway: dirtyNote, isStill });
  let view = model.board.get();
  let asking = zonesThatAsk();
  let language: Language = model.workshop.get().workshop.language;
  let look = firstLook;
  let colours = coloursOf(look);
  let selected: ReadonlySet<NoteId> = new Set();
  let edited: NoteId | null = null;
  let holders: ReadonlyMap<NoteId, string> = new Map();

  function dirtyNote(id: NoteId): void {
    const placed = index.get(id);
    if (placed !== undefined) dirtyPlaced(placed);
  }

  /** Also the signs of notes beside and under it, which it may hide or show. */
  function dirtyPlaced(placed: PlacedNote): void {
    onDirty(inkOf(placed));
    for (const near of index.within(placed.bounds, selected)) {
      if (near.note.id !== placed.note.id && hasLargeMarks(near)) onDirty(inkOf(near));
    }
  }

  function dirtyChange({ before, after }: PlaceChange): void {
    if (before !== null) dirtyPlaced(before);
    if (after !== null) dirtyPlaced(after);
  }

  index.update(view.notes);
  themes.update(view.themes);

  /** While a board is on its way nobody knows which of its zones are empty. */
  function zonesThatAsk(): readonly ZoneId[] {
    return model.isLoaded.get() ? askingZones(view, template) : [];
  }

  function followBoard(nowMs: number): void {
    const before = view;
    view = model.board.get();
    if (view !== before) followNotes(before, nowMs);
    const nowAsking = zonesThatAsk();
    for (const { id } of template.zones) {
      if (asking.includes(id) !== nowAsking.includes(id)) onDirty(zoneWordsArea(zoneOf(template, id)));
    }
    asking = nowAsking;
  }

  function followNotes(before: BoardView, nowMs: number): void {
    const changes = index.update(view.notes);
    const moved = changes.filter(isMove);
    // A board that arrives is seen at once, not a piece here and a piece there.
    const isPiecemeal = changes.length <= mostPiecemeal;
    if (!isPiecemeal) onAllDirty();
    for (const change of changes) {
      const { id } = (change.after ?? change.before)?.note ?? {};
      if (id === undefined) continue;
      const wasAway = inMotion.isAway(id);
      if (change.after === null) inMotion.forget(id);
      if (isMove(change) && moved.length <= mostGliding && !isStill()) {
        const from = inMotion.placeNow(id, nowMs) ?? change.before.bounds;
        inMotion.send(id, from, change.after.note.placement, nowMs);
      }
      // What moves on another layer leaves no trace here.
      if (isPiecemeal && (!wasAway || !inMotion.isAway(id))) dirtyChange(change);
    }
    for (const area of themes.update(view.themes)) onDirty(area);
    for (const id of notesWithOtherDots(before, view)) dirtyNote(id);
  }

  function followOthers(nowMs: number): void {
    const others = model.others.get();
    inMotion.follow(others, placeOf, nowMs);
    const next = new Map<NoteId, string>();
    for (const { drag, editing, colour } of others) {
      if (editing !== null) next.set(editing, colour);
      for (const { note } of drag) next.set(note, colour);
    }
    const before = holders;
    holders = next;
    for (const id of new Set([...before.keys(), ...next.keys()])) {
      if (before.get(id) !== next.get(id) && !inMotion.isAway(id)) dirtyNote(id);
    }

    function placeOf(id: NoteId): Point | null {
      return inMotion.placeNow(id, nowMs) ?? index.get(id)?.note.placement ?? null;
    }
  }

  const lookOf = (note: Note, { isLifted }: { readonly isLifted: boolean }): NoteLook => ({
    style: zoneOf(template, note.placement.zone).noteStyle,
    isSelected: selected.has(note.id),
    isLifted,
    heldBy: holders.get(note.id) ?? null,
    dots: dotsOf(note, view),
    isOpen: edited === note.id,
    look,
    colours,
  });

  const paintNote: SceneContent["paintNote"] = (context, plane, note, at, how) =>
    painter.paint(context, plane, note, at, lookOf(note, how), {
      hasTime: how.hasTime,
      leavesSigns: how.leavesSigns === true,
    });

  return {
    index,
    themes,
    inMotion,
    resting: (background) => ({
      notesIn: (area) => index.within(area, selected).filter(({ note }) => !inMotion.isAway(note.id)),
      themes: themes.all,
      colours: () => colours,
      paintBackground: background.paint,
      paintZoneWords(context, area) {
        for (const id of asking) {
          const zone = zoneOf(template, id);
          if (!isTouching(zoneWordsArea(zone), area)) continue;
          paintZoneWords(context, zone, { template, focus: model.group.get().focus, language, colours });
        }
      },
      paintNote: (context, plane, note, at, { hasTime }) =>
        paintNote(context, plane, note, at, { isLifted: false, hasTime, leavesSigns: true }),
      paintSigns: (context, plane, note, at, isSeen) =>
        painter.paintSigns(context, plane, note, at, lookOf(note, { isLifted: false }), isSeen),
      learnHeight({ note }) {
        const change = index.setHeight(note.id, painter.heightOf(note.text));
        if (change === null) return;
        dirtyChange(change);
        if (note.theme !== null) for (const area of themes.update(view.themes)) onDirty(area);
      },
    }),
    paintNote,
    fringeOf(note, isLifted) {
      if (note.highlight !== null || dotsOf(note, view) !== null) return fringe.marked;
      return isLifted || selected.has(note.id) || holders.has(note.id) ? fringe.lifted : fringe.plain;
    },
    lookKey(note) {
      const dots = dotsOf(note, view);
      return `${selected.has(note.id)} ${holders.get(note.id)} ${dots?.whose} ${dots?.count} ${edited === note.id}`;
    },
    look: () => look,
    selected: () => selected,
    followBoard,
    followOthers,
    select(ids) {
      const before = selected;
      selected = ids;
      for (const id of before) if (!ids.has(id)) dirtyNote(id);
      for (const id of ids) if (!before.has(id)) dirtyNote(id);
    },
    edit(id) {
      for (const changed of [edited, id]) if (changed !== null) dirtyNote(changed);
      edited = id;
    },
    speak(next) {
      if (next === language) return;
      language = next;
      for (const id of asking) onDirty(zoneWordsArea(zoneOf(template, id)));
    },
    setLook(next) {
      look = next;
      colours = coloursOf(next);
      onAllDirty();
    },
  };
}

function isMove(change: PlaceChange): change is {
  readonly before: NonNullable<PlaceChange["before"]>;
  readonly after: NonNullable<PlaceChange["after"]>;
} {
  const { before, after } = change;
  return (
    before !== null &&
    after !== null &&
    (before.bounds.x !== after.bounds.x || before.bounds.y !== after.bounds.y)
  );
}
