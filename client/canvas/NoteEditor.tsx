import { Lock, PencilLine } from "lucide-react";
import { useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { NoteId } from "../../shared/board/ids.ts";
import type { WriteError } from "../../shared/board/writeBoard.ts";
import type { Result } from "../../shared/result.ts";
import type { BoardModel } from "../model/boardModel.ts";
import { useNoteText } from "../model/useNoteText.ts";
import { useObservable } from "../model/useObservable.ts";
import { Button } from "../ui/Button.tsx";
import { isComposing } from "../ui/isComposing.ts";
import { useEditorFocus } from "../ui/useEditorFocus.ts";
import { type EditorPlace, fitWords } from "./editorPlace.ts";
import { useKeyboardRoom } from "./useKeyboardRoom.ts";

export type NoteEditorProps = {
  readonly model: BoardModel;
  /** `null`: nothing is there yet; the first words make the note. */
  readonly note: NoteId | null;
  readonly onFirstWords: (text: string) => Result<NoteId, WriteError>;
  readonly place: EditorPlace;
  readonly paper: string;
  readonly ink: string;
  /** The keyboard of a phone covers it: the board has to go up so far. */
  readonly onMoveUp: (byPx: number) => void;
  readonly onDone: () => void;
};

/** The text of a note, edited in its place; others who type in it keep their words and so does this caret. */
export function NoteEditor(props: NoteEditorProps) {
  const { model, note, onFirstWords, place, paper, ink, onMoveUp, onDone } = props;
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const isPressed = useRef(false);
  const [refused, setRefused] = useState<WriteError | null>(null);
  const binding = useNoteText(model, note, setRefused, onFirstWords);
  const board = useObservable(model.board);
  const mayWrite = useObservable(model.mayWrite);
  const others = useObservable(model.others);
  const isGone = note !== null && !board.notes.has(note);
  const names = others
    .filter(({ editing }) => note !== null && editing === note)
    .map(({ name }) => name ?? t("board.anonymous"));
  useKeyboardRoom(frame, onMoveUp);
  useEditorFocus(binding.ref, onDone);

  // Words come from here and from others, and the camera moves: it is measured each time.
  useLayoutEffect(() => {
    if (binding.ref.current !== null) fitWords(binding.ref.current, place);
  });

  function showCaret(): void {
    const area = binding.ref.current;
    if (note !== null && area !== null && !isGone) model.showEditing(note, area.selectionStart);
  }

  return (
    <div
      ref={frame}
      className="note-editor"
      style={{
        insetInlineStart: place.x,
        insetBlockStart: place.y,
        inlineSize: place.width,
        minBlockSize: place.height,
        background: paper,
        color: ink,
      }}
    >
      <textarea
        ref={binding.ref}
        dir="auto"
        enterKeyHint="done"
        aria-label={t("list.noteText")}
        readOnly={!mayWrite}
        defaultValue={binding.initialText}
        onInput={(event) => {
          setRefused(null);
          binding.onInput();
          fitWords(event.currentTarget, place);
        }}
        onSelect={showCaret}
        onPointerDown={() => {
          isPressed.current = true;
        }}
        onMouseDown={(event) => {
          // The second tap that opened this editor comes as a mouse too, late and over its words: it would select one.
          if (!isPressed.current) event.preventDefault();
        }}
        onCompositionStart={(event) => {
          event.currentTarget.dataset.composing = "yes";
        }}
        onCompositionEnd={binding.onCompositionEnd}
        onKeyDown={(event) => {
          event.stopPropagation();
          // While an input method composes its keys are its own; Safari only says so by the number.
          if (isComposing(event.nativeEvent)) return;
          if (event.key === "Escape" || (event.key === "Enter" && !event.shiftKey)) {
            event.preventDefault();
            onDone();
          }
        }}
        onBlur={() => {
          if (!isGone) onDone();
        }}
      />
      {names.length > 0 && (
        <p className="editor-others paper">
          <PencilLine size={20} aria-hidden="true" />
          <span dir="auto">{t("hands.writesAlong", { names: names.join(", "), count: names.length })}</span>
        </p>
      )}
      {!mayWrite && (
        <p className="editor-locked paper">
          <Lock size={20} aria-hidden="true" />
          {t("board.lockedEditor")}
        </p>
      )}
      {isGone && mayWrite && (
        <div className="note-editor-gone paper" role="alert">
          <p>{t("list.removedWhileEditing")}</p>
          <div className="row">
            <Button
              look="primary"
              onPress={() => {
                model.restoreNotes([note]);
                binding.ref.current?.focus();
              }}
            >
              {t("list.keep")}
            </Button>
            <Button onPress={onDone}>{t("list.discard")}</Button>
          </div>
        </div>
      )}
      {refused?.kind === "textTooLong" && (
        <p className="message bad note-editor-refused" role="alert">
          {t("composer.tooLong", { length: refused.length, limit: refused.limit })}
        </p>
      )}
    </div>
  );
}
