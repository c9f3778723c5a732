import fc from "fast-check";
import { expect, test } from "vitest";
import {
  maxDrawingCoordinate,
  maxDrawingPoints,
  maxStrokes,
  readDrawing,
  toDrawing,
} from "../../../shared/board/drawing.ts";
import { createWriter, exchange, mustWork, newNote, noteOf } from "../../support/writers.ts";

const anyNumber = fc.oneof(
  fc.double(),
  fc.integer({ min: -50, max: 2_100 }),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 1e300),
);

test("[E26] whatever a hand draws becomes a drawing that every screen reads, and the same one when kept again", () => {
  let kept = 0;
  fc.assert(
    fc.property(fc.array(fc.array(anyNumber, { maxLength: 30 }), { maxLength: 12 }), (strokes) => {
      const drawing = toDrawing(strokes);
      if (drawing === null) return;
      kept += 1;

      expect(readDrawing(drawing)).toBe(drawing);
      expect(toDrawing(drawing)).toEqual(drawing);
      expect(drawing.flat().some((number) => Object.is(number, -0))).toBe(false);
    }),
    { numRuns: 500 },
  );
  expect(kept).toBeGreaterThan(100);
});

test("[E26] points that are no place are left out, those outside come to the edge, a dot stays a dot", () => {
  expect(toDrawing([[5, 5, Number.NaN, 7, 9, 9]])).toEqual([[5, 5, 9, 9]]);
  expect(toDrawing([[-5, 1e9, 300, 20.4]])).toEqual([[0, maxDrawingCoordinate, 300, 20]]);
  expect(toDrawing([[7, 7]])).toEqual([[7, 7]]);
  expect(toDrawing([[7, 7, 7, 7, 7, 7]])).toEqual([[7, 7]]);
  expect(toDrawing([[1, 2, 3]])).toEqual([[1, 2]]);
  for (const nothing of [[], [[]], [[1]], [[Number.NaN, 1]]]) expect(toDrawing(nothing)).toBeNull();
});

test("[E26] where a line begins and ends is kept however little it moves", () => {
  expect(toDrawing([[10, 10, 11, 10, 12, 10, 13, 10, 13, 11]])).toEqual([[10, 10, 12, 10, 13, 11]]);
});

test("[E26] a drawing with too many points is kept coarser, not cut off", () => {
  const long = Array.from({ length: 9_000 }, (_, index) => [
    Math.round(600 + 500 * Math.cos(index / 400)),
    Math.round(600 + 500 * Math.sin(index / 370)),
  ]).flat();

  const drawing = toDrawing([long, [1, 1, 30, 30]]);

  expect(drawing).toHaveLength(2);
  expect(readDrawing(drawing)).toBe(drawing);
  expect(drawing?.[0]?.slice(0, 2)).toEqual(long.slice(0, 2));
  expect(drawing?.[0]?.slice(-2)).toEqual(long.slice(-2));
  expect(drawing?.[1]).toEqual([1, 1, 30, 30]);
});

test("[E26] beyond all limits as much is kept as fits", () => {
  const wild = Array.from({ length: 20_000 }, (_, index) => (index * 977) % 2_000);
  const many = Array.from({ length: maxStrokes + 50 }, (_, index) => [index, 0, index, 100]);

  expect(toDrawing([wild])?.flat()).toHaveLength(2 * maxDrawingPoints);
  expect(toDrawing(many)).toHaveLength(maxStrokes);
});

test("[E26] what is no drawing reads as none", () => {
  const sparse: unknown[] = [1, 2];
  sparse.length = 4;
  const broken: readonly unknown[] = [
    ...[undefined, null, 1, "x", {}, [], [[]], [1, 2], [["1", "2"]], [[1]], [[1, 2, 3]], [[1, 2], []]],
    ...[[[1, -1]], [[1, 2_001]], [[1, 1.5]], [[1, Number.NaN]], [[1, 1e300]], [sparse], [[1, null]]],
    [{ length: 2, 0: 1, 1: 2 }],
    Array.from({ length: maxStrokes + 1 }, () => [1, 2]),
    [new Array(2 * maxDrawingPoints + 2).fill(1)],
    [new Array(2 * maxDrawingPoints).fill(1), [1, 1]],
    [new Uint8Array([1, 2])],
  ];

  for (const value of broken) expect(readDrawing(value)).toBeNull();
  fc.assert(fc.property(fc.anything(), (value) => void readDrawing(value)));
});

test("[E26] a drawing is a full note, reads the same on every screen, and stays the same object when it moves", () => {
  const alice = createWriter();
  const bob = createWriter({ name: "bob" });
  const drawing = [
    [0, 0, 100, 50],
    [7, 7],
  ];
  const id = mustWork(alice.addNote(newNote("", { drawing })));
  exchange(alice.doc, bob.doc);
  const before = noteOf(bob.doc, id).drawing;

  mustWork(bob.placeNote(id, { zone: "fruits", x: 1, y: 1 }));

  expect(before).toEqual(drawing);
  expect(noteOf(bob.doc, id).drawing).toBe(before);
});

test("[E26] what a writer is given as a drawing is kept as one that can be read", () => {
  const alice = createWriter();
  const id = mustWork(alice.addNote(newNote("Lef", { drawing: [[1.4, -3, Number.NaN, 1, 20, 20, 9]] })));
  const empty = mustWork(alice.addNote(newNote("Tijd", { drawing: [] })));

  expect(noteOf(alice.doc, id).drawing).toEqual([[1, 0, 20, 20]]);
  expect(noteOf(alice.doc, empty).drawing).toBeNull();
});
