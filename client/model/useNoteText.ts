import { type RefObject, useEffect, useRef } from "react";
import type { NoteId } from "../../shared/board/ids.ts";
import { spliceBetween, type TextSplice, type WriteError } from "../../shared/board/writeBoard.ts";
import type { Result } from "../../shared/result.ts";
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

type Session = { note: NoteId | null; text: string; waiting: TextSplice[] };

/** With `note` null there is nothing to bind to yet: the first words go to `create`, and it is that note from there. */
export function useNoteText(
  model: BoardModel,
  note: NoteId | null,
  onRefused: (error: WriteError) => void,
  create?: (text: string) => Result<NoteId, WriteError>,
): NoteTextBinding {
  const ref = useRef<HTMLTextAreaElement>(null);
  const session = useRef<Session | null>(null);
  session.current ??= {
    note,
    text: (note === null ? null : model.editText(note))?.get() ?? "",
    waiting: [],
  };

  useEffect(() => {
    if (note === null) return;
    model.showEditing(note);
    const living = model.editText(note);
    function hear(splices: readonly TextSplice[]): void {
      const area = ref.current;
      const state = session.current;
      if (area === null || state === null) return;
      state.waiting.push(...splices);
      if (!area.dataset.composing) takeIn(area, state);
    }
    const stop = living?.onRemoteSplices(hear);
    // What others typed between the first look and this subscription.
    const missed = spliceBetween(session.current?.text ?? "", living?.get() ?? "");
    if (missed !== null) hear([missed]);
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

  function send(area: HTMLTextAreaElement, state: Session): void {
    if (state.note === null) {
      makeNote(area, state);
      return;
    }
    const splice = spliceBetween(state.text, area.value);
    if (splice !== null) {
      // The document already holds what waits: shift this splice past it.
      const moved = state.waiting.reduce(shiftSplice, splice);
      const result = model.editText(state.note)?.splice(moved);
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

  function makeNote(area: HTMLTextAreaElement, state: Session): void {
    if (create === undefined || area.value.trim() === "") return;
    const made = create(area.value);
    if (made.ok) {
      state.note = made.value;
      state.text = area.value;
    } else {
      onRefused(made.error);
    }
  }

  return { ref, initialText: session.current.text, onInput, onCompositionEnd };
}

/** Puts waiting splices into the textarea and keeps the selection at the same words. */
function takeIn(area: HTMLTextAreaElement, state: Session): void {
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
function shiftCaret(caret: number, splice: TextSplice): number {
  if (caret <= splice.index) return caret;
  if (caret <= splice.index + splice.deleteCount) return splice.index + splice.insert.length;
  return caret + splice.insert.length - splice.deleteCount;
}

function shiftSplice(own: TextSplice, remote: TextSplice): TextSplice {
  const start = shiftCaret(own.index, remote);
  const end = Math.max(start, shiftCaret(own.index + own.deleteCount, remote));
  return { ...own, index: start, deleteCount: end - start };
}
