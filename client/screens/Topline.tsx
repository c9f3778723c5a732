import { useTranslation } from "react-i18next";
import type { Language } from "../../shared/template/template.ts";
import { LanguageSwitch } from "../controls/LanguageSwitch.tsx";
import { ViewButton } from "../controls/ViewButton.tsx";

/** The name of the place, and the way to the other language. */
export function Topline({ onLanguage }: { readonly onLanguage: (language: Language) => void }) {
  const { t } = useTranslation();
  return (
    <header className="topline">
      <a className="brand" href="/">
        <img src="/icon.svg" alt="" width="36" height="36" />
        {t("common.appName")}
      </a>
      <div className="topline-end">
        <LanguageSwitch onSwitch={onLanguage} />
        <ViewButton />
      </div>
    </header>
  );
}
