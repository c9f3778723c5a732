import { Eye, Minus, Plus, Square } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { maxDots } from "../../shared/board/voting.ts";
import type { BoardModel } from "../model/boardModel.ts";
import { dotsLeft, told } from "../model/noteActions.ts";
import { useObservable } from "../model/useObservable.ts";
import { Button, IconButton } from "../ui/Button.tsx";

const usualDots = 3;

/** A round of dots: how many, start, show what the notes got, and end, which takes all dots away. */
export function VotingPanel({ model }: { readonly model: BoardModel }) {
  const { t } = useTranslation();
  const { voting, voters } = useObservable(model.board);
  const mayWrite = useObservable(model.mayWrite);
  const [dots, setDots] = useState(usualDots);
  const [isEnding, setIsEnding] = useState(false);
  const left = dotsLeft(model);
  const people = voters > 0 && <p>{t("hands.voting.voters", { count: voters })}</p>;

  if (voting === null) {
    return (
      <section className="voting-panel" aria-label={t("hands.voting.title")}>
        <p>{t("hands.voting.lead")}</p>
        <p id="voting-dots" className="field-label">
          {t("hands.voting.dots")}
        </p>
        {/* biome-ignore lint/a11y/useSemanticElements: two buttons around a number, named by the question above */}
        <div className="stepper" role="group" aria-labelledby="voting-dots">
          <IconButton
            look="plain"
            label={t("hands.voting.fewer")}
            icon={<Minus aria-hidden="true" />}
            isDisabled={dots <= 1}
            onPress={() => setDots(dots - 1)}
          />
          <output aria-live="polite">{t("hands.voting.count", { count: dots })}</output>
          <IconButton
            look="plain"
            label={t("hands.voting.more")}
            icon={<Plus aria-hidden="true" />}
            isDisabled={dots >= maxDots}
            onPress={() => setDots(dots + 1)}
          />
        </div>
        <Button
          look="primary"
          size="large"
          isDisabled={!mayWrite}
          onPress={() => told(model, model.setVoting({ dots, phase: "open" }))}
        >
          {t("hands.voting.start")}
        </Button>
      </section>
    );
  }
  return (
    <section className="voting-panel" aria-label={t("hands.voting.title")}>
      <p>
        <strong>{voting.phase === "open" ? t("hands.voting.open") : t("hands.voting.shown")}</strong>
      </p>
      {people}
      {left !== null && <p>{t("hands.dotsLeft", { count: left })}</p>}
      {isEnding ? (
        <div className="voting-end" role="alert">
          <p>
            <strong>{t("hands.voting.endTitle")}</strong> {t("hands.voting.endLead")}
          </p>
          <div className="row">
            <Button
              look="danger"
              onPress={() => {
                setIsEnding(false);
                told(model, model.setVoting(null));
              }}
            >
              {t("hands.voting.endYes")}
            </Button>
            <Button autoFocus onPress={() => setIsEnding(false)}>
              {t("hands.voting.endNo")}
            </Button>
          </div>
        </div>
      ) : (
        <div className="row">
          {voting.phase === "open" ? (
            <Button
              look="primary"
              icon={<Eye size={20} aria-hidden="true" />}
              isDisabled={!mayWrite}
              onPress={() => told(model, model.setVoting({ ...voting, phase: "shown" }))}
            >
              {t("hands.voting.show")}
            </Button>
          ) : (
            <Button
              isDisabled={!mayWrite}
              onPress={() => told(model, model.setVoting({ ...voting, phase: "open" }))}
            >
              {t("hands.voting.again")}
            </Button>
          )}
          <Button
            icon={<Square size={20} aria-hidden="true" />}
            isDisabled={!mayWrite}
            onPress={() => setIsEnding(true)}
          >
            {t("hands.voting.end")}
          </Button>
        </div>
      )}
    </section>
  );
}
