import { layers, type Point, type Shape } from "./backdrop.ts";
import { groundAt, reach } from "./ground.ts";
import { createPen, type Pen, softClosed, softOpen } from "./pen.ts";
import type { Random } from "./random.ts";

const groundLine = (from: number, to: number, step: number, lift: number): Point[] => {
  const points: Point[] = [];
  for (let x = from; x <= to; x += step) points.push([x, groundAt(x) + lift]);
  return points;
};

function blob(pen: Pen, [x, y]: Point, rx: number, ry: number, random: Random): void {
  const tilt = random.between(-0.3, 0.3);
  const points = Array.from({ length: 7 }, (_, i): Point => {
    const angle = (i / 7) * Math.PI * 2;
    const k = random.between(0.84, 1.2);
    const [px, py] = [Math.cos(angle) * rx * k, Math.sin(angle) * ry * k];
    return [x + px * Math.cos(tilt) - py * Math.sin(tilt), y + px * Math.sin(tilt) + py * Math.cos(tilt)];
  });
  softClosed(pen, points);
}

/** Soil with humus on top, faint bands and dashes below, pebbles, and what else lies in the ground. */
export function drawSoil(random: Random): readonly Shape[] {
  const body = softOpen(createPen(), groundLine(reach.left, reach.right, 80, 0))
    .line([reach.right, reach.bottom])
    .line([reach.left, reach.bottom])
    .close()
    .path();
  const humus = createPen();
  const lower = groundLine(reach.left, reach.right, 80, 0).map(
    ([x, y]): Point => [x, y + 30 + 12 * Math.sin(x / 90) + random.between(-7, 7)],
  );
  softClosed(humus, [...groundLine(reach.left, reach.right, 160, -4), ...lower.reverse()]);
  return [
    { r: "soil", l: layers.soil, d: body, f: "soil" },
    { r: "soil", l: layers.soil, d: humus.path(), f: "humus", o: 0.5 },
    ...drawStrata(random),
    ...drawPebbles(random),
    ...drawFinds(),
  ];
}

function drawStrata(random: Random): readonly Shape[] {
  const bands = createPen();
  for (const [y, thickness] of [
    [1520, 54],
    [1716, 70],
    [1916, 62],
    [2180, 90],
    [2520, 110],
  ] as const) {
    const upper: Point[] = [];
    const under: Point[] = [];
    for (let x = reach.left; x <= reach.right; x += 320) {
      const middle = y + 22 * Math.sin(x / 540 + y) + random.between(-8, 8);
      upper.push([x, middle - thickness * random.between(0.2, 0.55)]);
      under.push([x, middle + thickness * random.between(0.2, 0.55)]);
    }
    softClosed(bands, [...upper, ...under.reverse()]);
  }
  const dashes = createPen();
  for (let y = 1420; y < 2700; y += 62) {
    for (let x = reach.left + random.between(0, 300); x < reach.right; x += random.between(260, 640)) {
      const length = random.between(46, 170);
      const middle = y + 14 * Math.sin(x / 420 + y / 90) + random.between(-12, 12);
      softOpen(dashes, [
        [x, middle],
        [x + length / 2, middle + random.between(-7, 7)],
        [x + length, middle + random.between(-4, 4)],
      ]);
    }
  }
  return [
    { r: "stratum", l: layers.stratum, d: bands.path(), f: "stratumBand", o: 0.3 },
    { r: "stratum", l: layers.stratum, d: dashes.path(), s: "stratumDash", w: 5, o: 0.3 },
  ];
}

