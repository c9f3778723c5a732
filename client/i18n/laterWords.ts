/*
 * Words that a first look at a board, on a phone above all, does not need. The build puts them in a file of their own
 * (see vite.config.ts), which comes with the first part of a page that wants them.
 */

const laterNamespaces = [
  "home",
  "workshop",
  "announce",
  "pictures",
  "wall",
  "hands",
  "palette",
  "shortcuts",
] as const;

/** Of those, what stands on the board from the beginning. */
const neededAtOnce: readonly string[] = ["wall.present", "announce.feed", "workshop.unlock"];

type Words = { readonly [key: string]: string | Words };

/** The words of one language in two parts, of which every word is in one. */
export function wordsInTwoParts(words: Words): { readonly first: Words; readonly later: Words } {
  const isLater = (namespace: string) => laterNamespaces.some((name) => name === namespace);
  const pick = (wanted: "first" | "later"): Words =>
    Object.fromEntries(
      Object.entries(words).flatMap(([namespace, entry]) => {
        if (!isLater(namespace) || typeof entry === "string")
          return wanted === "first" ? [[namespace, entry]] : [];
        const kept = Object.entries(entry).filter(
          ([key]) => neededAtOnce.includes(`${namespace}.${key}`) === (wanted === "first"),
        );
        return kept.length === 0 ? [] : [[namespace, Object.fromEntries(kept)]];
      }),
    );
  return { first: pick("first"), later: pick("later") };
}
