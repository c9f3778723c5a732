/*
 * What the clients of one load measured together. Times count when the thing that is timed was made in the measured
 * stretch, however late it arrives: a server that falls behind must not look quick because the late ones are left out.
 */

export type Tally = {
  readonly start: (now: number) => void;
  readonly end: (now: number) => void;
  readonly noteEdit: (madeAt: number, now: number) => void;
  readonly noteCursor: (madeAt: number, now: number) => void;
  readonly noteSaved: (sentAt: number, now: number) => void;
  readonly noteLate: (ms: number) => void;
  readonly figures: () => TallyFigures;
};

export type TallyFigures = {
  readonly editP50: number | null;
  readonly editP99: number | null;
  readonly editsRead: number;
  readonly cursorP50: number | null;
  /** Moves of others that cursor readers got, together. */
  readonly cursorsRead: number;
  readonly savedP50: number | null;
  readonly savedP95: number | null;
  /** How late the load itself was with what it meant to send. */
  readonly lateP99: number | null;
};

/** Enough for a percentile; each one costs time that the load should not take. */
const mostCursorTimes = 1_000_000;

export function createTally(): Tally {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.POSITIVE_INFINITY;
  const edits: number[] = [];
  const cursors: number[] = [];
  let cursorsRead = 0;
  const saved: number[] = [];
  const late: number[] = [];

  const isMeasured = (at: number) => at >= from && at < to;
  function noteEdit(madeAt: number, now: number): void {
    if (isMeasured(madeAt)) edits.push(now - madeAt);
  }

  return {
    start(now) {
      from = now;
    },
    end(now) {
      to = now;
    },
    noteEdit,
    noteCursor(madeAt, now) {
      if (!isMeasured(madeAt)) return;
      cursorsRead += 1;
      if (cursors.length < mostCursorTimes) cursors.push(now - madeAt);
    },
    noteSaved(sentAt, now) {
      if (isMeasured(sentAt)) saved.push(now - sentAt);
    },
    noteLate(ms) {
      if (from !== Number.POSITIVE_INFINITY && to === Number.POSITIVE_INFINITY) late.push(ms);
    },
    figures() {
      for (const times of [edits, cursors, saved, late]) times.sort((a, b) => a - b);
      return {
        editP50: shareOf(edits, 0.5),
        editP99: shareOf(edits, 0.99),
        editsRead: edits.length,
        cursorP50: shareOf(cursors, 0.5),
        cursorsRead,
        savedP50: shareOf(saved, 0.5),
        savedP95: shareOf(saved, 0.95),
        lateP99: shareOf(late, 0.99),
      };
    },
  };
}

function shareOf(sorted: readonly number[], share: number): number | null {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null;
}
