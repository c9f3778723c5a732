import { expect, test } from "vitest";
import { createArranging } from "../../client/model/arranging.ts";
import { watchBoard } from "../../client/model/boardView.ts";
import { overlapArea, type Point } from "../../shared/board/geometry.ts";
import { type NoteId, noteIdSchema, themeIdSchema } from "../../shared/board/ids.ts";
import { zoneAt, zoneIds } from "../../shared/board/placement.ts";
import { treeTemplate } from "../../shared/template/tree.ts";
import { createWriter, mustWork, newNote, noteOf, participantOf } from "../support/writers.ts";

const { noteSize } = treeTemplate;
const nowhere = noteIdSchema.parse("nowhere");

/** A real document with five notes in a row in the roots and one in the fruits. */
function openBoard() {
  const alice = createWriter();
  const { view: board, stop } = watchBoard(alice.doc, participantOf("alice"));
  let steps = 0;
  let themes = 0;
  const moved: NoteId[] = [];
  const arranging = createArranging({
    board,
    writer: alice,
    template: treeTemplate,
    separately(action) {
      steps += 1;
      return action();
    },
    continuing(step, action) {
      if (step === null) steps += 1;
      return action();
    },
    createThemeId() {
      themes += 1;
      return themeIdSchema.parse(`theme${themes}`);
    },
    onMoved: (ids) => void moved.push(...ids),
  });
  const ids = mustWork(
    alice.addNotes([
      ...Array.from({ length: 5 }, (_, index) =>
        newNote(`${index}`, {
          placement: { zone: "roots", x: 700 + 334 * index, y: 1_420 + (index % 2) * 20 },
        }),
      ),
      newNote("fruit", { placement: { zone: "fruits", x: 2_000, y: 300 } }),
    ]),
  );
  const [a, b, c, d, e, fruit] = ids;
  if (a === undefined || b === undefined || c === undefined) throw new Error("notes expected");
  if (d === undefined || e === undefined || fruit === undefined) throw new Error("notes expected");
  const placeOf = (id: NoteId) => noteOf(alice.doc, id).placement;
  return { alice, board, stop, arranging, ids, a, b, c, d, e, fruit, placeOf, moved, steps: () => steps };
}

const overlaps = (first: Point, second: Point) =>
  overlapArea({ ...first, ...noteSize }, { ...second, ...noteSize }) > 0;

test("[E30] notes that make a theme gather around the first, in one step, and go back where they were", () => {
  const { alice, board, arranging, a, b, fruit, ids, placeOf, steps, moved } = openBoard();
  const before = ids.map(placeOf);

  const theme = mustWork(arranging.makeTheme([a, fruit, b, a], "Vertrouwen"));

  expect(steps()).toBe(1);
  expect(new Set(moved)).toEqual(new Set([a, fruit, b]));
  expect(placeOf(a)).toEqual(before[0]);
  expect(board.get().themes.get(theme)).toMatchObject({ title: "Vertrouwen", id: theme });
  expect(
    board
      .get()
      .themes.get(theme)
      ?.notes.map(({ id }) => id),
  ).toEqual([a, b, fruit]);
  const places = ids.map(placeOf);
  expect(places.every(({ zone }) => zone === "roots")).toBe(true);
  for (const [index, place] of places.entries()) {
    expect(places.slice(index + 1).some((other) => overlaps(place, other))).toBe(false);
  }
  mustWork(arranging.dissolveTheme(theme));
  expect(ids.map(placeOf)).toEqual(before);
  expect(noteOf(alice.doc, fruit).theme).toBeNull();
});

test("[E30] a note that is taken far from its theme leaves it, one that stays near does not", () => {
  const { alice, arranging, a, b, c, placeOf } = openBoard();
  const theme = mustWork(arranging.makeTheme([a, b, c], "Vertrouwen"));
  const near = { x: placeOf(c).x + 40, y: placeOf(c).y + 40 };

  mustWork(arranging.moveNotes([{ note: c, topLeft: near }]));
  expect(noteOf(alice.doc, c)).toMatchObject({ theme, placement: near });
  mustWork(arranging.moveNotes([{ note: c, topLeft: { x: 2_000, y: 300 } }]));

  expect(noteOf(alice.doc, c)).toMatchObject({
    theme: null,
    placeBefore: null,
    placement: { zone: "fruits", x: 2_000, y: 300 },
  });
  expect([a, b].map((id) => noteOf(alice.doc, id).theme)).toEqual([theme, theme]);
});

