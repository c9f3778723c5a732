import { centreOf, type Point } from "../../shared/board/geometry.ts";
import type { NoteId, ThemeId } from "../../shared/board/ids.ts";
import type { Note, Source } from "../../shared/board/note.ts";
import { nextFreeSpots, type Placement, placementAt, type ZoneId } from "../../shared/board/placement.ts";
import { gatherSpots, isNearTheme, noteUnder } from "../../shared/board/themeLayout.ts";
import { tidySpots } from "../../shared/board/tidy.ts";
import type { BoardWriter, Move, NewNote, WriteError } from "../../shared/board/writeBoard.ts";
import { type Result, refuse, succeed } from "../../shared/result.ts";
import type { Template } from "../../shared/template/template.ts";
import type { BoardModel, BoardView, NoteMove, ThemeView } from "./boardModel.ts";
import { freeSpotsNear } from "./freeSpots.ts";
import type { Observable } from "./observable.ts";
import type { UndoSteps } from "./undoSteps.ts";
import { siblingsOf } from "./zoneOutline.ts";

/* Actions that say where notes lie: each looks where everything lies now, and writes all of its moves as one step. */

export type ArrangingOptions = {
  readonly board: Observable<BoardView>;
  readonly writer: BoardWriter;
  readonly template: Template;
  /** Makes of what happens inside one step to undo. */
  readonly separately: <T>(action: () => T) => T;
  /** Makes of what happens inside a part of that step, if it is still the last. */
  readonly continuing: UndoSteps["continuing"];
  readonly createThemeId: () => ThemeId;
  readonly onMoved: (ids: readonly NoteId[]) => void;
};

export type Arranging = Pick<
  BoardModel,
  | "moveNotes"
  | "layBeside"
  | "moveNotesToZone"
  | "tidyZone"
  | "moveInOrder"
  | "makeTheme"
  | "joinTheme"
  | "leaveTheme"
  | "dissolveTheme"
  | "renameTheme"
> & {
  readonly copiesOf: (ids: readonly NoteId[], source: Source, by?: Point) => readonly NewNote[];
};

const copyBeside: Point = { x: 40, y: 40 };

