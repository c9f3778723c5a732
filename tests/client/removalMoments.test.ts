import { expect, test } from "vitest";
import { removalMoments } from "../../client/model/removalMoments.ts";
import { type ParticipantId, participantIdSchema } from "../../shared/board/ids.ts";
import { createBoardInHand } from "../support/boardInHand.ts";
import { plainNote } from "../support/plainNote.ts";

const [alice, bob] = ["alice", "bob"].map((name) => participantIdSchema.parse(name));
const gone = (id: string, by: ParticipantId | null | undefined, at: number) =>
  plainNote(id, { removed: { by: by ?? null, at } });

test("[H43] what one person removed within a minute is one moment, whoever else removed something then", () => {
  const bin = [
    gone("a", alice, 200_000),
    gone("b", bob, 199_990),
    gone("c", alice, 199_980),
    gone("d", alice, 140_001),
    gone("e", alice, 140_000),
    gone("f", null, 100_000),
    gone("g", null, 90_000),
  ];

  const moments = removalMoments(bin).map(({ notes }) => notes.map(({ id }) => id).join(""));

  expect(moments).toEqual(["acd", "b", "e", "fg"]);
});

test("[H43] a moment comes back whole", () => {
  const { model, add, dispose } = createBoardInHand();
  const notes = add("a", "b", "c", "d", "e");
  model.removeNotes(notes);
  const [moment, ...others] = removalMoments(model.board.get().removed);

  const restored = model.restoreNotes(moment?.notes.map(({ id }) => id) ?? []);

  expect(restored.ok).toBe(true);
  expect(others).toEqual([]);
  expect([...model.board.get().notes.keys()].sort()).toEqual([...notes].sort());
  expect(model.board.get().removed).toEqual([]);
  dispose();
});
