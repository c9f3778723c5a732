import type { Clock } from "./clock.ts";
import type { BusyShare } from "./pace.ts";

/*
 * Boards that went quiet are garbage by the megabyte. A process with time to spare collects it soon, rather than when its
 * heap has doubled; one that is busy for a while does not, because that costs a tenth of its time and makes changes wait.
 * When nobody does anything, all of it is collected at once. The figures are in docs/decisions/0006.
 */

export type Heap = {
  /** Whether collecting early is worth more than the time it takes. */
  readonly setThrifty: (isThrifty: boolean) => void;
  /** Keeps the part for new objects from growing further, when it is large enough. */
  readonly boundYoung: () => void;
  /** Of everything that is kept or not collected yet. */
  readonly bytes: () => number;
  /** Collects everything now, which takes up to a tenth of a second. */
  readonly collect: () => void;
};

export type HeapThriftOptions = {
  readonly clock: Pick<Clock, "after">;
  readonly busyShare: BusyShare;
  readonly heap: Heap;
};

const lookEveryMs = 500;
/** Shares of the time that the process has something to do: a hundred people on one board take a quarter of it. */
const busyFrom = 0.12;
const calmBelow = 0.08;
const idleBelow = 0.03;
/** So many looks in a row: the boards of a morning that are opened within a second or two are no lasting load. */
const looksToBeBusy = 6;
const looksToBeIdle = 6;
/** Less is not worth the pause. */
const worthCollectingBytes = 8_000_000;

/** Goes on as long as the process does; the clock keeps no process alive. */
export function startHeapThrift({ clock, busyShare, heap }: HeapThriftOptions): void {
  let isThrifty = true;
  let busyLooks = 0;
  let idleLooks = 0;
  let bytesWhenCollected = 0;

  function look(): void {
    heap.boundYoung();
    const share = busyShare();
    busyLooks = share >= busyFrom ? busyLooks + 1 : 0;
    idleLooks = share < idleBelow ? idleLooks + 1 : 0;
    const isNow = isThrifty ? busyLooks < looksToBeBusy : share < calmBelow;
    if (isNow !== isThrifty) heap.setThrifty(isNow);
    isThrifty = isNow;
    if (idleLooks === looksToBeIdle && heap.bytes() >= bytesWhenCollected + worthCollectingBytes) {
      heap.collect();
      bytesWhenCollected = heap.bytes();
    }
    clock.after(lookEveryMs, look);
  }

  heap.setThrifty(isThrifty);
  clock.after(lookEveryMs, look);
}