test("[E30] a whole theme can be taken anywhere and stays one", () => {
  const { alice, arranging, a, b, placeOf } = openBoard();
  const theme = mustWork(arranging.makeTheme([a, b], "Vertrouwen"));
  const before = [a, b].map(placeOf);

  mustWork(
    arranging.moveNotes(
      [a, b].map((note) => ({ note, topLeft: { x: placeOf(note).x + 600, y: placeOf(note).y - 1_000 } })),
    ),
  );

  for (const [index, id] of [a, b].entries()) {
    expect(noteOf(alice.doc, id).theme).toBe(theme);
    const { x, y, zone } = placeOf(id);
    expect({ x, y }).toEqual({ x: (before[index]?.x ?? 0) + 600, y: (before[index]?.y ?? 0) - 1_000 });
    expect(zone).toBe(zoneAt({ x, y }, treeTemplate));
  }
});

test("[E30] who joins a theme gathers beside its notes; who is there already stays", () => {
  const { arranging, a, b, fruit, placeOf, board } = openBoard();
  const theme = mustWork(arranging.makeTheme([a, b], "Vertrouwen"));
  const before = [a, b].map(placeOf);

  mustWork(arranging.joinTheme([b, fruit], theme));

  expect([a, b].map(placeOf)).toEqual(before);
  expect(board.get().themes.get(theme)?.notes).toHaveLength(3);
  expect(before.some((other) => overlaps(placeOf(fruit), other))).toBe(false);
  mustWork(arranging.leaveTheme([fruit]));
  expect(placeOf(fruit)).toEqual({ zone: "fruits", x: 2_000, y: 300 });
});

test("[E28] tidying a zone leaves themes and other zones as they lie, and a tidy zone is not touched again", () => {
  const { alice, arranging, a, b, c, d, e, fruit, placeOf, steps } = openBoard();
  mustWork(arranging.makeTheme([a, b], "Vertrouwen"));
  for (const id of [c, d, e]) mustWork(alice.placeNote(id, { zone: "roots", x: 1_700, y: 1_450 }));
  const before = [a, b, fruit].map(placeOf);

  mustWork(arranging.tidyZone("roots"));

  expect([a, b, fruit].map(placeOf)).toEqual(before);
  const places = [a, b, c, d, e].map(placeOf);
  for (const [index, place] of places.entries()) {
    expect(places.slice(index + 1).some((other) => overlaps(place, other))).toBe(false);
  }
  const done = steps();
  mustWork(arranging.tidyZone("roots"));
  mustWork(arranging.tidyZone("wateringCan"));
  expect(steps()).toBe(done);
});

test("[E31] a note goes one place earlier or later in the order in which its zone is read", () => {
  const { arranging, a, b, c, fruit, board } = openBoard();
  // b lies twenty units lower than its neighbours, which nobody reads as another row.
  const order = () =>
    [...board.get().notesByZone.roots]
      .sort((one, other) => one.placement.x - other.placement.x)
      .map(({ id }) => id)
      .slice(0, 3);
  expect(order()).toEqual([a, b, c]);

  mustWork(arranging.moveInOrder(a, 1));
  expect(order()).toEqual([b, a, c]);
  mustWork(arranging.moveInOrder(a, 1));
  expect(order()).toEqual([b, c, a]);
  mustWork(arranging.moveInOrder(a, -1));
  mustWork(arranging.moveInOrder(a, -1));
  mustWork(arranging.moveInOrder(a, -1));
  expect(order()).toEqual([a, b, c]);
  mustWork(arranging.moveInOrder(fruit, 1));
  expect(arranging.moveInOrder(nowhere, 1)).toMatchObject({ ok: false, error: { kind: "unknownNote" } });
});

