import { expect, test } from "vitest";
import { createSceneContent } from "../../../client/canvas/sceneContent.ts";
import { zoneWordsArea } from "../../../client/canvas/zonePainter.ts";
import type { Other } from "../../../client/model/boardModel.ts";
import { watchBoard } from "../../../client/model/boardView.ts";
import { createSource } from "../../../client/model/observable.ts";
import type { Rectangle } from "../../../shared/board/geometry.ts";
import { zoneOf } from "../../../shared/template/template.ts";
import { treeTemplate } from "../../../shared/template/tree.ts";
import { groupFactsSchema, workshopStateSchema } from "../../../shared/workshop/workshop.ts";
import { createWriter, mustWork, newNote } from "../../support/writers.ts";

const group = groupFactsSchema.parse({
  id: "group00000000001",
  name: "Groep 1",
  focus: "individual",
  boardId: "board00000000001",
  templateId: treeTemplate.id,
  createdAt: "2026-03-05T19:00:00.000Z",
});
const workshop = workshopStateSchema.parse({
  workshop: {
    id: "workshop00000001",
    title: "Werkplaats",
    language: "nl",
    date: null,
    createdAt: "2026-03-05T19:00:00.000Z",
    retentionUntil: null,
  },
  groups: [group],
  participants: [],
  present: [],
  serverTime: 0,
});

function setting({ isStill = false }: { readonly isStill?: boolean } = {}) {
  const writer = createWriter();
  const isLoaded = createSource(false);
  const asked: (Rectangle | "all")[] = [];
  const content = createSceneContent({
    model: {
      template: treeTemplate,
      group: createSource(group),
      workshop: createSource(workshop),
      board: watchBoard(writer.doc, null).view,
      isLoaded,
      others: createSource<readonly Other[]>([]),
    },
    painter: {
      paint: () => "whole",
      paintSigns: () => undefined,
      heightOf: () => treeTemplate.noteSize.height,
    },
    isStill: () => isStill,
    onDirty: (area) => void asked.push(area),
    onAllDirty: () => void asked.push("all"),
  });
  const rows = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      newNote(`briefje ${index}`, {
        placement: { zone: "roots", x: (index % 20) * 90, y: 1_500 + Math.floor(index / 20) },
      }),
    );
  return { writer, isLoaded, content, asked, rows };
}

test("[C10] a board that arrives is painted whole, and one note that changes in its own place", () => {
  const { writer, content, asked, rows } = setting();

  mustWork(writer.addNotes(rows(200)));
  content.followBoard(0);
  const arrived = asked.splice(0);
  mustWork(writer.addNote(newNote("nog een")));
  content.followBoard(1_000);

  expect(arrived).toContain("all");
  expect(asked).not.toContain("all");
  expect(asked.length).toBeGreaterThan(0);
});

test("[C10] a zone asks its question when the board is known to be empty there, not while it is on its way", () => {
  const { writer, isLoaded, content, asked, rows } = setting();
  const words = zoneWordsArea(zoneOf(treeTemplate, "fruits"));

  content.followBoard(0);
  const onItsWay = asked.splice(0);
  isLoaded.set(true);
  content.followBoard(10);
  const loaded = asked.splice(0);
  mustWork(writer.addNotes(rows(2)));
  content.followBoard(20);

  expect(onItsWay).toEqual([]);
  expect(loaded).toContainEqual(words);
  expect(loaded).toHaveLength(3);
  expect(asked).toContainEqual(zoneWordsArea(zoneOf(treeTemplate, "roots")));
  expect(asked).not.toContainEqual(words);
});

test("[C40] who comes to lie over a note with signs, or goes, has all of these painted anew", () => {
  const { writer, content, asked } = setting({ isStill: true });
  const place = (x: number) => ({ placement: { zone: "roots" as const, x, y: 1_500 } });
  const [starred, other] = mustWork(writer.addNotes([newNote("a", place(900)), newNote("b", place(2_000))]));
  if (starred === undefined || other === undefined) throw new Error("two notes expected");
  mustWork(writer.highlightNote(starred));
  content.followBoard(0);

  for (const x of [850, 2_000]) {
    asked.splice(0);
    mustWork(writer.placeNote(other, { zone: "roots", x, y: 1_450 }));
    content.followBoard(1_000);
    // A hundred units around it: as far as signs may reach.
    expect(asked).toContainEqual(expect.objectContaining({ x: 800, y: 1_400 }));
  }
});
