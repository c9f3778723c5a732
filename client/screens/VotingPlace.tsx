import { lazy, Suspense, useSyncExternalStore } from "react";
import { withLaterWords } from "../i18n/i18n.ts";
import type { BoardModel } from "../model/boardModel.ts";
import { Optional } from "../ui/Optional.tsx";

const VotingChip = lazy(
  withLaterWords(async () => ({ default: (await import("../controls/VotingChip.tsx")).VotingChip })),
);

export type VotingPlaceProps = {
  readonly model: BoardModel;
  /** CSS pixels of the tree that its page covers above; null on the wall, where it has a corner. */
  readonly coveredTop: number | null;
  /** False beside a list, which says the same. */
  readonly isSpoken: boolean;
};

/** Where the tree says that a round of dots is open; dots that are given draw nothing else anew. */
export function VotingPlace({ model, coveredTop, isSpoken }: VotingPlaceProps) {
  const isOpen = useSyncExternalStore(
    model.board.subscribe,
    () => model.board.get().voting?.phase === "open",
  );
  return (
    <div
      className="voting-place"
      {...(coveredTop === null ? {} : { style: { insetBlockStart: coveredTop + 8 } })}
      {...(isSpoken ? { role: "status" } : {})}
    >
      {isOpen && (
        <Optional>
          <Suspense>
            <VotingChip model={model} isOnWall={coveredTop === null} />
          </Suspense>
        </Optional>
      )}
    </div>
  );
}
