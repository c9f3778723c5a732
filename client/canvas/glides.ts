import type { Point } from "../../shared/board/geometry.ts";

/*
 * What others move arrives ten to twenty times a second; in between it glides. One place per thing that moves: from
 * where it was seen last to where it was said to be.
 */

export type Glides<Key> = {
  /** It is now said to be at `to`; `from` is where it is seen when it did not glide yet. */
  readonly aim: (key: Key, from: Point, to: Point, nowMs: number) => void;
  /** Where to show it; undefined when it does not move and did not for a while. */
  readonly at: (key: Key, nowMs: number) => Point | undefined;
  readonly isMoving: (nowMs: number) => boolean;
  readonly forget: (key: Key) => void;
  /** It is there now, without a way to it. */
  readonly jump: (key: Key, to: Point, nowMs: number) => void;
  /** Takes out what came to rest a while ago, and nobody holds. */
  readonly takeRested: (nowMs: number, isHeld: (key: Key) => boolean) => readonly Key[];
  readonly has: (key: Key) => boolean;
  readonly keys: () => IterableIterator<Key>;
};

type Glide = {
  readonly from: Point;
  readonly to: Point;
  readonly startMs: number;
  readonly durationMs: number;
};

const shortestMs = 40;
const longestMs = 140;

export function createGlides<Key>(restMs: number): Glides<Key> {
  const glides = new Map<Key, Glide>();

  function placeOf({ from, to, startMs, durationMs }: Glide, nowMs: number): Point {
    const share = durationMs === 0 ? 1 : Math.min(1, Math.max(0, (nowMs - startMs) / durationMs));
    return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
  }

  return {
    aim(key, from, to, nowMs) {
      const before = glides.get(key);
      if (before !== undefined && before.to.x === to.x && before.to.y === to.y) return;
      const since = before === undefined ? longestMs : nowMs - before.startMs;
      glides.set(key, {
        from: before === undefined ? from : placeOf(before, nowMs),
        to,
        startMs: nowMs,
        durationMs: Math.min(longestMs, Math.max(shortestMs, since)),
      });
    },
    at(key, nowMs) {
      const glide = glides.get(key);
      return glide === undefined ? undefined : placeOf(glide, nowMs);
    },
    isMoving: (nowMs) => [...glides.values()].some(({ startMs, durationMs }) => nowMs < startMs + durationMs),
    forget: (key) => void glides.delete(key),
    jump: (key, to, nowMs) => void glides.set(key, { from: to, to, startMs: nowMs, durationMs: 0 }),
    has: (key) => glides.has(key),
    takeRested(nowMs, isHeld) {
      const rested = [...glides]
        .filter(([key, { startMs, durationMs }]) => nowMs >= startMs + durationMs + restMs && !isHeld(key))
        .map(([key]) => key);
      for (const key of rested) glides.delete(key);
      return rested;
    },
    keys: () => glides.keys(),
  };
}
