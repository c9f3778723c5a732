import type { Language } from "../template/template.ts";
import type { Hyphenate } from "./textLayout.ts";

const softHyphen = "\u00ad";
const loaded = new Map<Language, Promise<Hyphenate>>();

/**
 * Syllables by the pattern files that typesetters use. Those of a language are loaded when they are asked for: no page
 * fetches the other one.
 */
export function hyphenationOf(language: Language): Promise<Hyphenate> {
  const found = loaded.get(language);
  if (found !== undefined) return found;
  const loading = load(language);
  loaded.set(language, loading);
  // What could not be fetched is tried again next time.
  loading.catch(() => loaded.delete(language));
  return loading;
}

async function load(language: Language): Promise<Hyphenate> {
  // The whole module as one value: that is how Node and every bundler agree to read it.
  const { default: patterns } =
    language === "nl" ? await import("hyphen/nl/index.js") : await import("hyphen/en-gb/index.js");
  return (word) =>
    patterns.hyphenateSync(word, { hyphenChar: softHyphen, minWordLength: 7 }).split(softHyphen);
}
