import {
  at,
  createPen,
  ellipse,
  type Pen,
  softClosed,
  softOpen,
} from "../../../shared/render/backdropPen.ts";
import { layers, type Point, type Shape } from "./backdrop.ts";
import { groundAt, reach } from "./ground.ts";
import type { Random } from "./random.ts";

type Tuft = readonly { readonly from: number; readonly bend: Point; readonly tip: Point }[];

/** A few tufts that are used again and again: blades fanning out from one foot. */
function growTufts(random: Random): readonly Tuft[] {
  return Array.from({ length: 18 }, (_, kind): Tuft => {
    const blades = 2 + (kind % 4);
    const height = random.between(16, 40);
    return Array.from({ length: blades }, (_, i) => {
      const lean = (i / (blades - 1) - 0.5) * random.between(0.7, 1.5);
      const h = height * random.between(0.6, 1.1);
      const from = (i - blades / 2) * 5;
      return { from, bend: [from + lean * h * 0.1 - 2, -h * 0.55], tip: [from + lean * h * 0.8, -h] };
    });
  });
}

function plant(pen: Pen, tuft: Tuft, x: number, foot: number): void {
  for (const { from, bend, tip } of tuft) {
    pen
      .move([x + from - 3, foot])
      .quad([x + bend[0], foot + bend[1]], [x + tip[0], foot + tip[1]])
      .line([x + from + 3, foot + 2])
      .close();
  }
}

/** The turf: a green edge with a ragged fringe that hangs over the soil. */
export function drawTurf(random: Random): readonly Shape[] {
  const upper: Point[] = [];
  for (let x = reach.left; x <= reach.right; x += 120)
    upper.push([x, groundAt(x) - 15 + random.between(-4, 4)]);
  const fringe: Point[] = [];
  for (let x = reach.right; x >= reach.left; x -= random.between(34, 84)) {
    fringe.push([x, groundAt(x) + random.between(-2, 17)]);
  }
  const light: Point[] = [];
  for (let x = reach.left; x <= reach.right; x += 120)
    light.push([x, groundAt(x) - 18 + random.between(-4, 3)]);
  const lightUnder: Point[] = [];
  for (let x = reach.right; x >= reach.left; x -= 104)
    lightUnder.push([x, groundAt(x) - random.between(3, 13)]);
  return [
    { r: "grass", l: layers.soil, d: softClosed(createPen(2), [...upper, ...fringe]).path(), f: "turf" },
    {
      r: "grass",
      l: layers.soil,
      d: softClosed(createPen(2), [...light, ...lightUnder]).path(),
      f: "turfLight",
      o: 0.6,
    },
    ...drawFootGrass(random),
  ];
}

/** Grass in front of the tree's foot and the things that stand on the meadow. */
function drawFootGrass(random: Random): readonly Shape[] {
  const tufts = growTufts(random);
  const front = createPen(2);
  const tones = [createPen(2), createPen(2), createPen(2)];
  for (let x = reach.left; x < reach.right; ) {
    const isInWorld = x > -200 && x < 3400;
    const tone = at(tones, random.pick([0, 1, 1, 2]));
    // In front of the can, so that it stands in the grass and not on it.
    const pen = x > 110 && x < 830 ? front : tone;
    const isAtTrunk = Math.abs(x - 2092) < 132;
    if (!isAtTrunk)
      plant(pen, random.pick(tufts), Math.round(x), Math.round(groundAt(x) + random.between(-9, 3)));
    x += (isInWorld ? random.between(21, 70) : random.between(110, 260)) + (random.chance(0.1) ? 50 : 0);
  }
  const behind = tones.map(
    (pen, i): Shape => ({
      r: "grass",
      l: layers.turf,
      d: pen.path(),
      f: at(["grass1", "grass2", "grass3"], i),
    }),
  );
  return [...behind, { r: "grass", l: layers.grass, d: front.path(), f: "grass1" }];
}

/** Meadow flowers near the ground line: daisies, poppies, cornflowers. */
export function drawFlowers(random: Random): readonly Shape[] {
  const stalks = createPen();
  const heads = [createPen(), createPen(), createPen()];
  const hearts = createPen();
  const spots = [
    -1320, -1010, -610, -240, 62, 906, 958, 1010, 1186, 1490, 1524, 1700, 1812, 2316, 2350, 3480, 3900, 4460,
  ];
  spots.forEach((spot, i) => {
    const x = spot + random.between(-8, 8);
    const foot = groundAt(x) + 2;
    const height = random.between(34, 58);
    const top: Point = [x + random.between(-8, 8), foot - height];
    softOpen(stalks, [[x, foot], [x + random.between(-4, 4), foot - height * 0.5], top]);
    const kind = i % 3;
    if (kind === 0) {
      for (let p = 0; p < 6; p += 1) {
        const a = (p / 6) * Math.PI * 2;
        ellipse(at(heads, 0), [top[0] + Math.cos(a) * 6, top[1] + Math.sin(a) * 5], 4, 3);
      }
      ellipse(hearts, top, 3, 3);
    } else {
      const r = kind === 1 ? 9 : 7;
      softClosed(at(heads, kind), [
        [top[0] - r, top[1] - r * 0.7],
        [top[0] - r * 0.3, top[1] - r * 0.4],
        [top[0] + r * 0.2, top[1] - r],
        [top[0] + r, top[1] - r * 0.6],
        [top[0] + r, top[1] + r * 0.4],
        [top[0], top[1] + r],
        [top[0] - r, top[1] + r * 0.5],
      ]);
    }
  });
  return [
    { r: "grass", l: layers.grass, d: stalks.path(), s: "grass3", w: 3 },
    ...heads.map(
      (pen, i): Shape => ({
        r: "grass",
        l: layers.grass,
        d: pen.path(),
        f: at(["daisy", "poppy", "cornflower"], i),
      }),
    ),
    { r: "grass", l: layers.grass, d: hearts.path(), f: "daisyHeart" },
  ];
}
