import fc from "fast-check";
import { expect, test } from "vitest";
import { isShallowJson } from "../../server/relay/shallowJson.ts";

const mostDepth = 4;

/** The same answer by parsing, which is what receivers do. */
function isShallowWhenParsed(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return (value === null || typeof value === "object") && depthOf(value) <= mostDepth;
  } catch {
    return false;
  }
}

function depthOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

test("[R14] presence is JSON to the relay exactly when it is JSON to those who parse it, also with a letter changed", () => {
  const json = fc
    .json({ maxDepth: 6 })
    .chain((text) => fc.constantFrom(text, JSON.stringify(JSON.parse(text), null, "\t")));
  const letters = fc.constantFrom(...'{}[]":,\\/u0eE+-.tfn1 \n\u0001é😀');
  const edits = fc.array(fc.record({ at: fc.nat(), letter: letters, cut: fc.nat(2) }), { maxLength: 3 });
  fc.assert(
    fc.property(json, edits, (text, changes) => {
      const changed = changes.reduce((before, { at, letter, cut }) => {
        const place = at % (before.length + 1);
        return before.slice(0, place) + letter + before.slice(place + cut);
      }, text);
      expect(isShallowJson(changed, mostDepth)).toBe(isShallowWhenParsed(changed));
    }),
    { numRuns: 3_000 },
  );
});

test("[R14] presence of the forms that break parsers", () => {
  const texts = [
    "",
    " ",
    "{",
    "[1,]",
    '{"a":}',
    '{"a":1,}',
    "nul",
    "null",
    " null ",
    "[01]",
    "[-]",
    "[1.]",
    "[1e]",
    "[-0.5e+3]",
  ];
  const more = [
    '["\\u12G4"]',
    '["\\u12"]',
    '["\\x"]',
    '["\t"]',
    '[""]',
    "[[[[[]]]]]",
    "[[[[]]]]",
    "1",
    '"a"',
    "[}",
    "{]",
    "[]]",
  ];
  for (const text of [...texts, ...more]) {
    expect([text, isShallowJson(text, mostDepth)]).toEqual([text, isShallowWhenParsed(text)]);
  }
});
