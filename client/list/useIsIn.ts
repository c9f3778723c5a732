import { useSyncExternalStore } from "react";
import type { NoteId } from "../../shared/board/ids.ts";
import type { Observable } from "../model/observable.ts";

/** Whether a note is among those: of thousands of rows that ask, only the two that changed are drawn again. */
export function useIsIn(set: Observable<ReadonlySet<NoteId>>, note: NoteId): boolean {
  return useSyncExternalStore(set.subscribe, () => set.get().has(note));
}
