import { expect, test } from "vitest";
import { createUndoSteps } from "../../client/model/undoSteps.ts";
import { readBoard } from "../../shared/board/readBoard.ts";
import { readVotesBy } from "../../shared/board/readVotes.ts";
import { createWriter, exchange, mustWork, newNote, noteOf, participantOf } from "../support/writers.ts";

const me = participantOf("alice");

function boardInRound() {
  const frida = createWriter({ name: "frida" });
  const [a, b] = mustWork(frida.addNotes([newNote("a"), newNote("b")]));
  if (a === undefined || b === undefined) throw new Error("two notes expected");
  mustWork(frida.setVoting({ dots: 3, phase: "open" }));
  const alice = createWriter();
  exchange(frida.doc, alice.doc);
  const steps = createUndoSteps(alice.doc, alice);
  const give = (id: typeof a, count: number) => steps.separately(() => mustWork(alice.vote(id, me, count)));
  return { frida, alice, a, b, steps, give };
}

test("[E23] a dot can be taken back while its round goes on", () => {
  const { alice, a, steps, give } = boardInRound();
  give(a, 1);
  give(a, 2);

  steps.undo();
  expect(readVotesBy(alice.doc, me)).toEqual(new Map([[a, 1]]));
  steps.redo();
  expect(readVotesBy(alice.doc, me)).toEqual(new Map([[a, 2]]));
  expect(steps.state.get()).toEqual({ canUndo: true, canRedo: false });
  steps.stop();
});

test("[E23] undo never changes dots of a round that is over, and takes back what was done before it", () => {
  for (const phase of ["shown", "ended", "next"] as const) {
    const { frida, alice, a, b, steps, give } = boardInRound();
    steps.separately(() => mustWork(alice.placeNote(b, { zone: "fruits", x: 5, y: 6 })));
    give(a, 1);
    give(a, 2);
    give(b, 1);
    steps.undo();
    exchange(frida.doc, alice.doc);

    if (phase === "shown") mustWork(frida.setVoting({ dots: 3, phase: "shown" }));
    else mustWork(frida.setVoting(null));
    if (phase === "next") mustWork(frida.setVoting({ dots: 3, phase: "open" }));
    exchange(frida.doc, alice.doc);
    const before = [a, b].map((id) => noteOf(alice.doc, id).votes);
    expect(steps.state.get()).toEqual({ canUndo: true, canRedo: false });
    steps.redo();
    steps.undo();

    expect([a, b].map((id) => noteOf(alice.doc, id).votes)).toEqual(before);
    expect(before).toEqual(phase === "shown" ? [2, 0] : [0, 0]);
    expect(noteOf(alice.doc, b).placement.zone).toBe("roots");
    expect(steps.state.get()).toEqual({ canUndo: false, canRedo: true });
    steps.stop();
  }
});

test("[N9] each action is a step of its own, and only one's own", () => {
  const { frida, alice, a, b, steps } = boardInRound();
  steps.separately(() => mustWork(alice.markVoices([a, b], "formal")));
  steps.separately(() => mustWork(alice.removeNotes([a, b])));
  mustWork(frida.rewordNote(b, "van Frida"));
  exchange(frida.doc, alice.doc);

  steps.undo();
  expect([...readBoard(alice.doc).notes.values()].every(({ removed }) => removed === null)).toBe(true);
  expect(noteOf(alice.doc, a).voice).toBe("formal");
  steps.undo();
  expect(noteOf(alice.doc, b)).toMatchObject({ voice: "unspecified", text: "van Frida" });
  expect(steps.state.get()).toEqual({ canUndo: false, canRedo: true });
  steps.stop();
});

test("[H41] what continues the last step is taken back with it, and after another one is a step of its own", () => {
  const alice = createWriter();
  const note = mustWork(alice.addNote(newNote("a")));
  const steps = createUndoSteps(alice.doc, alice);
  const before = noteOf(alice.doc, note).placement;
  const place = (x: number) => mustWork(alice.placeNote(note, { zone: "roots", x, y: 1_500 }));
  const x = () => noteOf(alice.doc, note).placement.x;

  steps.separately(() => place(900));
  const drop = steps.last();
  steps.continuing(drop, () => place(950));
  steps.undo();
  expect(noteOf(alice.doc, note).placement).toEqual(before);
  steps.redo();
  expect(x()).toBe(950);

  const again = steps.last();
  steps.separately(() => place(1_000));
  steps.continuing(again, () => place(1_050));
  steps.undo();
  expect(x()).toBe(1_000);
  steps.undo();
  expect(x()).toBe(950);
  steps.stop();
});
