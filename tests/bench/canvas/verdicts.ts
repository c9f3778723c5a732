import { bestOf, type Column, type Rounds } from "../tables.ts";
import { type ProductName, rivals } from "./products.ts";
import { openingColumns, openingRoundsOf, type SizeRounds, showColumns, showRoundsOf } from "./report.ts";
import type { Show } from "./shows.ts";
import type { ShowFigures } from "./visit.ts";

/* What the board must be able to do, asked of the medians of a run. */

export type Verdict = {
  readonly what: string;
  readonly holds: boolean;
  /** What it came to, and what it had to come to. */
  readonly figures: string;
};

const leastFramesPerSecond = 55;
/** Whole milliseconds, as people speak of frames: one beat of the screen, 16.7 ms, is 17 and two are 33. */
const mostFrameP95 = (notes: number) => (notes <= 1_000 ? 17 : 33);
const readyShareOfExcalidraw = 1 / 5;
const mostResident = 300;
const mostScriptsKb = 330;

/** Only what this run tried is judged; what it tried in vain does not hold. */
export function verdictsOf(sizes: readonly SizeRounds[], performed: readonly Show[]): readonly Verdict[] {
  return sizes
    .filter(({ visits }) => visits.has("ours"))
    .flatMap((size) => [...openingVerdictsOf(size), ...showVerdictsOf(size, performed)]);
}

function showVerdictsOf(size: SizeRounds, performed: readonly Show[]): readonly Verdict[] {
  return performed.flatMap(({ name, title }) => {
    const rounds = showRoundsOf(size, name);
    const what = `${size.notes} notes, ${title}`;
    const fps = bestOf(rounds, showColumns.framesPerSecond, ["ours"]);
    const p95 = bestOf(rounds, showColumns.p95, ["ours"]);
    if (fps === null || p95 === null) return [unfinished(what)];
    const most = mostFrameP95(size.notes);
    return [
      atLeast(`${what}: frames/s`, fps, leastFramesPerSecond, 1),
      atMost(`${what}: frame p95, ms`, Math.round(p95), most, 0),
      ...belowPeers(`${what}: main thread per frame, ms`, rounds, showColumns.mainPerFrame),
      ...belowPeers(`${what}: whole browser per frame, ms`, rounds, showColumns.allPerFrame),
    ];
  });
}

function openingVerdictsOf(size: SizeRounds): readonly Verdict[] {
  const rounds = openingRoundsOf(size);
  const what = `${size.notes} notes`;
  const ready = bestOf(rounds, openingColumns.ready, ["ours"]);
  const excalidraw = bestOf(rounds, openingColumns.ready, ["excalidraw"]);
  const resident = bestOf(rounds, openingColumns.resident, ["ours"]);
  const scripts = bestOf(rounds, openingColumns.scriptsBrotli, ["ours"]);
  if (ready === null || resident === null || scripts === null) return [unfinished(`${what}: opening`)];
  return [
    ...(excalidraw === null
      ? []
      : [
          atMost(
            `${what}: ready, ms, a fifth of Excalidraw's`,
            ready,
            excalidraw * readyShareOfExcalidraw,
            0,
          ),
        ]),
    atMost(`${what}: renderer RSS, MB`, resident, mostResident, 0),
    atMost(`${what}: scripts as they travel (Brotli), kB`, scripts, mostScriptsKb, 0),
  ];
}

const unfinished = (what: string): Verdict => ({ what, holds: false, figures: "did not finish" });

function atLeast(what: string, value: number, least: number, digits: number): Verdict {
  return { what, holds: value >= least, figures: `${value.toFixed(digits)}, at least ${least}` };
}

function atMost(what: string, value: number, most: number, digits: number): Verdict {
  return { what, holds: value <= most, figures: `${value.toFixed(digits)}, at most ${most.toFixed(digits)}` };
}

function belowPeers(
  what: string,
  rounds: Rounds<ProductName, ShowFigures>,
  column: Column<ShowFigures>,
): readonly Verdict[] {
  const own = bestOf(rounds, column, ["ours"]);
  const peer = bestOf(rounds, column, rivals);
  if (own === null || peer === null) return [];
  const figures = `${own.toFixed(1)}, below the better peer's ${peer.toFixed(1)}`;
  return [{ what, holds: own < peer, figures }];
}

export function verdictLines(verdicts: readonly Verdict[]): readonly string[] {
  const held = verdicts.filter(({ holds }) => holds).length;
  return [
    "",
    "### What was asked of it",
    "",
    `${held} of ${verdicts.length} hold.`,
    "",
    "| asked | came to | holds |",
    "| --- | --- | --- |",
    ...verdicts.map(({ what, figures, holds }) => `| ${what} | ${figures} | ${holds ? "yes" : "**no**"} |`),
  ];
}
