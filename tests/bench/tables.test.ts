import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Rounds, tableOf, writeBetween } from "./tables.ts";

/* How figures of several rounds become lines of docs/benchmarks.md. */

type Figures = { readonly ms: number | null };

function linesOf(rounds: Rounds<"ours" | "peer" | "other", Figures>): readonly string[] {
  return tableOf({
    title: "Opening",
    contestant: "product",
    rounds,
    columns: [{ title: "ready, ms", of: ({ ms }) => ms, digits: 0, better: "lower" }],
    nameOf: (name) => name,
    ours: "ours",
    beside: [{ words: "Beside the better peer", others: ["peer", "other"] }],
  });
}

test("medians stand with the least and the most, and beside the best of the others", () => {
  const times = (...all: (number | null)[]) => all.map((ms) => ({ ms }));

  const lines = linesOf(
    new Map([
      ["ours", times(30, 10, 20)],
      ["peer", times(50, 40, 60)],
      ["other", times(900, null, 800)],
    ]),
  );

  expect(lines).toContain("| ours | 20 (10–30) |");
  expect(lines).toContain("| other | 900 (800–900), 1× never |");
  expect(lines).toContain("Beside the better peer: ready × 0.40.");
});

test("who finished no round is in the table, and beside nobody there is no ratio", () => {
  const lines = linesOf(
    new Map([
      ["ours", [{ ms: 20 }]],
      ["peer", []],
    ]),
  );

  expect(lines).toContain("| ours | 20 |");
  expect(lines).toContain("| peer | did not finish |");
  expect(lines.join("\n")).not.toContain("Beside");
});

test("lines are put between their markers, and a file that lost these is left alone", () => {
  const folder = mkdtempSync(join(tmpdir(), "collaboration-tree-tables-"));
  const file = join(folder, "benchmarks.md");
  writeFileSync(file, "before\n<!-- a -->\nold\n<!-- a ends -->\nafter\n");
  const write = (name: string) =>
    writeBetween({ file, start: `<!-- ${name} -->`, end: `<!-- ${name} ends -->`, lines: ["new", "lines"] });

  write("a");

  expect(readFileSync(file, "utf8")).toBe("before\n<!-- a -->\n\nnew\nlines\n\n<!-- a ends -->\nafter\n");
  expect(() => write("b")).toThrow("lost its markers");
  rmSync(folder, { recursive: true });
});
