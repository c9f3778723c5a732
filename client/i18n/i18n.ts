import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import type { Language } from "../../shared/template/template.ts";
import type nl from "./nl.json";

declare module "i18next" {
  interface CustomTypeOptions {
    resources: { translation: typeof nl };
  }
}

// One language at first; the other is there before anyone without a connection could want it.
const load = {
  nl: () => import("./nl.json"),
  en: () => import("./en.json"),
} as const;

async function bring(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, "translation")) return;
  i18next.addResourceBundle(language, "translation", (await load[language]()).default);
}

export async function startI18n(language: Language): Promise<void> {
  const resources = { [language]: { translation: (await load[language]()).default } };
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: language,
    resources,
    interpolation: { escapeValue: false },
  });
  nameLanguage(language);
}

/** Switches every word on screen without a reload. */
export async function switchLanguage(language: Language): Promise<void> {
  await bring(language);
  await i18next.changeLanguage(language);
  nameLanguage(language);
}

export function prefetchLanguages(): void {
  void bring("nl");
  void bring("en");
}

export function currentLanguage(): Language {
  return i18next.language === "en" ? "en" : "nl";
}

function nameLanguage(language: Language): void {
  document.documentElement.lang = language;
  document.title = i18next.t("common.appName");
}
