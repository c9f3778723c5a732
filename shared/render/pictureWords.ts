import type { Voice } from "../board/note.ts";
import type { Language, Words } from "../template/template.ts";

/* The few words that a picture has besides those of the group and the template: they travel with it. */

export const voiceWords: Readonly<Record<Exclude<Voice, "unspecified">, Words>> = {
  formal: { nl: "Formeel", en: "Formal" },
  informal: { nl: "Informeel", en: "Informal" },
  both: { nl: "Allebei", en: "Both" },
};

export const highlightWords: Words = { nl: "Hierover vertelt de groep", en: "The group tells about this" };
export const dotsWords: Words = { nl: "Stippen van de groep", en: "Dots of the group" };
export const themeWords: Words = { nl: "Thema", en: "Theme" };

export function noteCountWords(count: number, language: Language): string {
  if (language === "nl") return count === 1 ? "1 briefje" : `${count} briefjes`;
  return count === 1 ? "1 note" : `${count} notes`;
}

/** Of notes whose writers do not want them in what leaves the board. */
export function leftOutWords(count: number, language: Language): string {
  if (language === "nl") {
    return count === 1
      ? "1 briefje staat hier niet op. Dat wilde wie het schreef."
      : `${count} briefjes staan hier niet op. Dat wilde wie ze schreef.`;
  }
  return count === 1
    ? "1 note is not shown here. Its writer chose so."
    : `${count} notes are not shown here. Their writers chose so.`;
}

const months: Readonly<Record<Language, readonly string[]>> = {
  nl: [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
  ],
  en: [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
  ],
};

/** An ISO date in words; never by a locale, which differs from machine to machine. */
export function dateWords(date: string, language: Language): string {
  const [year = "", month = "", day = ""] = date.slice(0, 10).split("-");
  const name = months[language][Number(month) - 1];
  return name === undefined ? date : `${Number(day)} ${name} ${Number(year)}`;
}
