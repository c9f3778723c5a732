import { expect, test } from "vitest";
import { createBudget } from "../../server/http/budget.ts";
import { type CodeAnswer, createCodeLine } from "../../server/http/codeLine.ts";
import { createManualClock, settleMicrotasks } from "../support/manualClock.ts";

const room = "192.0.2.7";

function setUp({ burst = 3, mostWaiting = 20 } = {}) {
  const clock = createManualClock();
  const lookedUp: string[] = [];
  const line = createCodeLine({
    budget: createBudget({ burst, perSecond: 1 / 3, elapsed: clock.elapsed }),
    lookUp: async (code) => {
      lookedUp.push(code);
      if (code === "broken") throw new Error("the disk is gone");
      return code === "right" ? "workshop" : null;
    },
    after: clock.after,
    longestWaitMs: 15_000,
    mostWaiting,
  });
  /** What was answered so far, and how to walk away. */
  function ask(code: string, address = room) {
    const person = { answer: null as CodeAnswer<string>["kind"] | "failed" | null, leave: () => {} };
    line
      .ask(address, code, (leave) => {
        person.leave = leave;
      })
      .then(
        ({ kind }) => {
          person.answer = kind;
        },
        () => {
          person.answer = "failed";
        },
      );
    return person;
  }
  async function spendAll() {
    for (let index = 0; index < burst; index += 1) ask(`first${index}`);
    await settleMicrotasks();
  }
  return { clock, lookedUp, ask, spendAll };
}

test("[J4] after a row of wrong codes the right one comes in within three seconds, with everybody who asks it", async () => {
  const { clock, ask, spendAll } = setUp();
  await spendAll();

  const people = Array.from({ length: 15 }, () => ask("right"));
  await settleMicrotasks();
  expect(people.every(({ answer }) => answer === null)).toBe(true);
  await clock.advance(3_000);

  expect(people.every(({ answer }) => answer === "found")).toBe(true);
  const late = ask("right");
  await settleMicrotasks();
  expect(late.answer).toBe("found");
});

test("[J4] somebody who guesses all the time, from several windows, does not keep a person out", async () => {
  const { clock, ask, spendAll } = setUp();
  await spendAll();
  const windows = Array.from({ length: 4 }, (_, index) => ({ asked: ask(`wrong${index}`), next: index + 4 }));
  const guessOn = () => {
    for (const window of windows) {
      if (window.asked.answer === null) continue;
      window.asked = ask(`wrong${window.next}`);
      window.next += 4;
    }
  };

  for (let second = 0; second < 10; second += 1) {
    await clock.advance(1_000);
    guessOn();
  }
  const alice = ask("right");
  await clock.advance(3_000);

  expect(alice.answer).toBe("found");
});

test("[J4] however many guesses come at once, no more are looked up than budget and time allow", async () => {
  const { clock, lookedUp, ask } = setUp({ burst: 40 });

  for (let second = 0; second < 60; second += 1) {
    for (let index = 0; index < 10; index += 1) ask(`wrong${second}-${index}`);
    // A right code of one's own gives nothing but what it took.
    ask("right");
    await clock.advance(1_000);
  }

  const wrong = lookedUp.filter((code) => code !== "right");
  expect(wrong.length).toBeGreaterThan(40);
  expect(wrong.length).toBeLessThanOrEqual(40 + 60 / 3);
});

test("[J4] whether a code in the line is right does not show before its turn", async () => {
  const { clock, lookedUp, ask, spendAll } = setUp();
  await spendAll();

  const right = ask("right");
  const wrong = Array.from({ length: 5 }, (_, index) => ask(`wrong${index}`));
  await clock.advance(2_999);
  expect([right, ...wrong].every(({ answer }) => answer === null)).toBe(true);
  await clock.advance(1);

  expect(lookedUp).toHaveLength(4);
  expect(right.answer).toBeNull();
  expect(wrong.map(({ answer }) => answer)).toEqual([null, null, null, null, "wrong"]);
});

