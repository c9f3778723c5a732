import { expect, test } from "vitest";
import {
  createGestureMachine,
  type GestureEvent,
  type Landing,
  longPressMs,
  type Target,
} from "../../client/canvas/gestures.ts";
import { noteIdSchema, themeIdSchema } from "../../shared/board/ids.ts";

const one: Target = { kind: "note", note: noteIdSchema.parse("one") };
const two: Target = { kind: "note", note: noteIdSchema.parse("two") };
const theme: Target = { kind: "theme", theme: themeIdSchema.parse("theme") };
const ground: Target = { kind: "ground" };
const kinds = (events: readonly GestureEvent[]) => events.map((event) => event.type);

/** A finger that lands on a note takes it; one on the ground moves the board. */
function landing(pointer: number, x: number, target: Target, other: Partial<Landing> = {}): Landing {
  const drag = target.kind === "ground" ? "pan" : "carry";
  const base = { kind: "touch", time: 0, size: 20, press: "tap" } as const;
  return { pointer, at: { x, y: 100 }, target, drag, ...base, ...other };
}

test("[H1] two people drag two notes at once", () => {
  const machine = createGestureMachine();
  machine.down(landing(1, 100, one));
  machine.down(landing(2, 600, two));

  expect(kinds(machine.move(1, { x: 140, y: 100 }, 20))).toEqual(["dragStart", "drag"]);
  expect(kinds(machine.move(2, { x: 640, y: 100 }, 20))).toEqual(["dragStart", "drag"]);
  expect(machine.up(1, { x: 140, y: 100 }, 40)).toEqual([{ type: "drop", pointer: 1 }]);
  expect(machine.up(2, { x: 640, y: 100 }, 40)).toEqual([{ type: "drop", pointer: 2 }]);
});

test("[H2] a pinch never moves a note, wherever the two fingers of a hand land", () => {
  for (const [first, second] of [
    [one, one],
    [one, ground],
    [one, two],
    [theme, two],
  ] as const) {
    const machine = createGestureMachine();
    machine.down(landing(1, 100, first));
    machine.down(landing(2, 240, second, { time: 60 }));

    const events = [
      ...machine.move(1, { x: 60, y: 100 }, 80),
      ...machine.move(2, { x: 300, y: 100 }, 90),
      ...machine.up(1, { x: 60, y: 100 }, 100),
      ...machine.up(2, { x: 300, y: 100 }, 110),
    ];

    expect(new Set(kinds(events))).toEqual(new Set(["pinch"]));
  }
});

test("[H2] a finger that came a little early puts its note back when the other makes it a pinch", () => {
  const machine = createGestureMachine();
  machine.down(landing(1, 100, one));
  machine.move(1, { x: 112, y: 100 }, 60);

  expect(machine.down(landing(2, 240, two, { time: 120 }))).toEqual([{ type: "dragCancel", pointer: 1 }]);
  expect(kinds(machine.move(2, { x: 300, y: 100 }, 140))).toEqual(["pinch"]);
});

test("[H2] two hands near each other drag two notes when they did not land together", () => {
  const machine = createGestureMachine();
  machine.down(landing(1, 100, one));
  machine.down(landing(2, 240, two, { time: 500 }));

  expect(kinds(machine.move(1, { x: 140, y: 100 }, 520))).toEqual(["dragStart", "drag"]);
  expect(kinds(machine.move(2, { x: 280, y: 100 }, 520))).toEqual(["dragStart", "drag"]);
});

test("[H3] a hand that leans on the table does nothing, nor do fingers while a pen is down", () => {
  const machine = createGestureMachine();
  machine.down(landing(1, 100, one, { size: 75 }));
  expect(machine.move(1, { x: 300, y: 100 }, 20)).toEqual([]);
  expect(machine.up(1, { x: 300, y: 100 }, 40)).toEqual([]);

  machine.down(landing(2, 100, ground));
  machine.down(landing(3, 400, one, { kind: "pen", time: 50 }));
  machine.down(landing(4, 420, two, { time: 60 }));
  expect(machine.move(2, { x: 300, y: 100 }, 70)).toEqual([]);
  expect(machine.move(4, { x: 500, y: 100 }, 80)).toEqual([]);
  expect(kinds(machine.move(3, { x: 440, y: 100 }, 90))).toEqual(["dragStart", "drag"]);
});

