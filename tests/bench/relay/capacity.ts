import { type FanOutFigures, measureFanOut, othersShareOf } from "./fanOut.ts";
import type { ServerName } from "./servers.ts";

/*
 * How many people one board can have: upwards in coarse steps until a server no longer holds them, then between the
 * last two to about eight percent.
 */

export type Capacity = {
  /** The highest number that was held. */
  readonly held: number;
  readonly atHeld: FanOutFigures | null;
  /** The lowest that was not, and why; null when even the highest that is tried was held. */
  readonly failed: { readonly clients: number; readonly reason: string } | null;
  /** Who else was at their limit in that run: then the server may hold more. */
  readonly alsoFull: "the load" | "others on this machine" | null;
};

export const quickEditMs = 100;
const fullLoadCore = 0.9;
/** Of a core, by processes that are no part of this. */
const tooMuchByOthers = 0.25;
const closeEnough = 1.08;
const warmUpSeconds = 2;
const mostClients = 1_500;
const fewestClients = 8;

export type CapacityOptions = {
  readonly name: ServerName;
  readonly seconds: number;
  /** Where to begin, and by how much to grow: a later round knows about where to look. */
  readonly start: number;
  readonly step: number;
  readonly onRun: (clients: number, figures: FanOutFigures, failure: string | null) => void;
};

export async function findCapacity({
  name,
  seconds,
  start,
  step,
  onRun,
}: CapacityOptions): Promise<Capacity> {
  let held: { readonly clients: number; readonly figures: FanOutFigures } | null = null;
  let failed: Capacity["failed"] = null;
  let alsoFull: Capacity["alsoFull"] = null;
  let next: number | null = start;
  while (next !== null) {
    const clients: number = next;
    const figures = await measureFanOut({ name, clients, boards: 1, seconds, warmUpSeconds });
    const reason = failureOf(figures);
    onRun(clients, figures, reason);
    if (reason === null) held = { clients, figures };
    else {
      failed = { clients, reason };
      alsoFull = othersShareOf(figures) > tooMuchByOthers ? "others on this machine" : null;
      if (alsoFull === null && figures.loadCore > fullLoadCore) alsoFull = "the load";
    }
    next = nextTry(held?.clients ?? null, failed?.clients ?? null, step);
  }
  return { held: held?.clients ?? 0, atHeld: held?.figures ?? null, failed, alsoFull };
}

function nextTry(held: number | null, failed: number | null, step: number): number | null {
  if (failed === null) {
    const higher = Math.ceil((held ?? fewestClients) * step);
    return higher > mostClients ? null : higher;
  }
  if (held === null) {
    const lower = Math.floor(failed / step);
    return lower < fewestClients ? null : lower;
  }
  return failed / held <= closeEnough ? null : Math.round(Math.sqrt(held * failed));
}

/** Why a server does not hold so many; null when it does. */
function failureOf(figures: FanOutFigures): string | null {
  if (figures.closed > 0) return `${figures.closed} cut off`;
  const missed = figures.missedByReaders + figures.missedByNewcomers;
  if (missed > 0) return `${missed} edits missing`;
  if (figures.editP99 === null) return "no edit came";
  if (figures.editP99 >= quickEditMs) return `edit p99 ${figures.editP99.toFixed(0)} ms`;
  return null;
}
