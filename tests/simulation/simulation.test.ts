import { expect, test } from "vitest";
import { type Broken, brokenOnPurpose } from "./brokenOnPurpose.ts";
import { failingSeeds } from "./failingSeeds.ts";
import { type Outcome, runHistory } from "./history.ts";
import { createTally, type Tally } from "./tally.ts";

/*
 * A thousand histories of two to six devices on one relay: people write while networks break, disks fill up, boards are
 * locked and the relay dies. In the end all heals, and everything has to be equal. More: npm run simulate -- 50000
 */

async function playSeeds(first: number, count: number): Promise<Tally> {
  const tally = createTally();
  for (let seed = first; seed < first + count; seed += 1) {
    const outcome = await runHistory(seed);
    if (outcome.kind === "failed") throw new Error(describeFailure(seed, outcome));
    tally.add(outcome.tally);
  }
  return tally;
}

function describeFailure(seed: number, { message, trace }: Extract<Outcome, { kind: "failed" }>): string {
  return `seed ${seed}: ${message}\n${trace.slice(-30).join("\n")}`;
}

/** The first complaint of this kind within so many histories; null when there is none. */
async function firstComplaint({ create, complaint, within }: Broken): Promise<string | null> {
  for (let seed = 1; seed <= within; seed += 1) {
    const outcome = await runHistory(seed, create());
    if (outcome.kind === "failed" && complaint.test(outcome.message)) return outcome.message;
  }
  return null;
}

test("[R1] [R2] [N1] [J3] after any history all screens and the disk are equal, and what was called saved is there", {
  timeout: 240_000,
}, async () => {
  const did = await playSeeds(1, 1_000);

  expect(did.of("edits")).toBeGreaterThan(30_000);
  expect(did.of("notes")).toBeGreaterThan(10_000);
  expect(did.of("removals")).toBeGreaterThan(2_000);
  for (const what of ["themes", "highlights", "rounds"] as const) expect(did.of(what)).toBeGreaterThan(500);
  expect(did.of("commits")).toBeGreaterThan(5_000);
  expect(did.of("promises")).toBeGreaterThan(10_000);
  expect(did.of("connections")).toBeGreaterThan(10_000);
  expect(did.of("cuts")).toBeGreaterThan(2_000);
  expect(did.of("halfOpen")).toBeGreaterThan(1_000);
  expect(did.of("reloads")).toBeGreaterThan(1_000);
  expect(did.of("devicesLost")).toBeGreaterThan(300);
  expect(did.of("crashes")).toBeGreaterThan(1_000);
  expect(did.of("restarts")).toBeGreaterThan(500);
  expect(did.of("compactions")).toBeGreaterThan(300);
  expect(did.of("commitFailures")).toBeGreaterThan(1_000);
  expect(did.of("locks")).toBeGreaterThan(1_000);
  for (const reason of ["viewLink", "closed"]) expect(did.refusalsOf(reason)).toBeGreaterThan(500);
  for (const reason of ["storeFailing", "silent"]) expect(did.refusalsOf(reason)).toBeGreaterThan(200);
  for (const reason of ["quota", "tooSlow"]) expect(did.refusalsOf(reason)).toBeGreaterThan(5);
});

test.each([...failingSeeds])("[R1] [N1] seed $seed, which once failed: $cause", async ({ seed }) => {
  expect((await playSeeds(seed, 1)).of("edits")).toBeGreaterThan(0);
});

test.each([...brokenOnPurpose])(
  "a relay that $name is found out",
  {
    timeout: 60_000,
  },
  async (broken) => {
    expect(await firstComplaint(broken)).not.toBeNull();
  },
);

test("one seed is one history, also the second time", async () => {
  const first = await playSeeds(7, 1);
  const second = await playSeeds(7, 1);

  expect(second.all()).toEqual(first.all());
  expect(second.all()).not.toEqual((await playSeeds(8, 1)).all());
});
