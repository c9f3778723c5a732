import fonts from "./pictureFont.json" with { type: "json" };

/* The typeface of the screen at one weight, small enough to travel inside a picture. SIL Open Font License 1.1. */

/** The rules that bring the typeface along, for the characters that a text has. */
export function fontFacesFor(text: string): string {
  return Object.values(fonts)
    .filter(({ unicodeRange }) => hasAny(text, unicodeRange))
    .map(
      ({ unicodeRange, data }) =>
        `@font-face{font-family:"Atkinson Hyperlegible Next";font-weight:600;src:url(data:font/woff2;base64,${data}) format("woff2");unicode-range:${unicodeRange}}`,
    )
    .join("\n");
}

function hasAny(text: string, unicodeRange: string): boolean {
  const ranges = unicodeRange.split(",").map((range) => {
    const [first = "", last = first] = range.replace("U+", "").split("-");
    return [Number.parseInt(first, 16), Number.parseInt(last, 16)] as const;
  });
  for (const character of new Set(text)) {
    const code = character.codePointAt(0) ?? 0;
    if (ranges.some(([first, last]) => code >= first && code <= last)) return true;
  }
  return false;
}
