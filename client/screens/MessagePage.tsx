import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Language } from "../../shared/template/template.ts";
import { LandscapePage } from "./LandscapePage.tsx";
import { Topline } from "./Topline.tsx";

export type MessagePageProps = {
  readonly message: string;
  readonly onLanguage: (language: Language) => void;
  readonly children?: ReactNode;
};

/** One sentence, and a way on. */
export function MessagePage({ message, onLanguage, children }: MessagePageProps) {
  const { t } = useTranslation();
  return (
    <LandscapePage focus="individual">
      <Topline onLanguage={onLanguage} />
      <main className="centre-sheet message-place">
        <section className="sheet paper">
          <h1 className="message-title">{message}</h1>
          <div className="row">
            {children}
            <a className={children === undefined ? "button primary" : "button"} href="/">
              {t("common.toHome")}
            </a>
          </div>
        </section>
      </main>
    </LandscapePage>
  );
}
