import { zoneIds } from "../../shared/board/placement.ts";
import type { ActionGroup, ActionModel, ActionName, BoardAction } from "./boardAction.ts";
import type { Question, ShownTree } from "./hands.ts";
import { isGivingDots, told } from "./noteActions.ts";

/* What can be done with the board as a whole, and with how one looks at it. */

const always = () => true;
const mayWrite = (model: ActionModel) => model.mayWrite.get();
const isTreeShown = (model: ActionModel) => model.hands.tree.get() !== null;
const treeZones = ["roots", "wateringCan", "fruits"] as const;

export const boardWideActions: readonly BoardAction[] = [
  asks("palette", "board", "palette.title", ["Ctrl+k", "/"], { kind: "palette" }, always),
  asks("drawing", "board", "hands.draw", ["d"], { kind: "drawing" }, mayWrite),
  asks("voting", "dots", "hands.voting.title", [], { kind: "voting" }, mayWrite),
  {
    id: "selectAll",
    group: "board",
    name: { key: "hands.selectAll" },
    keys: ["Ctrl+a"],
    isAvailable: (model) => isTreeShown(model) && model.board.get().notes.size > 0,
    run: (model) => model.selection.set(model.board.get().notes.keys()),
  },
  ...zoneIds.map(
    (zone): BoardAction => ({
      id: `selectZone.${zone}`,
      group: "board",
      name: { key: "hands.selectZone", zone },
      keys: [],
      isAvailable: (model) => isTreeShown(model) && model.board.get().notesByZone[zone].length > 0,
      run: (model) => model.selection.set(model.board.get().notesByZone[zone].map(({ id }) => id)),
    }),
  ),
  {
    id: "clearSelection",
    group: "board",
    name: { key: "hands.clearSelection" },
    keys: ["Escape"],
    isAvailable: (model) => model.selection.get().size > 0,
    run: (model) => model.selection.clear(),
  },
  ...treeZones.map(
    (zone): BoardAction => ({
      id: `tidy.${zone}`,
      group: "board",
      name: { key: "hands.tidyZone", zone },
      keys: [],
      isAvailable: (model) => mayWrite(model) && model.board.get().notesByZone[zone].length > 1,
      run: (model) => told(model, model.tidyZone(zone)),
    }),
  ),
  {
    id: "undo",
    group: "board",
    name: { key: "board.undo" },
    keys: ["Ctrl+z"],
    isAvailable: (model) => mayWrite(model) && model.undoState.get().canUndo,
    run: (model) => model.undo(),
  },
  {
    id: "redo",
    group: "board",
    name: { key: "board.redo" },
    keys: ["Ctrl+Shift+z", "Ctrl+y"],
    isAvailable: (model) => mayWrite(model) && model.undoState.get().canRedo,
    run: (model) => model.redo(),
  },
  {
    id: "selectTool",
    group: "view",
    name: { key: "hands.selectTool" },
    keys: ["v"],
    isAvailable: (model) => isTreeShown(model) && model.hands.tool.get() === "move",
    run: (model) => model.hands.take("select"),
  },
  {
    id: "moveTool",
    group: "view",
    name: { key: "hands.moveTool" },
    keys: ["v"],
    isAvailable: (model) => isTreeShown(model) && model.hands.tool.get() === "select",
    run: (model) => model.hands.take("move"),
  },
  ...treeZones.map(
    (zone, index): BoardAction => ({
      id: `zoom.${zone}`,
      group: "view",
      name: { key: "board.zoomTo", zone },
      keys: [String(index + 1)],
      isAvailable: isTreeShown,
      run: (model) => model.hands.tree.get()?.zoomToZone(zone),
    }),
  ),
  looks("fit", "board.fit", ["0"], (tree) => tree.fit()),
  // As in the list: while dots are given, plus and minus are those of the selected note.
  {
    ...looks("zoomIn", "board.zoomIn", ["+", "="], (tree) => tree.zoomIn()),
    yieldsKeys: isGivingDots,
  },
  {
    ...looks("zoomOut", "board.zoomOut", ["-", "_"], (tree) => tree.zoomOut()),
    yieldsKeys: isGivingDots,
  },
  asks("shortcuts", "view", "shortcuts.title", ["?"], { kind: "shortcuts" }, always),
];

function asks(
  id: string,
  group: ActionGroup,
  key: ActionName["key"],
  keys: readonly string[],
  question: Question,
  isAvailable: (model: ActionModel) => boolean,
): BoardAction {
  // A copy each time: a question is closed by being the one that stands open.
  return { id, group, name: { key }, keys, isAvailable, run: (model) => model.hands.ask({ ...question }) };
}

function looks(
  id: string,
  key: ActionName["key"],
  keys: readonly string[],
  look: (tree: ShownTree) => void,
): BoardAction {
  return {
    id,
    group: "view",
    name: { key },
    keys,
    isAvailable: isTreeShown,
    run(model) {
      const tree = model.hands.tree.get();
      if (tree !== null) look(tree);
    },
  };
}
