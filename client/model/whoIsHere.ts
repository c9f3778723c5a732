import type { BoardId, ParticipantId } from "../../shared/board/ids.ts";
import type { WorkshopState } from "../../shared/workshop/workshop.ts";
import type { SavedState } from "../sync/savedState.ts";
import { createSource, type Observable } from "./observable.ts";

export type WhoIsHereOptions = {
  readonly boardId: BoardId;
  readonly me: ParticipantId | null;
  readonly workshop: Observable<WorkshopState>;
  readonly saved: Observable<SavedState>;
};

/**
 * The other people who have this board open, each once, as the relay tells with the workshop state: a list needs no
 * pointers to know them. Without a connection nobody is known to be here.
 */
export function watchWhoIsHere({ boardId, me, workshop, saved }: WhoIsHereOptions): {
  readonly here: Observable<readonly ParticipantId[]>;
  readonly stop: () => void;
} {
  const here = createSource<readonly ParticipantId[]>([]);
  function look(): void {
    const present = workshop.get().present.find((candidate) => candidate.boardId === boardId);
    const others = isCutOff(saved.get())
      ? []
      : (present?.participants.filter((participant) => participant !== me) ?? []);
    if (others.join() !== here.get().join()) here.set(others);
  }
  const ends = [workshop.subscribe(look), saved.subscribe(look)];
  look();
  return {
    here,
    stop() {
      for (const end of ends) end();
    },
  };
}

function isCutOff({ kind }: SavedState): boolean {
  return kind === "connecting" || kind === "offline" || kind === "closed";
}
