import { hyphenationOf } from "../../shared/render/hyphenation.ts";
import type { Hyphenate } from "../../shared/render/textLayout.ts";
import type { Language } from "../../shared/template/template.ts";
import { createLater, type Later } from "../model/later.ts";

const known = new Map<Language, Later<Hyphenate>>();
const wholeWords: Hyphenate = (word) => [word];

/**
 * How the canvas breaks long words. Where the patterns cannot be fetched they are broken where the paper ends: better
 * than no tree.
 */
export function syllablesOf(language: Language): Later<Hyphenate> {
  const found = known.get(language);
  if (found !== undefined) return found;
  const syllables = createLater(() => hyphenationOf(language).catch(() => wholeWords));
  known.set(language, syllables);
  return syllables;
}