test("[J4] two who ask the same go before a flood of guesses, and are not pushed out of a full line", async () => {
  const { clock, ask, spendAll } = setUp();
  await spendAll();

  const alice = ask("right");
  const bob = ask("right");
  const flood = Array.from({ length: 200 }, (_, index) => ask(`wrong${index}`));
  await clock.advance(3_000);

  expect([alice.answer, bob.answer]).toEqual(["found", "found"]);
  expect(flood.filter(({ answer }) => answer === "tooMany")).toHaveLength(182);
});

test("[J4] asking every guess ten times over keeps no small room out: most come in at once, the others when asking again", async () => {
  const { clock, ask, spendAll } = setUp({ mostWaiting: 500 });
  await spendAll();
  let guesses = 0;
  const tenOfOne = () => {
    guesses += 1;
    return Array.from({ length: 10 }, () => ask(`wrong${guesses}`));
  };
  const windows = Array.from({ length: 4 }, tenOfOne);
  const guessFor = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 500) {
      for (const [index, asked] of windows.entries()) {
        if (asked.every(({ answer }) => answer !== null)) windows[index] = tenOfOne();
      }
      await clock.advance(500);
    }
  };

  let cameInAtOnce = 0;
  let stillOut = 0;
  for (let round = 0; round < 12; round += 1) {
    // Every time at another moment between two turns.
    await guessFor(6_000 + (round % 6) * 500);
    const people = [ask("right"), ask("right")];
    await guessFor(4_000);
    people.push(ask("right"), ask("right"));
    await guessFor(15_500);
    let refused = people.filter(({ answer }) => answer !== "found");
    cameInAtOnce += people.length - refused.length;
    for (let time = 0; time < 2 && refused.length > 0; time += 1) {
      const again: typeof people = [];
      for (const _person of refused) {
        again.push(ask("right"));
        await guessFor(1_000);
      }
      await guessFor(15_500);
      refused = again.filter(({ answer }) => answer !== "found");
    }
    stillOut += refused.length;
  }

  expect(guesses).toBeGreaterThan(20);
  expect(cameInAtOnce).toBeGreaterThanOrEqual(40);
  expect(stillOut).toBe(0);
});

test("[J4] one who comes alone gets in past copies of guesses, with one of the next two tries", async () => {
  const { clock, ask, spendAll } = setUp({ mostWaiting: 500 });
  await spendAll();
  for (let guess = 0; guess < 40; guess += 1) for (let copy = 0; copy < 10; copy += 1) ask(`wrong${guess}`);

  const alice = ask("right");
  await clock.advance(6_000);

  expect(alice.answer).toBe("found");
});

test("[J4] copies of guesses that fill the line do not push two out who ask the same", async () => {
  const { clock, ask, spendAll } = setUp();
  await spendAll();

  for (let guess = 0; guess < 2; guess += 1) for (let copy = 0; copy < 10; copy += 1) ask(`wrong${guess}`);
  const people = [ask("right"), ask("right")];
  for (let copy = 0; copy < 5; copy += 1) ask("wrong1");
  await clock.advance(9_000);

  expect(people.map(({ answer }) => answer)).toEqual(["found", "found"]);
});

test("[J4] who waits too long is asked to come again, who left is forgotten, and other addresses do not wait", async () => {
  const { clock, lookedUp, ask, spendAll } = setUp();
  await spendAll();

  const guesses = Array.from({ length: 10 }, (_, index) => ask(`wrong${index}`));
  const gone = ask("gone");
  gone.leave();
  const chen = ask("right", "198.51.100.1");
  await settleMicrotasks();
  expect(chen.answer).toBe("found");
  await clock.advance(15_000);

  expect(lookedUp).not.toContain("gone");
  expect(guesses.filter(({ answer }) => answer === "wrong").length).toBeGreaterThanOrEqual(4);
  expect(guesses.some(({ answer }) => answer === "tooMany")).toBe(true);
  expect(guesses.every(({ answer }) => answer !== null)).toBe(true);
  expect(clock.waiting()).toBe(0);
});

test("[J4] a look-up that fails costs nothing", async () => {
  const { ask } = setUp();

  const failed = Array.from({ length: 10 }, () => ask("broken"));
  await settleMicrotasks();
  const alice = ask("right");
  await settleMicrotasks();

  expect(failed.every(({ answer }) => answer === "failed")).toBe(true);
  expect(alice.answer).toBe("found");
});
