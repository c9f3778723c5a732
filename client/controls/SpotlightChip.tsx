import { Flashlight } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Language } from "../../shared/template/template.ts";
import type { BoardModel } from "../model/boardModel.ts";
import type { ShownSpotlight } from "../model/pointing.ts";
import { useObservable } from "../model/useObservable.ts";
import { Button } from "../ui/Button.tsx";
import { spotlightWords } from "./spotlightWords.ts";

export type SpotlightChipProps = {
  readonly model: BoardModel;
  readonly language: Language;
  readonly shown: ShownSpotlight;
};

/** Who points out what, calmly: go along, or not. Nobody's screen moves and nobody's typing stops by itself. */
export function SpotlightChip({ model, language, shown }: SpotlightChipProps) {
  const { t } = useTranslation();
  const { pointing } = model;
  const followed = useObservable(pointing.followed);
  const what = spotlightWords(shown.spotlight, model, language, t);
  if (what === null) return null;
  const { by } = shown;
  const isFollowed = by !== null && by.clientId === followed;
  const name = by?.name ?? t("board.anonymous");
  return (
    <div className="spotlight-chip paper">
      <Flashlight aria-hidden="true" />
      <p dir="auto">
        {by === null && t("wall.youPoint", { what })}
        {by !== null && (isFollowed ? t("wall.follows", { name, what }) : t("wall.points", { name, what }))}
      </p>
      {by === null ? (
        <Button onPress={() => pointing.point(null)}>{t("wall.stop")}</Button>
      ) : (
        <>
          {!isFollowed && (
            <Button look="primary" onPress={pointing.follow}>
              {t("wall.follow")}
            </Button>
          )}
          <Button onPress={pointing.waveAway}>{t("wall.notAnyMore")}</Button>
        </>
      )}
    </div>
  );
}
