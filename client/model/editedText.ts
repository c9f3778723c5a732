import type * as Y from "yjs";
import type { NoteId } from "../../shared/board/ids.ts";
import { type BoardWriter, spliceBetween, type TextSplice } from "../../shared/board/writeBoard.ts";
import type { EditedText } from "./boardModel.ts";

/** The living text of a note for one editor: its own splices go in, everybody else's come out. */
export function editedTextOf(writer: BoardWriter, id: NoteId): EditedText | null {
  const text = writer.openText(id);
  if (text === null) return null;
  return {
    get: () => text.toJSON(),
    onRemoteSplices(listener) {
      let before = text.toJSON();
      function observe(event: Y.YTextEvent, transaction: Y.Transaction): void {
        const after = text?.toJSON() ?? "";
        const splices = text?.length === after.length ? splicesOf(event.delta) : oneSplice(before, after);
        before = after;
        if (transaction.origin !== writer) listener(splices);
      }
      text.observe(observe);
      return () => text.unobserve(observe);
    },
    splice: (splice) => writer.spliceText(id, splice),
  };
}

/** For a text with more in it than words, whose places are not those of its words. */
function oneSplice(before: string, after: string): readonly TextSplice[] {
  const splice = spliceBetween(before, after);
  return splice === null ? [] : [splice];
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
