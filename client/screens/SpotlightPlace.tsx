import { lazy, Suspense } from "react";
import type { Language } from "../../shared/template/template.ts";
import { withLaterWords } from "../i18n/i18n.ts";
import type { BoardModel } from "../model/boardModel.ts";
import { useObservable } from "../model/useObservable.ts";
import { Optional } from "../ui/Optional.tsx";

const SpotlightChip = lazy(
  withLaterWords(async () => ({ default: (await import("../controls/SpotlightChip.tsx")).SpotlightChip })),
);

export type SpotlightPlaceProps = {
  readonly model: BoardModel;
  readonly language: Language;
  /** Who presents to a room sees in the room what they point at. */
  readonly isPresenting: boolean;
};

/** Where it is said that somebody points something out; a light that moves draws nothing else anew. */
export function SpotlightPlace({ model, language, isPresenting }: SpotlightPlaceProps) {
  const spotlight = useObservable(model.pointing.shown);
  return (
    // Stays in place: screen readers hear only what comes into a place they know.
    <div role="status">
      {spotlight !== null && (spotlight.by !== null || !isPresenting) && (
        <Optional>
          <Suspense>
            <SpotlightChip model={model} language={language} shown={spotlight} />
          </Suspense>
        </Optional>
      )}
    </div>
  );
}
