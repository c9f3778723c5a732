import { expect, test } from "vitest";
import { dotsOf } from "../../../client/canvas/noteMarks.ts";
import { plainNote } from "../../support/plainNote.ts";

const note = plainNote("note", { votes: 7 });
const none = new Map();

test("[C7] while a round of dots is open a note shows one's own and nothing of others", () => {
  const voting = { dots: 3, phase: "open" } as const;

  expect(dotsOf(note, { voting, ownDots: none })).toBeNull();
  expect(dotsOf(note, { voting, ownDots: new Map([[note.id, 2]]) })).toEqual({ whose: "own", count: 2 });
});

test("[C7] when they are shown, or came with an import, a note shows the sum", () => {
  const shown = { dots: 3, phase: "shown" } as const;

  expect(dotsOf(note, { voting: shown, ownDots: none })).toEqual({ whose: "everybody", count: 7 });
  expect(dotsOf(note, { voting: null, ownDots: none })).toEqual({ whose: "everybody", count: 7 });
  expect(dotsOf(plainNote("other"), { voting: shown, ownDots: none })).toBeNull();
});
