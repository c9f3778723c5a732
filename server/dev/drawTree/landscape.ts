import { createPen, type Pen, softClosed, softOpen } from "../../../shared/render/backdropPen.ts";
import { layers, type Point, type Shape } from "./backdrop.ts";
import { groundAt, reach } from "./ground.ts";
import type { Random } from "./random.ts";

/** The three ridges, far to near: how high the ridge lies at x. */
const ridges: readonly ((x: number) => number)[] = [
  (x) => 1082 + 34 * Math.sin(x / 610 + 0.6) + 14 * Math.sin(x / 233),
  (x) => 1134 + 30 * Math.sin(x / 720 + 3.4) + 10 * Math.sin(x / 260 + 1),
  (x) => 1186 + 20 * Math.sin(x / 830 + 5.2) + 8 * Math.sin(x / 310 + 2),
];

function ridgePath(ridge: (x: number) => number): string {
  const pen = createPen(4);
  const points: Point[] = [];
  for (let x = reach.left; x <= reach.right; x += 160) points.push([x, ridge(x)]);
  softOpen(pen, points);
  return pen.line([reach.right, 1380]).line([reach.left, 1380]).close().path();
}

type Ridge = (x: number) => number;

/** A far wood as one soft hump of tree tops, thinning out to both sides. */
function wood(pen: Pen, from: number, ridge: Ridge, length: number, height: number, random: Random): void {
  const tops: Point[] = [];
  for (let t = 0; t <= 1; ) {
    const x = from + length * t;
    const h = height * (0.35 + 0.65 * Math.sin(Math.PI * t)) * random.between(0.75, 1.15);
    tops.push([x, ridge(x) - h]);
    t += (height * random.between(0.6, 1.2)) / length;
  }
  const end = from + length;
  const half = from + length / 2;
  softClosed(pen, [
    [from - height, ridge(from) + 8],
    ...tops,
    [end + height * 1.4, ridge(end) + 8],
    [half, ridge(half) + 24],
  ]);
}

function poplar(pen: Pen, x: number, foot: number, height: number, random: Random): void {
  const w = height * random.between(0.12, 0.16);
  softClosed(pen, [
    [x - w * 0.5, foot],
    [x - w, foot - height * 0.34],
    [x - w * 0.8, foot - height * 0.74],
    [x, foot - height * 1.05],
    [x + w * 0.7, foot - height * 0.72],
    [x + w, foot - height * 0.3],
    [x + w * 0.5, foot],
  ]);
}

/** Three pale ridges with tiny trees, the meadow in front of them, and the light that lies on it. */
export function drawLandscape(random: Random): readonly Shape[] {
  const [far, mid, near] = ridges;
  if (!far || !mid || !near) throw new RangeError("three ridges expected");
  const farTrees = createPen(4);
  for (let x = reach.left + 60; x < reach.right; x += random.between(460, 900)) {
    wood(farTrees, x, far, random.between(140, 360), random.between(16, 30), random);
  }
  const midTrees = createPen(4);
  for (const x of [-1240, -620, -90, 1010, 1180, 1640, 2360, 3240, 3980, 4380]) {
    wood(midTrees, x, mid, random.between(120, 260), random.between(34, 50), random);
  }
  const poplars = createPen(2);
  for (const start of [1440, 3420, -380, -1000]) {
    for (let i = 0; i < 6; i += 1) {
      const x = start + i * 40 + random.between(-5, 5);
      poplar(poplars, x, mid(x) + 6, random.between(78, 100), random);
    }
  }
  const bands = createPen(4);
  for (let x = reach.left; x < reach.right; x += random.between(420, 760)) {
    const y = near(x) + random.between(24, 110);
    const length = random.between(260, 560);
    softClosed(bands, [
      [x, y],
      [x + length * 0.5, y - 9],
      [x + length, y + 2],
      [x + length * 0.5, y + 9],
    ]);
  }
  return [
    { r: "hill", l: layers.farHill, d: farTrees.path(), f: "hillFarTree" },
    { r: "hill", l: layers.farHill, d: ridgePath(far), f: "hillFar" },
    { r: "hill", l: layers.midHill, d: midTrees.path() + poplars.path(), f: "hillMidTree" },
    { r: "hill", l: layers.midHill, d: ridgePath(mid), f: "hillMid" },
    { r: "hill", l: layers.meadow, d: ridgePath(near), f: "meadow" },
    { r: "hill", l: layers.meadow, d: bands.path(), f: "meadowLight", o: 0.4 },
    ...crownShadow(),
  ];
}

/** The shade of the crown on the meadow: three washes over each other, so that it has no hard rim. */
function crownShadow(): readonly Shape[] {
  return [1, 0.78, 0.52].map((size): Shape => {
    const half = 1060 * size;
    const top = 1308 - 78 * size;
    const line: Point[] = Array.from({ length: 8 }, (_, i): Point => {
      const x = 2160 - half + (2 * half * i) / 7;
      return [x, groundAt(x)];
    });
    const far: Point[] = [
      [2160 + half * 0.8, top + 20],
      [2160, top],
      [2160 - half * 0.8, top + 24],
    ];
    const d = softClosed(createPen(4), [...line, ...far]).path();
    return { r: "hill", l: layers.groundShadow, d, f: "meadowShade", o: 0.17 };
  });
}
