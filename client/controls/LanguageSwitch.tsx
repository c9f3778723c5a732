import { useTranslation } from "react-i18next";
import { type Language, languages } from "../../shared/template/template.ts";
import { Button } from "../ui/Button.tsx";

const names: Readonly<Record<Language, string>> = { nl: "Nederlands", en: "English" };

export type LanguageSwitchProps = { readonly onSwitch: (language: Language) => void };

/** Offers the other language in its own words: someone who cannot read this one finds it. */
export function LanguageSwitch({ onSwitch }: LanguageSwitchProps) {
  const { i18n } = useTranslation();
  const others = languages.filter((language) => language !== i18n.language);
  return (
    <>
      {others.map((language) => (
        <Button key={language} look="quiet" aria-label={names[language]} onPress={() => onSwitch(language)}>
          <span lang={language} className="language-name">
            {names[language]}
          </span>
          <span className="language-code">{language.toUpperCase()}</span>
        </Button>
      ))}
    </>
  );
}
