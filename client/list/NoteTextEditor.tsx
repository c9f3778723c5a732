import { Lock } from "lucide-react";
import { useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { NoteId } from "../../shared/board/ids.ts";
import type { WriteError } from "../../shared/board/writeBoard.ts";
import type { BoardModel } from "../model/boardModel.ts";
import { useNoteText } from "../model/useNoteText.ts";
import { useObservable } from "../model/useObservable.ts";
import { Button } from "../ui/Button.tsx";
import { isComposing } from "../ui/isComposing.ts";
import { useEditorFocus } from "../ui/useEditorFocus.ts";

export type NoteTextEditorProps = {
  readonly model: BoardModel;
  readonly note: NoteId;
  readonly onDone: () => void;
};

/** Edits a note where it stands; what others type in the same note stays, and so does this caret. */
export function NoteTextEditor({ model, note, onDone }: NoteTextEditorProps) {
  const { t } = useTranslation();
  const [refused, setRefused] = useState<WriteError | null>(null);
  const binding = useNoteText(model, note, setRefused);
  const mayWrite = useObservable(model.mayWrite);
  useEditorFocus(binding.ref, onDone);
  const editor = useRef<HTMLDivElement>(null);
  // The browser shows where the caret is: the button below it is part of this too.
  useLayoutEffect(() => {
    editor.current?.scrollIntoView({ block: "nearest" });
  }, []);
  return (
    <div className="list-editor" ref={editor}>
      <textarea
        ref={binding.ref}
        className="input"
        dir="auto"
        rows={3}
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
          if (isComposing(event.nativeEvent)) return;
          if (event.key === "Escape" || (event.key === "Enter" && !event.shiftKey)) {
            event.preventDefault();
            onDone();
          }
        }}
      />
      {refused?.kind === "textTooLong" && (
        <p className="message bad" role="alert">
          {t("composer.tooLong", { length: refused.length, limit: refused.limit })}
        </p>
      )}
      {!mayWrite && (
        <p className="editor-locked">
          <Lock size={20} aria-hidden="true" />
          {t("board.lockedEditor")}
        </p>
      )}
      <Button look="primary" onPress={onDone}>
        {t("list.done")}
      </Button>
    </div>
  );
}
