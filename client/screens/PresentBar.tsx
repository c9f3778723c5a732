import {
  ChevronLeft,
  ChevronRight,
  Flashlight,
  FlashlightOff,
  QrCode,
  Star,
  TreeDeciduous,
  X,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import { type Language, zoneOf } from "../../shared/template/template.ts";
import type { BoardModel } from "../model/boardModel.ts";
import { IconButton, SwitchButton } from "../ui/Button.tsx";
import { useLook } from "../ui/LookProvider.tsx";
import { ZonePicture } from "../ui/pictures.tsx";
import type { PresentMove, PresentStep } from "./presentSteps.ts";

export type CodeSize = "small" | "large" | "hidden";

export type PresentBarProps = {
  readonly model: BoardModel;
  readonly language: Language;
  readonly steps: readonly PresentStep[];
  readonly step: PresentStep;
  readonly onMove: (move: PresentMove) => void;
  readonly onStep: (step: PresentStep) => void;
  readonly isPointing: boolean;
  /** `null` for who may only look. */
  readonly onPoint: (() => void) | null;
  /** `null` while there is no code to show. */
  readonly code: CodeSize | null;
  readonly onCode: () => void;
  readonly onLeave: () => void;
};

/** Everything a presenter needs, out of the way until something moves; on a phone only the way on, back and out. */
export function PresentBar(props: PresentBarProps) {
  const { model, language, steps, step, onMove, onStep, isPointing, onPoint, code, onCode, onLeave } = props;
  const { t } = useTranslation();
  const isNarrow = useLook().room === "narrow";
  const index = steps.findIndex(({ id }) => id === step.id);
  // One button for a zone, however many parts it has.
  const marks = steps.filter((candidate) => candidate.kind !== "zone" || candidate.part === 1);
  return (
    <nav className="present-bar paper" aria-label={t("wall.controls")}>
      <IconButton
        label={t("wall.previous")}
        icon={<ChevronLeft aria-hidden="true" className="flips" />}
        isDisabled={index <= 0}
        onPress={() => onMove("previous")}
      />
      {isNarrow ? (
        <span className="present-part">{t("wall.stepOf", { number: index + 1, total: steps.length })}</span>
      ) : (
        <>
          <ol aria-label={t("wall.steps")}>
            {marks.map((mark) => (
              <li key={mark.id}>
                <IconButton
                  label={markWords(mark)}
                  icon={<MarkPicture mark={mark} />}
                  {...(isSamePlace(mark, step) ? { "aria-current": "step" as const } : {})}
                  onPress={() => onStep(mark)}
                />
              </li>
            ))}
          </ol>
          {step.kind === "zone" && step.parts > 1 && (
            <span className="present-part">{t("wall.part", { part: step.part, parts: step.parts })}</span>
          )}
        </>
      )}
      <IconButton
        label={t("wall.next")}
        icon={<ChevronRight aria-hidden="true" className="flips" />}
        isDisabled={index === steps.length - 1}
        onPress={() => onMove("next")}
      />
      <div className="present-extra">
        {onPoint !== null && !isNarrow && (
          <SwitchButton
            aria-label={isPointing ? t("wall.pointStop") : t("wall.point")}
            icon={isPointing ? <FlashlightOff aria-hidden="true" /> : <Flashlight aria-hidden="true" />}
            isSelected={isPointing}
            onChange={onPoint}
          />
        )}
        {code !== null && !isNarrow && (
          <IconButton
            label={
              { hidden: t("wall.codeShow"), small: t("wall.codeLarge"), large: t("wall.codeHide") }[code]
            }
            icon={<QrCode aria-hidden="true" />}
            onPress={onCode}
          />
        )}
        <IconButton label={t("wall.leave")} icon={<X aria-hidden="true" />} onPress={onLeave} />
      </div>
    </nav>
  );

  function markWords(mark: PresentStep): string {
    if (mark.kind === "tree") return t("wall.wholeTree");
    if (mark.kind === "zone") return zoneOf(model.template, mark.zone).title[language];
    return t("wall.highlightOf", { number: mark.number, total: mark.total });
  }
}

function MarkPicture({ mark }: { readonly mark: PresentStep }) {
  if (mark.kind === "tree") return <TreeDeciduous aria-hidden="true" />;
  if (mark.kind === "zone") return <ZonePicture zone={mark.zone} size={26} />;
  return <Star aria-hidden="true" />;
}

function isSamePlace(mark: PresentStep, step: PresentStep): boolean {
  return mark.kind === "zone" && step.kind === "zone" ? mark.zone === step.zone : mark.id === step.id;
}
