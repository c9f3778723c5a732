import {
  createPen,
  ellipse,
  type Pen,
  softClosed,
  softOpen,
  straightClosed,
} from "../../../shared/render/backdropPen.ts";
import { layers, type Point, type Shape } from "./backdrop.ts";
import { reach } from "./ground.ts";
import type { Random } from "./random.ts";

const sunCentre: Point = [560, 232];

function wobblyDisc([x, y]: Point, radius: number, random: Random): string {
  const phase = random.between(0, 6.28);
  const points = Array.from({ length: 14 }, (_, i): Point => {
    const angle = (i / 14) * Math.PI * 2;
    const r = radius * (1 + 0.025 * Math.sin(2 * angle + phase) + random.between(-0.02, 0.02));
    return [x + Math.cos(angle) * r, y + Math.sin(angle) * r];
  });
  return softClosed(createPen(4), points).path();
}

/** A brushed cloud: nearly flat below, softly heaped above, higher towards one side. */
function cloud(pen: Pen, [x, y]: Point, length: number, height: number, random: Random): void {
  const points: Point[] = [[x - height * 0.3, y - height * 0.05]];
  const crest = random.between(0.35, 0.65);
  for (let t = 0.06; t < 0.96; t += random.between(0.13, 0.2)) {
    const h = height * Math.exp(-(((t - crest) / 0.3) ** 2)) * random.between(1.5, 1.9) + height * 0.3;
    points.push([x + length * t, y - h], [x + length * (t + 0.075), y - h * 0.72]);
  }
  points.push(
    [x + length, y - height * 0.05],
    [x + length * 0.82, y + height * 0.16],
    [x + length * 0.4, y + height * 0.08],
    [x + length * 0.15, y + height * 0.18],
  );
  softClosed(pen, points);
}

/** Sky, sun, a few quiet clouds and far birds; kept calm, because stray notes lie here. */
export function drawSky(random: Random): readonly Shape[] {
  const all = straightClosed(createPen(), [
    [reach.left, reach.top],
    [reach.right, reach.top],
    [reach.right, 1400],
    [reach.left, 1400],
  ]).path();
  const discs = [300, 232, 172, 122, 80].map(
    (radius): Shape => ({
      r: "sun",
      l: layers.sun,
      d: wobblyDisc(sunCentre, radius, random),
      f: "sun",
      o: 0.2,
    }),
  );
  const places = [
    [-1240, 320, 560, 60],
    [-560, 560, 420, 44],
    [110, 424, 330, 24],
    [690, 352, 310, 27],
    [3260, 260, 520, 62],
    [3900, 520, 560, 50],
    [1160, -260, 620, 60],
    [-300, -420, 560, 60],
    [2700, -520, 640, 64],
  ] as const;
  const clouds = createPen(4);
  for (const [x, y, length, height] of places) {
    cloud(clouds, [x, y], length, height, random);
  }
  const birds = createPen();
  for (const [x, y, span] of [
    [836, 150, 22],
    [884, 176, 16],
    [806, 190, 13],
  ] as const) {
    softOpen(birds, [
      [x - span, y - span * 0.34],
      [x - span * 0.4, y - span * 0.5],
      [x, y],
      [x + span * 0.42, y - span * 0.56],
      [x + span, y - span * 0.3],
    ]);
  }
  return [
    { r: "sky", l: layers.sky, d: all, f: "sky" },
    ...drawStars(random),
    { r: "sun", l: layers.sun, d: ellipse(createPen(), sunCentre, 960, 960).path(), f: "sunGlow" },
    ...discs,
    ...drawMoon(),
    { r: "sky", l: layers.cloud, d: clouds.path(), f: "cloud", o: 0.55 },
    { r: "sky", l: layers.cloud, d: birds.path(), s: "bird", w: 3, o: 0.55 },
  ];
}

/** Only a dark room has a colour for the moon and the stars. */
function drawMoon(): readonly Shape[] {
  const [x, y] = sunCentre;
  const maria = createPen();
  for (const [dx, dy, rx, ry] of [
    [-22, -18, 22, 17],
    [14, -30, 12, 9],
    [20, 10, 16, 20],
    [-14, 30, 13, 9],
  ] as const)
    ellipse(maria, [x + dx, y + dy], rx, ry);
  return [
    { r: "sun", l: layers.sun, d: ellipse(createPen(), sunCentre, 76, 76).path(), f: "moon" },
    { r: "sun", l: layers.sun, d: maria.path(), f: "moonMare", o: 0.6 },
  ];
}

function drawStars(random: Random): readonly Shape[] {
  const small = createPen();
  const large = createPen();
  for (let i = 0; i < 150; i += 1) {
    const place: Point = [random.between(reach.left, reach.right), random.between(-900, 900)];
    if (Math.hypot(place[0] - sunCentre[0], place[1] - sunCentre[1]) < 320) continue;
    if (random.chance(0.2)) ellipse(large, place, 4, 4);
    else ellipse(small, place, 2, 2);
  }
  return [
    { r: "sky", l: layers.sky, d: small.path(), f: "star", o: 0.55 },
    { r: "sky", l: layers.sky, d: large.path(), f: "star", o: 0.7 },
  ];
}
