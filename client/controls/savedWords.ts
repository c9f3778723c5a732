import type { TFunction } from "i18next";
import { assertNever } from "../../shared/result.ts";
import type { SavedState } from "../sync/savedState.ts";

/** One calm sentence, or two: what happened, and where the work is. */
export function savedWords(saved: SavedState, t: TFunction): string {
  switch (saved.kind) {
    case "connecting":
    case "saved":
    case "saving":
    case "notSavedYet":
      return t(`saved.${saved.kind}`);
    case "reconnecting":
      return t(saved.unsentChanges > 0 ? "saved.reconnectingWithChanges" : "saved.reconnecting");
    case "offline":
      return offlineWords(saved, t);
    case "notAccepted":
      return t(`refused.${saved.reason}`);
    case "closed":
      // A page that keeps nothing loses at a reload what was not sent.
      return wouldLoseWork(saved)
        ? `${t(`hungUp.${saved.reason}`)} ${t("saved.saveFile")}`
        : t(`hungUp.${saved.reason}`);
    default:
      return assertNever(saved);
  }
}

/** Whether loading the page anew is the way out, and loses nothing. */
export function mayReload(saved: SavedState): boolean {
  if (saved.kind !== "closed" || wouldLoseWork(saved)) return false;
  return saved.reason === "badFrame" || saved.reason === "textFrame" || saved.reason === "tooLarge";
}

function wouldLoseWork({ unsentChanges, keptOnDevice }: Extract<SavedState, { kind: "closed" }>): boolean {
  return unsentChanges > 0 && !keptOnDevice;
}

function offlineWords(
  { reason, unsentChanges, keptOnDevice }: Extract<SavedState, { kind: "offline" }>,
  t: TFunction,
): string {
  if (reason !== null) return `${t(`hungUp.${reason}`)} ${t(keptOnDevice ? "saved.kept" : "saved.notKept")}`;
  if (!keptOnDevice) return t("saved.offlineNotKept");
  return unsentChanges > 0 ? t("saved.offlineWithChanges", { count: unsentChanges }) : t("saved.offline");
}
