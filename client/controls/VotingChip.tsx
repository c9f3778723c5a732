import { Vote } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { BoardModel } from "../model/boardModel.ts";
import { dotsLeft, told } from "../model/noteActions.ts";
import { useObservable } from "../model/useObservable.ts";
import { Button } from "../ui/Button.tsx";
import "./votingChip.css";

export type VotingChipProps = {
  readonly model: BoardModel;
  /** There it is about everybody's dots, not about those of whoever presents. */
  readonly isOnWall: boolean;
};

/** On the tree while dots are given: how many are left here, and for whoever may a button that shows them. */
export function VotingChip({ model, isOnWall }: VotingChipProps) {
  const { t } = useTranslation();
  const { voting } = useObservable(model.board);
  const mayWrite = useObservable(model.mayWrite);
  if (voting?.phase !== "open") return null;
  const left = isOnWall ? null : dotsLeft(model);
  return (
    <div className="voting-chip paper">
      <Vote aria-hidden="true" />
      <p>
        {left === null && t("hands.voting.open")}
        {left !== null && left > 0 && t("hands.voting.openLeft", { count: left })}
        {left !== null && left <= 0 && t("hands.voting.openNone")}
      </p>
      {mayWrite && (
        <Button onPress={() => told(model, model.setVoting({ ...voting, phase: "shown" }))}>
          {t("hands.voting.showNow")}
        </Button>
      )}
    </div>
  );
}
