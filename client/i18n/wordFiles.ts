import type { Language } from "../../shared/template/template.ts";

/** The files of each language: what a first look needs, and what is there before anyone without a connection wants it. */
export const wordFiles = {
  nl: { first: () => import("./nl.json?first"), later: () => import("./nl.json?later") },
  en: { first: () => import("./en.json?first"), later: () => import("./en.json?later") },
} as const;

/** Until somebody chooses another one. */
export function browserLanguage(): Language {
  return navigator.language.startsWith("nl") ? "nl" : "en";
}
