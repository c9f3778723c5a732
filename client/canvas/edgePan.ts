import type { Point, Size } from "../../shared/board/geometry.ts";

/*
 * Whoever carries a note to the edge of the screen wants to go on: the board moves along under the hand, as far as there
 * is board on that side.
 */

/** How much of the world lies beyond each edge of the screen, CSS pixels; none or less: there is nothing to go to. */
export type Beyond = {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
};

const bandPx = 44;
/** CSS pixels each millisecond, at the very edge. */
const fastest = 0.9;
/** Who only passes by an edge does not mean it. */
const dwellMs = 250;
/** A frame that came late moves no further than one that came in time. */
const longestFrameMs = 34;

/** Where a hand at the edge wants to look, CSS pixels each millisecond; zero away from the edges. */
export function edgeVelocity(at: Point, screen: Size, beyond: Beyond): Point {
  const along = (place: number, length: number, before: number, after: number) => {
    const inStart = bandPx - place;
    const inEnd = place - (length - bandPx);
    if (inStart > 0 && before > 0) return -Math.min(1, inStart / bandPx) * fastest;
    if (inEnd > 0 && after > 0) return Math.min(1, inEnd / bandPx) * fastest;
    return 0;
  };
  return {
    x: along(at.x, screen.width, beyond.left, beyond.right),
    y: along(at.y, screen.height, beyond.top, beyond.bottom),
  };
}

export type EdgePanOptions = {
  readonly screen: () => Size;
  readonly beyond: () => Beyond;
  /** The view goes so much further, CSS pixels. */
  readonly onStep: (dx: number, dy: number) => void;
};

export type EdgePan = {
  /** Where the only hand that carries something is, CSS pixels; null when there is none, or more than one. */
  readonly follow: (at: Point | null) => void;
};

export function createEdgePan({ screen, beyond, onStep }: EdgePanOptions): EdgePan {
  let hand: Point | null = null;
  let since: number | null = null;
  let lastAt = 0;
  let asked: number | null = null;

  function step(now: number): void {
    asked = null;
    const velocity = hand === null ? null : edgeVelocity(hand, screen(), beyond());
    if (velocity === null || (velocity.x === 0 && velocity.y === 0)) {
      since = null;
      return;
    }
    since ??= now;
    const passed = Math.min(longestFrameMs, now - lastAt);
    lastAt = now;
    if (now - since >= dwellMs) onStep(velocity.x * passed, velocity.y * passed);
    asked = requestAnimationFrame(step);
  }

  return {
    follow(at) {
      hand = at;
      if (at === null) {
        if (asked !== null) cancelAnimationFrame(asked);
        asked = null;
        since = null;
      } else {
        asked ??= requestAnimationFrame(step);
      }
    },
  };
}
