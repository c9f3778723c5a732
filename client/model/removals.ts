import type { NoteId, ParticipantId } from "../../shared/board/ids.ts";
import type { BoardView, Removal } from "./boardModel.ts";
import { createSource, type Observable } from "./observable.ts";

const removalShownMs = 10_000;

export type RemovalWatch = {
  readonly lastRemoval: Observable<Removal | null>;
  readonly dismiss: () => void;
  readonly stop: () => void;
};

/** Notices notes going to the bin, on this screen or another, and offers them back for ten seconds. */
export function watchRemovals(board: Observable<BoardView>, me: ParticipantId | null): RemovalWatch {
  const lastRemoval = createSource<Removal | null>(null);
  let before = board.get();
  let timer: ReturnType<typeof setTimeout> | null = null;

  function dismiss(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    lastRemoval.set(null);
  }

  const unsubscribe = board.subscribe(() => {
    const now = board.get();
    const gone: NoteId[] = [];
    let by: ParticipantId | null = null;
    for (const note of now.removed) {
      if (!before.notes.has(note.id)) continue;
      gone.push(note.id);
      by = note.removed?.by ?? null;
    }
    before = now;
    const shown = lastRemoval.get();
    if (gone.length > 0) {
      dismiss();
      lastRemoval.set({ notes: gone, by, mine: by !== null && by === me });
      timer = setTimeout(dismiss, removalShownMs);
    } else if (shown?.notes.every((id) => now.notes.has(id))) {
      dismiss();
    }
  });
  return {
    lastRemoval,
    dismiss,
    stop() {
      dismiss();
      unsubscribe();
    },
  };
}
