import type { Rectangle } from "../../shared/board/geometry.ts";
import type { ThemeId } from "../../shared/board/ids.ts";
import type { ActionModel, BoardAction } from "./boardAction.ts";
import type { ThemeView } from "./boardModel.ts";
import { selectedNotes, told } from "./noteActions.ts";

/* What can be done with selected notes as themes. */

/** The theme under which all selected notes are. */
function selectedTheme(model: ActionModel): ThemeView | null {
  const [first, ...others] = selectedNotes(model);
  if (first?.theme == null || others.some(({ theme }) => theme !== first.theme)) return null;
  return model.board.get().themes.get(first.theme) ?? null;
}

/** Around what is selected, or the middle of the page. */
function selectedBox(model: ActionModel): Rectangle {
  const box = model.hands.tree.get()?.boxOf(model.selection.get()) ?? null;
  return box ?? { x: innerWidth / 2, y: innerHeight / 3, width: 0, height: 0 };
}

export function askThemeName(model: ActionModel, theme: ThemeId): void {
  model.hands.ask({ kind: "themeName", theme, beside: selectedBox(model) });
}

const mayRename = (model: ActionModel) => model.mayWrite.get() && selectedTheme(model) !== null;

export const themeActions: readonly BoardAction[] = [
  {
    id: "groupAsTheme",
    group: "themes",
    name: { key: "list.group" },
    keys: ["Ctrl+g"],
    isAvailable: (model) =>
      model.mayWrite.get() && model.selection.get().size > 0 && selectedTheme(model) === null,
    run(model) {
      model.hands.ask({
        kind: "newTheme",
        notes: selectedNotes(model).map(({ id }) => id),
        beside: selectedBox(model),
      });
    },
  },
  {
    id: "renameTheme",
    group: "themes",
    name: { key: "hands.renameTheme" },
    // One selected note is edited by Enter; several under one theme have its name to edit.
    keys: ["Enter", "F2"],
    isAvailable: mayRename,
    run(model) {
      const theme = selectedTheme(model);
      if (theme !== null) askThemeName(model, theme.id);
    },
  },
  {
    id: "selectTheme",
    group: "themes",
    name: { key: "hands.selectTheme" },
    keys: [],
    isAvailable(model) {
      const theme = selectedTheme(model);
      return theme !== null && theme.notes.length > model.selection.get().size;
    },
    run(model) {
      model.selection.set(selectedTheme(model)?.notes.map(({ id }) => id) ?? []);
    },
  },
  {
    id: "leaveTheme",
    group: "themes",
    name: { key: "list.leaveTheme" },
    keys: [],
    isAvailable: (model) => model.mayWrite.get() && selectedNotes(model).some(({ theme }) => theme !== null),
    run(model) {
      const under = selectedNotes(model).filter(({ theme }) => theme !== null);
      told(model, model.leaveTheme(under.map(({ id }) => id)));
    },
  },
  {
    id: "dissolveTheme",
    group: "themes",
    name: { key: "list.themeDissolve" },
    keys: ["Ctrl+Shift+g"],
    isAvailable: mayRename,
    run(model) {
      const theme = selectedTheme(model);
      if (theme !== null) told(model, model.dissolveTheme(theme.id));
    },
  },
];
