import { expect, test } from "vitest";
import en from "../../client/i18n/en.json" with { type: "json" };
import nl from "../../client/i18n/nl.json" with { type: "json" };
import { actionById, actionForKey, boardActions } from "../../client/model/boardActions.ts";
import type { ShownTree } from "../../client/model/hands.ts";
import { addNear, pasteCopied, pasteTexts } from "../../client/model/pasting.ts";
import { overlapArea } from "../../shared/board/geometry.ts";
import { createBoardInHand } from "../support/boardInHand.ts";

const press = (key: string, held: "" | "ctrl" | "shift" | "ctrl+shift" = "") => ({
  key,
  ctrlKey: held.includes("ctrl"),
  metaKey: false,
  shiftKey: held.includes("shift"),
  altKey: false,
});
const nothing = () => undefined;
/** A tree that nobody sees. */
const shownTree: ShownTree = {
  fit: nothing,
  fitRectangle: nothing,
  zoomIn: nothing,
  zoomOut: nothing,
  zoomToZone: nothing,
  openEditor: nothing,
  show: nothing,
  toWorld: (at) => at,
  spot: () => ({ x: 0, y: 0 }),
  middle: () => ({ x: 1_400, y: 1_740 }),
  boxOf: () => ({ x: 0, y: 0, width: 10, height: 10 }),
};
const everywhere = { onlyChords: false };

test("[H10] every action has a name of its own, and no key does two things at once", () => {
  const { model, add, writer, dispose } = createBoardInHand();
  const ids = boardActions.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);

  writer.setVoting({ dots: 3, phase: "open" });
  const notes = add("Respect", "Lef", "Humor");
  for (const chosen of [[], notes.slice(0, 1), notes]) {
    model.selection.set(chosen);
    const keys = boardActions.filter((action) => action.isAvailable(model)).flatMap((action) => action.keys);
    expect(new Set(keys).size, `${chosen.length} selected`).toBe(keys.length);
  }
  dispose();
});

test("[H10] what cannot be done is not offered: without notes, locked, or when no round is open", () => {
  const { model, add, lock, dispose } = createBoardInHand();
  const possible = () => boardActions.filter((action) => action.isAvailable(model)).map(({ id }) => id);
  const [note] = add("Respect", "Lef");
  if (note === undefined) throw new Error("no note");
  expect(possible()).not.toContain("remove");
  expect(possible()).toContain("tidy.roots");

  model.selection.set([note]);
  expect(possible()).toEqual(
    expect.arrayContaining(["remove", "duplicate", "highlight", "groupAsTheme", "moveTo.fruits"]),
  );
  for (const id of ["addDot", "unhighlight", "moveTo.roots", "leaveTheme"])
    expect(possible()).not.toContain(id);

  lock();
  expect(possible().sort()).toEqual(["clearSelection", "copy", "palette", "shortcuts"]);
  dispose();
});

test("[H11] keys: Enter edits one note and names a theme, single letters keep away from other controls", () => {
  const { model, add, writer, dispose } = createBoardInHand();
  const notes = add("Respect", "Lef");
  model.selection.set(notes);
  expect(actionForKey(press("g", "ctrl"), model, everywhere)?.id).toBe("groupAsTheme");
  expect(actionForKey(press("Enter"), model, everywhere)).toBeNull();

  const theme = model.board.get().themes;
  expect(theme.size).toBe(0);
  makeTheme();
  expect(actionForKey(press("Enter"), model, everywhere)?.id).toBe("renameTheme");
  expect(actionForKey(press("g", "ctrl+shift"), model, everywhere)?.id).toBe("dissolveTheme");
  expect(actionForKey(press("h"), model, everywhere)?.id).toBe("highlight");
  expect(actionForKey(press("h"), model, { onlyChords: true })).toBeNull();
  expect(actionForKey(press("?", "shift"), model, everywhere)?.id).toBe("shortcuts");
  expect(actionForKey(press("K", "ctrl"), model, { onlyChords: true })?.id).toBe("palette");
  expect(actionForKey(press("ArrowLeft", "shift"), model, everywhere)?.id).toBe("nudge.Shift+ArrowLeft");
  writer.setVoting(null);
  dispose();

  function makeTheme(): void {
    const made = model.makeTheme(notes, "Moed");
    if (!made.ok) throw new Error(made.error.kind);
  }
});

test("[H40] plus and minus give dots while a round is open and one note is selected, and zoom otherwise", () => {
  const { model, add, writer, dispose } = createBoardInHand();
  const notes = add("Respect", "Lef");
  const [note] = notes;
  if (note === undefined) throw new Error("no note");
  model.hands.showTree(shownTree);
  const meaning = (...keys: readonly string[]) =>
    keys.map((key) => actionForKey(press(key), model, everywhere)?.id ?? null);

  model.selection.set([note]);
  expect(meaning("+", "=", "-", "_")).toEqual(["zoomIn", "zoomIn", "zoomOut", "zoomOut"]);
  writer.setVoting({ dots: 3, phase: "open" });
  // A note without dots has none to take: the tree does not jump away instead.
  expect(meaning("+", "=", "-", "_")).toEqual(["addDot", "addDot", null, null]);
  actionById("addDot").run(model);
  expect(meaning("-", "_", ".", ",")).toEqual(["takeDot", "takeDot", "addDot", "takeDot"]);
  for (const chosen of [[], notes]) {
    model.selection.set(chosen);
    expect(meaning("+", "-")).toEqual(["zoomIn", "zoomOut"]);
  }
  dispose();
});

