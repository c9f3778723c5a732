import { centreOf, overlapArea, type Point, type Size } from "../../shared/board/geometry.ts";
import type { ThemeId } from "../../shared/board/ids.ts";
import type { Note } from "../../shared/board/note.ts";
import { noteUnder, themeBounds } from "../../shared/board/themeLayout.ts";
import type { BoardView } from "../model/boardModel.ts";

export type DropTarget =
  | { readonly kind: "note"; readonly note: Note }
  | { readonly kind: "theme"; readonly theme: ThemeId };

export type DropOptions = {
  /** The notes in hand; the first is the one that was taken. */
  readonly carried: readonly Note[];
  /** Where the first would lie. */
  readonly at: Point;
  readonly board: Pick<BoardView, "notes" | "themes">;
  readonly size: Size;
};

/** What notes would come under if they were let go there: a theme, or a note with which one makes a theme. */
export function dropTargetOf({ carried, at, board, size }: DropOptions): DropTarget | null {
  const [lead] = carried;
  if (lead === undefined) return null;
  const inHand = new Set(carried.map(({ id }) => id));
  const isNews = (theme: ThemeId) => carried.some((note) => note.theme !== theme);
  if (carried.length === 1) {
    const lying = [...board.notes.values()].filter(({ id }) => !inHand.has(id));
    const under = noteUnder(at, lying, size);
    const theme = under === null || under.theme === null ? undefined : board.themes.get(under.theme);
    if (under !== null && theme === undefined) return { kind: "note", note: under };
    if (theme !== undefined) return isNews(theme.id) ? { kind: "theme", theme: theme.id } : null;
  }
  const centre = { ...centreOf({ ...at, ...size }), width: 1, height: 1 };
  for (const theme of board.themes.values()) {
    const staying = theme.notes.filter(({ id }) => !inHand.has(id));
    const bounds = themeBounds(
      staying.map(({ placement }) => placement),
      size,
    );
    if (bounds !== null && isNews(theme.id) && overlapArea(centre, bounds) > 0)
      return { kind: "theme", theme: theme.id };
  }
  return null;
}
