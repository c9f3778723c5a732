import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import type { Language } from "../../shared/template/template.ts";
import en from "./en.json" with { type: "json" };
import nl from "./nl.json" with { type: "json" };

declare module "i18next" {
  interface CustomTypeOptions {
    resources: { translation: typeof nl };
  }
}

/** Both languages are bundled: switching needs neither the network nor a reload. */
export async function startI18n(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: "nl",
    resources: { nl: { translation: nl }, en: { translation: en } },
    interpolation: { escapeValue: false },
  });
  nameLanguage(language);
}

export async function switchLanguage(language: Language): Promise<void> {
  await i18next.changeLanguage(language);
  nameLanguage(language);
}

export function currentLanguage(): Language {
  return i18next.language === "en" ? "en" : "nl";
}

function nameLanguage(language: Language): void {
  document.documentElement.lang = language;
  document.title = i18next.t("common.appName");
}
