import type { Limb } from "../../../shared/render/backdropLimbs.ts";
import { at } from "../../../shared/render/backdropPen.ts";
import { type LimbShape, layers, type Shape } from "./backdrop.ts";
import { groundAt } from "./ground.ts";
import { sprout, throughStations, wander } from "./limbs.ts";
import type { Random } from "./random.ts";

const numbers = [1, 2, 3, 4, 5, 6, 7] as const;

/** The seven roots from inside the trunk outwards: x, y, half width. */
const drawn: readonly (readonly (readonly [number, number, number])[])[] = [
  [
    [2030, 1080, 6],
    [2012, 1200, 32],
    [1966, 1296, 46],
    [1880, 1370, 50],
    [1790, 1408, 43],
    [1640, 1436, 36],
    [1430, 1446, 29],
    [1210, 1470, 22],
    [980, 1482, 16],
    [740, 1514, 10],
    [500, 1532, 3],
  ],
  [
    [2052, 1180, 8],
    [2030, 1300, 38],
    [1960, 1410, 48],
    [1830, 1520, 40],
    [1660, 1610, 33],
    [1450, 1676, 26],
    [1220, 1722, 20],
    [990, 1786, 14],
    [760, 1818, 9],
    [540, 1872, 3],
  ],
  [
    [2072, 1220, 8],
    [2056, 1330, 38],
    [1996, 1480, 42],
    [1900, 1620, 33],
    [1778, 1740, 25],
    [1640, 1836, 17],
    [1500, 1936, 4],
  ],
  [
    [2098, 1190, 8],
    [2096, 1340, 40],
    [2078, 1500, 40],
    [2104, 1640, 30],
    [2080, 1770, 21],
    [2052, 1880, 13],
    [2066, 1972, 4],
  ],
  [
    [2122, 1210, 8],
    [2136, 1330, 38],
    [2200, 1480, 42],
    [2290, 1610, 33],
    [2396, 1726, 25],
    [2476, 1840, 16],
    [2520, 1956, 4],
  ],
  [
    [2142, 1180, 8],
    [2158, 1300, 38],
    [2236, 1420, 46],
    [2370, 1520, 38],
    [2540, 1596, 30],
    [2700, 1690, 22],
    [2850, 1756, 14],
    [2990, 1850, 4],
  ],
  [
    [2154, 1080, 6],
    [2174, 1200, 32],
    [2222, 1296, 46],
    [2306, 1370, 48],
    [2400, 1404, 42],
    [2540, 1432, 34],
    [2710, 1462, 25],
    [2880, 1476, 16],
    [3070, 1532, 4],
  ],
];

/** Nothing of a root may show above the ground, except the flare at the foot of the trunk. */
function keepUnderground(limb: Limb): Limb {
  return limb.map((station) => {
    if (Math.abs(station.x - 2092) < 190) return station;
    const ceiling = groundAt(station.x) + 20 + station.w;
    return station.y < ceiling ? { ...station, y: ceiling } : station;
  });
}

interface RootSystem {
  readonly main: Limb;
  readonly sides: readonly Limb[];
  readonly rootlets: readonly Limb[];
}

function growRoot(stations: (typeof drawn)[number], random: Random): RootSystem {
  const sampled = throughStations(stations, 92);
  const main = keepUnderground(wander(sampled, random, 15, 6));
  const sides: Limb[] = [];
  const rootlets: Limb[] = [];
  for (
    let i = 4, side: -1 | 1 = random.chance(0.5) ? 1 : -1;
    i < main.length - 2;
    i += random.chance(0.5) ? 2 : 3
  ) {
    side = side === 1 ? -1 : 1;
    const left = (main.length - i) / main.length;
    const wish = {
      index: i,
      side,
      length: random.between(150, 250) + 190 * left,
      spreadDegrees: random.between(30, 58),
      widthShare: 0.56,
      pull: [0, 0.26] as const,
    };
    const wished = sprout(main, wish, random, 76);
    // A side root that would break the surface grows downwards instead.
    const surfaces = keepUnderground(wished).some((station, k) => station !== wished[k]);
    const otherSide = side === 1 ? -1 : 1;
    const child = surfaces ? keepUnderground(sprout(main, { ...wish, side: otherSide }, random, 76)) : wished;
    sides.push(child);
    rootlets.push(...growRootlets(child, random));
  }
  rootlets.push(...growRootlets(main.slice(Math.round(main.length * 0.45)), random));
  return { main, sides, rootlets };
}

function growRootlets(parent: Limb, random: Random): readonly Limb[] {
  const rootlets: Limb[] = [];
  for (let i = 2; i < parent.length - 1; i += random.chance(0.4) ? 1 : 2) {
    const wish = {
      index: i,
      side: random.pick([-1, 1] as const),
      length: random.between(60, 130),
      spreadDegrees: random.between(36, 66),
      widthShare: 0.4,
      pull: [0, 0.22] as const,
    };
    rootlets.push(keepUnderground(sprout(parent, wish, random, 44)));
  }
  return rootlets;
}

/** Seven root systems, each under its own role: fine rootlets, then side roots, then the root itself. */
export function drawRoots(random: Random): {
  readonly shapes: readonly Shape[];
  readonly limbs: Readonly<Record<string, readonly Limb[]>>;
} {
  const systems = drawn.map((stations) => growRoot(stations, random));
  const shapes: LimbShape[] = [];
  const limbs: Record<string, readonly Limb[]> = {};
  systems.forEach(({ main, sides, rootlets }, i) => {
    const number = at(numbers, i);
    limbs[`fine-${number}`] = rootlets;
    limbs[`sides-${number}`] = sides;
    limbs[`root-${number}`] = [main];
    const look = { r: `root-${number}`, l: layers.root } as const;
    const up = at(main, -1).x < 2092 ? 1 : -1;
    shapes.push(
      { ...look, k: `fine-${number}`, s: "rootFine", w: 4 },
      { ...look, k: `sides-${number}`, f: "wood" },
      { ...look, k: `root-${number}`, f: "wood" },
      { ...look, k: `root-${number}`, e: [2, 2, 0.86 * up, 0.3 * up], f: "woodLight", o: 0.28 },
      { ...look, k: `root-${number}`, e: [2, 2, -0.96 * up, -0.36 * up], f: "woodDark", o: 0.2 },
    );
  });
  // Rootlets of every system lie behind all thick roots.
  return { shapes: [...shapes.filter((shape) => shape.s), ...shapes.filter((shape) => shape.f)], limbs };
}
