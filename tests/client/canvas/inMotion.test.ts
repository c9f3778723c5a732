import { expect, test } from "vitest";
import { createInMotion } from "../../../client/canvas/inMotion.ts";
import { noteIdSchema } from "../../../shared/board/ids.ts";

const note = noteIdSchema.parse("note000000000001");

function setting() {
  const told: string[] = [];
  const motion = createInMotion({
    onAway: (id) => void told.push(motion.isAway(id) ? "left" : "came back"),
    isStill: () => false,
  });
  return { motion, told };
}

test("[C6] a note that lies down stays in sight until the board below is seen with it", () => {
  const { motion, told } = setting();
  motion.send(note, { x: 0, y: 0 }, { x: 90, y: 0 }, 0);
  expect([...motion.landing()]).toEqual([]);
  expect(motion.takeRested(10_000)).toEqual([note]);
  expect(told).toEqual(["left", "came back"]);
  expect([...motion.landing()]).toEqual([note]);
  expect(motion.land()).toBe(true);
  expect([...motion.landing()]).toEqual([]);
  expect(motion.land()).toBe(false);
});

test("[C6] what is taken up again, or removed, before that is not seen twice", () => {
  const { motion } = setting();
  motion.lift(note, { x: 0, y: 0 });
  motion.lift(note, null);
  expect([...motion.landing()]).toEqual([note]);
  motion.lift(note, { x: 5, y: 0 });
  expect([...motion.landing()]).toEqual([]);
  expect(motion.ids()).toEqual([note]);
  motion.lift(note, null);
  motion.forget(note);
  expect([...motion.landing()]).toEqual([]);
  expect(motion.ids()).toEqual([]);
});
