import { layers, type Point, type Shape } from "./backdrop.ts";
import { createPen, ellipse, type Pen, softClosed, softOpen, straightClosed } from "./pen.ts";

type Arm = "rest" | "hip" | "talk" | "hold" | "wave" | "stick" | "clasp";
type Hair = "short" | "long" | "bun" | "scarf" | "curls" | "cap" | "bald";
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
export function drawPerson(person: Person): readonly Shape[] {
  const unit = person.height / 100;
  const turn = person.facing === "right" ? 1 : -1;
  const girth = person.girth ?? 1;
  const lean = person.lean ?? 0;
  const head = person.headShare ?? 1;
  const p = (x: number, y: number): Point => [
    person.at[0] + (x * turn + (lean * turn * -y) / 100) * unit,
    person.at[1] + y * unit,
  ];
  const shape = (d: string, f: string, o?: number): Shape =>
    o === undefined ? { r: "scenery", l: layers.person, d, f } : { r: "scenery", l: layers.person, d, f, o };
  const stroke = (pen: Pen, s: string, w: number): Shape => ({
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

  const arm = (pose: Arm, side: 1 | -1): readonly Shape[] => {
    const [elbow, hand] = armPoses[pose];
    const sleeve = softOpen(createPen(), [
      p(9 * girth * side, -78),
      p(elbow[0] * girth * side, elbow[1]),
      p(hand[0] * girth * side, hand[1]),
    ]);
    const palm = ellipse(
      createPen(),
      p(hand[0] * girth * side * 1.03, hand[1] + (pose === "rest" ? 2 : -0.6)),
      2.4 * unit,
      2.6 * unit,
    );
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
    return [...stick, shape(palm.path(), person.skin), stroke(sleeve, person.top, 5.8)];
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
  const neckPen = softOpen(createPen(), [p(0, neck + 4), p(0.6, headY + 2)]);
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

type Place = (x: number, y: number) => Point;

const hairShape = (person: Person, p: Place, points: readonly Point[]): Shape => ({
  r: "scenery",
  l: layers.person,
  f: person.hairPaint,
  d: softClosed(
    createPen(),
    points.map(([x, y]) => p(x, y)),
  ).path(),
});

function hairBehind(person: Person, p: Place, y: number, h: number): readonly Shape[] {
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

function hairOver(person: Person, p: Place, y: number, h: number, unit: number): readonly Shape[] {
  switch (person.hair) {
    case "bald":
      return [
        hairShape(person, p, [
          [-5.6 * h, y - 2],
          [-5.8 * h, y + 3 * h],
          [-2.4 * h, y + 4 * h],
          [-2.6 * h, y - 1],
        ]),
      ];
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

/** Someone in a wheelchair; the figure is seated, so only its top half follows the standing proportions. */
export function drawWheelchairUser(
  person: Pick<Person, "at" | "height" | "skin" | "hair" | "hairPaint" | "top" | "bottom">,
): readonly Shape[] {
  const unit = person.height / 100;
  const p = (x: number, y: number): Point => [person.at[0] + x * unit, person.at[1] + y * unit];
  const soft = (points: readonly Point[]): string =>
    softClosed(
      createPen(),
      points.map(([x, y]) => p(x, y)),
    ).path();
  const shape = (d: string, f: string, o = 1): Shape => ({
    r: "scenery",
    l: layers.person,
    d,
    f,
    ...(o < 1 ? { o } : {}),
  });
  const stroke = (points: readonly Point[], s: string, w: number): Shape => ({
    r: "scenery",
    l: layers.person,
    d: softOpen(
      createPen(),
      points.map(([x, y]) => p(x, y)),
    ).path(),
    s,
    w: Math.round(w * unit * 10) / 10,
  });
  const ring = (x: number, y: number, r: number, w: number): Shape => ({
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

/** A small garden fence in front of a house. */
export function fence(from: Point, to: Point, height: number, gap: number): string {
  const pen = createPen();
  const count = Math.round((to[0] - from[0]) / gap);
  for (let i = 0; i <= count; i += 1) {
    const x = from[0] + ((to[0] - from[0]) * i) / count;
    straightClosed(pen, [
      [x - 3, from[1]],
      [x - 3, from[1] - height],
      [x, from[1] - height - 5],
      [x + 3, from[1] - height],
      [x + 3, from[1]],
    ]);
  }
  return straightClosed(pen, [
    [from[0] - 5, from[1] - height * 0.7],
    [to[0] + 5, to[1] - height * 0.7],
    [to[0] + 5, to[1] - height * 0.55],
    [from[0] - 5, from[1] - height * 0.55],
  ]).path();
}
