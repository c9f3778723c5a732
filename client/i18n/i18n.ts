import i18next, { type TFunction } from "i18next";
import { initReactI18next } from "react-i18next";
import { type Language, languages } from "../../shared/template/template.ts";
import type nl from "./nl.json";
import { wordFiles } from "./wordFiles.ts";

declare module "i18next" {
  interface CustomTypeOptions {
    resources: { translation: typeof nl };
  }
}

async function bring(language: Language, part: "first" | "later"): Promise<void> {
  const words = (await wordFiles[language][part]()).default;
  i18next.addResourceBundle(language, "translation", words, true, true);
}

/** Loads a part of a page together with the words that it shows. */
export function withLaterWords<Part>(loadPart: () => Promise<Part>): () => Promise<Part> {
  return async () => {
    // Without a connection a part that is here already is worth more than its words.
    const words = bring(currentLanguage(), "later").catch(() => undefined);
    const [part] = await Promise.all([loadPart(), words]);
    return part;
  };
}

/** Rejects when there are no words at all; without those of this language the page begins with another. */
export async function startI18n(wanted: Language): Promise<void> {
  const [language, words] = await firstWords(wanted);
  const resources = { [language]: { translation: words } };
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: language,
    resources,
    interpolation: { escapeValue: false },
  });
  nameLanguage(language);
}

async function firstWords(wanted: Language) {
  const others = languages.filter((language) => language !== wanted);
  let failure: unknown = null;
  for (const language of [wanted, ...others]) {
    try {
      return [language, (await wordFiles[language].first()).default] as const;
    } catch (error) {
      failure ??= error;
    }
  }
  throw failure;
}

/** Switches every word on screen without a reload. */
export async function switchLanguage(language: Language): Promise<void> {
  await Promise.all([bring(language, "first"), bring(language, "later")]);
  await i18next.changeLanguage(language);
  nameLanguage(language);
}

/** The words of another language than the page's own, for what will stand on a board in that language. */
export async function wordsIn(language: Language): Promise<TFunction> {
  await bring(language, "later");
  return i18next.getFixedT(language);
}

export function prefetchLanguages(): void {
  for (const language of languages) {
    for (const part of ["first", "later"] as const) bring(language, part).catch(() => undefined);
  }
}

export function currentLanguage(): Language {
  return i18next.language === "en" ? "en" : "nl";
}

function nameLanguage(language: Language): void {
  document.documentElement.lang = language;
  document.title = i18next.t("common.appName");
}
