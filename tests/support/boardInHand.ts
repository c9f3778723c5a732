import * as Y from "yjs";
import { createArranging } from "../../client/model/arranging.ts";
import type { ActionModel } from "../../client/model/boardAction.ts";
import { watchBoard } from "../../client/model/boardView.ts";
import { createHands } from "../../client/model/hands.ts";
import { createSource } from "../../client/model/observable.ts";
import { createSelection } from "../../client/model/selection.ts";
import { type NoteId, noteIdSchema, participantIdSchema, themeIdSchema } from "../../shared/board/ids.ts";
import { placementAt } from "../../shared/board/placement.ts";
import { BoardWriter } from "../../shared/board/writeBoard.ts";
import { treeTemplate as tree } from "../../shared/template/tree.ts";

export type BoardInHand = {
  readonly model: ActionModel;
  /** Notes in a row among the roots. */
  readonly add: (...texts: readonly string[]) => readonly NoteId[];
  readonly lock: () => void;
  readonly writer: BoardWriter;
  readonly dispose: () => void;
};

/** A board without relay or browser, with everything that actions need of one. */
export function createBoardInHand(): BoardInHand {
  const doc = new Y.Doc();
  const me = participantIdSchema.parse("alice");
  let ids = 0;
  const writer = new BoardWriter({
    doc,
    now: () => 1_000,
    createNoteId: () => noteIdSchema.parse(`note${ids++}`),
    actor: () => me,
  });
  const { view: board, stop } = watchBoard(doc, me);
  const { selection, stop: stopSelection } = createSelection(board);
  const mayWrite = createSource(true);
  const { copiesOf, ...arranging } = createArranging({
    board,
    writer,
    template: tree,
    separately: (action) => action(),
    continuing: (_, action) => action(),
    createThemeId: () => themeIdSchema.parse(`theme${ids++}`),
    onMoved: () => undefined,
  });
  const addNotesAt: ActionModel["addNotesAt"] = (notes, voice) =>
    writer.addNotes(
      notes.map(({ text, topLeft }) => ({
        text,
        voice,
        source: "screen",
        placement: placementAt(topLeft, tree),
      })),
    );
  const model: ActionModel = {
    board,
    selection,
    hands: createHands(),
    template: tree,
    me,
    mayWrite,
    undoState: createSource({ canUndo: false, canRedo: false }),
    undo: () => undefined,
    redo: () => undefined,
    addNotesAt,
    ...arranging,
    duplicateNotes: (notes, by) => writer.addNotes(copiesOf(notes, "screen", by)),
    removeNotes: (notes) => writer.removeNotes(notes),
    restoreNotes: (notes) => writer.restoreNotes(notes),
    markVoice: (notes, voice) => writer.markVoices(notes, voice),
    highlightNote: (note) => writer.highlightNote(note),
    unhighlightNote: (note) => writer.unhighlightNote(note),
    giveDots: (note, count) => writer.vote(note, me, count),
  };
  return {
    model,
    writer,
    add(...texts) {
      const added = addNotesAt(
        texts.map((text, index) => ({ text, topLeft: { x: 900 + 340 * index, y: 1640 } })),
        "unspecified",
      );
      if (!added.ok) throw new Error(added.error.kind);
      return added.value;
    },
    lock: () => mayWrite.set(false),
    dispose() {
      stop();
      stopSelection();
      doc.destroy();
    },
  };
}
