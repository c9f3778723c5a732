import type { TFunction } from "i18next";
import type { NoteId, ThemeId } from "../../shared/board/ids.ts";
import type { Voice } from "../../shared/board/note.ts";
import type { ZoneId } from "../../shared/board/placement.ts";
import type { WriteError } from "../../shared/board/writeBoard.ts";
import type { Result } from "../../shared/result.ts";
import { type Language, zoneOf } from "../../shared/template/template.ts";
import type { BoardModel } from "../model/boardModel.ts";
import { siblingsOf } from "../model/zoneOutline.ts";
import { writeErrorWords } from "../ui/writeErrorWords.ts";

/** What came of an action, in words for who does not see it; a refusal is for everybody. */
export type Said = { readonly text: string; readonly isRefusal: boolean };

export type NoteActs = ReturnType<typeof createNoteActs>;

export type NoteActsOptions = {
  readonly model: BoardModel;
  readonly language: Language;
  readonly t: TFunction;
  readonly say: (said: Said) => void;
};

/** The actions of the model as the list offers them: each says what came of it. */
export function createNoteActs({ model, language, t, say }: NoteActsOptions) {
  function tell(result: Result<unknown, WriteError>, words: () => string): void {
    if (result.ok) say({ text: words(), isRefusal: false });
    else say({ text: writeErrorWords(result.error, t), isRefusal: true });
  }
  const titleOf = (theme: ThemeId) => model.board.get().themes.get(theme)?.title ?? "";

  return {
    markVoice(ids: readonly NoteId[], voice: Voice): void {
      tell(model.markVoice(ids, voice), () => t("list.saidVoice", { voice: t(`voice.${voice}`) }));
    },
    moveToZone(ids: readonly NoteId[], zone: ZoneId): void {
      const title = zoneOf(model.template, zone).title[language];
      tell(model.moveNotesToZone(ids, zone), () =>
        zone === "unplaced" ? t("list.saidBeside") : t("list.saidMoved", { zone: title }),
      );
    },
    moveInOrder(id: NoteId, by: -1 | 1): void {
      tell(model.moveInOrder(id, by), () => {
        const note = model.board.get().notes.get(id);
        if (note === undefined) return "";
        const siblings = siblingsOf(note, model.board.get(), model.template.noteSize);
        const number = siblings.findIndex((sibling) => sibling.id === id) + 1;
        return t("list.saidPlace", { number, total: siblings.length });
      });
    },
    makeTheme(ids: readonly NoteId[], title: string): void {
      tell(model.makeTheme(ids, title), () => t("list.saidGrouped", { title }));
    },
    joinTheme(ids: readonly NoteId[], theme: ThemeId): void {
      tell(model.joinTheme(ids, theme), () => t("list.saidGrouped", { title: titleOf(theme) }));
    },
    leaveTheme(ids: readonly NoteId[]): void {
      tell(model.leaveTheme(ids), () => t("list.saidUngrouped"));
    },
    renameTheme(theme: ThemeId, title: string): void {
      tell(model.renameTheme(theme, title), () => t("list.theme", { title }));
    },
    dissolveTheme(theme: ThemeId): void {
      tell(model.dissolveTheme(theme), () => t("list.saidDissolved"));
    },
    giveDots(id: NoteId, count: number): void {
      // What is left then is said where it stands.
      tell(model.giveDots(id, count), () => "");
    },
    highlight(id: NoteId): void {
      tell(model.highlightNote(id), () => t("list.saidHighlighted"));
    },
    unhighlight(id: NoteId): void {
      tell(model.unhighlightNote(id), () => t("list.saidUnhighlighted"));
    },
    duplicate(ids: readonly NoteId[]): void {
      tell(model.duplicateNotes(ids), () => t("list.saidDuplicated"));
    },
    remove(ids: readonly NoteId[]): void {
      // The bar that takes it back says so.
      tell(model.removeNotes(ids), () => "");
    },
  };
}
