import { CircleDot } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { BoardModel } from "../model/boardModel.ts";
import type { DotsNow } from "../model/dotsNow.ts";
import { told } from "../model/noteActions.ts";
import { useObservable } from "../model/useObservable.ts";
import { Button } from "../ui/Button.tsx";
import { dotsLeftId } from "./NoteDots.tsx";

type BannerProps = { readonly model: BoardModel; readonly dots: DotsNow };

/** Stays in sight while dots are given, and says how many are left; then that they are shown. */
export function VotingBanner({ model, dots }: BannerProps) {
  const { t } = useTranslation();
  const { voting, voters } = useObservable(model.board);
  const mayWrite = useObservable(model.mayWrite);
  if (voting === null) return null;
  return (
    <div className="list-voting">
      <CircleDot aria-hidden="true" />
      {dots.phase === "open" && dots.mayGive && (
        <p id={dotsLeftId}>
          <strong>{t("list.dotsLeft", { left: dots.left, count: dots.dots })}</strong>
          {dots.left === 0 && ` ${t("list.dotsUsedUp")}`}
        </p>
      )}
      {dots.phase === "open" && !dots.mayGive && <p>{t("list.votingOpenView")}</p>}
      {dots.phase === "open" && mayWrite && (
        <Button onPress={() => told(model, model.setVoting({ ...voting, phase: "shown" }))}>
          {t("hands.voting.showNow")}
        </Button>
      )}
      {dots.phase === "shown" && (
        <p>
          <strong>{t("announce.votingShown")}</strong> {t("list.voters", { count: voters })}
        </p>
      )}
    </div>
  );
}

/** What one does in a round, said once above the notes. */
export function VotingLead({ dots }: Pick<BannerProps, "dots">) {
  const { t } = useTranslation();
  return dots.phase === "open" && dots.mayGive ? <p>{t("list.votingOpen")}</p> : null;
}
