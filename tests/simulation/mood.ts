import type { Limits } from "../../server/settings.ts";
import type { Random } from "./random.ts";

/** What may go wrong in a history, besides that people work. */
export const troubles = [
  "cut",
  "halfOpen",
  "reload",
  "deviceLost",
  "crash",
  "restart",
  "slowDisk",
  "fullDisk",
  "unreadableDisk",
  "lock",
  "everybodyLeaves",
] as const;
export type Trouble = (typeof troubles)[number];

/**
 * Each history has its own mix: most troubles often, some, or none at all. All of everything everywhere would hide
 * what only shows when, say, nothing but the disk is slow.
 */
export type Mood = {
  readonly devices: number;
  readonly boards: number;
  readonly steps: number;
  readonly weightOf: (trouble: Trouble) => number;
  /** How many messages arrive between two steps: below one the network is congested. */
  readonly deliveries: number;
  readonly limits: Partial<Limits>;
};

const weights: Readonly<Record<Trouble, number>> = {
  cut: 6,
  halfOpen: 3,
  reload: 3,
  deviceLost: 1,
  crash: 2,
  restart: 1,
  slowDisk: 3,
  fullDisk: 2,
  unreadableDisk: 1.5,
  lock: 2,
  everybodyLeaves: 1.5,
};

export function drawMood(random: Random): Mood {
  const factors = new Map(troubles.map((trouble) => [trouble, random.pick([0, 1, 1, 3])]));
  return {
    devices: 2 + random.below(5),
    boards: random.chance(0.25) ? 2 : 1,
    steps: 80 + random.below(40),
    weightOf: (trouble) => weights[trouble] * (factors.get(trouble) ?? 1),
    deliveries: random.pick([0.7, 2, 5, 12]),
    limits: {
      ...(random.chance(0.15) ? { bufferedBytes: 8_000 } : {}),
      ...(random.chance(0.06) ? { documentBytes: 4_000 } : {}),
    },
  };
}
