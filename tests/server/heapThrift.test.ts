import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { startHeapThrift } from "../../server/relay/heapThrift.ts";
import { createV8Heap } from "../../server/relay/v8Heap.ts";

type Told = "thrifty" | "generous" | "collect";
type Moment = { readonly share: number; readonly megabytes?: number };

/** What the heap is told while the process is busy for these shares of its time, look after look. */
function toldDuring(moments: readonly Moment[]): readonly Told[] {
  const told: Told[] = [];
  const looks: (() => void)[] = [];
  let share = 0;
  let megabytes = 0;
  startHeapThrift({
    clock: {
      after(_ms, run) {
        looks.push(run);
        return () => undefined;
      },
    },
    busyShare: () => share,
    heap: {
      setThrifty: (isThrifty) => told.push(isThrifty ? "thrifty" : "generous"),
      boundYoung: () => undefined,
      bytes: () => megabytes * 1_000_000,
      collect() {
        told.push("collect");
        megabytes = 0;
      },
    },
  });
  for (const moment of moments) {
    share = moment.share;
    megabytes = moment.megabytes ?? megabytes;
    looks.shift()?.();
  }
  return told;
}

const during = (count: number, share: number): readonly Moment[] =>
  Array.from({ length: count }, () => ({ share }));

test("[R48] garbage is collected early while there is time to spare, and not while many people work", () => {
  expect(toldDuring(during(20, 0.1))).toEqual(["thrifty"]);
  expect(toldDuring(during(20, 0.3))).toEqual(["thrifty", "generous"]);
  expect(toldDuring([...during(20, 0.3), ...during(20, 0.05)])).toEqual(["thrifty", "generous", "thrifty"]);
});

test("[R48] a moment of much to do is no load, and a load that hovers about a limit does not switch to and fro", () => {
  expect(toldDuring([...during(5, 0.9), ...during(1, 0.1), ...during(5, 0.9)])).toEqual(["thrifty"]);
  expect(toldDuring([...during(6, 0.3), ...during(5, 0.1), ...during(5, 0.3)])).toEqual([
    "thrifty",
    "generous",
  ]);
});

test("[R48] everything is collected once when nobody does anything, when that is worth a pause", () => {
  expect(toldDuring([{ share: 0.1, megabytes: 100 }, ...during(5, 0.01)])).toEqual(["thrifty"]);
  expect(toldDuring([{ share: 0.1, megabytes: 100 }, ...during(40, 0.01)])).toEqual(["thrifty", "collect"]);
  const alittle = { share: 0.1, megabytes: 5 };
  expect(toldDuring([alittle, ...during(40, 0.01)])).toEqual(["thrifty"]);
  expect(
    toldDuring([{ share: 0.1, megabytes: 100 }, ...during(9, 0.01), alittle, ...during(9, 0.01)]),
  ).toEqual(["thrifty", "collect"]);
});

test("[R48] V8 does as it is told: what nobody holds is gone", () => {
  const heap = createV8Heap();
  heap.collect();
  const before = heap.bytes();
  function holdMuch(): number {
    const held = Array.from({ length: 40 }, () => new Uint8Array(1_000_000));
    return heap.bytes() - before + held.length;
  }

  expect(holdMuch()).toBeGreaterThan(30_000_000);
  heap.collect();
  // What buffers held is counted off when the next collection begins.
  heap.collect();
  expect(heap.bytes() - before).toBeLessThan(10_000_000);
});

test("[R48] V8 does as it is told: its space for new objects stays small under load", () => {
  const file = fileURLToPath(new URL("../../server/relay/v8Heap.ts", import.meta.url));
  /** Megabytes of that space after much work in a process of its own. */
  function youngAfter(isBounded: boolean): number {
    const program = `
      import { getHeapSpaceStatistics } from "node:v8";
      import { createV8Heap } from ${JSON.stringify(file)};
      const heap = createV8Heap();
      let held = [];
      for (let round = 0; round < 400; round += 1) {
        if (${isBounded}) heap.boundYoung();
        for (let index = 0; index < 5_000; index += 1) held.push({ index });
        if (held.length > 20_000) held = held.slice(10_000);
      }
      console.log(getHeapSpaceStatistics().find((space) => space.space_name === "new_space").space_size / 1e6);
    `;
    const parameters = ["--import", "tsx", "--input-type=module", "--eval", program];
    return Number(execFileSync(process.execPath, parameters, { encoding: "utf8" }));
  }

  expect(youngAfter(false)).toBeGreaterThan(15);
  expect(youngAfter(true)).toBeLessThan(9);
});
