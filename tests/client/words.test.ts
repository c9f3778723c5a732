import { expect, test } from "vitest";
import en from "../../client/i18n/en.json" with { type: "json" };
import nl from "../../client/i18n/nl.json" with { type: "json" };
import { linesOfPaste } from "../../client/model/pastedLines.ts";
import { parseRoute } from "../../client/ui/routes.ts";
import doorn from "../../server/demo/doornTrees.json" with { type: "json" };
import { hyphenationOf } from "../../shared/render/hyphenation.ts";
import { layoutText } from "../../shared/render/textLayout.ts";
import { measureText } from "../../shared/render/textMeasure.ts";

const hyphenate = await hyphenationOf("nl");

function keysOf(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) => keysOf(inner, `${path}.${key}`));
}

test("[S4] Dutch and English say the same things, with the same blanks to fill in", () => {
  expect(keysOf(en).sort()).toEqual(keysOf(nl).sort());
  const blanks = (value: unknown) =>
    keysOf(value).length > 0
      ? JSON.stringify(value)
          .match(/\{\{\w+\}\}/g)
          ?.sort()
      : [];
  expect(blanks(en)).toEqual(blanks(nl));
});

test("[N2] pasted lines lose bullets and numbers, and keep what only looks like one", () => {
  const pasted = "- Respect\n* Vertrouwen\r\n1. Afspraken\n2) Lef\n\n  • Humor  \n3 keer per jaar\n-2 graden";

  expect(linesOfPaste(pasted)).toEqual([
    "Respect",
    "Vertrouwen",
    "Afspraken",
    "Lef",
    "Humor",
    "3 keer per jaar",
    "-2 graden",
  ]);
});

test("[J11] a key stands only behind #, and odd addresses lead nowhere", () => {
  const key = "k".repeat(32);
  expect(parseRoute({ pathname: "/board/abcdefghij012345", hash: `#${key}` })).toMatchObject({
    page: "board",
  });
  expect(parseRoute({ pathname: "/board/abcdefghij012345", hash: "" })).toEqual({ page: "unknown" });
  expect(parseRoute({ pathname: "/board/__proto__", hash: `#${key}` })).toEqual({ page: "unknown" });
  expect(parseRoute({ pathname: "/join/ABC-2d3", hash: "" })).toEqual({ page: "join", code: "abc2d3" });
});

test("[S3] every note of Doorn fits whole at a readable size, and 80 characters are not cut off", () => {
  const box = { width: 294, height: 174 };
  const texts = doorn.trees.flatMap((tree) => [...tree.roots, ...tree.wateringCan, ...tree.fruits]);

  for (const text of texts) {
    const layout = layoutText(text, box, measureText, hyphenate);
    expect(layout.height, text).toBeLessThanOrEqual(box.height);
    expect(layout.fontSize, text).toBeGreaterThanOrEqual(32);
  }
  const long = "Dat de gemeente en de vrijwilligers elkaar kennen en elkaar durven te bellen, ja";
  expect(long).toHaveLength(80);
  expect(layoutText(long, box, measureText, hyphenate).height).toBeLessThanOrEqual(box.height);
});
