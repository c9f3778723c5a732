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

const least = 12;
const most = 600;
/** A frame that took longer than this had too much to paint. */
const lateMs = 22;

export function createPace(first = 60): Pace {
  let allowance = first;
  return {
    allowance: () => allowance,
    learn(spent, frameMs) {
      if (frameMs > lateMs && spent > allowance / 3) allowance = Math.max(least, allowance * 0.7);
      else if (frameMs <= lateMs && spent >= allowance * 0.8)
        allowance = Math.min(most, allowance * 1.15 + 1);
    },
  };
}

/** What painting one note costs against one with its words, by how much of it is drawn. */
export const costs = { note: 1, far: 0.12, background: 6, layout: 4 } as const;