function drawPebbles(random: Random): readonly Shape[] {
  const dark = createPen();
  const light = createPen();
  const shine = createPen();
  for (let i = 0; i < 92; i += 1) {
    const x =
      i < 64
        ? random.between(-60, 3260)
        : random.pick([random.between(-1580, -60), random.between(3260, 4780)]);
    const y = groundAt(x) + 60 + random.between(0, 1) ** 1.3 * (i < 64 ? 620 : 1200);
    const rx = random.between(7, 21);
    blob(random.chance(0.5) ? dark : light, [x, y], rx, rx * random.between(0.55, 0.75), random);
    if (rx > 13)
      softOpen(shine, [
        [x - rx * 0.5, y - rx * 0.22],
        [x - rx * 0.1, y - rx * 0.42],
        [x + rx * 0.3, y - rx * 0.34],
      ]);
  }
  return [
    { r: "pebble", l: layers.pebble, d: dark.path(), f: "pebbleDark", o: 0.5 },
    { r: "pebble", l: layers.pebble, d: light.path(), f: "pebbleLight", o: 0.6 },
    { r: "pebble", l: layers.pebble, d: shine.path(), s: "pebbleShine", w: 3, o: 0.5 },
  ];
}

/** Small things to discover: an earthworm, a shell from the old sea floor, a shard of Delft blue, a tulip bulb. */
function drawFinds(): readonly Shape[] {
  const worm = softOpen(createPen(), [
    [1122, 1560],
    [1146, 1538],
    [1176, 1548],
    [1196, 1576],
    [1228, 1580],
    [1252, 1556],
    [1280, 1552],
    [1300, 1566],
  ]).path();
  const saddle = softOpen(createPen(), [
    [1168, 1545],
    [1181, 1553],
    [1190, 1566],
  ]).path();
  const shell = createPen()
    .move([2996, 1668])
    .cubic([2970, 1640], [2992, 1606], [3026, 1606])
    .cubic([3062, 1608], [3080, 1644], [3054, 1668])
    .quad([3026, 1682], [2996, 1668])
    .close()
    .path();
  const ribs = createPen();
  for (const [dx, dy] of [
    [-26, -30],
    [-11, -54],
    [6, -58],
    [22, -46],
    [30, -22],
  ] as const) {
    ribs.move([3024, 1670]).quad([3024 + dx * 0.4, 1670 + dy * 0.6], [3024 + dx, 1670 + dy]);
  }
  const shard = createPen()
    .move([214, 1698])
    .line([262, 1680])
    .line([290, 1706])
    .line([268, 1738])
    .line([226, 1734])
    .close()
    .path();
  const glaze = createPen();
  softOpen(glaze, [
    [226, 1710],
    [246, 1696],
    [262, 1706],
    [254, 1722],
    [240, 1716],
  ]);
  softOpen(glaze, [
    [262, 1730],
    [276, 1718],
    [280, 1706],
  ]);
  const bulb = createPen()
    .move([3110, 1404])
    .cubic([3116, 1420], [3136, 1430], [3130, 1450])
    .cubic([3124, 1466], [3096, 1466], [3090, 1450])
    .cubic([3084, 1430], [3104, 1420], [3110, 1404])
    .close()
    .path();
  const skin = createPen();
  softOpen(skin, [
    [3108, 1412],
    [3100, 1436],
    [3106, 1460],
  ]);
  softOpen(skin, [
    [3112, 1414],
    [3122, 1436],
    [3117, 1459],
  ]);
  const hairs = createPen();
  for (const dx of [-12, -3, 6, 14])
    hairs.move([3110 + dx * 0.6, 1460]).quad([3110 + dx, 1474], [3110 + dx * 1.6, 1486]);
  return [
    { r: "pebble", l: layers.pebble, d: worm, s: "worm", w: 11, o: 0.9 },
    { r: "pebble", l: layers.pebble, d: saddle, s: "wormSaddle", w: 12, o: 0.9 },
    { r: "pebble", l: layers.pebble, d: shell, f: "shell", o: 0.85 },
    { r: "pebble", l: layers.pebble, d: ribs.path(), s: "pebbleDark", w: 3, o: 0.7 },
    { r: "pebble", l: layers.pebble, d: shard, f: "shard", o: 0.95 },
    { r: "pebble", l: layers.pebble, d: glaze.path(), s: "shardGlaze", w: 4, o: 0.75 },
    { r: "pebble", l: layers.pebble, d: hairs.path(), s: "shell", w: 2 },
    { r: "pebble", l: layers.pebble, d: bulb, f: "bulb", o: 0.95 },
    { r: "pebble", l: layers.pebble, d: skin.path(), s: "pebbleDark", w: 2, o: 0.8 },
  ];
}
