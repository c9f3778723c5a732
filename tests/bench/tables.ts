import { readFileSync, writeFileSync } from "node:fs";

/* Figures of several rounds as tables of docs/benchmarks.md. */

/** Per contestant, what each round gave; a round that failed is missing. */
export type Rounds<Name extends string, Figures> = ReadonlyMap<Name, readonly Figures[]>;

export type Column<Figures> = {
  readonly title: string;
  /** Null where a contestant has no such figure. */
  readonly of: (figures: Figures) => number | null;
  readonly digits: number;
  /** Set where ours is set beside others: which way is better. */
  readonly better?: "lower" | "higher";
};

export type TableOptions<Name extends string, Figures> = {
  readonly title: string;
  /** What stands in the first column. */
  readonly contestant: string;
  readonly rounds: Rounds<Name, Figures>;
  readonly columns: readonly Column<Figures>[];
  readonly nameOf: (name: Name) => string;
  readonly ours: Name;
  /** Sentences under the table: ours over the best median of these. */
  readonly beside: readonly { readonly words: string; readonly others: readonly Name[] }[];
  /** What words say better, per contestant. */
  readonly remark?: { readonly title: string; readonly of: (figures: Figures) => string };
};

export function tableOf<Name extends string, Figures>(
  options: TableOptions<Name, Figures>,
): readonly string[] {
  const { title, contestant, rounds, columns, nameOf, ours, beside, remark } = options;
  const titles = [contestant, ...columns.map((column) => column.title), ...(remark ? [remark.title] : [])];
  const rows = [...rounds].map(([name, figures]) => {
    if (figures.length === 0) return [nameOf(name), "did not finish", ...titles.slice(2).map(() => "")];
    const cells = columns.map(({ of, digits }) => spreadOf(figures.map(of), digits));
    const last = figures.at(-1);
    return [nameOf(name), ...cells, ...(remark && last !== undefined ? [remark.of(last)] : [])];
  });
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const sentences = beside.flatMap(({ words, others }) => {
    const ratios = ratiosOf({ rounds, columns, ours, others });
    return ratios.length > 0 ? ["", `${words}: ${ratios.join(", ")}.`] : [];
  });
  return [
    "",
    `### ${title}`,
    "",
    line(titles),
    line(titles.map(() => "---")),
    ...rows.map(line),
    ...sentences,
  ];
}

/** Median with the least and the most; a round in which it never came counts as the worst. */
function spreadOf(values: readonly (number | null)[], digits: number): string {
  const known = values.flatMap((value) => value ?? []).sort((a, b) => a - b);
  const median = medianOf(values);
  const [least] = known;
  const most = known.at(-1);
  if (least === undefined || most === undefined) return "–";
  const range = values.length > 1 ? ` (${least.toFixed(digits)}–${most.toFixed(digits)})` : "";
  const never = values.length - known.length;
  return `${median?.toFixed(digits) ?? "never"}${range}${never > 0 ? `, ${never}× never` : ""}`;
}

function medianOf(values: readonly (number | null)[]): number | null {
  const worst = Number.POSITIVE_INFINITY;
  const sorted = values.map((value) => value ?? worst).sort((a, b) => a - b);
  const median = sorted[Math.floor((sorted.length - 1) / 2)] ?? worst;
  return Number.isFinite(median) ? median : null;
}

/** The best median of these; null when none of them finished. */
export function bestOf<Name extends string, Figures>(
  rounds: Rounds<Name, Figures>,
  { of, better }: Pick<Column<Figures>, "of" | "better">,
  names: readonly Name[],
): number | null {
  const medians = names.flatMap((name) => medianOf((rounds.get(name) ?? []).map(of)) ?? []);
  if (medians.length === 0) return null;
  return better === "higher" ? Math.max(...medians) : Math.min(...medians);
}

function ratiosOf<Name extends string, Figures>(options: {
  readonly rounds: Rounds<Name, Figures>;
  readonly columns: readonly Column<Figures>[];
  readonly ours: Name;
  readonly others: readonly Name[];
}): readonly string[] {
  const { rounds, columns, ours, others } = options;
  return columns.flatMap((column) => {
    if (column.better === undefined) return [];
    const own = bestOf(rounds, column, [ours]);
    const best = bestOf(rounds, column, others);
    if (own === null || best === null || best <= 0) return [];
    return [`${column.title.replace(/, [^,]*$/, "")} × ${(own / best).toFixed(2)}`];
  });
}

/** Puts lines between the two comments of a file that say where they belong. */
export function writeBetween(between: Between): void {
  const { before, after } = readAround(between);
  saveAround(between, before, between.lines, after);
}

/** Puts tables in the place of those with the same titles, and leaves the rest. */
export function replaceTablesBetween(between: Between): void {
  const { before, inside, after } = readAround(between);
  const made = sectionsOf(between.lines);
  const kept = sectionsOf(inside.trim().split("\n"));
  const merged = [...kept].map(([title, section]) => made.get(title) ?? section);
  saveAround(between, before, merged.flat(), after);
}

export type Between = {
  readonly file: string;
  readonly start: string;
  readonly end: string;
  readonly lines: readonly string[];
};

/** What stands before the first title has none. */
function sectionsOf(lines: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const sections = new Map<string, string[]>();
  let section: string[] = [];
  for (const line of lines) {
    if (line.startsWith("### ") || sections.size === 0) {
      section = [];
      sections.set(line.startsWith("### ") ? line : "", section);
    }
    section.push(line);
  }
  return sections;
}

type Around = { readonly before: string; readonly inside: string; readonly after: string };

function readAround({ file, start, end }: Between): Around {
  const text = readFileSync(file, "utf8");
  const startAt = text.indexOf(start);
  const endAt = text.indexOf(end);
  if (startAt < 0 || endAt < startAt) throw new Error(`${file} has lost its markers`);
  return {
    before: text.slice(0, startAt),
    inside: text.slice(startAt + start.length, endAt),
    after: text.slice(endAt),
  };
}

function saveAround({ file, start }: Between, before: string, lines: readonly string[], after: string): void {
  writeFileSync(file, `${before}${start}\n\n${lines.join("\n").trim()}\n\n${after}`);
}
