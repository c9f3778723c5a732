import { notesForPicture } from "../../shared/export/pictureNotes.ts";
import { boardPicture, type PictureInput, type PictureView } from "../../shared/render/boardPicture.ts";
import { pictureToSvg } from "../../shared/render/boardSvg.ts";
import type { Picture } from "../../shared/render/picture.ts";
import { groupInPicture } from "../../shared/render/pictureOfGroup.ts";
import type { Language } from "../../shared/template/template.ts";
import type { BoardModel } from "../model/boardModel.ts";

/* The board of this screen as a picture, from what this device has: also without a connection. */

export type PictureOf = {
  readonly model: BoardModel;
  /** Of the words around the board. */
  readonly language: Language;
};

/** The same that the server draws of the same board. */
export function pictureOf({ model, language }: PictureOf, view: PictureView, aspect: number | null): Picture {
  return boardPicture(inputOf({ model, language }, view, aspect));
}

export function svgOf(of: PictureOf): string {
  return pictureToSvg(pictureOf(of, "board", null));
}

function inputOf({ model, language }: PictureOf, view: PictureView, aspect: number | null): PictureInput {
  const { notes, themes, voting } = model.board.get();
  const state = model.workshop.get();
  return {
    ...groupInPicture(state, model.boardId),
    ...notesForPicture(notes.values(), state.participants, "pseudonymised"),
    themes,
    voting,
    template: model.template,
    language,
    view,
    aspect,
  };
}

/** The whole board, or each zone; what lies beside the tree only if there is something. */
export function pagesOf(of: PictureOf, pages: "one" | "zones", aspect: number): readonly Picture[] {
  if (pages === "one") return [pictureOf(of, "board", aspect)];
  const { notesByZone } = of.model.board.get();
  return [...of.model.template.zones]
    .sort((a, b) => a.order - b.order)
    .filter(({ id }) => id !== "unplaced" || notesByZone.unplaced.length > 0)
    .map(({ id }) => pictureOf(of, id, aspect));
}
