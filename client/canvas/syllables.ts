import { hyphenationOf } from "../../shared/render/hyphenation.ts";
import type { Hyphenate } from "../../shared/render/textLayout.ts";
import type { Language } from "../../shared/template/template.ts";

const asked = new Map<Language, Promise<Hyphenate>>();
const wholeWords: Hyphenate = (word) => [word];

/**
 * How the canvas breaks long words, the same promise each time. Where the patterns cannot be fetched they are broken
 * where the paper ends: better than no tree.
 */
export function syllablesOf(language: Language): Promise<Hyphenate> {
  const found = asked.get(language);
  if (found !== undefined) return found;
  const syllables = hyphenationOf(language).catch(() => wholeWords);
  asked.set(language, syllables);
  return syllables;
}
