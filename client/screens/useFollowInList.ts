import { useEffect } from "react";
import type { BoardModel } from "../model/boardModel.ts";
import { useObservable } from "../model/useObservable.ts";
import type { BoardViewKind } from "../sync/identity.ts";

/** Brings what is pointed out into sight in the list, for whoever said to follow; never by itself. */
export function useFollowInList(model: BoardModel, view: BoardViewKind): void {
  const shown = useObservable(model.pointing.shown);
  const followed = useObservable(model.pointing.followed);
  const isFollowed = shown !== null && shown.by !== null && shown.by.clientId === followed;
  const spotlight = isFollowed ? shown.spotlight : null;
  useEffect(() => {
    if (spotlight === null || view === "tree") return;
    document.querySelector(".list-pane [data-spotlit]")?.scrollIntoView({ block: "center" });
  }, [spotlight, view]);
}
