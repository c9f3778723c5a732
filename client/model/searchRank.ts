/*
 * Searching as people type: without accents and capitals, words in any order, beginnings first, and forgiving of
 * letters left out.
 */

/** 0 is nothing alike; more is better. */
export function searchRank(text: string, query: string): number {
  const wanted = wordsOf(query);
  if (wanted.length === 0) return 1;
  const plain = plainOf(text);
  const words = wordsOf(text);
  let sum = 0;
  for (const word of wanted) {
    const rank = rankOfWord(plain, words, word);
    if (rank === 0) return 0;
    sum += rank;
  }
  return sum / wanted.length;
}

export type Ranked<T> = { readonly item: T; readonly rank: number };

/** The best first, in their own order where they are alike. */
export function search<T>(items: Iterable<T>, textOf: (item: T) => string, query: string): readonly T[] {
  const found: Ranked<T>[] = [];
  for (const item of items) {
    const rank = searchRank(textOf(item), query);
    if (rank > 0) found.push({ item, rank });
  }
  return found.sort((a, b) => b.rank - a.rank).map(({ item }) => item);
}

function rankOfWord(plain: string, words: readonly string[], wanted: string): number {
  if (words[0]?.startsWith(wanted)) return 8;
  if (words.some((word) => word.startsWith(wanted))) return 6;
  if (plain.includes(wanted)) return 4;
  // Of two letters nearly everything has both.
  return wanted.length > 2 && words.some((word) => hasInOrder(word, wanted)) ? 1 : 0;
}

function hasInOrder(word: string, letters: string): boolean {
  if (word.charAt(0) !== letters.charAt(0)) return false;
  let from = 0;
  for (const letter of letters) {
    const at = word.indexOf(letter, from);
    if (at === -1) return false;
    from = at + letter.length;
  }
  return true;
}

function plainOf(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function wordsOf(text: string): readonly string[] {
  return plainOf(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}
