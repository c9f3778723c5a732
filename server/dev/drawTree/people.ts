import { createPen, ellipse, type Pen, softClosed, softOpen } from "../../../shared/render/backdropPen.ts";
import { layers, type PathShape, type Point } from "./backdrop.ts";
import { hairBehind, hairOver } from "./hair.ts";

type Arm = "rest" | "hip" | "talk" | "hold" | "wave" | "stick" | "clasp";
type Hair = "short" | "long" | "bun" | "scarf" | "curls" | "cap";
type Garment = "trousers" | "skirt" | "dress" | "coat" | "shorts";

/** One figure: where the feet stand, how tall in world units, and what makes this person this person. */
export interface Person {
  readonly at: Point;
  readonly height: number;
  readonly facing: "left" | "right";
  readonly skin: string;
  readonly hair: Hair;
  readonly hairPaint: string;
  readonly garment: Garment;
  readonly top: string;
  readonly bottom: string;
  /** The arm on the side the person faces, then the other. */
  readonly arms: readonly [Arm, Arm];
  /** 1 for a grown body; above it for the larger head of a child. */
  readonly headShare?: number;
  readonly girth?: number;
  readonly lean?: number;
}

/** Shoulder to elbow to hand, in hundredths of the body height. */
const armPoses: Readonly<Record<Arm, readonly [Point, Point]>> = {
  rest: [
    [11.5, -64],
    [11, -49],
  ],
  hip: [
    [18, -64],
    [9, -55],
  ],
  talk: [
    [14, -63],
    [21.5, -69],
  ],
  hold: [
    [14, -64],
    [19, -51],
  ],
  wave: [
    [18, -77],
    [22, -92],
  ],
  stick: [
    [13, -64],
    [18, -54],
  ],
  clasp: [
    [11, -63],
    [3, -59],
  ],
};

/** Draws a person as a handful of flat, slightly irregular shapes with one shaded side. */
export function drawPerson(person: Person): readonly PathShape[] {
  const unit = person.height / 100;
  const turn = person.facing === "right" ? 1 : -1;
  const girth = person.girth ?? 1;
  const lean = person.lean ?? 0;
  const head = person.headShare ?? 1;
  const p = (x: number, y: number): Point => [
    person.at[0] + (x * turn + (lean * turn * -y) / 100) * unit,
    person.at[1] + y * unit,
  ];
  const shape = (d: string, f: string, o?: number): PathShape =>
    o === undefined ? { r: "scenery", l: layers.person, d, f } : { r: "scenery", l: layers.person, d, f, o };
  const stroke = (pen: Pen, s: string, w: number): PathShape => ({
    r: "scenery",
    l: layers.person,
    d: pen.path(),
    s,
    w: Math.round(w * unit * 10) / 10,
  });
  const soft = (points: readonly Point[]): string =>
    softClosed(
      createPen(),
      points.map(([x, y]) => p(x, y)),
    ).path();
  const neck = -83 + (head - 1) * -2;
  const headY = neck - 8.2 * head;

  const legs = createPen();
  for (const [hip, knee, ankle] of [
    [-4, -5, -5],
    [3.6, 5, 5.5],
  ] as const) {
    softOpen(legs, [p(hip * girth, -48), p(knee, -26), p(ankle, -3)]);
  }
  const shoes = createPen();
  for (const x of [-5, 5.5]) softOpen(shoes, [p(x - 0.6, -1.6), p(x + 3.2, -1.2)]);

  const hem = { trousers: -46, shorts: -46, skirt: -50, dress: -16, coat: -24 }[person.garment];
  const flare = { trousers: 9.4, shorts: 9.4, skirt: 9, dress: 13.5, coat: 12 }[person.garment] * girth;
  const torso = soft([
    [-3.4, neck + 1],
    [-10.4 * girth, -81.5],
    [-11.2 * girth, -76],
    [-8.6 * girth, -61],
    [-9 * girth, -52],
    [-flare, hem - 4],
    [-flare * 0.95, hem + 1.4],
    [0, hem + 2.6],
    [flare * 0.98, hem + 1],
    [flare, hem - 4],
    [9 * girth, -52],
    [8.2 * girth, -61],
    [10.8 * girth, -76],
    [10 * girth, -81.5],
    [3.4, neck + 1],
  ]);
  const shadeX = turn;
  const shade = soft([
    [10.2 * girth * shadeX, -80],
    [11 * girth * shadeX, -74],
    [8.4 * girth * shadeX, -61],
    [9 * girth * shadeX, -52],
    [flare * 0.98 * shadeX, hem - 3],
    [flare * 0.92 * shadeX, hem + 1],
    [flare * 0.35 * shadeX, hem + 1.6],
    [4.4 * girth * shadeX, -56],
    [5.4 * girth * shadeX, -72],
  ]);
  const skirt =
    person.garment === "skirt"
      ? [
          shape(
            soft([
              [-8 * girth, -54],
              [-9.6 * girth, -44],
              [-13.5 * girth, -20],
              [-13 * girth, -16],
              [0, -14.5],
              [13.4 * girth, -16],
              [13.6 * girth, -20],
              [9.4 * girth, -44],
              [8 * girth, -54],
            ]),
            person.bottom,
          ),
        ]
      : [];

  const arm = (pose: Arm, side: 1 | -1): readonly PathShape[] => {
    const [elbow, hand] = armPoses[pose];
    const wrist: Point = [elbow[0] * 0.34 + hand[0] * 0.66, elbow[1] * 0.34 + hand[1] * 0.66];
    const along = (at: Point): Point => p(at[0] * girth * side, at[1]);
    const sleeve = softOpen(createPen(), [along([9, -78]), along(elbow), along(wrist)]);
    const palm = softOpen(createPen(), [along(wrist), along(hand)]);
    const stick =
      pose === "stick"
        ? [
            stroke(
              softOpen(createPen(), [p(hand[0] * side, hand[1] - 1), p((hand[0] + 2.6) * side, 0)]),
              "stick",
              2,
            ),
          ]
        : [];
    return [...stick, stroke(palm, person.skin, 4.4), stroke(sleeve, person.top, 5.8)];
  };

  const bareLegs = person.garment === "dress" || person.garment === "skirt" || person.garment === "shorts";
  const legPaint =
    bareLegs && person.garment !== "shorts" && person.hair === "scarf"
      ? "char"
      : bareLegs
        ? person.skin
        : person.bottom;
  const shorts =
    person.garment === "shorts"
      ? [
          stroke(
            softOpen(softOpen(createPen(), [p(-4, -48), p(-5, -31)]), [p(3.8, -48), p(5, -31)]),
            person.bottom,
            9,
          ),
        ]
      : [];
  const neckPen = softOpen(createPen(), [p(0, neck + 2.4), p(0.6, headY + 2)]);
  const face = ellipse(createPen(), p(0.8, headY), 5.3 * head * unit, 6.7 * head * unit).path();
  return [
    shape(
      ellipse(createPen(), [person.at[0] + 12 * unit, person.at[1]], 19 * unit, 3.2 * unit).path(),
      "shadow",
      0.2,
    ),
    ...arm(person.arms[1], -1),
    stroke(legs, legPaint, bareLegs ? 5 : 7),
    stroke(shoes, "char", 3.8),
    ...shorts,
    ...skirt,
    shape(torso, person.top),
    shape(shade, "shadow", 0.16),
    stroke(neckPen, person.skin, 4.6),
    ...hairBehind(person, p, headY, head),
    shape(face, person.skin),
    ...hairOver(person, p, headY, head, unit),
    ...arm(person.arms[0], 1),
  ];
}
