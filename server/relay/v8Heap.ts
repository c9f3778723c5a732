import { getHeapSpaceStatistics, getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Heap } from "./heapThrift.ts";

/**
 * Bytes of V8's space for new objects from which on it stays as it is while there is time to spare. Left alone it grows
 * to 33 MB and keeps them for long.
 */
const youngBytes = 2_000_000;

/** V8's own heap, steered by flags that it reads each time it decides: all of them take effect while the process runs. */
export function createV8Heap(): Heap {
  setFlagsFromString("--expose-gc");
  // What the flag adds is only there in contexts that are made after it.
  const gc: unknown = runInNewContext("gc");
  let isThriftyNow = true;
  return {
    setThrifty(isThrifty) {
      isThriftyNow = isThrifty;
      setFlagsFromString(isThrifty ? "--optimize-for-size" : "--no-optimize-for-size");
    },
    boundYoung() {
      const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space");
      const isLargeEnough = young !== undefined && young.space_size >= youngBytes;
      setFlagsFromString(`--semi-space-growth-factor=${isThriftyNow && isLargeEnough ? 1 : 2}`);
    },
    bytes() {
      const { total_heap_size, external_memory } = getHeapStatistics();
      return total_heap_size + external_memory;
    },
    collect() {
      if (typeof gc === "function") gc();
    },
  };
}
