/*
 * How much may be painted within one frame. Browsers put painting off until a script is done, so its time cannot be
 * taken while it goes on: what counts is how late the next frame comes. Costs are counted in notes with words.
 */

export type Pace = {
  /** So much may be painted in this frame. */
  readonly allowance: () => number;
  /** The frame after one in which `spent` was painted came after so long. */
  readonly learn: (spent: number, frameMs: number) => void;
};

const least = 10;
const most = 60;
/** A frame that took longer than this had too much to paint. */
const lateMs = 20;

export function createPace(first = 40): Pace {
  let allowance = first;
  return {
    allowance: () => allowance,
    learn(spent, frameMs) {
      if (frameMs > lateMs && spent > allowance / 3) allowance = Math.max(least, allowance * 0.7);
      else if (frameMs <= lateMs && spent >= allowance * 0.8)
        allowance = Math.min(most, allowance * 1.02 + 0.2);
    },
  };
}

/** Of a note as it is painted, by the pixels it takes: a large one has more edges and larger letters. */
export function costOfNote(pixels: number, isWordless: boolean): number {
  return (isWordless ? 0.15 : 0.6) + pixels / 90_000;
}

/** Of a strip of background: copied pixel by pixel, or enlarged. */
export const backgroundCosts = { copied: 3, scaled: 25 } as const;
