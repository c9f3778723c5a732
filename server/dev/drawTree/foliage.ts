import { layers, type Point, type Shape } from "./backdrop.ts";
import { crownCentre, crownRim, rimShare, sunAt } from "./crownShape.ts";
import { createPen, ellipse, type Pen } from "./pen.ts";
import { at, type Random } from "./random.ts";

/** One leaf from stalk to tip. */
export function leaf(pen: Pen, [x, y]: Point, angle: number, length: number, width: number): void {
  const [cx, cy] = [Math.cos(angle), Math.sin(angle)];
  const tip: Point = [x + cx * length, y + cy * length];
  const side = (share: number): Point => [
    x + cx * length * 0.42 - cy * width * share,
    y + cy * length * 0.42 + cx * width * share,
  ];
  pen.move([x, y]).quad(side(1), tip).quad(side(-1), [x, y]).close();
}

/** Lengths and widths that leaves come in. Few sizes and directions keep the data small, and no eye notices. */
const leafSizes = [
  [26, 10],
  [32, 12],
  [38, 14],
] as const;
const leafDirections = 22;

function cluster([x, y]: Point, outward: number, count: number, random: Random): string {
  const pen = createPen();
  for (let i = 0; i < count; i += 1) {
    const wish = outward + (i / (count - 1) - 0.5) * random.between(2.4, 3.2) + random.between(-0.25, 0.25);
    const angle = (Math.round((wish / Math.PI / 2) * leafDirections) / leafDirections) * Math.PI * 2;
    const reach = random.between(0, 26);
    const [length, width] = random.pick(leafSizes);
    const start: Point = [
      Math.round(x + Math.cos(angle) * reach + random.between(-9, 9)),
      Math.round(y + Math.sin(angle) * reach + random.between(-9, 9)),
    ];
    leaf(pen, start, angle, length, width);
  }
  return pen.path();
}

function leafTone(x: number, y: number, random: Random): string {
  const sun = sunAt(x, y) + random.between(-0.3, 0.3);
  if (sun > 0.72) return "leaf1";
  if (sun > 0.46) return "leaf2";
  return sun > 0.2 ? "leaf3" : "leaf4";
}

/** Leaf clusters along the rim, denser here, absent there, and a few quiet ones further in. */
export function drawLeaves(random: Random): readonly Shape[] {
  const shapes: Shape[] = [];
  const add = (place: Point, outward: number, count: number, o: number): void => {
    const f = leafTone(place[0], place[1], random);
    shapes.push({ r: "leaf", l: layers.leaf, d: cluster(place, outward, count, random), f, o });
  };
  const rim = crownRim(9, 26);
  for (let i = 0; i < rim.length; i += Math.round(random.between(5, 14))) {
    const [x, y] = at(rim, i);
    const outward = Math.atan2(y - crownCentre[1], x - crownCentre[0]) + random.between(-0.5, 0.5);
    add([x + random.between(-22, 12), y + random.between(-16, 16)], outward, random.pick([3, 4, 5, 6]), 0.9);
  }
  for (const [x, y] of crownRim(170, 84)) {
    const outward = Math.atan2(y - crownCentre[1], x - crownCentre[0]) + random.between(-1, 1);
    const place: Point = [x + random.between(-50, 50), y + random.between(-40, 30)];
    add(place, outward, random.pick([3, 4]), rimShare(place[0], place[1]) > 0.85 ? 0.7 : 0.45);
  }
  // Quiet sprigs on the shoulders of the masses, so that their edges read as foliage.
  for (const [x, y] of crownRim(210, 190)) {
    const place: Point = [x + random.between(-60, 60), y + random.between(-40, 40)];
    add(place, random.between(0.4, 2.7), 4, 0.4);
  }
  return shapes;
}

/** Where apples hang: at the rim and in the gaps between rows of notes. */
const apples: readonly Point[] = [
  [1176, 498],
  [1112, 636],
  [1226, 700],
  [1310, 250],
  [1404, 168],
  [1640, 120],
  [1836, 92],
  [1908, 120],
  [2340, 104],
  [2640, 168],
  [2842, 214],
  [2990, 352],
  [3054, 560],
  [2950, 700],
  [2900, 890],
  [2612, 930],
  [2396, 934],
  [1800, 928],
  [1704, 948],
  [1446, 908],
  [1330, 836],
  [1560, 506],
  [2010, 300],
  [2620, 506],
  [2250, 706],
];

/** Each apple is five shapes in a row: body, shade, shine, stalk, leaf. */
export function drawApples(random: Random): readonly Shape[] {
  return apples.flatMap(([x, y], i): readonly Shape[] => {
    const r = random.pick([28, 32]);
    const lean = random.pick([-0.12, 0.1]);
    const put = (dx: number, dy: number): Point => [
      x + (dx * Math.cos(lean) - dy * Math.sin(lean)) * r,
      y + (dx * Math.sin(lean) + dy * Math.cos(lean)) * r,
    ];
    const body = createPen()
      .move(put(0, -0.78))
      .cubic(put(0.34, -1.1), put(1.08, -0.94), put(1.06, -0.1))
      .cubic(put(1.04, 0.56), put(0.58, 1.06), put(0.06, 0.94))
      .cubic(put(-0.46, 1.08), put(-1.02, 0.6), put(-1.05, -0.06))
      .cubic(put(-1.08, -0.92), put(-0.36, -1.1), put(0, -0.78))
      .close();
    const shade = createPen()
      .move(put(0.86, -0.72))
      .cubic(put(1.3, 0), put(0.86, 1), put(0.06, 0.94))
      .cubic(put(-0.4, 1.04), put(-0.7, 0.8), put(-0.86, 0.5))
      .cubic(put(-0.2, 0.86), put(0.86, 0.5), put(0.86, -0.72))
      .close();
    const shine = ellipse(createPen(), put(-0.42, -0.4), r * 0.2, r * 0.28);
    const stalk = createPen().move(put(0, -0.7)).quad(put(0.02, -1.1), put(0.16, -1.4));
    const blade = createPen();
    leaf(blade, put(0.08, -1.14), lean + (i % 2 ? -0.5 : 3.5), r * 1.1, r * 0.42);
    return [
      { r: "fruit", l: layers.fruit, d: body.path(), f: at(["apple1", "apple2", "apple3"], i % 3) },
      { r: "fruit", l: layers.fruit, d: shade.path(), f: "appleShade", o: 0.3 },
      { r: "fruit", l: layers.fruit, d: shine.path(), f: "appleShine", o: 0.55 },
      { r: "fruit", l: layers.fruit, d: stalk.path(), s: "woodDark", w: 4 },
      { r: "fruit", l: layers.fruit, d: blade.path(), f: "leaf3" },
    ];
  });
}
