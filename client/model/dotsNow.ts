import { maxVotesPerNote, type Note } from "../../shared/board/note.ts";
import type { BoardView } from "./boardModel.ts";

/** What of the dots this screen may show now. While a round is open nobody sees what others gave. */
export type DotsNow =
  | {
      readonly phase: "open";
      readonly own: BoardView["ownDots"];
      readonly left: number;
      readonly dots: number;
      /** False on a screen that only looks. */
      readonly mayGive: boolean;
    }
  | { readonly phase: "shown" };

export function dotsNow(board: Pick<BoardView, "voting" | "ownDots">, mayGive: boolean): DotsNow {
  const { voting, ownDots } = board;
  // Without a round there may be sums that came with an import.
  if (voting === null || voting.phase === "shown") return { phase: "shown" };
  const given = [...ownDots.values()].reduce((sum, dots) => sum + dots, 0);
  return {
    phase: "open",
    own: ownDots,
    left: Math.max(0, voting.dots - given),
    dots: voting.dots,
    mayGive,
  };
}

export type DotsOfNote = {
  readonly kind: "none" | "own" | "all";
  readonly count: number;
  readonly mayGiveMore: boolean;
};

export function dotsOf(note: Note, now: DotsNow): DotsOfNote {
  if (now.phase === "shown") return { kind: "all", count: note.votes, mayGiveMore: false };
  if (!now.mayGive) return { kind: "none", count: 0, mayGiveMore: false };
  const count = now.own.get(note.id) ?? 0;
  return { kind: "own", count, mayGiveMore: now.left > 0 && count < maxVotesPerNote };
}
