import { expect, test } from "vitest";
import { canonicalJson } from "../../../shared/export/canonicalJson.ts";

test("[E11] the example of RFC 8785 gets the form that RFC 8785 gives", () => {
  const value = {
    numbers: [Number("333333333.33333329"), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
    string: '\u20ac$\u000f\nA\'B"\\\\"/',
    literals: [null, true, false],
  };

  expect(canonicalJson(value)).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
});

test("[E11] keys are sorted by UTF-16 code unit at every depth", () => {
  const value = { "\ufb33": 1, "😂": 2, é: 3, "10": 4, "1": 5, z: { b: 1, a: 2 } };

  expect(canonicalJson(value)).toBe('{"1":5,"10":4,"z":{"a":2,"b":1},"é":3,"😂":2,"\ufb33":1}');
});

test("[E11] what JSON has no form for is a bug, not a guess", () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, undefined, "\ud800", { a: undefined }]) {
    expect(() => canonicalJson(value)).toThrow();
  }
});

test("[E11] minus zero is written as zero", () => {
  expect(canonicalJson([-0])).toBe("[0]");
});
