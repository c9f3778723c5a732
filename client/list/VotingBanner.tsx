import { CircleDot } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { BoardModel } from "../model/boardModel.ts";
import type { DotsNow } from "../model/dotsNow.ts";
import { useObservable } from "../model/useObservable.ts";

/** Stands above the list while dots are given, and says how many are left; then that they are shown. */
export function VotingBanner({ model, dots }: { readonly model: BoardModel; readonly dots: DotsNow }) {
  const { t } = useTranslation();
  const { voting, voters } = useObservable(model.board);
  if (voting === null) return null;
  return (
    <div className="list-voting">
      <CircleDot aria-hidden="true" />
      {dots.phase === "open" && dots.mayGive && (
        <p>
          <strong>{t("list.dotsLeft", { left: dots.left, count: dots.dots })}</strong> {t("list.votingOpen")}
        </p>
      )}
      {dots.phase === "open" && !dots.mayGive && <p>{t("list.votingOpenView")}</p>}
      {dots.phase === "shown" && (
        <p>
          <strong>{t("announce.votingShown")}</strong> {t("list.voters", { count: voters })}
        </p>
      )}
    </div>
  );
}
