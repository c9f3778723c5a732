import { join } from "node:path";
import { describeMachine } from "../relay/machine.ts";
import { projectFolder } from "../relay/servers.ts";
import { type Column, type Rounds, tableOf, writeBetween } from "../tables.ts";
import { type ProductName, productNames, rivals, titleOf } from "./products.ts";
import { type Show, type ShowName, screen } from "./shows.ts";
import type { OpeningFigures, ShowFigures, Visit } from "./visit.ts";

/* Tables and words about boards in docs/benchmarks.md. */

export const openingColumns = {
  loaded: { title: "all notes there, ms", of: ({ loadedMs }) => loadedMs, digits: 0 },
  ready: { title: "ready, ms", of: ({ readyMs }) => readyMs, digits: 0, better: "lower" },
  scripts: { title: "scripts gzip, kB", of: ({ scripts }) => scripts.gzip / 1e3, digits: 0, better: "lower" },
  scriptsBrotli: { title: "brotli, kB", of: ({ scripts }) => scripts.brotli / 1e3, digits: 0 },
  allScripts: { title: "gzip later on, kB", of: ({ allScripts }) => allScripts.gzip / 1e3, digits: 0 },
  heapReady: { title: "heap, MB", of: ({ heapReady }) => heapReady, digits: 1, better: "lower" },
  heapAfter: { title: "heap after use, MB", of: ({ heapAfter }) => heapAfter, digits: 1 },
  resident: { title: "renderer RSS, MB", of: ({ memory }) => memory.resident, digits: 0, better: "lower" },
  shared: { title: "PSS, MB", of: ({ memory }) => memory.shared, digits: 0 },
  peak: { title: "peak RSS, MB", of: ({ memory }) => memory.peak, digits: 0 },
} satisfies Readonly<Record<string, Column<OpeningFigures>>>;

export const showColumns = {
  framesPerSecond: {
    title: "frames, 1/s",
    of: (figures) => figures.framesPerSecond,
    digits: 1,
    better: "higher",
  },
  p50: { title: "frame p50, ms", of: ({ p50 }) => p50, digits: 1 },
  p95: { title: "frame p95, ms", of: ({ p95 }) => p95, digits: 1, better: "lower" },
  missedABeat: { title: "missed a beat, %", of: ({ missedABeat }) => missedABeat * 100, digits: 1 },
  over33: { title: "over 33 ms, %", of: ({ over33 }) => over33 * 100, digits: 1 },
  mainPerFrame: {
    title: "main thread per frame, ms",
    of: (figures) => figures.mainPerFrame,
    digits: 1,
    better: "lower",
  },
  allPerFrame: {
    title: "whole browser per frame, ms",
    of: (figures) => figures.allPerFrame,
    digits: 1,
    better: "lower",
  },
  hand: { title: "hand late p95, ms", of: ({ handLateP95 }) => handLateP95, digits: 0 },
  others: { title: "others, s/s", of: ({ others }) => others, digits: 2 },
} satisfies Readonly<Record<string, Column<ShowFigures>>>;

/** All visits to boards of one size. */
export type SizeRounds = {
  readonly notes: number;
  readonly visits: Rounds<ProductName, Visit>;
};

export function openingRoundsOf({ visits }: SizeRounds): Rounds<ProductName, OpeningFigures> {
  return new Map([...visits].map(([name, made]) => [name, made.map(({ opening }) => opening)]));
}

export function showRoundsOf({ visits }: SizeRounds, show: ShowName): Rounds<ProductName, ShowFigures> {
  return new Map(
    [...visits].map(([name, made]) => [name, made.flatMap(({ shows }) => shows.get(show) ?? [])]),
  );
}

const beside = [
  { words: "This product beside the better peer", others: rivals },
  { words: "Beside the naive board", others: ["naive"] },
] as const;
const words = { contestant: "product", nameOf: titleOf, ours: "ours", beside } as const;

export function openingTableOf(size: SizeRounds): readonly string[] {
  return tableOf({
    ...words,
    title: `${size.notes} notes: opening and memory`,
    rounds: openingRoundsOf(size),
    columns: Object.values(openingColumns),
  });
}

export function showTableOf(size: SizeRounds, show: Show): readonly string[] {
  return tableOf({
    ...words,
    title: `${size.notes} notes: ${show.title}`,
    rounds: showRoundsOf(size, show.name),
    columns: Object.values(showColumns),
  });
}

export function headOf(rounds: number, seconds: number, chromium: string): readonly string[] {
  const products = productNames.map(titleOf).join(", ");
  return [
    `Median of ${rounds} rounds (least–most), ${seconds} s for each gesture, ${screen.width} × ${screen.height} CSS pixels.`,
    `${describeMachine()}, ${chromium}, without a graphics card.`,
    `${products.charAt(0).toUpperCase()}${products.slice(1)}.`,
  ];
}

export function writeReport(lines: readonly string[]): void {
  writeBetween({
    file: join(projectFolder, "docs/benchmarks.md"),
    start: "<!-- canvas: written by npm run bench:canvas -->",
    end: "<!-- canvas ends -->",
    lines,
  });
}
