import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
// By its path: Node cannot ask for the file that a browser gets.
import { digest as digestOfBrowsers } from "../../../node_modules/lib0/hash/sha256.js";
import { sha256Hex } from "../../../shared/export/integrity.ts";

test("[E11] the hash in a browser and the one on the server are SHA-256", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      const expected = createHash("sha256").update(bytes).digest("hex");
      expect(sha256Hex(bytes)).toBe(expected);
      expect(Buffer.from(digestOfBrowsers(bytes)).toString("hex")).toBe(expected);
    }),
  );
});
