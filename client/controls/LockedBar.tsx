import { Lock, LockOpen } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { BoardModel } from "../model/boardModel.ts";
import { useObservable } from "../model/useObservable.ts";
import { Button } from "../ui/Button.tsx";

export type LockedBarProps = {
  /** Something half-written waits here. */
  readonly hasDraft: boolean;
  /** For whoever may lift the lock; `null` when the server did, else a sentence. */
  readonly onUnlock: (() => Promise<string | null>) | null;
};

/** Stands where one writes, as long as the board is locked. */
export function LockedBar({ hasDraft, onUnlock }: LockedBarProps) {
  const { t } = useTranslation();
  const [error, setError] = useState<string | null>(null);
  return (
    <section className="locked-bar" aria-label={t("board.locked")}>
      <span className="locked-seal">
        <Lock aria-hidden="true" />
      </span>
      <div className="locked-words">
        <p className="locked-title">{t("board.locked")}</p>
        <p>
          {t(onUnlock === null ? "board.lockedLead" : "board.lockedForAll")}
          {hasDraft && ` ${t("board.lockedDraft")}`}
        </p>
        {error !== null && (
          <p className="locked-error" role="alert">
            {error}
          </p>
        )}
      </div>
      {onUnlock !== null && (
        <Button
          icon={<LockOpen size={20} aria-hidden="true" />}
          onPress={() => void onUnlock().then(setError)}
        >
          {t("workshop.unlock")}
        </Button>
      )}
    </section>
  );
}

/** Tells screen readers when the board is locked and when it is open again. */
export function LockNews({ model }: { readonly model: BoardModel }) {
  const { t } = useTranslation();
  const isLocked = useObservable(model.whyReadOnly) === "locked";
  const [wasLocked, setWasLocked] = useState(isLocked);
  if (isLocked && !wasLocked) setWasLocked(true);
  return (
    <p className="visually-hidden" role="status">
      {isLocked ? `${t("board.locked")} ${t("board.lockedLead")}` : wasLocked ? t("board.unlocked") : ""}
    </p>
  );
}