test("[H44] an arrow with nothing selected chooses the note nearest to the middle, the next one moves it", () => {
  const { model, add, dispose } = createBoardInHand();
  const arrow = () => actionForKey(press("ArrowLeft"), model, everywhere);
  expect(arrow()).toBeNull();
  const notes = add("Respect", "Lef", "Humor");
  expect(arrow()).toBeNull();
  model.hands.showTree(shownTree);

  arrow()?.run(model);

  expect([...model.selection.get()]).toEqual([notes[1]]);
  expect(arrow()?.id).toBe("nudge.ArrowLeft");
  dispose();
});

test("[H10] beside the tree is no part to go to: a note is put there", () => {
  expect(nl.list.moveTo).toBe("Naar {{zone}}");
  expect(actionById("moveTo.fruits").name).toEqual({ key: "list.moveTo", zone: "fruits" });
  expect(actionById("moveTo.unplaced").name.key).toBe("list.moveBeside");
  expect([nl.list.moveBeside, en.list.moveBeside]).toEqual(["Naast de boom leggen", "Put beside the tree"]);
});

test("[H12] more than three notes are removed only after a question", () => {
  const { model, add, dispose } = createBoardInHand();
  const notes = add("a", "b", "c", "d");
  model.selection.set(notes);
  actionById("remove").run(model);
  expect(model.board.get().notes.size).toBe(4);
  expect(model.hands.question.get()).toEqual({ kind: "removal", notes });

  model.selection.set(notes.slice(0, 3));
  actionById("remove").run(model);
  expect(model.board.get().notes.size).toBe(1);
  dispose();
});

test("[H13] arrows move the whole selection, and at the edge of the world it keeps its shape", () => {
  const { model, add, dispose } = createBoardInHand();
  const notes = add("a", "b");
  model.selection.set(notes);
  const xs = () => notes.map((id) => model.board.get().notes.get(id)?.placement.x);
  actionById("nudge.ArrowRight").run(model);
  actionById("nudge.Shift+ArrowRight").run(model);
  expect(xs()).toEqual([960, 1300]);

  for (let presses = 0; presses < 100; presses += 1) actionById("nudge.Shift+ArrowRight").run(model);
  expect(xs()).toEqual([4460, 4800]);
  dispose();
});

test("[H14] a fourth highlight and a dot too many are refused with a sentence", () => {
  const { model, add, writer, dispose } = createBoardInHand();
  const notes = add("a", "b", "c", "d");
  model.selection.set(notes);
  actionById("highlight").run(model);
  expect(model.board.get().highlights).toHaveLength(3);
  expect(model.hands.notice.get()).toMatchObject({ kind: "refused", error: { kind: "tooManyHighlights" } });

  writer.setVoting({ dots: 2, phase: "open" });
  model.selection.set(notes.slice(0, 1));
  for (let dot = 0; dot < 3; dot += 1) actionById("addDot").run(model);
  expect(model.hands.notice.get()).toMatchObject({ kind: "refused", error: { kind: "noDotsLeft" } });
  actionById("takeDot").run(model);
  expect([...model.board.get().ownDots.values()]).toEqual([1]);
  dispose();
});

test("[H8] two hundred notes are pasted in free space of one zone, and one more is refused", () => {
  const { model, dispose } = createBoardInHand();
  const near = { x: 1600, y: 1740 };
  const texts = Array.from({ length: 200 }, (_, index) => `note ${index}`);
  pasteTexts(model, { texts: [...texts, "one more"], near, voice: "unspecified" });
  expect(model.hands.notice.get()).toEqual({ kind: "tooManyPasted", limit: 200, count: 201 });
  expect(model.hands.question.get()).toBeNull();

  pasteTexts(model, { texts, near, voice: "unspecified" });
  expect(model.hands.question.get()).toEqual({ kind: "paste", texts, near });
  addNear(model, { texts: texts.slice(0, 8), near, voice: "formal" });
  const notes = [...model.board.get().notes.values()];
  expect(notes.map(({ placement }) => placement.zone)).toEqual(Array(8).fill("roots"));
  for (const [index, a] of notes.entries()) {
    for (const b of notes.slice(index + 1)) {
      const size = model.template.noteSize;
      expect(overlapArea({ ...a.placement, ...size }, { ...b.placement, ...size })).toBe(0);
    }
  }

  addNear(model, { texts, near, voice: "formal" });
  expect(model.board.get().notes.size).toBe(208);
  dispose();
});

test("[H9] what was copied here comes back as it was where it is pasted, what was cut moves there", () => {
  const { model, add, dispose } = createBoardInHand();
  const [note] = add("Respect");
  if (note === undefined) throw new Error("no note");
  model.markVoice([note], "informal");
  model.hands.keepCopied({ text: "Respect", notes: [note] });

  expect(pasteCopied(model, "something else", { x: 0, y: 0 })).toBe(false);
  expect(pasteCopied(model, "Respect\r\n", { x: 1600, y: 400 })).toBe(true);
  const copy = [...model.board.get().notes.values()].find(({ id }) => id !== note);
  expect(copy).toMatchObject({ text: "Respect", voice: "informal", placement: { x: 1440, y: 300 } });

  model.removeNotes([note]);
  expect(pasteCopied(model, "Respect", { x: 600, y: 1800 })).toBe(true);
  expect(model.board.get().notes.get(note)?.placement).toMatchObject({ x: 440, y: 1700 });
  dispose();
});