test("[E31] moving in order never takes a note out of its theme, nor another into it", () => {
  const { alice, arranging, a, b, c, d, placeOf } = openBoard();
  const theme = mustWork(arranging.makeTheme([b, c], "Vertrouwen"));
  const outside = [a, d].map(placeOf);
  const inside = [b, c].map(placeOf);

  mustWork(arranging.moveInOrder(b, 1));
  mustWork(arranging.moveInOrder(a, 1));

  expect([c, b].map(placeOf)).toEqual(inside);
  expect([d, a].map(placeOf)).toEqual(outside);
  expect([a, b, c, d].map((id) => noteOf(alice.doc, id).theme)).toEqual([null, theme, theme, null]);
});

test("[E30] several notes that go to another zone each get a spot of their own, and leave their themes", () => {
  const { alice, arranging, a, b, c, fruit, placeOf, steps } = openBoard();
  mustWork(arranging.makeTheme([a, b], "Vertrouwen"));
  const before = steps();
  const stays = placeOf(fruit);

  mustWork(arranging.moveNotesToZone([a, b, c, fruit], "fruits"));

  expect(steps()).toBe(before + 1);
  expect(placeOf(fruit)).toEqual(stays);
  const places = [a, b, c, fruit].map(placeOf);
  for (const [index, place] of places.entries()) {
    expect(place.zone).toBe("fruits");
    expect(places.slice(index + 1).some((other) => overlaps(place, other))).toBe(false);
  }
  for (const id of [a, b, c]) expect(noteOf(alice.doc, id)).toMatchObject({ theme: null, placeBefore: null });
});

test("[E30] notes that are unknown, or gone, are refused whole", () => {
  const { alice, arranging, a, b, ids, placeOf } = openBoard();
  mustWork(alice.removeNote(b));
  const before = ids.map(placeOf);

  const refusals = zoneIds.flatMap((zone) => [
    arranging.moveNotesToZone([a, b], zone),
    arranging.moveNotes([
      { note: a, topLeft: { x: 1, y: 1 } },
      { note: nowhere, topLeft: { x: 1, y: 1 } },
    ]),
    arranging.makeTheme([a, nowhere], "Vertrouwen"),
  ]);

  expect(refusals.every((refusal) => !refusal.ok && refusal.error.kind === "unknownNote")).toBe(true);
  expect(ids.map(placeOf)).toEqual(before);
});

test("[E30] copies say the same, a little beside, and are nobody's", () => {
  const { alice, arranging, a } = openBoard();
  const drawn = mustWork(
    alice.addNote(
      newNote("Lef", {
        drawing: [[1, 2, 30, 40]],
        voice: "informal",
        author: participantOf("bob"),
        source: "phone",
      }),
    ),
  );

  const copies = arranging.copiesOf([drawn, nowhere, a], "screen");

  expect(copies).toMatchObject([
    {
      text: "Lef",
      voice: "informal",
      source: "screen",
      drawing: [[1, 2, 30, 40]],
      placement: { x: 140, y: 1_440 },
    },
    { text: "0", voice: "unspecified", source: "screen" },
  ]);
  expect(copies.every((copy) => !("author" in copy))).toBe(true);
  expect(copies[1] !== undefined && "drawing" in copies[1]).toBe(false);
});

test("[H41] a note that lies over another is laid on the nearest free spot of its zone; beside others it stays", () => {
  const { arranging, a, b, c, ids, placeOf } = openBoard();
  mustWork(arranging.moveNotes([{ note: a, topLeft: { x: placeOf(c).x + 3, y: placeOf(c).y + 2 } }]));
  const [dropped, others] = [placeOf(a), ids.filter((id) => id !== a).map(placeOf)];

  mustWork(arranging.layBeside(a, null));

  const { x, y, zone } = placeOf(a);
  expect(zone).toBe("roots");
  expect(others.filter((other) => overlaps({ x, y }, other))).toEqual([]);
  expect(Math.hypot(x - dropped.x, y - dropped.y)).toBeLessThan(2.5 * noteSize.width);
  expect(ids.filter((id) => id !== a).map(placeOf)).toEqual(others);

  const before = placeOf(b);
  mustWork(arranging.layBeside(b, null));
  expect(placeOf(b)).toEqual(before);
});
