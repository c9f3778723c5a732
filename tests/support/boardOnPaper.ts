import * as Y from "yjs";
import { createArranging } from "../../client/model/arranging.ts";
import { type BoardWatch, watchBoard } from "../../client/model/boardView.ts";
import { notesOf, themesOf, votesOf } from "../../shared/board/boardDocument.ts";
import { type ParticipantId, themeIdSchema } from "../../shared/board/ids.ts";
import { nextFreeSpot, type ZoneId } from "../../shared/board/placement.ts";
import { treeTemplate } from "../../shared/template/tree.ts";
import { createWriter, mustWork, newNote, participantOf, type Writer } from "./writers.ts";

/** A board with the actions of the canvas, as `openBoard` puts them together, without browser or connection. */
export type BoardOnPaper = {
  readonly doc: Y.Doc;
  readonly me: ParticipantId;
  readonly watch: BoardWatch;
  readonly writer: Writer;
  readonly arranging: ReturnType<typeof createArranging>;
  readonly undoManager: Y.UndoManager;
  readonly add: (text: string, zone: ZoneId) => ReturnType<typeof addTo>;
  readonly separately: <T>(action: () => T) => T;
  /** Everything that the other board has comes here, as from afar. */
  readonly hear: (other: Y.Doc) => void;
};

function addTo(writer: Writer, taken: readonly { x: number; y: number }[], text: string, zone: ZoneId) {
  const placement = nextFreeSpot(zone, taken, treeTemplate, 0);
  return mustWork(writer.addNote(newNote(text, { placement, source: "remote" })));
}

export function createBoardOnPaper(options: {
  readonly name: string;
  readonly doc?: Y.Doc;
  readonly clock?: { now: number };
}): BoardOnPaper {
  const { name, doc = new Y.Doc(), clock = { now: 1_760_000_000_000 } } = options;
  const writer = createWriter({ name, doc, clock });
  const me = participantOf(name);
  const watch = watchBoard(doc, me);
  const undoManager = new Y.UndoManager([notesOf(doc), votesOf(doc), themesOf(doc)], {
    trackedOrigins: new Set([writer]),
  });
  let themes = 0;
  function separately<T>(action: () => T): T {
    undoManager.stopCapturing();
    const result = action();
    undoManager.stopCapturing();
    return result;
  }
  return {
    doc,
    me,
    watch,
    writer,
    undoManager,
    separately,
    arranging: createArranging({
      board: watch.view,
      writer,
      template: treeTemplate,
      separately,
      continuing: (_, action) => separately(action),
      createThemeId() {
        themes += 1;
        return themeIdSchema.parse(`${name}-theme-${themes}`);
      },
      onMoved: () => undefined,
    }),
    add: (text, zone) =>
      separately(() =>
        addTo(
          writer,
          [...watch.view.get().notes.values()].map(({ placement }) => placement),
          text,
          zone,
        ),
      ),
    hear: (other) => Y.applyUpdate(doc, Y.encodeStateAsUpdate(other, Y.encodeStateVector(doc)), "afar"),
  };
}
