import glyphWidths from "./glyphWidths.json" with { type: "json" };

/*
 * Widths of text as the typeface of the screen has them, from a table, so that every screen, the server and every
 * picture break the words of a note at the same places. Kerning is left out: it changes a line by less than one in a
 * hundred. What the typeface lacks comes from whatever font a device has; for that there are averages.
 */

const widths = new Map<number, number>();
for (const [first = 0, ...run] of glyphWidths) {
  for (const [index, width] of run.entries()) widths.set(first + index, width);
}

const wide = 100;
const unknown = 55;
const unknownCapital = 66;
const averages: readonly { readonly script: RegExp; readonly width: number }[] = [
  { script: /\p{Script=Arabic}/u, width: 50 },
  { script: /\p{Script=Hebrew}/u, width: 58 },
  { script: /\p{Script=Greek}|\p{Script=Cyrillic}/u, width: 61 },
  { script: /\p{Script=Devanagari}|\p{Script=Bengali}|\p{Script=Tamil}/u, width: 62 },
];

const softHyphen = 0xad;
const joiner = 0x200d;
const isControl = (code: number) => code < 0x20 || (code >= 0x7f && code < 0xa0);
const isRegional = (code: number) => code >= 0x1f1e6 && code <= 0x1f1ff;
const isSkinTone = (code: number) => code >= 0x1f3fb && code <= 0x1f3ff;

/** The width at size 100, weight 600. */
export function measureText(text: string): number {
  let width = 0;
  let before = 0;
  /** An emoji of several characters is as wide as one: families, skin tones, flags. */
  let isOpenFlag = false;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const isSecondOfFlag: boolean = isRegional(code) && isOpenFlag;
    const isPartOfEmoji = (before === joiner && code > 0x2000) || isSkinTone(code) || isSecondOfFlag;
    if (!isPartOfEmoji) width += widthOf(code, character);
    isOpenFlag = isRegional(code) && !isSecondOfFlag;
    before = code;
  }
  return width;
}

function widthOf(code: number, character: string): number {
  if (isControl(code) || code === softHyphen) return 0;
  // Marks are in the table too, with the width they have when they stand alone.
  if (code >= 0x300 && /\p{M}|\p{Cf}/u.test(character)) return 0;
  const known = widths.get(code);
  if (known !== undefined) return known;
  if (isWide(code)) return wide;
  const average = averages.find(({ script }) => script.test(character));
  if (average !== undefined) return average.width;
  return /\p{Lu}/u.test(character) ? unknownCapital : unknown;
}

/** Chinese, Japanese, Korean, full-width forms and emoji. */
function isWide(code: number): boolean {
  if (code < 0x1100) return false;
  return (
    code <= 0x115f ||
    (code >= 0x2600 && code <= 0x27bf) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    code >= 0x1f000
  );
}
