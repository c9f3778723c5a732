/* What the times of frames say. */

export type FrameFigures = {
  readonly framesPerSecond: number;
  /** Milliseconds from one frame to the next. */
  readonly p50: number;
  readonly p95: number;
  /** Parts of all frames, 0 to 1: later than the next beat of the screen, and later than the one after that. */
  readonly missedABeat: number;
  readonly over33: number;
  readonly count: number;
};

/** Half-way between one beat of a screen with sixty a second and two. */
const oneBeatMs = 25;
/** A frame of two beats takes 33.3 ms, give or take a clock's grain; it counts as 33. */
const twoBeatsMs = 33.5;

/** `times` are milliseconds, ascending. */
export function frameFiguresOf(times: readonly number[]): FrameFigures {
  const [first] = times;
  const last = times.at(-1);
  if (first === undefined || last === undefined || times.length < 2) throw new Error("no frames came");
  const waits = times.slice(1).map((time, index) => time - (times[index] ?? time));
  const sorted = [...waits].sort((a, b) => a - b);
  const partOver = (ms: number) => waits.filter((wait) => wait > ms).length / waits.length;
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
  return {
    framesPerSecond: (waits.length * 1_000) / (last - first),
    p50: at(0.5),
    p95: at(0.95),
    missedABeat: partOver(oneBeatMs),
    over33: partOver(twoBeatsMs),
    count: waits.length,
  };
}
