const [quote, backslash] = [34, 92];
const [openBracket, closeBracket, openBrace, closeBrace] = [91, 93, 123, 125];

export type JsonTrap = "tooDeep" | "tooMany";

/**
 * What a JSON text, UTF-8, would do to whoever parses it, seen without parsing it: half a megabyte of brackets in each
 * other keeps a parser busy for half a second and overflows what walks them by recursion; ten megabytes of empty objects
 * take seconds and half a gigabyte. Null when it is harmless, or no JSON.
 */
export function trapIn(
  bytes: Uint8Array,
  most: { readonly depth: number; readonly brackets: number },
): JsonTrap | null {
  let depth = 0;
  let brackets = 0;
  let isInText = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === quote) isInText = !isInText;
    else if (isInText) {
      if (byte === backslash) at += 1;
    } else if (byte === openBracket || byte === openBrace) {
      depth += 1;
      brackets += 1;
      if (depth > most.depth) return "tooDeep";
      if (brackets > most.brackets) return "tooMany";
    } else if (byte === closeBracket || byte === closeBrace) depth -= 1;
  }
  return null;
}
