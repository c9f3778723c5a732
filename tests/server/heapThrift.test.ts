import { expect, test } from "vitest";
import { startHeapThrift } from "../../server/relay/heapThrift.ts";

/** What V8 is told while the process is busy for these shares of its time, look after look. */
function toldDuring(shares: readonly number[]): readonly boolean[] {
  const told: boolean[] = [];
  const looks: (() => void)[] = [];
  let share = 0;
  startHeapThrift({
    clock: {
      after(_ms, run) {
        looks.push(run);
        return () => undefined;
      },
    },
    busyShare: () => share,
    setThrifty: (isThrifty) => told.push(isThrifty),
  });
  for (const next of shares) {
    share = next;
    looks.shift()?.();
  }
  return told;
}

test("[R48] garbage is collected early while there is time to spare, and not while many people work", () => {
  expect(toldDuring([0, 0.1, 0.3])).toEqual([true]);
  expect(toldDuring([0, 0.7, 0.9])).toEqual([true, false]);
  expect(toldDuring([0.9, 0.1])).toEqual([true, false, true]);
});

test("[R48] a load that hovers about a limit does not switch to and fro", () => {
  expect(toldDuring([0.4, 0.36, 0.44, 0.4])).toEqual([true]);
  expect(toldDuring([0.5, 0.4, 0.36, 0.44])).toEqual([true, false]);
});
