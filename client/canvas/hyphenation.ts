import { hyphenateSync as hyphenateEnglish } from "hyphen/en-gb";
import { hyphenateSync as hyphenateDutch } from "hyphen/nl";
import type { Hyphenate } from "../../shared/render/textLayout.ts";
import type { Language } from "../../shared/template/template.ts";

const softHyphen = "\u00ad";

/** Syllables by the pattern files that typesetters use. */
export function hyphenationFor(language: Language): Hyphenate {
  const split = language === "nl" ? hyphenateDutch : hyphenateEnglish;
  return (word) => split(word, { hyphenChar: softHyphen, minWordLength: 7 }).split(softHyphen);
}
