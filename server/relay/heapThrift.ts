import { setFlagsFromString } from "node:v8";
import type { Clock } from "./clock.ts";
import type { BusyShare } from "./pace.ts";

/*
 * Boards that went quiet are garbage by the megabyte. A process with time to spare collects it soon, rather than when its
 * heap has doubled; a busy one does not, because on a host of one core each such collection holds up everybody's changes
 * for up to a tenth of a second. The figures are in docs/decisions/0006.
 */

export type HeapThriftOptions = {
  readonly clock: Pick<Clock, "after">;
  readonly busyShare: BusyShare;
  readonly setThrifty: (isThrifty: boolean) => void;
};

const lookEveryMs = 500;
/** Share of the time that the process has something to do: below the first it becomes thrifty, from the second on it is not. */
const calm = 0.35;
const busy = 0.45;

/** Goes on as long as the process does; the clock keeps no process alive. */
export function startHeapThrift({ clock, busyShare, setThrifty }: HeapThriftOptions): void {
  let isThrifty = true;
  setThrifty(isThrifty);
  function look(): void {
    const isNow = busyShare() < (isThrifty ? busy : calm);
    if (isNow !== isThrifty) setThrifty(isNow);
    isThrifty = isNow;
    clock.after(lookEveryMs, look);
  }
  clock.after(lookEveryMs, look);
}

export function setThriftyHeap(isThrifty: boolean): void {
  setFlagsFromString(isThrifty ? "--optimize-for-size" : "--no-optimize-for-size");
}
