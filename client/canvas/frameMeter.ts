/** Milliseconds, over the last few hundred frames of a page that draws without a pause. */
export type FrameFigures = {
  readonly frames: number;
  readonly perSecond: number;
  /** From one frame to the next. */
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly longestMs: number;
  /** What the scene itself did in a frame. */
  readonly workMedianMs: number;
  readonly workP95Ms: number;
};

export type FrameMeter = {
  readonly frame: (nowMs: number) => void;
  readonly work: (ms: number) => void;
  readonly figures: () => FrameFigures;
  readonly forget: () => void;
};

const kept = 600;

export function createFrameMeter(): FrameMeter {
  let last: number | null = null;
  let times: number[] = [];
  let works: number[] = [];

  return {
    frame(nowMs) {
      if (last !== null) times.push(nowMs - last);
      if (times.length > kept) times = times.slice(-kept / 2);
      last = nowMs;
    },
    work(ms) {
      works.push(ms);
      if (works.length > kept) works = works.slice(-kept / 2);
    },
    figures() {
      const sum = times.reduce((total, time) => total + time, 0);
      return {
        frames: times.length,
        perSecond: sum === 0 ? 0 : (times.length * 1000) / sum,
        medianMs: quantileOf(times, 0.5),
        p95Ms: quantileOf(times, 0.95),
        longestMs: quantileOf(times, 1),
        workMedianMs: quantileOf(works, 0.5),
        workP95Ms: quantileOf(works, 0.95),
      };
    },
    forget() {
      times = [];
      works = [];
      last = null;
    },
  };
}

function quantileOf(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
