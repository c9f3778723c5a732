import * as Y from "yjs";
import { metaKeys, metaOf, notesOf, themesOf, votesOf } from "../../shared/board/boardDocument.ts";
import type { BoardWriter } from "../../shared/board/writeBoard.ts";
import { createSource, type Observable } from "./observable.ts";

export type UndoSteps = {
  readonly state: Observable<{ readonly canUndo: boolean; readonly canRedo: boolean }>;
  readonly undo: () => void;
  readonly redo: () => void;
  /** Makes of what happens inside one step to undo. */
  readonly separately: <T>(action: () => T) => T;
  /** The step that undo would take back now; null when there is none. */
  readonly last: () => UndoStep | null;
  /** What happens inside belongs to that step as long as it is the last one, else it is a step of its own. */
  readonly continuing: <T>(step: UndoStep | null, action: () => T) => T;
  readonly stop: () => void;
};

/** Told apart by identity only. */
export type UndoStep = object;

const captureMs = 500;

type StackItem = Y.UndoManager["undoStack"][number];

/**
 * What this writer did can be taken back, step by step. Dots only as long as their round goes on: taken back later,
 * they would change what everybody has seen, or turn up in the next round.
 */
export function createUndoSteps(doc: Y.Doc, writer: BoardWriter): UndoSteps {
  const manager = new Y.UndoManager([notesOf(doc), votesOf(doc), themesOf(doc)], {
    trackedOrigins: new Set([writer]),
    captureTimeout: captureMs,
  });
  const state = createSource({ canUndo: false, canRedo: false });
  const dots = new WeakSet<StackItem>();

  function show(): void {
    const next = { canUndo: manager.canUndo(), canRedo: manager.canRedo() };
    const last = state.get();
    if (next.canUndo !== last.canUndo || next.canRedo !== last.canRedo) state.set(next);
  }
  manager.on("stack-item-added", ({ stackItem, changedParentTypes }) => {
    const changed = new Set<unknown>(changedParentTypes.keys());
    if (changed.has(votesOf(doc))) dots.add(stackItem);
    show();
  });
  manager.on("stack-item-popped", show);
  manager.on("stack-cleared", show);

  function onMeta(event: Y.YMapEvent<unknown>): void {
    if (!event.keysChanged.has(metaKeys.voting)) return;
    manager.undoStack = manager.undoStack.filter((item) => !dots.has(item));
    manager.redoStack = manager.redoStack.filter((item) => !dots.has(item));
    show();
  }
  metaOf(doc).observe(onMeta);

  function separately<T>(action: () => T): T {
    manager.stopCapturing();
    const result = action();
    manager.stopCapturing();
    return result;
  }

  return {
    state,
    undo: () => void manager.undo(),
    redo: () => void manager.redo(),
    separately,
    last: () => manager.undoStack.at(-1) ?? null,
    continuing(step, action) {
      if (step === null || manager.undoStack.at(-1) !== step) return separately(action);
      // Yjs adds to its last step what comes within the timeout of the change before.
      manager.lastChange = 1;
      manager.captureTimeout = Number.POSITIVE_INFINITY;
      try {
        return action();
      } finally {
        manager.captureTimeout = captureMs;
        manager.stopCapturing();
      }
    },
    stop() {
      metaOf(doc).unobserve(onMeta);
      manager.destroy();
    },
  };
}
