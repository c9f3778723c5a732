import type * as Y from "yjs";
import { noteTextOf } from "../../shared/board/boardDocument.ts";
import type { NoteId } from "../../shared/board/ids.ts";
import type { BoardWriter, TextSplice } from "../../shared/board/writeBoard.ts";
import type { EditedText } from "./boardModel.ts";

/** The living text of a note for one editor: its own splices go in, everybody else's come out. */
export function editedTextOf(doc: Y.Doc, writer: BoardWriter, id: NoteId): EditedText | null {
  const text = noteTextOf(doc, id);
  if (text === null) return null;
  return {
    get: () => text.toJSON(),
    onRemoteSplices(listener) {
      function observe(event: Y.YTextEvent, transaction: Y.Transaction): void {
        if (transaction.origin !== writer) listener(splicesOf(event.delta));
      }
      text.observe(observe);
      return () => text.unobserve(observe);
    },
    splice: (splice) => writer.spliceText(id, splice),
  };
}

function splicesOf(delta: Y.YTextEvent["delta"]): readonly TextSplice[] {
  const splices: TextSplice[] = [];
  let index = 0;
  for (const step of delta) {
    if (step.retain !== undefined) {
      index += step.retain;
    } else if (typeof step.insert === "string") {
      splices.push({ index, deleteCount: 0, insert: step.insert });
      index += step.insert.length;
    } else if (step.delete !== undefined) {
      splices.push({ index, deleteCount: step.delete, insert: "" });
    }
  }
  return splices;
}
