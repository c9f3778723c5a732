import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeMachine } from "./machine.ts";
import { peerNames, projectFolder, type ServerName, versionOf } from "./servers.ts";

/* Figures of several rounds as the tables of docs/benchmarks.md. */

/** Per server, what each round gave; a round that failed is missing. */
export type Rounds<Figures> = ReadonlyMap<ServerName, readonly Figures[]>;

export type Column<Figures> = {
  readonly title: string;
  /** Null where a server has no such figure. */
  readonly of: (figures: Figures) => number | null;
  readonly digits: number;
  /** Set where this relay is set beside the better peer: which way is better. */
  readonly better?: "lower" | "higher";
};

export type TableOptions<Figures> = {
  readonly title: string;
  readonly rounds: Rounds<Figures>;
  readonly columns: readonly Column<Figures>[];
  readonly nameOf: (name: ServerName) => string;
  /** What words say better, per server. */
  readonly remark?: { readonly title: string; readonly of: (figures: Figures) => string };
};

export function tableOf<Figures>(options: TableOptions<Figures>): readonly string[] {
  const { title, rounds, columns, nameOf, remark } = options;
  const titles = ["server", ...columns.map((column) => column.title), ...(remark ? [remark.title] : [])];
  const rows = [...rounds].map(([name, figures]) => {
    if (figures.length === 0) return [nameOf(name), "did not finish", ...titles.slice(2).map(() => "")];
    const cells = columns.map(({ of, digits }) => spreadOf(figures.map(of), digits));
    const last = figures.at(-1);
    return [nameOf(name), ...cells, ...(remark && last !== undefined ? [remark.of(last)] : [])];
  });
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const besidePeers = ratiosOf(rounds, columns, peerNames);
  const besideForward = ratiosOf(rounds, columns, ["forward"]);
  return [
    "",
    `### ${title}`,
    "",
    line(titles),
    line(titles.map(() => "---")),
    ...rows.map(line),
    ...(besidePeers.length > 0 ? ["", `This relay beside the better peer: ${besidePeers.join(", ")}.`] : []),
    ...(besideForward.length > 0 ? ["", `Beside bare forwarding: ${besideForward.join(", ")}.`] : []),
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

/** Medians of this relay over the best median of the others. */
function ratiosOf<Figures>(
  rounds: Rounds<Figures>,
  columns: readonly Column<Figures>[],
  others: readonly ServerName[],
): readonly string[] {
  return columns.flatMap(({ title, of, better }) => {
    if (better === undefined) return [];
    const medianFor = (name: ServerName) => medianOf((rounds.get(name) ?? []).map(of));
    const ours = medianFor("ours");
    const medians = others.flatMap((name) => medianFor(name) ?? []);
    if (ours === null || medians.length === 0) return [];
    const best = better === "lower" ? Math.min(...medians) : Math.max(...medians);
    return best > 0 ? [`${title.replace(/, [^,]*$/, "")} × ${(ours / best).toFixed(2)}`] : [];
  });
}

const versions = () => ({
  yWebsocketServer: `@y/websocket-server ${versionOf("yWebsocketServer", "@y/websocket-server")}`,
  hocuspocus: `Hocuspocus ${versionOf("hocuspocus", "@hocuspocus/server")} with SQLite`,
  level: `y-leveldb ${versionOf("yWebsocketServer", "y-leveldb")}`,
  yjsOfPeer: versionOf("yWebsocketServer", "yjs"),
  yjs: versionOf("hocuspocus", "yjs"),
});

/** A server in a scenario where whoever can do without a disk does without. */
export function titleOf(name: ServerName): string {
  const { yWebsocketServer, hocuspocus } = versions();
  if (name === "ours") return "this relay, saved to disk";
  if (name === "forward") return "bare `ws` that only forwards, keeps nothing";
  return name === "hocuspocus" ? hocuspocus : `${yWebsocketServer}, keeps nothing`;
}

/** A server in a scenario where everybody keeps boards on disk. */
export function keepingTitleOf(name: ServerName): string {
  const { yWebsocketServer, level } = versions();
  return name === "yWebsocketServer" ? `${yWebsocketServer} with ${level}` : titleOf(name);
}

export function headOf(rounds: number, seconds: number): readonly string[] {
  const { yWebsocketServer, hocuspocus, level, yjsOfPeer, yjs } = versions();
  return [
    `Median of ${rounds} rounds (least–most), ${seconds} s measured in each. ${describeMachine()}.`,
    `${yWebsocketServer} (yjs ${yjsOfPeer}; ${level} where boards are kept), ${hocuspocus} (yjs ${yjs}).`,
  ];
}

const reportFile = join(projectFolder, "docs/benchmarks.md");
const startMarker = "<!-- relay: written by npm run bench:relay -->";
const endMarker = "<!-- relay ends -->";

export function writeReport(lines: readonly string[]): void {
  const { before, after } = readReport();
  saveReport(before, lines, after);
}

/** Puts tables in the place of those with the same titles, and leaves the rest. */
export function replaceTables(lines: readonly string[]): void {
  const { before, between, after } = readReport();
  const made = sectionsOf(lines);
  const kept = sectionsOf(between.trim().split("\n"));
  const merged = [...kept].map(([title, section]) => made.get(title) ?? section);
  saveReport(before, merged.flat(), after);
}

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

function readReport(): { readonly before: string; readonly between: string; readonly after: string } {
  const text = readFileSync(reportFile, "utf8");
  const start = text.indexOf(startMarker);
  const end = text.indexOf(endMarker);
  if (start < 0 || end < start) throw new Error(`${reportFile} has lost its markers`);
  return {
    before: text.slice(0, start),
    between: text.slice(start + startMarker.length, end),
    after: text.slice(end),
  };
}

function saveReport(before: string, lines: readonly string[], after: string): void {
  writeFileSync(reportFile, `${before}${startMarker}\n\n${lines.join("\n").trim()}\n\n${after}`);
}
