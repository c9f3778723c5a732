import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type Connection,
  type ConnectionEvent,
  nextConnection,
  patienceMs,
  savedStateOf,
  startApart,
} from "../../client/sync/connection.ts";

const event: fc.Arbitrary<ConnectionEvent> = fc.oneof(
  { weight: 2, arbitrary: fc.constant<ConnectionEvent>({ type: "opened" }) },
  { weight: 1, arbitrary: fc.constant<ConnectionEvent>({ type: "lost" }) },
  { weight: 1, arbitrary: fc.constant<ConnectionEvent>({ type: "changedHere" }) },
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant("frameSent" as const),
      isAnswer: fc.boolean(),
      at: fc.nat(10_000),
    }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      type: fc.constant("heard" as const),
      message: fc.record({ kind: fc.constant("saved" as const), count: fc.nat(6) }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constant<ConnectionEvent>({
      type: "heard",
      message: { kind: "refused", count: 1, reason: "viewLink" },
    }),
  },
);

test("[R20] in 10,000 random orders it never says saved while anything is open", () => {
  let timesSaved = 0;
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), fc.nat(100_000), (events, now) => {
      let state: Connection = startApart;
      // The model: what a careful person would keep on paper.
      let isOpen = false;
      let sent = 0;
      let confirmed = 0;
      let answered = false;
      let refused = false;
      for (const happened of events) {
        state = nextConnection(state, happened);
        if (happened.type === "opened")
          [isOpen, sent, confirmed, answered, refused] = [true, 0, 0, false, false];
        if (happened.type === "lost") isOpen = false;
        if (happened.type === "frameSent" && isOpen) {
          sent += 1;
          answered ||= happened.isAnswer;
        }
        if (happened.type === "heard" && isOpen && happened.message.kind === "refused") refused = true;
        if (happened.type === "heard" && isOpen && happened.message.kind === "saved") {
          if (happened.message.count <= sent) confirmed = Math.max(confirmed, happened.message.count);
        }
        const isSaved = savedStateOf(state, now, true).kind === "saved";
        expect(isSaved).toBe(isOpen && answered && confirmed === sent && !refused);
        if (isSaved) timesSaved += 1;
      }
    }),
    { numRuns: 10_000, seed: 7 },
  );
  expect(timesSaved).toBeGreaterThan(100);
});

test("[R21] what is not confirmed within two seconds is said to be not saved yet", () => {
  const sent = [
    { type: "opened" } as const,
    { type: "frameSent", isAnswer: true, at: 1_000 } as const,
  ].reduce(nextConnection, startApart);

  expect(savedStateOf(sent, 1_500, true).kind).toBe("saving");
  expect(savedStateOf(sent, 1_000 + patienceMs, true).kind).toBe("notSavedYet");
});

test("[R22] changes made while apart are counted as kept on this device", () => {
  const apart = [
    { type: "opened" } as const,
    { type: "lost" } as const,
    { type: "changedHere" } as const,
    { type: "changedHere" } as const,
  ].reduce(nextConnection, startApart);

  expect(savedStateOf(apart, 0, true)).toEqual({ kind: "offline", unsentChanges: 2, keptOnDevice: true });
});
