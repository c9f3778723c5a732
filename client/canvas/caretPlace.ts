/** A place between two letters of laid-out lines. */
export type CaretPlace = { readonly line: number; readonly offset: number };

/**
 * Where a caret of the raw text stands in the lines it was laid out in: both in UTF-16 units. Laying out drops spaces
 * at the ends of lines and adds hyphens where words are broken; the caret stays beside the letter it was beside.
 */
export function caretPlace(text: string, lines: readonly string[], caret: number): CaretPlace {
  const wanted = Math.min(Math.max(caret, 0), text.length);
  let at = 0;
  let place: CaretPlace = { line: 0, offset: 0 };
  for (const [line, laid] of lines.entries()) {
    at = afterSpaces(text, at);
    if (at > wanted) return place;
    place = { line, offset: 0 };
    for (let offset = 0; offset < laid.length; offset += 1) {
      if (at >= wanted) return place;
      const isAddedHyphen = laid[offset] === "-" && offset === laid.length - 1 && text[at] !== "-";
      if (isAddedHyphen) break;
      const next = laid[offset] === " " ? afterSpaces(text, at) : at + 1;
      // Within a run of spaces that became one.
      if (next > wanted) return place;
      at = next;
      place = { line, offset: offset + 1 };
    }
    const end = afterSpaces(text, at);
    if (text[end] === "\n") {
      if (wanted <= end) return place;
      at = end + 1;
    } else if (wanted < end || end >= text.length) {
      return place;
    } else {
      at = end;
    }
  }
  return place;
}

/** The first place from `from` on that is no space within a line. */
function afterSpaces(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== "\n" && /\s/.test(text[at] ?? "")) at += 1;
  return at;
}
