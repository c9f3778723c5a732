import type { NoteId } from "../../shared/board/ids.ts";
import type { BoardView } from "./boardModel.ts";
import { createSource, type Observable } from "./observable.ts";

/** The notes that this screen has chosen, in the order of choosing; canvas and list share them. */
export type Selection = Observable<ReadonlySet<NoteId>> & {
  readonly set: (ids: Iterable<NoteId>) => void;
  readonly add: (ids: Iterable<NoteId>) => void;
  /** Adds a note, or takes it out. */
  readonly toggle: (id: NoteId) => void;
  readonly clear: () => void;
};

export function createSelection(board: Observable<BoardView>): {
  readonly selection: Selection;
  readonly stop: () => void;
} {
  const chosen = createSource<ReadonlySet<NoteId>>(new Set());

  function choose(ids: Iterable<NoteId>): void {
    const { notes } = board.get();
    const next = new Set([...ids].filter((id) => notes.has(id)));
    if (!isSameSet(next, chosen.get())) chosen.set(next);
  }

  return {
    selection: {
      get: chosen.get,
      subscribe: chosen.subscribe,
      set: choose,
      add: (ids) => choose([...chosen.get(), ...ids]),
      toggle(id) {
        const next = new Set(chosen.get());
        if (!next.delete(id)) next.add(id);
        choose(next);
      },
      clear: () => choose([]),
    },
    // What was removed, here or elsewhere, is not chosen any more.
    stop: board.subscribe(() => choose(chosen.get())),
  };
}

function isSameSet(a: ReadonlySet<NoteId>, b: ReadonlySet<NoteId>): boolean {
  return a.size === b.size && [...a].every((id) => b.has(id));
}
