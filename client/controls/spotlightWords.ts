import type { TFunction } from "i18next";
import type { Spotlight } from "../../shared/protocol/presence.ts";
import { type Language, zoneOf } from "../../shared/template/template.ts";
import type { BoardModel } from "../model/boardModel.ts";

/** What is pointed out, in words; `null` when it is not on the board any more. */
export function spotlightWords(
  spotlight: Spotlight,
  model: Pick<BoardModel, "board" | "template">,
  language: Language,
  t: TFunction,
): string | null {
  if ("zone" in spotlight) return zoneOf(model.template, spotlight.zone).title[language];
  if (!("note" in spotlight)) return t("wall.place");
  const note = model.board.get().notes.get(spotlight.note);
  if (note === undefined) return null;
  return note.text === "" ? t("list.emptyNote") : note.text;
}
