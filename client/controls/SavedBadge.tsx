import { Check, CloudOff, LoaderCircle, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { assertNever } from "../../shared/result.ts";
import type { BoardModel } from "../model/boardModel.ts";
import { useObservable } from "../model/useObservable.ts";
import type { SavedState } from "../sync/savedState.ts";
import { Button } from "../ui/Button.tsx";
import { mayReload, savedWords } from "./savedWords.ts";

type Tone = "good" | "calm" | "warn" | "bad";

/** The honest state of this device's work, in words; changes are announced calmly to screen readers. */
export function SavedBadge({ model }: { readonly model: BoardModel }) {
  const { t } = useTranslation();
  const saved = useObservable(model.saved);
  return (
    <div className={`saved ${toneOf(saved)}`} role="status" data-saved={saved.kind}>
      <SavedIcon saved={saved} />
      <span className="saved-words">{savedWords(saved, t)}</span>
      {mayReload(saved) && <Button onPress={() => location.reload()}>{t("saved.reload")}</Button>}
    </div>
  );
}

function SavedIcon({ saved }: { readonly saved: SavedState }) {
  if (saved.kind === "saved") return <Check size={20} aria-hidden="true" />;
  if (saved.kind === "offline") return <CloudOff size={20} aria-hidden="true" />;
  if (saved.kind === "connecting" || saved.kind === "saving" || saved.kind === "reconnecting") {
    return <LoaderCircle size={20} aria-hidden="true" />;
  }
  return <TriangleAlert size={20} aria-hidden="true" />;
}

function toneOf(saved: SavedState): Tone {
  switch (saved.kind) {
    case "saved":
      return "good";
    case "connecting":
    case "saving":
    case "reconnecting":
      return "calm";
    case "notSavedYet":
      return "warn";
    case "offline":
      return saved.keptOnDevice ? "warn" : "bad";
    case "notAccepted":
    case "closed":
      return "bad";
    default:
      return assertNever(saved);
  }
}
