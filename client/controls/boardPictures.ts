import { notesForPicture } from "../../shared/export/pictureNotes.ts";
import { boardPicture, type PictureInput, type PictureView } from "../../shared/render/boardPicture.ts";
import { pictureToSvg } from "../../shared/render/boardSvg.ts";
import { hyphenationOf } from "../../shared/render/hyphenation.ts";
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
export async function pictureOf(of: PictureOf, view: PictureView, aspect: number | null): Promise<Picture> {
  const input = inputOf(of, view, aspect);
  return boardPicture(input, await hyphenationOf(input.noteLanguage));
}

export async function svgOf(of: PictureOf): Promise<string> {
  return pictureToSvg(await pictureOf(of, "board", null));
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
export async function pagesOf(
  of: PictureOf,
  pages: "one" | "zones",
  aspect: number,
): Promise<readonly Picture[]> {
  if (pages === "one") return [await pictureOf(of, "board", aspect)];
  const { notesByZone } = of.model.board.get();
  const zones = [...of.model.template.zones]
    .sort((a, b) => a.order - b.order)
    .filter(({ id }) => id !== "unplaced" || notesByZone.unplaced.length > 0);
  return await Promise.all(zones.map(({ id }) => pictureOf(of, id, aspect)));
}
