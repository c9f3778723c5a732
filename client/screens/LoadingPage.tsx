import type { Focus, Language } from "../../shared/template/template.ts";
import { useIsLate } from "../ui/useIsLate.ts";
import { LandscapePage } from "./LandscapePage.tsx";
import { Topline } from "./Topline.tsx";

export type LoadingPageProps = {
  readonly focus: Focus;
  readonly words: string;
  readonly onLanguage: (language: Language) => void;
};

/** Painting the drawing takes as long as most answers, and would only put off the page that they bring. */
const drawnAfterMs = 500;

/** While somebody answers: sky and soil, with words and the drawing only when it takes long enough to wonder. */
export function LoadingPage({ focus, words, onLanguage }: LoadingPageProps) {
  return (
    <LandscapePage focus={focus} isDrawn={useIsLate(drawnAfterMs)}>
      <Topline onLanguage={onLanguage} />
      <main className="loading-place">
        <p className="opening paper" role="status">
          {words}
        </p>
      </main>
    </LandscapePage>
  );
}
