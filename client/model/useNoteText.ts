import { type RefObject, useEffect, useRef } from "react";
import type { NoteId } from "../../shared/board/ids.ts";
import { spliceBetween, type TextSplice, type WriteError } from "../../shared/board/writeBoard.ts";
import type { BoardModel } from "./boardModel.ts";

/*
 * Binds a textarea to the living text of a note. What is typed here goes out as the smallest splice; what others
 * type comes in around the caret. While an input method composes, the textarea is its own: remote words wait.
 */

export type NoteTextBinding = {
  readonly ref: RefObject<HTMLTextAreaElement | null>;
  readonly initialText: string;
  readonly onInput: () => void;
  readonly onCompositionEnd: () => void;
};

export function useNoteText(
  model: BoardModel,
  note: NoteId,
  onRefused: (error: WriteError) => void,
): NoteTextBinding {
  const ref = useRef<HTMLTextAreaElement>(null);
  const session = useRef<{ readonly note: NoteId; text: string; waiting: TextSplice[] } | null>(null);
  const edited = model.editText(note);
  if (session.current?.note !== note) {
    session.current = { note, text: edited?.get() ?? "", waiting: [] };
  }

  useEffect(() => {
    model.showEditing(note);
    const living = model.editText(note);
    const stop = living?.onRemoteSplices((splices) => {
      const area = ref.current;
      const state = session.current;
      if (area === null || state === null) return;
      state.waiting.push(...splices);
      if (!area.dataset.composing) takeIn(area, state);
    });
    return () => {
      stop?.();
      model.showEditing(null);
    };
  }, [model, note]);

  function onInput(): void {
    const area = ref.current;
    const state = session.current;
    if (area === null || state === null || area.dataset.composing) return;
    send(area, state);
  }

  function onCompositionEnd(): void {
    const area = ref.current;
    const state = session.current;
    if (area === null || state === null) return;
    delete area.dataset.composing;
    send(area, state);
  }

  function send(area: HTMLTextAreaElement, state: { text: string; waiting: TextSplice[] }): void {
    const splice = spliceBetween(state.text, area.value);
    if (splice !== null) {
      // The document already holds what waits: shift this splice past it.
      const moved = state.waiting.reduce(shiftSplice, splice);
      const result = model.editText(note)?.splice(moved);
      if (result !== undefined && !result.ok) {
        onRefused(result.error);
        const caret = splice.index;
        area.value = state.text;
        area.setSelectionRange(caret, caret);
      } else {
        state.text = area.value;
      }
    }
    takeIn(area, state);
  }

  return { ref, initialText: session.current.text, onInput, onCompositionEnd };
}

/** Puts waiting splices into the textarea and keeps the selection at the same words. */
function takeIn(area: HTMLTextAreaElement, state: { text: string; waiting: TextSplice[] }): void {
  if (state.waiting.length === 0) return;
  let start = area.selectionStart;
  let end = area.selectionEnd;
  for (const splice of state.waiting) {
    state.text =
      state.text.slice(0, splice.index) + splice.insert + state.text.slice(splice.index + splice.deleteCount);
    start = shiftCaret(start, splice);
    end = shiftCaret(end, splice);
  }
  state.waiting = [];
  area.value = state.text;
  area.setSelectionRange(start, end);
}

/** Where a caret stands after somebody else's splice. */
export function shiftCaret(caret: number, splice: TextSplice): number {
  if (caret <= splice.index) return caret;
  if (caret <= splice.index + splice.deleteCount) return splice.index + splice.insert.length;
  return caret + splice.insert.length - splice.deleteCount;
}

function shiftSplice(own: TextSplice, remote: TextSplice): TextSplice {
  const start = shiftCaret(own.index, remote);
  const end = Math.max(start, shiftCaret(own.index + own.deleteCount, remote));
  return { ...own, index: start, deleteCount: end - start };
}