export function createArranging(options: ArrangingOptions): Arranging {
  const { board, writer, template, separately, continuing, createThemeId, onMoved } = options;
  const allNotes = () => [...board.get().notes.values()];

  function known(ids: readonly NoteId[]): Result<readonly Note[], WriteError> {
    const { notes } = board.get();
    const found: Note[] = [];
    for (const id of new Set(ids)) {
      const note = notes.get(id);
      if (note === undefined) return refuse({ kind: "unknownNote", note: id });
      found.push(note);
    }
    return succeed(found);
  }

  function placesOfOthers(ids: ReadonlySet<NoteId>): Placement[] {
    return allNotes().flatMap((note) => (ids.has(note.id) ? [] : [note.placement]));
  }

  function place(moves: readonly Move[]): Result<void, WriteError> {
    if (moves.length === 0) return succeed(undefined);
    onMoved(moves.map(({ note }) => note));
    return separately(() => writer.placeNotes(moves));
  }

  function moveNotes(moves: readonly NoteMove[]): Result<void, WriteError> {
    const found = known(moves.map(({ note }) => note));
    if (!found.ok) return found;
    const moving = new Map(moves.map(({ note, topLeft }) => [note, topLeft]));
    return place(
      found.value.map((note) => {
        const placement = placementAt(moving.get(note.id) ?? note.placement, template);
        const staying = themeOf(note)?.notes.filter(({ id }) => !moving.has(id)) ?? [];
        const corners = staying.map((other) => other.placement);
        const leaves = staying.length > 0 && !isNearTheme(placement, corners, template.noteSize);
        return leaves ? { note: note.id, placement, theme: null } : { note: note.id, placement };
      }),
    );
  }

  /** Null when it is under none that is on the board. */
  function themeOf(note: Note): ThemeView | null {
    return (note.theme === null ? undefined : board.get().themes.get(note.theme)) ?? null;
  }

  function gather(coming: readonly Note[], around: Note): readonly Move[] {
    const taken = placesOfOthers(new Set(coming.map(({ id }) => id)));
    const spots = gatherSpots(around.placement, coming.length, taken, template);
    return coming.flatMap(({ id }, index) => {
      const placement = spots[index];
      return placement === undefined ? [] : [{ note: id, placement }];
    });
  }

  return {
    moveNotes,
    layBeside(id, step) {
      const found = known([id]);
      if (!found.ok) return found;
      const others = allNotes().filter((note) => note.id !== id);
      for (const note of found.value) {
        if (noteUnder(note.placement, others, template.noteSize) === null) continue;
        const middle = centreOf({ ...note.placement, ...template.noteSize });
        const [spot] = freeSpotsNear(middle, 1, placesOfOthers(new Set([id])), template);
        if (spot === undefined) continue;
        onMoved([id]);
        return continuing(step, () => writer.placeNote(id, placementAt(spot, template)));
      }
      return succeed(undefined);
    },
    moveNotesToZone(ids, zone) {
      const found = known(ids);
      if (!found.ok) return found;
      const coming = found.value.filter(({ placement }) => placement.zone !== zone);
      const taken = placesOfOthers(new Set(coming.map(({ id }) => id)));
      const spots = nextFreeSpots(zone, coming.length, taken, template);
      return place(
        coming.flatMap((note, index) => {
          const placement = spots[index];
          if (placement === undefined) return [];
          return [{ note: note.id, placement, ...(note.theme === null ? {} : { theme: null }) }];
        }),
      );
    },
    tidyZone(zone: ZoneId) {
      const free = board.get().notesByZone[zone].filter((note) => themeOf(note) === null);
      const others = placesOfOthers(new Set(free.map(({ id }) => id)));
      return place(tidySpots(zone, free, others, template));
    },
    moveInOrder(id, by) {
      const note = board.get().notes.get(id);
      if (note === undefined) return refuse({ kind: "unknownNote", note: id });
      const siblings = siblingsOf(note, board.get(), template.noteSize);
      const other = siblings[siblings.findIndex((candidate) => candidate.id === id) + by];
      if (other === undefined) return succeed(undefined);
      const { x, y } = other.placement;
      // Two on one spot have nothing to change places with: one goes a hair's breadth aside.
      const isOnOneSpot = x === note.placement.x && y === note.placement.y;
      if (isOnOneSpot) return place([{ note: id, placement: { ...note.placement, x: x + by } }]);
      return place([
        { note: id, placement: other.placement },
        { note: other.id, placement: note.placement },
      ]);
    },
    makeTheme(ids, title) {
      const found = known(ids);
      if (!found.ok) return found;
      const [around, ...coming] = found.value;
      if (around === undefined) throw new Error("a theme needs a note");
      const theme = createThemeId();
      const members = [{ note: around.id, placement: around.placement }, ...gather(coming, around)];
      onMoved(ids);
      const made = separately(() => writer.addTheme(theme, title, members));
      return made.ok ? succeed(theme) : made;
    },
    joinTheme(ids, theme) {
      const found = known(ids);
      if (!found.ok) return found;
      const around = board.get().themes.get(theme)?.notes[0];
      if (around === undefined) return refuse({ kind: "unknownTheme", theme });
      const coming = found.value.filter((note) => note.theme !== theme);
      return place(gather(coming, around).map((move) => ({ ...move, theme })));
    },
    leaveTheme: (ids) => separately(() => writer.leaveTheme(ids)),
    dissolveTheme: (theme) => separately(() => writer.dissolveTheme(theme)),
    renameTheme: (theme, title) => separately(() => writer.renameTheme(theme, title)),
    copiesOf: (ids, source, by = copyBeside) =>
      ids.flatMap((id) => {
        const note = board.get().notes.get(id);
        if (note === undefined) return [];
        const { text, voice, drawing, placement } = note;
        const corner = { x: placement.x + by.x, y: placement.y + by.y };
        return [
          {
            text,
            voice,
            source,
            placement: placementAt(corner, template),
            ...(drawing === null ? {} : { drawing }),
          },
        ];
      }),
  };
}
