import type { Backdrop, BackdropShape, Paint } from "./backdrop.ts";
import { leaf } from "./backdropLeaves.ts";
import { at, createPen, ellipse, type Pen, type Point } from "./backdropPen.ts";

type Fruit = Backdrop["fruits"][number];
type Place = (dx: number, dy: number) => Point;

/** Outlines from the stalk clockwise, in radii: a young fruit is round and slim, a ripe one has shoulders and a waist. */
const youngOutline: readonly Point[] = [
  [0, -0.98],
  [0.4, -1.06],
  [0.86, -0.66],
  [0.86, 0.02],
  [0.86, 0.6],
  [0.5, 1.02],
  [0.02, 1.02],
  [-0.46, 1.03],
  [-0.86, 0.62],
  [-0.86, 0.02],
  [-0.86, -0.66],
  [-0.4, -1.06],
  [0, -0.98],
];
const ripeOutline: readonly Point[] = [
  [0, -0.76],
  [0.32, -1.1],
  [1.1, -0.96],
  [1.08, -0.1],
  [1.06, 0.56],
  [0.58, 1.08],
  [0.06, 0.94],
  [-0.46, 1.08],
  [-1.04, 0.6],
  [-1.07, -0.06],
  [-1.1, -0.94],
  [-0.36, -1.1],
  [0, -0.76],
];

const lerp = (a: number, b: number, share: number): number => a + (b - a) * share;
const clamped = (value: number): number => Math.min(1, Math.max(0, value));

/** One fruit at a ripeness from 0, small and green beside its blossom, to 1, large and red. */
export function fruitShapes(
  [x, y, radius, leanHundredths, tone]: Fruit,
  ripeness: number,
  { palette, fruitLayer }: Pick<Backdrop, "palette" | "fruitLayer">,
): readonly BackdropShape[] {
  const r = radius * lerp(0.6, 1.14, ripeness);
  const lean = leanHundredths / 100;
  const put: Place = (dx, dy) => [
    x + (dx * Math.cos(lean) - dy * Math.sin(lean)) * r,
    y + (dx * Math.sin(lean) + dy * Math.cos(lean)) * r,
  ];
  const shape = (d: string, look: Pick<BackdropShape, "f" | "s" | "w" | "o">): BackdropShape => ({
    r: "fruit",
    l: fruitLayer,
    d,
    ...look,
  });
  const outline = youngOutline.map(([px, py], i): Point => {
    const [qx, qy] = at(ripeOutline, i);
    return put(lerp(px, qx, ripeness), lerp(py, qy, ripeness));
  });
  const shade = createPen()
    .move(put(lerp(0.66, 0.86, ripeness), -0.72))
    .cubic(put(lerp(1.02, 1.3, ripeness), 0), put(lerp(0.7, 0.86, ripeness), 1), put(0.06, 0.94))
    .cubic(put(-0.4, 1.04), put(-0.7, 0.8), put(lerp(-0.7, -0.86, ripeness), 0.5))
    .cubic(put(-0.2, 0.86), put(lerp(0.62, 0.86, ripeness), 0.5), put(lerp(0.66, 0.86, ripeness), -0.72))
    .close();
  const blush = clamped(1 - Math.abs(ripeness - 0.4) / 0.4);
  const stalk = createPen().move(put(0, -0.7)).quad(put(0.02, -1.1), put(0.16, -1.4));
  const blade = createPen();
  leaf(blade, put(0.08, -1.14), lean + (tone === 1 ? -0.5 : 3.5), radius * 1.05, radius * 0.42);
  const shine = ellipse(createPen(), put(-0.42, -0.4), r * 0.2, r * 0.28);
  return [
    shape(stalk.path(), { s: "woodDark", w: 4 }),
    shape(blade.path(), { f: "leaf3" }),
    shape(closedCurve(outline), { f: fruitColour(palette, tone, ripeness) }),
    ...(blush > 0.05
      ? [
          shape(ellipse(createPen(), put(-0.3, 0.1), r * 0.46, r * 0.6).path(), {
            f: "apple3",
            o: round(blush * 0.4),
          }),
        ]
      : []),
    shape(shade.path(), { f: "appleShade", o: round(lerp(0.16, 0.3, ripeness)) }),
    shape(shine.path(), { f: "appleShine", o: 0.55 }),
    ...blossomShapes(put, radius, clamped(1 - ripeness / 0.42), shape),
  ];
}

/** Blossom at the stalk, which falls as the fruit sets. */
function blossomShapes(
  put: Place,
  radius: number,
  openness: number,
  shape: (d: string, look: Pick<BackdropShape, "f" | "o">) => BackdropShape,
): readonly BackdropShape[] {
  if (openness < 0.08) return [];
  const petals = createPen();
  const hearts = createPen();
  for (const [dx, dy, size, turn] of blossoms) {
    const centre = put(dx, dy);
    const r = radius * size * openness;
    flower(petals, centre, r, turn);
    ellipse(hearts, centre, r * 0.3, r * 0.3);
  }
  return [shape(petals.path(), { f: "blossom" }), shape(hearts.path(), { f: "blossomHeart" })];
}

const blossoms = [
  [-0.9, -1.5, 0.66, 0.2],
  [1.0, -1.2, 0.54, 0.7],
] as const;

function flower(pen: Pen, [x, y]: Point, r: number, turn: number): void {
  const petal = (angle: number, reach: number): Point => [
    x + Math.cos(angle) * reach,
    y + Math.sin(angle) * reach,
  ];
  const fifth = (Math.PI * 2) / 5;
  pen.move(petal(turn, r * 0.5));
  for (let i = 0; i < 5; i += 1) {
    const angle = turn + i * fifth;
    pen.cubic(
      petal(angle + fifth * 0.16, r * 1.36),
      petal(angle + fifth * 0.84, r * 1.36),
      petal(angle + fifth, r * 0.5),
    );
  }
  pen.close();
}

function closedCurve(points: readonly Point[]): string {
  const pen = createPen().move(at(points, 0));
  for (let i = 1; i + 2 < points.length; i += 3) {
    pen.cubic(at(points, i), at(points, i + 1), at(points, i + 2));
  }
  return pen.close().path();
}

/** Green, then warm yellow, then the red of this fruit. */
function fruitColour(palette: ReadonlyMap<string, Paint>, tone: number, ripeness: number): string {
  const flat = (name: string): string => {
    const paint = palette.get(name);
    if (typeof paint !== "string") throw new Error(`no flat colour ${name}`);
    return paint;
  };
  const [green, turning] = [flat("fruitYoung"), flat("fruitTurning")];
  const red = flat(at(["apple1", "apple2", "apple3"], tone));
  return ripeness < turned
    ? mix(green, turning, clamped((ripeness - 0.1) / (turned - 0.1)))
    : mix(turning, red, clamped((ripeness - turned) / (ripe - turned)));
}

/** The ripeness at which a fruit is neither green nor red. */
const turned = 0.36;
/** From here on a fruit grows no redder, only larger. */
const ripe = 0.76;

/** Between two colours #rrggbb. */
function mix(from: string, to: string, share: number): string {
  const channel = (colour: string, i: number) => Number.parseInt(colour.slice(i, i + 2), 16);
  return `#${[1, 3, 5]
    .map((i) => Math.round(lerp(channel(from, i), channel(to, i), share)))
    .map((value) => value.toString(16).padStart(2, "0"))
    .join("")}`;
}

const round = (value: number): number => Math.round(value * 100) / 100;
