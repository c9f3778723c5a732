import type { Rectangle } from "../../shared/board/geometry.ts";
import {
  type Grown,
  type Growth,
  growthBetween,
  growthOf,
  neutralGrowth,
} from "../../shared/render/growth.ts";
import type { Observable } from "../model/observable.ts";

/*
 * Lets the tree follow the notes: at once when the board opens, gently afterwards, and never while something else moves.
 */

export type TreeGrowthOptions = {
  readonly board: Observable<Grown>;
  readonly painter: { readonly grow: (growth: Growth, way: GrowthWay) => readonly Rectangle[] };
  /** The painter's canvas changed there; world units. */
  readonly onGrown: (areas: readonly Rectangle[]) => void;
  /** The camera moves, or a note is in somebody's hand: the tree waits. */
  readonly isBusy: () => boolean;
  /** Growth is there at once, without being seen to come. */
  readonly isStill: () => boolean;
  /** The notes are on their way, and with them the tree as it was left. */
  readonly isOpening: () => boolean;
  /** Runs it later; the result calls it off. */
  readonly after: (ms: number, run: () => void) => () => void;
};

/** Whether more of it follows in a moment. */
export type GrowthWay = { readonly isThere: boolean };

/** `living` follows the notes; `still` is the same tree for every board. */
export type TreeChoice = "living" | "still";

export type TreeGrowth = {
  readonly setLiving: (choice: TreeChoice) => void;
  readonly destroy: () => void;
};

const stepMs = 110;
const mostSteps = 11;
/** How long to wait before asking again whether something still moves. */
const busyMs = 250;

export function createTreeGrowth(options: TreeGrowthOptions): TreeGrowth {
  const { board, painter, onGrown, isBusy, isStill, isOpening, after } = options;
  let choice: TreeChoice = "living";
  let from = wanted();
  let shown = from;
  let to = from;
  let step = mostSteps;
  let cancel: (() => void) | null = null;

  function wanted(): Growth {
    return choice === "living" ? growthOf(board.get()) : neutralGrowth;
  }

  function show(growth: Growth): void {
    shown = growth;
    const areas = painter.grow(growth, { isThere: step >= mostSteps });
    if (areas.length > 0) onGrown(areas);
  }

  function follow(): void {
    const next = wanted();
    if (isSame(next, to)) return;
    if (isOpening()) {
      jump();
      return;
    }
    from = shown;
    to = next;
    step = 0;
    if (cancel === null) advance();
  }

  function advance(): void {
    cancel = null;
    if (isBusy()) {
      cancel = after(busyMs, advance);
      return;
    }
    step = isStill() ? mostSteps : step + 1;
    const left = 1 - step / mostSteps;
    show(step >= mostSteps ? to : growthBetween(from, to, 1 - left ** 2));
    if (step < mostSteps) cancel = after(stepMs, advance);
  }

  function jump(): void {
    cancel?.();
    cancel = null;
    to = wanted();
    step = mostSteps;
    show(to);
  }

  jump();
  const unsubscribe = board.subscribe(follow);
  return {
    setLiving(next) {
      if (next === choice) return;
      choice = next;
      jump();
    },
    destroy() {
      cancel?.();
      cancel = null;
      unsubscribe();
    },
  };
}

function isSame(a: Growth, b: Growth): boolean {
  const same = (one: readonly number[], other: readonly number[]) =>
    one.every((value, i) => value === other[i]);
  return a.leaves === b.leaves && same(a.roots, b.roots) && same(a.fruits, b.fruits);
}
