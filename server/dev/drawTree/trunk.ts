import { besideLimb, type Limb } from "../../../shared/render/backdropLimbs.ts";
import { createPen, softOpen } from "../../../shared/render/backdropPen.ts";
import { layers, type Shape } from "./backdrop.ts";
import { sprout, throughStations, wander } from "./limbs.ts";
import type { Random } from "./random.ts";

/*
 * The trunk is a bundle of strands, as in a real old tree: every big limb begins in the ground, runs up
 * through the trunk beside the others and only then leans out. Their union has no joints, so no seams.
 */

/** The five big limbs, drawn by hand: x, y, half width. */
const strands: readonly (readonly (readonly [number, number, number])[])[] = [
  [
    [1850, 1428, 5],
    [1930, 1368, 28],
    [1988, 1306, 44],
    [2014, 1240, 51],
    [2030, 1180, 50],
    [2022, 1070, 50],
    [1966, 968, 48],
    [1846, 872, 40],
    [1690, 792, 32],
    [1530, 724, 24],
    [1372, 634, 16],
    [1240, 540, 8],
  ],
  [
    [1972, 1500, 5],
    [2032, 1390, 32],
    [2050, 1300, 56],
    [2058, 1150, 52],
    [2050, 1010, 50],
    [2004, 880, 44],
    [1924, 740, 36],
    [1838, 590, 28],
    [1760, 430, 20],
    [1700, 290, 13],
    [1650, 180, 7],
  ],
  [
    [2086, 1520, 5],
    [2092, 1410, 34],
    [2092, 1300, 60],
    [2092, 1150, 56],
    [2096, 1000, 52],
    [2112, 850, 42],
    [2128, 700, 33],
    [2108, 540, 26],
    [2088, 390, 19],
    [2110, 250, 12],
    [2120, 140, 6],
  ],
  [
    [2218, 1500, 5],
    [2152, 1390, 32],
    [2132, 1300, 56],
    [2126, 1150, 52],
    [2138, 1010, 48],
    [2192, 880, 42],
    [2284, 756, 34],
    [2376, 610, 27],
    [2444, 450, 20],
    [2500, 310, 13],
    [2560, 190, 7],
  ],
  [
    [2338, 1424, 5],
    [2252, 1366, 28],
    [2196, 1306, 44],
    [2168, 1240, 51],
    [2152, 1180, 50],
    [2166, 1070, 48],
    [2226, 972, 45],
    [2356, 892, 38],
    [2520, 824, 30],
    [2690, 742, 22],
    [2830, 640, 15],
    [2950, 540, 8],
  ],
];

/** Where the limbs have left the trunk, as a share of their stations. */
const trunkShare = 0.38;

/** The five limbs from soil to tip, with the same small irregularities every time. */
export function growStrands(random: Random): readonly Limb[] {
  return strands.map((drawn) => {
    const limb = throughStations(drawn, 78);
    return wander(limb, random, 7, Math.round(limb.length * 0.3));
  });
}

/** The side branches of the limbs, and theirs. All stay well inside the crown. */
export function growBranches(limbs: readonly Limb[], random: Random): readonly Limb[] {
  return limbs.flatMap((limb) => {
    const first = Math.round(limb.length * 0.46);
    const boughs: Limb[] = [];
    for (let i = first, side: -1 | 1 = 1; i < limb.length - 3; i += 2) {
      side = side === 1 ? -1 : 1;
      const length = (1 - i / limb.length) * random.between(460, 640) + 60;
      const bough = sprout(
        limb,
        { index: i, side, length, spreadDegrees: random.between(34, 54), widthShare: 0.44, pull: [0, -0.12] },
        random,
        58,
      );
      boughs.push(bough);
    }
    return boughs;
  });
}

/** Trunk with its limbs as one shape, then volume and bark over it. */
export function drawTrunk(limbs: readonly Limb[], random: Random): readonly Shape[] {
  return [
    // One shape, so that the fading wood is nowhere twice as thick.
    { r: "branch", l: layers.trunk, k: "strands boughs", f: "limbWood" },
    { r: "trunk", l: layers.bark, k: "strands", f: "trunkVolume" },
    // Travelling upwards the left edge is side -1; the sun stands on the left.
    { r: "bark", l: layers.bark, k: "strands", e: [2, 4, -0.9, -0.35], f: "woodLight", o: 0.3 },
    { r: "bark", l: layers.bark, k: "strands", e: [2, 4, 0.84, 0.3], f: "woodDark", o: 0.32 },
    ...drawBark(limbs, random),
    ...drawKnot(),
    { r: "trunk", l: layers.bark, k: "strands", f: "trunkTopShade" },
  ];
}

function drawBark(limbs: readonly Limb[], random: Random): readonly Shape[] {
  const deep = createPen(2);
  const fine = createPen(2);
  const light = createPen(2);
  for (const limb of limbs) {
    const last = Math.round(limb.length * (trunkShare + 0.24));
    for (const share of [-0.7, -0.34, 0.02, 0.36, 0.74]) {
      let i = random.between(0, 3);
      while (i < last - 2) {
        const length = Math.round(random.between(1, 3.4));
        const from = Math.floor(i);
        const lane = share + random.between(-0.1, 0.1);
        const points = Array.from({ length: length + 2 }, (_, k) =>
          besideLimb(limb, Math.min(from + k, limb.length - 1), lane + random.between(-0.07, 0.07)),
        );
        const pen = random.chance(0.3) ? deep : random.chance(share < 0 ? 0.62 : 0.3) ? light : fine;
        softOpen(pen, points);
        i += length + random.between(0.8, 2.6);
      }
    }
  }
  return [
    { r: "bark", l: layers.bark, d: deep.path(), s: "woodDark", w: 7, o: 0.34 },
    { r: "bark", l: layers.bark, d: fine.path(), s: "woodDark", w: 3, o: 0.5 },
    { r: "bark", l: layers.bark, d: light.path(), s: "woodLight", w: 4, o: 0.42 },
  ];
}

function drawKnot(): readonly Shape[] {
  const rim = createPen()
    .move([2068, 1148])
    .cubic([2066, 1112], [2110, 1106], [2114, 1146])
    .cubic([2118, 1184], [2072, 1190], [2068, 1148])
    .close();
  const hollow = createPen()
    .move([2077, 1150])
    .cubic([2078, 1124], [2104, 1122], [2106, 1150])
    .cubic([2108, 1176], [2080, 1176], [2077, 1150])
    .close();
  const lip = createPen().move([2066, 1168]).cubic([2074, 1196], [2112, 1194], [2117, 1158]);
  return [
    { r: "bark", l: layers.bark, d: rim.path(), f: "woodDark", o: 0.5 },
    { r: "bark", l: layers.bark, d: hollow.path(), f: "woodDeep", o: 0.75 },
    { r: "bark", l: layers.bark, d: lip.path(), s: "woodLight", w: 4, o: 0.3 },
  ];
}
