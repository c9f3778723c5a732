import { layers, type Point, type Shape } from "./backdrop.ts";
import { groundAt, reach } from "./ground.ts";
import { createPen, type Pen, softClosed, softOpen } from "./pen.ts";
import type { Random } from "./random.ts";

/** The three ridges, far to near: how high the ridge lies at x. */
const ridges: readonly ((x: number) => number)[] = [
  (x) => 1082 + 34 * Math.sin(x / 610 + 0.6) + 14 * Math.sin(x / 233),
  (x) => 1134 + 30 * Math.sin(x / 720 + 3.4) + 10 * Math.sin(x / 260 + 1),
  (x) => 1186 + 20 * Math.sin(x / 830 + 5.2) + 8 * Math.sin(x / 310 + 2),
];

function ridgePath(ridge: (x: number) => number): string {
  const pen = createPen();
  const points: Point[] = [];
  for (let x = reach.left; x <= reach.right; x += 160) points.push([x, ridge(x)]);
  softOpen(pen, points);
  return pen.line([reach.right, 1380]).line([reach.left, 1380]).close().path();
}

function roundTree(pen: Pen, x: number, foot: number, height: number, random: Random): void {
  const w = height * random.between(0.34, 0.46);
  const points = Array.from({ length: 9 }, (_, i): Point => {
    const angle = (i / 9) * Math.PI * 2 + 0.3;
    const k = random.between(0.86, 1.14);
    return [x + Math.cos(angle) * w * k, foot - height * 0.58 + Math.sin(angle) * height * 0.46 * k];
  });
  softClosed(pen, points);
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
  const farTrees = createPen();
  for (let x = reach.left + 60; x < reach.right; x += random.between(60, 420)) {
    for (let i = random.between(1, 5), dx = 0; i > 0; i -= 1, dx += random.between(16, 30)) {
      roundTree(farTrees, x + dx, far(x + dx) + 6, random.between(20, 38), random);
    }
  }
  const midTrees = createPen();
  for (const x of [-1240, -620, -90, 1010, 1180, 1640, 2360, 3240, 3980, 4380]) {
    for (let i = 0, dx = 0; i < 5; i += 1, dx += random.between(26, 52)) {
      roundTree(midTrees, x + dx, mid(x + dx) + 8, random.between(36, 66), random);
    }
  }
  for (const start of [1440, 3420, -380, -1000]) {
    for (let i = 0; i < 6; i += 1) {
      const x = start + i * 40 + random.between(-5, 5);
      poplar(midTrees, x, mid(x) + 6, random.between(78, 100), random);
    }
  }
  const bands = createPen();
  for (let x = reach.left; x < reach.right; x += random.between(300, 520)) {
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
    { r: "hill", l: layers.midHill, d: midTrees.path(), f: "hillMidTree" },
    { r: "hill", l: layers.midHill, d: ridgePath(mid), f: "hillMid" },
    { r: "hill", l: layers.meadow, d: ridgePath(near), f: "meadow" },
    { r: "hill", l: layers.meadow, d: bands.path(), f: "meadowLight", o: 0.4 },
    { r: "hill", l: layers.groundShadow, d: crownShadow(), f: "meadowShade" },
  ];
}

/** The shade of the crown on the meadow: a gradient that fades out, so the shape needs no rim of its own. */
function crownShadow(): string {
  const points: Point[] = [];
  for (let x = 1080; x <= 3200; x += 106) points.push([x, groundAt(x) + 8]);
  return softClosed(createPen(), [
    [1010, 1300],
    ...points,
    [3290, 1300],
    [2900, 1222],
    [2100, 1206],
    [1400, 1232],
  ]).path();
}
