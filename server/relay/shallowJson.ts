/*
 * Presence is handed on as it came, twenty times a second from everybody, so it is looked at and not parsed: what others
 * parse must be JSON, or it would hurt them, and shallow, or encoding it again would overflow their stack.
 */

const [tab, newline, carriageReturn, space] = [9, 10, 13, 32];
const [quote, plus, comma, minus, point, digit0, digit9, colon] = [34, 43, 44, 45, 46, 48, 57, 58];
const [openBracket, backslash, closeBracket, openBrace, closeBrace] = [91, 92, 93, 123, 125];
const [letterE, smallE, smallN, smallU] = [69, 101, 110, 117];
const escapes = new Set(Array.from('"\\/bfnrt', (letter) => letter.charCodeAt(0)));
const hexDigits = /^[0-9a-fA-F]{4}$/;
/** What follows does not belong here. */
const nowhere = -1;
/** Kinds of open brackets are kept as bits of one number. */
const mostDepth = 30;

/** True for an object, an array or null, as JSON.parse takes it, with at most so many brackets open at a time (up to 30). */
export function isShallowJson(text: string, maxDepth: number): boolean {
  const limit = Math.min(maxDepth, mostDepth);
  let depth = 0;
  let objects = 0;
  let at = afterSpace(text, 0);
  const first = text.charCodeAt(at);
  if (first !== openBrace && first !== openBracket && first !== smallN) return false;
  while (at !== nowhere) {
    const code = text.charCodeAt(at);
    if (code === openBrace || code === openBracket) {
      depth += 1;
      if (depth > limit) return false;
      const isObject = code === openBrace;
      objects = isObject ? objects | (1 << depth) : objects & ~(1 << depth);
      at = afterSpace(text, at + 1);
      const isEmpty = text.charCodeAt(at) === (isObject ? closeBrace : closeBracket);
      if (!isEmpty) {
        if (isObject) at = afterKey(text, at);
        continue;
      }
    } else {
      at = afterScalar(text, at);
      if (at === nowhere) return false;
      if (depth === 0) return afterSpace(text, at) === text.length;
      at = afterSpace(text, at);
    }
    // After a value, or at the end of an empty one.
    for (;;) {
      const isObject = (objects & (1 << depth)) !== 0;
      const next = text.charCodeAt(at);
      if (next === comma) {
        at = afterSpace(text, at + 1);
        if (isObject) at = afterKey(text, at);
        break;
      }
      if (next !== (isObject ? closeBrace : closeBracket)) return false;
      depth -= 1;
      at = afterSpace(text, at + 1);
      if (depth === 0) return at === text.length;
    }
  }
  return false;
}

function afterSpace(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== space && code !== newline && code !== carriageReturn && code !== tab) return at;
    at += 1;
  }
}

/** Behind a key and its colon. */
function afterKey(text: string, from: number): number {
  if (text.charCodeAt(from) !== quote) return nowhere;
  const end = afterString(text, from);
  if (end === nowhere) return nowhere;
  const at = afterSpace(text, end);
  return text.charCodeAt(at) === colon ? afterSpace(text, at + 1) : nowhere;
}

function afterScalar(text: string, from: number): number {
  const code = text.charCodeAt(from);
  if (code === quote) return afterString(text, from);
  if (code === minus || isDigit(code)) return afterNumber(text, from);
  for (const word of ["true", "false", "null"]) if (text.startsWith(word, from)) return from + word.length;
  return nowhere;
}

function afterString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) return at + 1;
    if (code < space) return nowhere;
    if (code !== backslash) continue;
    at += 1;
    const escaped = text.charCodeAt(at);
    if (escaped === smallU) {
      if (!hexDigits.test(text.slice(at + 1, at + 5))) return nowhere;
      at += 4;
    } else if (!escapes.has(escaped)) return nowhere;
  }
  return nowhere;
}

function afterNumber(text: string, from: number): number {
  let at = text.charCodeAt(from) === minus ? from + 1 : from;
  if (text.charCodeAt(at) === digit0) at += 1;
  else {
    at = afterDigits(text, at);
    if (at === nowhere) return nowhere;
  }
  if (text.charCodeAt(at) === point) {
    at = afterDigits(text, at + 1);
    if (at === nowhere) return nowhere;
  }
  const exponent = text.charCodeAt(at);
  if (exponent !== smallE && exponent !== letterE) return at;
  const sign = text.charCodeAt(at + 1);
  return afterDigits(text, sign === plus || sign === minus ? at + 2 : at + 1);
}

/** At least one. */
function afterDigits(text: string, from: number): number {
  let at = from;
  while (isDigit(text.charCodeAt(at))) at += 1;
  return at > from ? at : nowhere;
}

const isDigit = (code: number) => code >= digit0 && code <= digit9;
