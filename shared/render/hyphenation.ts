// The whole module as one value: that is how Node and every bundler agree to read it.
import english from "hyphen/en-gb/index.js";
import dutch from "hyphen/nl/index.js";
import type { Language } from "../template/template.ts";
import type { Hyphenate } from "./textLayout.ts";

const softHyphen = "\u00ad";

/** Syllables by the pattern files that typesetters use. */
export function hyphenationFor(language: Language): Hyphenate {
  const { hyphenateSync } = language === "nl" ? dutch : english;
  return (word) => hyphenateSync(word, { hyphenChar: softHyphen, minWordLength: 7 }).split(softHyphen);
}
