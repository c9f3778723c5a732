import { at, createPen, softClosed, softOpen } from "../../../shared/render/backdropPen.ts";
import { layers, type Point, type Shape } from "./backdrop.ts";
import { groundAt, reach } from "./ground.ts";
import type { Random } from "./random.ts";

const groundLine = (from: number, to: number, step: number, lift: number): Point[] => {
  const points: Point[] = [];
  for (let x = from; x <= to; x += step) points.push([x, groundAt(x) + lift]);
  return points;
};

/** A few pebble forms that are used again and again. */
function formPebbles(random: Random): readonly (readonly Point[])[] {
  return Array.from({ length: 12 }, (_, kind) => {
    const rx = 7 + kind * 1.2;
    const tilt = random.between(-0.3, 0.3);
    return Array.from({ length: 6 }, (_, i): Point => {
      const angle = (i / 6) * Math.PI * 2;
      const k = random.between(0.84, 1.2);
      const [px, py] = [Math.cos(angle) * rx * k, Math.sin(angle) * rx * 0.66 * k];
      return [px * Math.cos(tilt) - py * Math.sin(tilt), px * Math.sin(tilt) + py * Math.cos(tilt)];
    });
  });
}

/** Soil with humus on top, faint bands and dashes below, pebbles, and what else lies in the ground. */
export function drawSoil(random: Random): readonly Shape[] {
  const body = softOpen(createPen(2), groundLine(reach.left, reach.right, 80, 0))
    .line([reach.right, reach.bottom])
    .line([reach.left, reach.bottom])
    .close()
    .path();
  const humus = createPen(4);
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
  const bands = createPen(4);
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
  const dashes = createPen(4);
  for (let y = 1424; y < 2500; y += y < 1980 ? 74 : 150) {
    for (let x = reach.left + random.between(0, 300); x < reach.right; x += random.between(580, 1200)) {
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

/** Where the small discoveries lie; pebbles keep away. */
const finds: readonly Point[] = [
  [1170, 1556],
  [1260, 1560],
  [3026, 1640],
  [250, 1710],
  [320, 1440],
];

function drawPebbles(random: Random): readonly Shape[] {
  const forms = formPebbles(random);
  const dark = createPen();
  const light = createPen();
  const shine = createPen();
  for (let i = 0; i < 76; i += 1) {
    const isInWorld = i < 58;
    const outside = random.pick([random.between(-1580, -60), random.between(3260, 4780)]);
    const x = Math.round(isInWorld ? random.between(-60, 3260) : outside);
    const y = Math.round(groundAt(x) + 60 + random.between(0, 1) ** 1.3 * (isInWorld ? 600 : 1200));
    if (finds.some(([fx, fy]) => Math.hypot(fx - x, fy - y) < 90)) continue;
    const kind = Math.floor(random.between(0, forms.length));
    softClosed(
      random.chance(0.5) ? dark : light,
      at(forms, kind).map(([dx, dy]): Point => [x + dx, y + dy]),
    );
    if (kind > 5)
      softOpen(shine, [
        [x - 8, y - 3],
        [x - 2, y - 6],
        [x + 5, y - 5],
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
    .move([320, 1404])
    .cubic([326, 1420], [346, 1430], [340, 1450])
    .cubic([334, 1466], [306, 1466], [300, 1450])
    .cubic([294, 1430], [314, 1420], [320, 1404])
    .close()
    .path();
  const skin = createPen();
  softOpen(skin, [
    [318, 1412],
    [310, 1436],
    [316, 1460],
  ]);
  softOpen(skin, [
    [322, 1414],
    [332, 1436],
    [327, 1459],
  ]);
  const hairs = createPen();
  for (const dx of [-12, -3, 6, 14])
    hairs.move([320 + dx * 0.6, 1460]).quad([320 + dx, 1474], [320 + dx * 1.6, 1486]);
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
