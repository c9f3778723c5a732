/** How much of a note is drawn: paper and all, lines where words would be too small to read, paper only, a square. */
export type Detail = "words" | "lines" | "flat" | "block";

/** CSS pixels below which words are a smear, and lines too. */
const smallestWordsPx = 6;
const smallestLinesPx = 3;
const smallestPaperPx = 24;

/** `scale` in CSS pixels per world unit; sizes in world units. */
export function detailOf(scale: number, noteWidth: number, fontSize: number): Detail {
  if (noteWidth * scale < smallestPaperPx) return "block";
  if (fontSize * scale >= smallestWordsPx) return "words";
  return fontSize * scale >= smallestLinesPx ? "lines" : "flat";
}

/** Paper is never quite straight, where that can be seen. */
export function isTiltSeen(scale: number): boolean {
  return scale > 0.14;
}
