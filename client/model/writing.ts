import type * as Y from "yjs";
import { isFromTheFuture } from "../../shared/board/boardDocument.ts";
import { mayDo } from "../../shared/workshop/permissions.ts";
import type { GroupFacts, Role } from "../../shared/workshop/workshop.ts";
import type { ReadOnlyReason } from "./boardModel.ts";
import { createSource, type Observable } from "./observable.ts";

export type WritingWatch = {
  readonly whyReadOnly: Observable<ReadOnlyReason | null>;
  readonly mayWrite: Observable<boolean>;
  readonly stop: () => void;
};

export type WritingOptions = {
  readonly role: Role;
  readonly doc: Y.Doc;
  readonly group: Observable<GroupFacts>;
};

/** Whether this screen may change the board now; of several reasons against it, the one that lasts longest. */
export function watchWriting({ role, doc, group }: WritingOptions): WritingWatch {
  function reason(): ReadOnlyReason | null {
    if (!mayDo(role, "write")) return "viewLink";
    if (isFromTheFuture(doc)) return "newerDocument";
    return group.get().locked ? "locked" : null;
  }

  const whyReadOnly = createSource(reason());
  const mayWrite = createSource(whyReadOnly.get() === null);
  function look(): void {
    const why = reason();
    whyReadOnly.set(why);
    mayWrite.set(why === null);
  }
  doc.on("update", look);
  const unsubscribe = group.subscribe(look);
  return {
    whyReadOnly,
    mayWrite,
    stop() {
      doc.off("update", look);
      unsubscribe();
    },
  };
}
