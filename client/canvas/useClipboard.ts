import { useEffect } from "react";
import type { Point } from "../../shared/board/geometry.ts";
import type { Voice } from "../../shared/board/note.ts";
import type { BoardModel } from "../model/boardModel.ts";
import { htmlOfNotes, textOfNotes } from "../model/copiedNotes.ts";
import { removeSelected, selectedNotes } from "../model/noteActions.ts";
import { notesOfFile, notesOfPaste } from "../model/pastedNotes.ts";
import { pasteCopied, pasteTexts } from "../model/pasting.ts";
import { isTyping } from "../ui/isTyping.ts";

export type ClipboardOptions = {
  readonly model: BoardModel;
  readonly voice: Voice;
};

/** Copying, cutting and pasting with the browser's own keys and menus, wherever nobody is typing. */
export function useClipboard({ model, voice }: ClipboardOptions): void {
  useEffect(() => {
    /** A field's own copying and pasting is its own, and so is a text that somebody marked. */
    const isOurs = (event: ClipboardEvent) => {
      const at = event.target instanceof Element ? event.target : document.body;
      const isInText = isTyping(at) || !(getSelection()?.isCollapsed ?? true);
      return !event.defaultPrevented && !isInText && at.closest("[role=dialog], [role=alertdialog]") === null;
    };

    function copy(event: ClipboardEvent): boolean {
      const notes = selectedNotes(model);
      if (event.clipboardData === null || notes.length === 0 || !isOurs(event)) return false;
      const text = textOfNotes(notes);
      event.clipboardData.setData("text/plain", text);
      event.clipboardData.setData("text/html", htmlOfNotes(notes));
      event.preventDefault();
      model.hands.keepCopied({ text, notes: notes.map(({ id }) => id) });
      model.hands.tell({ kind: "copied", count: notes.length });
      return true;
    }
    const onCopy = (event: ClipboardEvent) => void copy(event);
    function onCut(event: ClipboardEvent): void {
      if (model.mayWrite.get() && copy(event)) removeSelected(model);
    }
    function onPaste(event: ClipboardEvent): void {
      const near = model.hands.tree.get()?.spot();
      if (event.clipboardData === null || near === undefined) return;
      if (!model.mayWrite.get() || !isOurs(event)) return;
      const text = event.clipboardData.getData("text/plain");
      event.preventDefault();
      // Drawings have no words; they come back all the same.
      if (pasteCopied(model, text, near) || text.trim() === "") return;
      pasteTexts(model, { texts: notesOfPaste(text), near, voice });
    }
    document.addEventListener("copy", onCopy);
    document.addEventListener("cut", onCut);
    document.addEventListener("paste", onPaste);
    return () => {
      document.removeEventListener("copy", onCopy);
      document.removeEventListener("cut", onCut);
      document.removeEventListener("paste", onPaste);
    };
  }, [model, voice]);
}

/** Larger than any list that a group makes. */
const mostFileBytes = 500_000;

/** Files that were dropped on the board, as notes near there. */
export async function pasteFiles(
  files: readonly File[],
  { model, voice, near }: { readonly model: BoardModel; readonly voice: Voice; readonly near: Point },
): Promise<void> {
  const isText = (file: File) => /\.(txt|csv|tsv|md)$/i.test(file.name) && file.size <= mostFileBytes;
  const readable = files.filter(isText);
  const texts = await Promise.all(
    readable.map(async (file) => notesOfFile({ name: file.name, text: await file.text() })),
  );
  if (texts.flat().length === 0) model.hands.tell({ kind: "unreadableFile" });
  else pasteTexts(model, { texts: texts.flat(), near, voice });
}