test("[H4] a long press on a note opens its menu, and is no tap any more", () => {
  const machine = createGestureMachine();
  machine.down(landing(1, 100, one));
  expect(machine.tick(longPressMs - 1)).toEqual([]);
  expect(machine.tick(longPressMs)).toEqual([{ type: "menu", target: one, at: { x: 100, y: 100 } }]);
  expect(machine.move(1, { x: 300, y: 100 }, 700)).toEqual([]);
  expect(machine.up(1, { x: 300, y: 100 }, 800)).toEqual([]);
});

test("[H4] who moves in time drags, and a mouse that rests waits for nothing", () => {
  const machine = createGestureMachine();
  machine.down(landing(1, 100, one));
  machine.move(1, { x: 120, y: 100 }, 100);
  expect(machine.tick(longPressMs)).toEqual([]);
  machine.up(1, { x: 120, y: 100 }, 600);

  machine.down(landing(2, 100, one, { kind: "mouse", time: 1000 }));
  expect(machine.tick(1000 + longPressMs)).toEqual([]);
  expect(kinds(machine.up(2, { x: 100, y: 100 }, 3000))).toEqual(["tap"]);
});

test("[H4] a long press on the ground draws around notes, and opens a menu when it stays", () => {
  const machine = createGestureMachine();
  machine.down(landing(1, 100, ground));
  machine.tick(longPressMs);
  machine.move(1, { x: 200, y: 100 }, 500);
  machine.move(1, { x: 200, y: 200 }, 520);
  expect(machine.up(1, { x: 200, y: 200 }, 540)).toEqual([
    {
      type: "lassoEnd",
      pointer: 1,
      outline: [
        { x: 100, y: 100 },
        { x: 200, y: 100 },
        { x: 200, y: 200 },
      ],
    },
  ]);

  machine.down(landing(2, 100, ground, { time: 1000 }));
  machine.tick(1000 + longPressMs);
  expect(kinds(machine.up(2, { x: 100, y: 100 }, 1600))).toEqual(["menu"]);
});

test("[H5] a tap that trembles stays a tap, and what the browser takes away goes back", () => {
  const machine = createGestureMachine();
  machine.down(landing(1, 100, one));
  expect(machine.move(1, { x: 103, y: 102 }, 10)).toEqual([]);
  expect(kinds(machine.up(1, { x: 103, y: 102 }, 20))).toEqual(["tap"]);

  machine.down(landing(2, 100, one, { time: 100 }));
  machine.down(landing(3, 600, two, { time: 100 }));
  machine.move(2, { x: 200, y: 100 }, 120);
  machine.move(3, { x: 700, y: 100 }, 120);
  expect(machine.lose(2)).toEqual([{ type: "dragCancel", pointer: 2 }]);
  expect(kinds(machine.move(3, { x: 710, y: 100 }, 140))).toEqual(["drag"]);
  expect(machine.cancel()).toEqual([{ type: "dragCancel", pointer: 3 }]);
});

test("[H6] Alt and a drag take copies, Shift on the ground draws around notes, and presses toggle", () => {
  const machine = createGestureMachine();
  machine.down(landing(1, 100, one, { kind: "mouse", drag: "copy" }));
  expect(machine.move(1, { x: 150, y: 100 }, 20)[0]).toEqual({
    type: "dragStart",
    pointer: 1,
    target: one,
    copies: true,
  });
  machine.up(1, { x: 150, y: 100 }, 30);

  machine.down(landing(1, 100, ground, { kind: "mouse", drag: "lasso", press: "toggle", time: 100 }));
  expect(kinds(machine.move(1, { x: 150, y: 100 }, 120))).toEqual(["lasso"]);
  expect(kinds(machine.up(1, { x: 150, y: 100 }, 130))).toEqual(["lassoEnd"]);

  machine.down(landing(1, 100, one, { kind: "mouse", press: "toggle", time: 200 }));
  expect(kinds(machine.up(1, { x: 100, y: 100 }, 210))).toEqual(["toggle"]);
});

test("[H1] a note in somebody's hand is not taken by a second finger", () => {
  const machine = createGestureMachine();
  machine.down(landing(1, 100, one));
  machine.move(1, { x: 500, y: 100 }, 400);
  machine.down(landing(2, 500, one, { time: 900 }));

  expect(machine.move(2, { x: 900, y: 100 }, 920)).toEqual([]);
  expect(kinds(machine.move(1, { x: 520, y: 100 }, 940))).toEqual(["drag"]);
});
