import type { TFunction } from "i18next";
import type { WriteError } from "../../shared/board/writeBoard.ts";
import { assertNever } from "../../shared/result.ts";

export function writeErrorWords(error: WriteError, t: TFunction): string {
  switch (error.kind) {
    case "textTooLong":
      return t("composer.tooLong", { length: error.length, limit: error.limit });
    case "boardFull":
      return t("composer.boardFull", { limit: error.limit });
    case "newerDocument":
      return t("board.newerDocument");
    case "tooManyHighlights":
      return t("write.tooManyHighlights", { limit: error.limit });
    case "noDotsLeft":
      return t("write.noDotsLeft", { count: error.dots });
    case "unknownTheme":
    case "unknownNote":
      return t("composer.refused");
    default:
      return assertNever(error);
  }
}
