import type { ActionModel, BoardAction } from "./boardAction.ts";
import { boardWideActions } from "./boardWideActions.ts";
import { isChord, type KeyPress, matches } from "./keyStrokes.ts";
import { noteActions } from "./noteActions.ts";
import { themeActions } from "./themeActions.ts";

export const boardActions: readonly BoardAction[] = [...noteActions, ...themeActions, ...boardWideActions];

export function actionById(id: string): BoardAction {
  const found = boardActions.find((action) => action.id === id);
  if (found === undefined) throw new Error(`no action ${id}`);
  return found;
}

/** What a key does now, if anything; `onlyChords` where single letters belong to somebody else. */
export function actionForKey(
  press: KeyPress,
  model: ActionModel,
  { onlyChords }: { readonly onlyChords: boolean },
): BoardAction | null {
  const found = boardActions.find(
    (action) =>
      action.keys.some((stroke) => (!onlyChords || isChord(stroke)) && matches(press, stroke)) &&
      action.isAvailable(model) &&
      action.yieldsKeys?.(model) !== true,
  );
  return found ?? null;
}
