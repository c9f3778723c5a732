import fc from "fast-check";
import { expect, test } from "vitest";
import { watchBoard } from "../../client/model/boardView.ts";
import { type PresentStep, presentKey, presentSteps, stepAfter } from "../../client/screens/presentSteps.ts";
import {
  cardHidesNote,
  createRoughLayouts,
  freePlace,
  noteBoxes,
  readableScale,
  zoneViews,
} from "../../client/screens/presentViews.ts";
import { overlapArea } from "../../shared/board/geometry.ts";
import { nextFreeSpot, type ZoneId } from "../../shared/board/placement.ts";
import { treeTemplate } from "../../shared/template/tree.ts";
import { createSeededRandom } from "../support/random.ts";
import { createWriter, mustWork, newNote } from "../support/writers.ts";

const projector = { width: 1024, height: 768 };
const free = { width: 1000, height: 690 };
const layouts = createRoughLayouts(treeTemplate);

type Counts = Partial<Record<ZoneId, number>>;

/** A board with so many notes in its zones, as people fill it. */
function boardWith(counts: Counts, words = "Elkaar durven bellen") {
  const clock = { now: 1_760_000_000_000 };
  const writer = createWriter({ clock });
  const { view } = watchBoard(writer.doc, null);
  const random = createSeededRandom(7);
  const taken: { x: number; y: number }[] = [];
  for (const zone of ["roots", "wateringCan", "fruits"] as const) {
    for (let index = 0; index < (counts[zone] ?? 0); index += 1) {
      const placement = nextFreeSpot(zone, taken, treeTemplate, random());
      taken.push(placement);
      mustWork(writer.addNote(newNote(`${words} ${index}`, { placement })));
    }
  }
  return { writer, clock, board: () => view.get() };
}

const stepsOf = (board: Parameters<typeof presentSteps>[0]["board"]): readonly PresentStep[] =>
  presentSteps({ board, template: treeTemplate, layouts, screen: projector, free });

test("[W3] the steps are the whole tree, its three parts, and each highlight in the order of choosing", () => {
  const { writer, clock, board } = boardWith({ roots: 3, wateringCan: 1, fruits: 2 });
  const [first, , third] = board().notesByZone.roots;
  if (first === undefined || third === undefined) throw new Error("no notes");
  mustWork(writer.highlightNote(third.id));
  clock.now += 1_000;
  mustWork(writer.highlightNote(first.id));

  expect(stepsOf(board()).map(({ id }) => id)).toEqual([
    "tree",
    "roots/1",
    "wateringCan/1",
    "fruits/1",
    `highlight/${third.id}`,
    `highlight/${first.id}`,
  ]);
});

test("[W3] an empty tree is presented too: its questions stand where notes will be", () => {
  const { board } = boardWith({});

  expect(stepsOf(board()).map(({ id }) => id)).toEqual(["tree", "roots/1", "wateringCan/1", "fruits/1"]);
});

test("[W3] next and previous stop at both ends, and jumps go there at once", () => {
  const steps = stepsOf(boardWith({ roots: 1 }).board());
  const at = (id: string) => ({ id, index: steps.findIndex((step) => step.id === id) });

  expect(stepAfter(steps, at("tree"), "next")?.id).toBe("roots/1");
  expect(stepAfter(steps, at("roots/1"), "previous")?.id).toBe("tree");
  expect(stepAfter(steps, at("tree"), "previous")?.id).toBe("tree");
  expect(stepAfter(steps, at("fruits/1"), "next")?.id).toBe("fruits/1");
  expect(stepAfter(steps, at("roots/1"), "last")?.id).toBe("fruits/1");
  expect(stepAfter(steps, at("fruits/1"), "first")?.id).toBe("tree");
});

test("[W3] when the step that is shown goes away, the presentation goes on from its place", () => {
  const { writer, board } = boardWith({ roots: 2 });
  for (const { id } of board().notesByZone.roots) mustWork(writer.highlightNote(id));
  const before = stepsOf(board());
  const shown = before[4];
  const [first] = board().notesByZone.roots;
  if (shown === undefined || first === undefined) throw new Error("no highlight");
  mustWork(writer.unhighlightNote(first.id));

  const after = stepsOf(board());

  expect(shown.id).toBe(`highlight/${first.id}`);
  expect(stepAfter(after, { id: shown.id, index: 4 }, "next")?.id).toBe(after[4]?.id);
  expect(stepAfter(after, { id: shown.id, index: 4 }, "previous")?.id).toBe("fruits/1");
});

