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

function cluster([x, y]: Point, outward: number, count: number, random: Random): string {
  const pen = createPen();
  for (let i = 0; i < count; i += 1) {
    const angle = outward + (i / (count - 1) - 0.5) * random.between(2.4, 3.2) + random.between(-0.25, 0.25);
    const reach = random.between(0, 26);
    const start: Point = [
      x + Math.cos(angle) * reach + random.between(-9, 9),
      y + Math.sin(angle) * reach + random.between(-9, 9),
    ];
    leaf(pen, start, angle, random.between(26, 44), random.between(11, 17));
  }
  return pen.path();
}

function leafTone(x: number, y: number, random: Random): string {
  const sun = sunAt(x, y) + random.between(-0.3, 0.3);
  if (sun > 0.72) return "leaf1";
  if (sun > 0.46) return "leaf2";
  return sun > 0.2 ? "leaf3" : "leaf4";
}

/** Leaf clusters along the rim, and a few quiet ones further in. */
export function drawLeaves(random: Random): readonly Shape[] {
  const shapes: Shape[] = [];
  for (const [x, y] of crownRim(52, 6)) {
    const outward = Math.atan2(y - crownCentre[1], x - crownCentre[0]);
    const place: Point = [x + random.between(-12, 12), y + random.between(-12, 12)];
    shapes.push({
      r: "leaf",
      l: layers.leaf,
      d: cluster(place, outward, 6, random),
      f: leafTone(x, y, random),
      o: 0.92,
    });
  }
  for (const [x, y] of crownRim(120, 74)) {
    const place: Point = [x + random.between(-34, 34), y + random.between(-24, 24)];
    const outward = Math.atan2(y - crownCentre[1], x - crownCentre[0]) + random.between(-1, 1);
    const o = rimShare(place[0], place[1]) > 0.85 ? 0.75 : 0.5;
    shapes.push({
      r: "leaf",
      l: layers.leaf,
      d: cluster(place, outward, 5, random),
      f: leafTone(x, y, random),
      o,
    });
  }
  return shapes;
}

/** Where apples hang: at the rim and in the gaps between rows of notes. */
const apples: readonly Point[] = [
  [1168, 468],
  [1130, 660],
  [1286, 262],
  [1388, 148],
  [1600, 100],
  [1850, 76],
  [2210, 92],
  [2470, 92],
  [2700, 150],
  [2900, 300],
  [3062, 470],
  [3040, 690],
  [2930, 880],
  [2560, 934],
  [2330, 916],
  [1880, 906],
  [1640, 944],
  [1300, 852],
];

/** Each apple is five shapes in a row: body, shade, shine, stalk, leaf. */
export function drawApples(random: Random): readonly Shape[] {
  return apples.flatMap(([x, y], i): readonly Shape[] => {
    const r = random.between(28, 33);
    const lean = random.between(-0.14, 0.14);
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
