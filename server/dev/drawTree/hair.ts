import { createPen, ellipse, softClosed } from "../../../shared/render/backdropPen.ts";
import { layers, type PathShape, type Point } from "./backdrop.ts";
import type { Person } from "./people.ts";

/** Turns body coordinates, in hundredths of the height, into a place in the world. */
export type Place = (x: number, y: number) => Point;

const hairShape = (person: Person, p: Place, points: readonly Point[]): PathShape => ({
  r: "scenery",
  l: layers.person,
  f: person.hairPaint,
  d: softClosed(
    createPen(),
    points.map(([x, y]) => p(x, y)),
  ).path(),
});

/** Hair that falls behind the face. */
export function hairBehind(person: Person, p: Place, y: number, h: number): readonly PathShape[] {
  if (person.hair !== "long") return [];
  return [
    hairShape(person, p, [
      [-1, y - 8 * h],
      [-7 * h, y - 5 * h],
      [-7.6 * h, y + 6 * h],
      [-8 * h, y + 15 * h],
      [-2, y + 15 * h],
      [4 * h, y + 4 * h],
      [4 * h, y - 6 * h],
    ]),
  ];
}

/** Hair, scarf or cap over the face, seen a little from the side. */
export function hairOver(person: Person, p: Place, y: number, h: number, unit: number): readonly PathShape[] {
  switch (person.hair) {
    case "short":
      return [
        hairShape(person, p, [
          [-5.8 * h, y + 2.5 * h],
          [-6.6 * h, y - 4 * h],
          [-2 * h, y - 8.6 * h],
          [4.4 * h, y - 8 * h],
          [6.6 * h, y - 3.4 * h],
          [2.4 * h, y - 4.4 * h],
          [-1.4 * h, y - 2 * h],
          [-2.6 * h, y + 2 * h],
        ]),
      ];
    case "long":
      return [
        hairShape(person, p, [
          [-6 * h, y + 4 * h],
          [-6.8 * h, y - 4 * h],
          [-1.6 * h, y - 8.8 * h],
          [4.8 * h, y - 7.6 * h],
          [6.6 * h, y - 2 * h],
          [2 * h, y - 4.6 * h],
          [-2 * h, y - 1 * h],
          [-3 * h, y + 5 * h],
        ]),
      ];
    case "bun":
      return [
        hairShape(person, p, [
          [-5.8 * h, y + 2 * h],
          [-6.6 * h, y - 4 * h],
          [-2 * h, y - 8.6 * h],
          [4.4 * h, y - 8 * h],
          [6.4 * h, y - 3 * h],
          [1 * h, y - 4.6 * h],
          [-2.4 * h, y + 1 * h],
        ]),
        {
          r: "scenery",
          l: layers.person,
          f: person.hairPaint,
          d: ellipse(createPen(), p(-6.2 * h, y - 5.6 * h), 3.3 * h * unit, 3.1 * h * unit).path(),
        },
      ];
    case "curls":
      return [
        hairShape(person, p, [
          [-4 * h, y + 4 * h],
          [-9.2 * h, y + 1 * h],
          [-8.6 * h, y - 7 * h],
          [-2 * h, y - 12 * h],
          [5.6 * h, y - 10.4 * h],
          [8.6 * h, y - 4 * h],
          [4 * h, y - 4 * h],
          [1 * h, y - 4.8 * h],
          [-2.6 * h, y - 1 * h],
        ]),
      ];
    case "cap":
      return [
        hairShape(person, p, [
          [-6 * h, y - 1.4 * h],
          [-6.4 * h, y - 5 * h],
          [-2 * h, y - 9.6 * h],
          [4 * h, y - 8.4 * h],
          [5.8 * h, y - 3.4 * h],
          [10.5 * h, y - 2.4 * h],
          [10 * h, y - 1 * h],
          [3 * h, y - 2 * h],
        ]),
      ];
    case "scarf":
      return [
        hairShape(person, p, [
          [1.6 * h, y - 8.4 * h],
          [-6.8 * h, y - 7 * h],
          [-7.8 * h, y + 3 * h],
          [-9 * h, y + 12 * h],
          [-1 * h, y + 13.6 * h],
          [7.4 * h, y + 12 * h],
          [5.4 * h, y + 6.4 * h],
          [1.4 * h, y + 5 * h],
          [0.4 * h, y - 1 * h],
          [3 * h, y - 5 * h],
          [6.4 * h, y - 4.4 * h],
          [5.6 * h, y - 7.6 * h],
        ]),
      ];
  }
}