test("[W4] keys of a keyboard and of a clicker mean the same, and with a modifier they are the browser's", () => {
  const press = (key: string) => presentKey({ key, hasModifier: false });

  expect(["ArrowRight", "PageDown", " "].map(press)).toEqual(["next", "next", "next"]);
  expect(["ArrowLeft", "PageUp"].map(press)).toEqual(["previous", "previous"]);
  expect(["Home", "End", "Escape", "s"].map(press)).toEqual(["first", "last", "leave", "point"]);
  expect(["b", ".", "Enter", "Tab", "x"].map(press)).toEqual([null, null, null, null, null]);
  expect(presentKey({ key: "ArrowRight", hasModifier: true })).toBeNull();
});

test("[W5] forty notes are read from the back row of a projector, in as few parts as that takes", () => {
  const { board } = boardWith({ roots: 17, wateringCan: 8, fruits: 15 });

  const steps = stepsOf(board()).filter((step) => step.kind === "zone");

  const letter = Math.min(...[...board().notes.values()].map(({ text }) => layouts.layoutOf(text).fontSize));

  expect(steps.length).toBeLessThanOrEqual(7);
  for (const { view } of steps) {
    const scale = Math.min(free.width / view.width, free.height / view.height);
    expect(scale * letter).toBeGreaterThanOrEqual(18);
  }
});

test("[W5] however many notes there are: each part is readable, and every note is whole in one of them", () => {
  fc.assert(
    fc.property(
      fc.record({
        roots: fc.integer({ min: 1, max: 90 }),
        words: fc.constantFrom("Lef", "Respect voor elkaar", "Verantwoordelijkheidsgevoel ".repeat(9)),
        larger: fc.constantFrom(1, 1.4, 2.8),
      }),
      ({ roots, words, larger }) => {
        const { board } = boardWith({ roots }, words);
        const notes = board().notesByZone.roots;
        const screen = { width: projector.width * larger, height: projector.height * larger };
        const room = { width: free.width * larger, height: free.height * larger };
        const views = zoneViews({
          notes,
          zone: "roots",
          template: treeTemplate,
          layouts,
          screen,
          free: room,
        });
        const boxes = noteBoxes(notes, treeTemplate, layouts);
        // Words of the smallest size are the worst case.
        const letter = words.startsWith("Verantw") ? 26 : 48;

        for (const view of views) {
          const scale = Math.min(room.width / view.width, room.height / view.height);
          const isOneTallNote = boxes.some(
            (box) => overlapArea(box, view) === box.width * box.height && box.height > 900,
          );
          if (!isOneTallNote) expect(scale).toBeGreaterThanOrEqual(readableScale(screen, letter) * 0.99);
        }
        for (const box of boxes) {
          expect(views.some((view) => overlapArea(box, view) >= box.width * box.height - 1)).toBe(true);
        }
      },
    ),
    { numRuns: 40 },
  );
});

test("[W6] the card hides no note: the tree makes room for it, and a zone puts it away", () => {
  const { writer, board } = boardWith({ roots: 40, wateringCan: 6, fruits: 12 });
  mustWork(writer.addNote(newNote("In de hoek", { placement: { zone: "roots", x: 2860, y: 1780 } })));
  const boxes = noteBoxes(board().notes.values(), treeTemplate, layouts);
  const corner = { width: 190, height: 230 };
  for (const screen of [projector, { width: 1920, height: 1080 }]) {
    const place = { view: { x: 0, y: 0, ...treeTemplate.world }, boxes, screen, top: 70, corner };

    expect(cardHidesNote(place)).toBe(true);
    const covered = freePlace(place);
    expect(covered.right >= corner.width || covered.bottom >= corner.height).toBe(true);
  }
});

test("[W6] where no note lies in the corner the tree keeps the whole screen", () => {
  const { board } = boardWith({ roots: 4 });
  const boxes = noteBoxes(board().notes.values(), treeTemplate, layouts);
  const place = {
    view: { x: 0, y: 0, ...treeTemplate.world },
    boxes,
    screen: projector,
    top: 70,
    corner: { width: 170, height: 210 },
  };

  expect(cardHidesNote(place)).toBe(false);
  expect(freePlace(place)).toEqual({ top: 70, right: 12, bottom: 12, left: 12 });
});
