import { expect, test } from "vitest";
import { createGestureMachine, type GestureEvent } from "../../client/canvas/gestures.ts";
import { noteIdSchema } from "../../shared/board/ids.ts";

const one = noteIdSchema.parse("one");
const two = noteIdSchema.parse("two");
const kinds = (events: readonly GestureEvent[]) => events.map((event) => event.type);

test("[S1] two people drag two notes at once", () => {
  const machine = createGestureMachine();
  machine.down(1, { x: 100, y: 100 }, one);
  machine.down(2, { x: 600, y: 100 }, two);

  expect(kinds(machine.move(1, { x: 140, y: 100 }))).toEqual(["dragStart", "drag"]);
  expect(kinds(machine.move(2, { x: 640, y: 100 }))).toEqual(["dragStart", "drag"]);
  expect(machine.up(1, { x: 140, y: 100 })).toEqual([{ type: "drop", note: one }]);
  expect(machine.up(2, { x: 640, y: 100 })).toEqual([{ type: "drop", note: two }]);
});

test("[S2] a pinch never moves a note, also when both fingers land on it", () => {
  const machine = createGestureMachine();
  machine.down(1, { x: 100, y: 100 }, one);
  machine.down(2, { x: 140, y: 100 }, one);

  const events = [
    ...machine.move(1, { x: 60, y: 100 }),
    ...machine.move(2, { x: 200, y: 100 }),
    ...machine.up(1, { x: 60, y: 100 }),
    ...machine.up(2, { x: 200, y: 100 }),
  ];

  expect(new Set(kinds(events))).toEqual(new Set(["pinch"]));
});

test("[S5] a tap that trembles stays a tap, and Escape puts a dragged note back", () => {
  const machine = createGestureMachine();
  machine.down(1, { x: 100, y: 100 }, one);
  expect(machine.move(1, { x: 103, y: 102 })).toEqual([]);
  expect(kinds(machine.up(1, { x: 103, y: 102 }))).toEqual(["tap"]);

  machine.down(2, { x: 100, y: 100 }, one);
  machine.move(2, { x: 200, y: 100 });
  expect(machine.cancel()).toEqual([{ type: "dragCancel", note: one }]);
});
