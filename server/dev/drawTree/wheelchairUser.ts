import { createPen, ellipse, softClosed, softOpen } from "../../../shared/render/backdropPen.ts";
import { layers, type PathShape, type Point } from "./backdrop.ts";
import { hairBehind, hairOver } from "./hair.ts";
import type { Person } from "./people.ts";

/** Someone in a wheelchair; the figure is seated, so only its top half follows the standing proportions. */
export function drawWheelchairUser(
  person: Pick<Person, "at" | "height" | "skin" | "hair" | "hairPaint" | "top" | "bottom">,
): readonly PathShape[] {
  const unit = person.height / 100;
  const p = (x: number, y: number): Point => [person.at[0] + x * unit, person.at[1] + y * unit];
  const soft = (points: readonly Point[]): string =>
    softClosed(
      createPen(),
      points.map(([x, y]) => p(x, y)),
    ).path();
  const shape = (d: string, f: string, o = 1): PathShape => ({
    r: "scenery",
    l: layers.person,
    d,
    f,
    ...(o < 1 ? { o } : {}),
  });
  const stroke = (points: readonly Point[], s: string, w: number): PathShape => ({
    r: "scenery",
    l: layers.person,
    d: softOpen(
      createPen(),
      points.map(([x, y]) => p(x, y)),
    ).path(),
    s,
    w: Math.round(w * unit * 10) / 10,
  });
  const ring = (x: number, y: number, r: number, w: number): PathShape => ({
    r: "scenery",
    l: layers.person,
    d: ellipse(createPen(), p(x, y), r * unit, r * unit).path(),
    s: "wheel",
    w: Math.round(w * unit * 10) / 10,
  });
  const headY = -83;
  const seated: Person = { ...person, facing: "right", garment: "trousers", arms: ["rest", "rest"] };
  return [
    shape(ellipse(createPen(), p(8, 0), 30 * unit, 3.4 * unit).path(), "shadow", 0.2),
    stroke(
      [
        [-15, -58],
        [-13, -34],
        [12, -31],
        [20, -8],
        [26, -7],
      ],
      "wheel",
      2.6,
    ),
    stroke(
      [
        [-4, -38],
        [15, -38],
        [18, -22],
        [19, -10],
      ],
      person.bottom,
      8,
    ),
    stroke(
      [
        [18.6, -7.4],
        [24, -7],
      ],
      "char",
      4,
    ),
    shape(
      soft([
        [-3, -74],
        [-9, -72],
        [-11, -62],
        [-10, -38],
        [-8, -34],
        [6, -34],
        [7, -42],
        [6, -62],
        [7, -71],
        [3, -74],
      ]),
      person.top,
    ),
    shape(
      soft([
        [5, -70],
        [7, -62],
        [7, -36],
        [1, -35],
        [3, -56],
      ]),
      "shadow",
      0.16,
    ),
    stroke(
      [
        [-0.6, -71],
        [0.4, headY + 2],
      ],
      person.skin,
      4.6,
    ),
    ...hairBehind(seated, p, headY, 1),
    shape(ellipse(createPen(), p(0.8, headY), 5.3 * unit, 6.7 * unit).path(), person.skin),
    ...hairOver(seated, p, headY, 1, unit),
    ring(-5, -18, 17, 2.4),
    ring(-5, -18, 3, 2.4),
    ring(20, -5, 4.6, 2.2),
    shape(ellipse(createPen(), p(15, -43), 2.5 * unit, 2.5 * unit).path(), person.skin),
    stroke(
      [
        [-3, -68],
        [-1, -52],
        [13, -44],
      ],
      person.top,
      5.6,
    ),
  ];
}
