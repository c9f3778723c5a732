import { expect, test } from "vitest";
import { dropTargetOf } from "../../client/canvas/dropTarget.ts";
import { notesInLasso } from "../../client/canvas/lasso.ts";
import {
  drawOn,
  endStroke,
  loseStroke,
  nothingDrawn,
  startStroke,
  undoStroke,
} from "../../client/controls/drawnStrokes.ts";
import { matches } from "../../client/model/keyStrokes.ts";
import { NoteMap } from "../../client/model/noteMap.ts";
import { search } from "../../client/model/searchRank.ts";
import { straightPath } from "../../shared/board/drawing.ts";
import { noteIdSchema, themeIdSchema } from "../../shared/board/ids.ts";
import { noteOnPaper } from "../support/notesOnPaper.ts";

test("[H15] a lasso chooses the notes whose middle it goes around", () => {
  const box = (x: number, y: number) => ({ x, y, width: 320, height: 200 });
  const [a, b, c] = ["a", "b", "c"].map((id) => noteIdSchema.parse(id));
  if (a === undefined || b === undefined || c === undefined) throw new Error("no ids");
  const lying = [
    { id: a, box: box(0, 0) },
    { id: b, box: box(400, 0) },
    { id: c, box: box(0, 600) },
  ];
  const outline = [
    { x: -10, y: -10 },
    { x: 600, y: -10 },
    { x: 600, y: 300 },
    { x: -10, y: 300 },
  ];

  expect(notesInLasso(outline, lying)).toEqual([a, b]);
});

test("[H16] a note over another asks for a theme, over a theme it joins, in its own it only moves", () => {
  const size = { width: 320, height: 200 };
  const id = themeIdSchema.parse("theme");
  const at = (x: number, y: number) => ({ zone: "roots" as const, x, y });
  const lone = noteOnPaper("lone", { placement: at(0, 0) });
  const member = noteOnPaper("member", { placement: at(1000, 0), theme: id });
  const sibling = noteOnPaper("sibling", { placement: at(1340, 0), theme: id });
  const hand = noteOnPaper("hand", { placement: at(3000, 0) });
  const all = [lone, member, sibling, hand];
  const board = {
    notes: NoteMap.of(all),
    themes: new Map([[id, { id, title: "Moed", createdAt: 0, notes: [member, sibling] }]]),
  };
  const over = (carried: typeof all, x: number, y: number) =>
    dropTargetOf({ carried, at: { x, y }, board, size });

  expect(over([hand], 40, 20)).toEqual({ kind: "note", note: lone });
  expect(over([hand], 250, 20)).toBeNull();
  expect(over([hand], 1020, 20)).toEqual({ kind: "theme", theme: id });
  expect(over([hand], 1200, -80)).toEqual({ kind: "theme", theme: id });
  expect(over([sibling], 1020, 20)).toBeNull();
  expect(over([hand, lone], 1020, 20)).toEqual({ kind: "theme", theme: id });
  expect(over([lone, hand], 3000, 20)).toBeNull();
});

test("[H17] the palette finds by beginnings, words in any order, without accents, with letters left out", () => {
  const names = [
    "Kopie maken",
    "Naar de wortels",
    "Alles kiezen: wortels",
    "Café om de hoek",
    "Vertrouwen in elkaar",
  ];
  const found = (query: string) => search(names, (name) => name, query);

  expect(found("wort")).toEqual(["Naar de wortels", "Alles kiezen: wortels"]);
  expect(found("WORTELS kiezen")).toEqual(["Alles kiezen: wortels"]);
  expect(found("cafe")).toEqual(["Café om de hoek"]);
  expect(found("vtrw")).toEqual(["Vertrouwen in elkaar"]);
  expect(found("")).toEqual(names);
  expect(found("zzz")).toEqual([]);
});

test("[H11] a shortcut is pressed whole: Shift matters for letters, not for signs", () => {
  const press = (
    key: string,
    held: Partial<Record<"ctrlKey" | "metaKey" | "shiftKey" | "altKey", boolean>>,
  ) => ({
    key,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    altKey: false,
    ...held,
  });
  expect(matches(press("d", { metaKey: true }), "Ctrl+d")).toBe(true);
  expect(matches(press("d", {}), "Ctrl+d")).toBe(false);
  expect(matches(press("D", { shiftKey: true }), "d")).toBe(false);
  expect(matches(press("?", { shiftKey: true }), "?")).toBe(true);
  expect(matches(press("+", { shiftKey: true }), "+")).toBe(true);
  expect(matches(press("1", { altKey: true }), "1")).toBe(false);
});

test("[H18] one pointer draws at a time, a leaning hand never, and after a pen no finger", () => {
  const at = { x: 10, y: 10 };
  const finger = { pointer: 1, kind: "touch", size: 20, at } as const;
  let drawn = startStroke(nothingDrawn, { ...finger, pointer: 9, size: 90 });
  expect(drawn.strokes).toEqual([]);

  drawn = startStroke(drawn, finger);
  drawn = startStroke(drawn, { ...finger, pointer: 2, at: { x: 99, y: 99 } });
  drawn = drawOn(drawn, 2, [{ x: 50, y: 50 }]);
  drawn = drawOn(drawn, 1, [
    { x: 20, y: 10 },
    { x: 30, y: 10 },
  ]);
  drawn = endStroke(drawn, 1);
  expect(drawn.strokes).toEqual([[10, 10, 20, 10, 30, 10]]);

  drawn = startStroke(drawn, { ...finger, pointer: 3 });
  expect(loseStroke(drawn, 3).strokes).toHaveLength(1);
  // The hand came before its pen.
  drawn = endStroke(startStroke(drawn, { ...finger, pointer: 4, kind: "pen", at: { x: 5, y: 5 } }), 4);
  expect(drawn.strokes).toEqual([
    [10, 10, 20, 10, 30, 10],
    [5, 5],
  ]);
  expect(startStroke(drawn, finger)).toBe(drawn);
  expect(undoStroke(drawn).strokes).toHaveLength(1);
  expect(drawn.strokes.map(straightPath)).toEqual(["M10 10 20 10 30 10", "M5 5h0"]);
});
