import { expect, test, vi } from "vitest";
import { createBeat } from "../../server/relay/beat.ts";
import { createSystemClock } from "../../server/relay/clock.ts";

test("who waits for a beat goes with the first that is due, once, and who left does not go", () => {
  vi.useFakeTimers();
  try {
    const beat = createBeat(createSystemClock());
    const went: string[] = [];
    beat.join(50, () => went.push("first"));
    beat.join(80, () => {
      went.push("second");
      beat.join(50, () => went.push("again"));
    });
    const leave = beat.join(10, () => went.push("left"));
    leave();
    vi.advanceTimersByTime(49);
    expect(went).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(went).toEqual(["first", "second"]);
    vi.advanceTimersByTime(50);
    expect(went).toEqual(["first", "second", "again"]);

    const last = beat.join(50, () => went.push("never"));
    last();
    beat.join(20, () => went.push("alone"));
    vi.advanceTimersByTime(20);
    expect(went.at(-1)).toBe("alone");
  } finally {
    vi.useRealTimers();
  }
});
