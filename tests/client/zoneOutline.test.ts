import { expect, test } from "vitest";
import { neighbourOf } from "../../client/list/useRowFocus.ts";
import { siblingsOf, watchOutline } from "../../client/model/zoneOutline.ts";
import type { NoteId } from "../../shared/board/ids.ts";
import { treeTemplate } from "../../shared/template/tree.ts";
import { createBoardOnPaper } from "../support/boardOnPaper.ts";
import { mustWork } from "../support/writers.ts";

const { noteSize } = treeTemplate;

function createBoard() {
  const board = createBoardOnPaper({ name: "alice" });
  const ids = ["een", "twee", "drie", "vier", "vijf", "zes"].map((text) => board.add(text, "roots"));
  const outline = watchOutline(board.watch.view, noteSize);
  const free = () => outline.get().roots.free.map(({ text }) => text);
  const noteOf = (id: NoteId) => {
    const note = board.watch.view.get().notes.get(id);
    if (note === undefined) throw new Error("no note");
    return note;
  };
  return { ...board, ids, outline, free, noteOf };
}

test("[L1] one place later in the list is one place later on the tree, to the end and back", () => {
  const { arranging, outline, free, undoManager } = createBoard();
  const start = free();
  const [first] = outline.get().roots.free;
  if (first === undefined) throw new Error("no note");

  for (let step = 0; step < start.length + 3; step += 1) mustWork(arranging.moveInOrder(first.id, 1));
  expect(free()).toEqual([...start.slice(1), first.text]);
  mustWork(arranging.moveInOrder(first.id, -1));
  expect(free().at(-2)).toBe(first.text);

  while (undoManager.canUndo() && free().length === start.length && free().join() !== start.join()) {
    undoManager.undo();
  }
  expect(free()).toEqual(start);
});

test("[L1] two notes on one spot can be told apart by their order", () => {
  const { arranging, free, ids, writer } = createBoard();
  const [first, second] = ids;
  if (first === undefined || second === undefined) throw new Error("no notes");
  for (const id of [first, second]) mustWork(writer.placeNote(id, { zone: "roots", x: 1400, y: 1500 }));
  const place = (text: string) => free().indexOf(text);
  const [earlier, id] =
    place("een") < place("twee") ? (["een", first] as const) : (["twee", second] as const);
  const later = earlier === "een" ? "twee" : "een";

  mustWork(arranging.moveInOrder(id, 1));

  expect(place(earlier)).toBeGreaterThan(place(later));
});

test("[L4] notes of a theme stand under its heading and go earlier and later among themselves", () => {
  const { arranging, outline, free, ids, watch, noteOf } = createBoard();
  const [first, second, third] = ids;
  if (first === undefined || second === undefined || third === undefined) throw new Error("no notes");

  const theme = mustWork(arranging.makeTheme([first, second, third], "Samen"));

  const { themes, count } = outline.get().roots;
  expect(count).toBe(6);
  expect(free().sort()).toEqual(["vier", "vijf", "zes"]);
  expect(themes.map(({ id, title, notes }) => [id, title, notes.length])).toEqual([[theme, "Samen", 3]]);
  const last = themes[0]?.notes.at(-1);
  if (last === undefined) throw new Error("no note");
  mustWork(arranging.moveInOrder(last.id, 1));
  expect(outline.get().roots.themes[0]?.notes.at(-1)?.id).toBe(last.id);
  mustWork(arranging.moveInOrder(last.id, -1));
  expect(outline.get().roots.themes[0]?.notes.at(-2)?.id).toBe(last.id);
  expect(siblingsOf(noteOf(last.id), watch.view.get(), noteSize).map(({ id }) => id)).toEqual(
    outline.get().roots.themes[0]?.notes.map(({ id }) => id),
  );
});

test("[L5] parts of the board that nobody touched stay the same objects", () => {
  const { add, arranging, outline, ids, writer } = createBoard();
  add("fruit", "fruits");
  const [first, second, third] = ids;
  if (first === undefined || second === undefined || third === undefined) throw new Error("no notes");
  mustWork(arranging.makeTheme([first, second], "Samen"));
  const before = outline.get();

  mustWork(writer.rewordNote(third, "anders"));

  const after = outline.get();
  expect(after.fruits).toBe(before.fruits);
  expect(after.roots).not.toBe(before.roots);
  expect(after.roots.themes).toBe(before.roots.themes);
  expect(outline.get()).toBe(after);
});

test("[L6] who stood on a note that went stands on the next one, or else on the one before", () => {
  const { ids } = createBoard();
  const [a, b, c] = ids;
  if (a === undefined || b === undefined || c === undefined) throw new Error("no notes");

  expect(neighbourOf(b, [a, b, c], [a, c])).toBe(c);
  expect(neighbourOf(c, [a, b, c], [a, b])).toBe(b);
  expect(neighbourOf(c, [a, b, c], [])).toBeNull();
  expect(neighbourOf(a, [b, c], [b, c])).toBeNull();
});
