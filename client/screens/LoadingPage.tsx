import type { Focus, Language } from "../../shared/template/template.ts";
import { LandscapePage } from "./LandscapePage.tsx";
import { Topline } from "./Topline.tsx";

export type LoadingPageProps = {
  readonly focus: Focus;
  readonly words: string;
  readonly onLanguage: (language: Language) => void;
};

/** While somebody answers: the page as it will be, with words only when it takes long enough to wonder. */
export function LoadingPage({ focus, words, onLanguage }: LoadingPageProps) {
  return (
    <LandscapePage focus={focus}>
      <Topline onLanguage={onLanguage} />
      <main className="loading-place">
        <p className="opening paper" role="status">
          {words}
        </p>
      </main>
    </LandscapePage>
  );
}
