import fc from "fast-check";
import { expect, test } from "vitest";
import { trapIn } from "../../server/exporting/jsonTraps.ts";

const most = { depth: 4, brackets: 50 };
const trapInText = (text: string) => trapIn(new TextEncoder().encode(text), most);

test("[J22] brackets in each other, or very many, are seen without parsing them", () => {
  expect(trapInText("[[[[]]]]")).toBeNull();
  expect(trapInText("[[[[[]]]]]")).toBe("tooDeep");
  expect(trapInText(`[${"{},".repeat(48)}{}]`)).toBeNull();
  expect(trapInText(`[${"{},".repeat(49)}{}]`)).toBe("tooMany");
  expect(trapInText(JSON.stringify(["[[[[[[", '"[[[[[[\\', "\\"]))).toBeNull();
});

test("[J22] it agrees with what a parser finds, whatever stands in the texts", () => {
  const depthOf = (value: unknown): number =>
    typeof value === "object" && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
  let deep = 0;
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 7 }), (value) => {
      const text = JSON.stringify(value);
      const isDeep = depthOf(value) > 2;
      if (isDeep) deep += 1;
      const trap = trapIn(new TextEncoder().encode(text), { depth: 2, brackets: 1_000_000 });
      expect(trap).toBe(isDeep ? "tooDeep" : null);
    }),
    { numRuns: 300 },
  );
  expect(deep).toBeGreaterThan(3);
});
