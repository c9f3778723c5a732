/** The lines of a pasted text as notes: blank lines dropped, bullets and numbers at the start taken off. */
export function linesOfPaste(text: string): readonly string[] {
  return text
    .split(/\r\n?|\n/)
    .map((line) =>
      line
        .trim()
        .replace(/^(?:[-*•–—·▪◦‣]|\d{1,3}[.)])(?:\s+|$)/u, "")
        .trim(),
    )
    .filter((line) => line !== "");
}
