import { expect, test } from "vitest";
import { createPace } from "../../server/relay/pace.ts";
import { createManualClock } from "../support/manualClock.ts";

/** A pace, and a way to keep its server so busy for so long. */
function setting() {
  const clock = createManualClock();
  let busy = 0;
  const pace = createPace(clock, () => busy);
  async function keepBusy(share: number, seconds: number): Promise<void> {
    busy = share;
    for (let look = 0; look < seconds * 4; look += 1) {
      await clock.advance(250);
      pace.changesMs();
    }
  }
  const waits = () => [Math.round(pace.changesMs()), Math.round(pace.presenceMs()), pace.isStrained()];
  return { keepBusy, waits };
}

test("[R40] a busy server gathers longer, pointers more than changes, and is quick again when it is calm", async () => {
  const { keepBusy, waits } = setting();

  await keepBusy(0.02, 3);
  expect(waits()).toEqual([16, 50, false]);
  await keepBusy(0.4, 3);
  expect(waits()).toEqual([25, 85, true]);
  await keepBusy(1, 3);
  expect(waits()).toEqual([40, 120, true]);
  await keepBusy(0.05, 3);
  expect(waits()).toEqual([16, 50, false]);
});

test("[R40] one slow moment is no load", async () => {
  const { keepBusy, waits } = setting();

  await keepBusy(0.02, 3);
  await keepBusy(0.25, 0.25);
  expect(waits()).toEqual([16, 54, false]);
});
