import { Lock } from "lucide-react";
import { type CSSProperties, useState } from "react";
import { useTranslation } from "react-i18next";
import type { NoteId } from "../../shared/board/ids.ts";
import type { WriteError } from "../../shared/board/writeBoard.ts";
import type { Result } from "../../shared/result.ts";
import type { BoardModel } from "../model/boardModel.ts";
import { useNoteText } from "../model/useNoteText.ts";
import { useObservable } from "../model/useObservable.ts";
import { Button } from "../ui/Button.tsx";

export type NoteEditorProps = {
  readonly model: BoardModel;
  /** `null`: nothing is there yet; the first words make the note. */
  readonly note: NoteId | null;
  readonly onFirstWords: (text: string) => Result<NoteId, WriteError>;
  /** Where the note is on screen, CSS pixels. */
  readonly style: CSSProperties;
  readonly onDone: () => void;
};

/** The text of a note, edited in its place; others who type in it keep their words and so does this caret. */
export function NoteEditor({ model, note, onFirstWords, style, onDone }: NoteEditorProps) {
  const { t } = useTranslation();
  const [refused, setRefused] = useState<WriteError | null>(null);
  const binding = useNoteText(model, note, setRefused, onFirstWords);
  const board = useObservable(model.board);
  const mayWrite = useObservable(model.mayWrite);
  const isGone = note !== null && !board.notes.has(note);
  return (
    <div className="note-editor" style={style}>
      <textarea
        ref={binding.ref}
        dir="auto"
        // biome-ignore lint/a11y/noAutofocus: the person just asked to edit this note
        autoFocus
        aria-label={t("list.noteText")}
        readOnly={!mayWrite}
        defaultValue={binding.initialText}
        onInput={() => {
          setRefused(null);
          binding.onInput();
        }}
        onCompositionStart={(event) => {
          event.currentTarget.dataset.composing = "yes";
        }}
        onCompositionEnd={binding.onCompositionEnd}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.nativeEvent.isComposing) return;
          if (event.key === "Escape" || (event.key === "Enter" && !event.shiftKey)) {
            event.preventDefault();
            onDone();
          }
        }}
        onBlur={() => {
          if (!isGone) onDone();
        }}
      />
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
