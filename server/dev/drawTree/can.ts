import { type Limb, outlineEdge, outlineLimb } from "../../../shared/render/backdropLimbs.ts";
import { createPen, ellipse, type Pen, softClosed } from "../../../shared/render/backdropPen.ts";
import { layers, type Point, type Shape } from "./backdrop.ts";
import { throughStations } from "./limbs.ts";

const rim = { x: 476, y: 722, rx: 268, ry: 46 } as const;
const foot = { x: 470, y: 1286, rx: 330, ry: 44 } as const;

const tube = (stations: readonly (readonly [number, number, number])[]): Limb =>
  throughStations(stations, 55);

/** The spout, from inside the body to the neck of the rose. */
const spout = tube([
  [742, 1190, 92],
  [806, 1150, 74],
  [868, 1066, 52],
  [906, 960, 40],
  [932, 860, 33],
  [972, 772, 29],
]);
const brace = tube([
  [712, 806, 9],
  [792, 836, 8],
  [866, 880, 8],
  [916, 908, 9],
]);
const carryHandle = tube([
  [252, 748, 20],
  [256, 640, 21],
  [312, 540, 21],
  [436, 494, 22],
  [566, 506, 21],
  [664, 586, 21],
  [700, 748, 20],
]);
const gripHandle = tube([
  [236, 800, 20],
  [150, 792, 20],
  [82, 842, 21],
  [62, 940, 22],
  [84, 1046, 21],
  [142, 1116, 20],
  [186, 1140, 20],
]);

function bodyPath(): string {
  return createPen()
    .move([rim.x - rim.rx, rim.y])
    .cubic([rim.x - rim.rx - 6, 860], [foot.x - foot.rx + 22, 1110], [foot.x - foot.rx, foot.y])
    .cubic(
      [foot.x - foot.rx + 6, foot.y + foot.ry * 0.62],
      [foot.x - 190, foot.y + foot.ry],
      [foot.x, foot.y + foot.ry],
    )
    .cubic(
      [foot.x + 190, foot.y + foot.ry],
      [foot.x + foot.rx - 6, foot.y + foot.ry * 0.62],
      [foot.x + foot.rx, foot.y],
    )
    .cubic([foot.x + foot.rx - 20, 1110], [rim.x + rim.rx + 8, 860], [rim.x + rim.rx, rim.y])
    .close()
    .path();
}

/** A band that follows the roundness of the body between two heights. */
function band(pen: Pen, y: number, thickness: number): Pen {
  const half = rim.rx + ((foot.rx - rim.rx) * (y - rim.y)) / (foot.y - rim.y);
  const cx = rim.x + ((foot.x - rim.x) * (y - rim.y)) / (foot.y - rim.y);
  const sag = 44;
  const corner = half * 0.58;
  return pen
    .move([cx - half, y])
    .cubic([cx - half + 8, y + sag * 0.62], [cx - corner, y + sag], [cx, y + sag])
    .cubic([cx + corner, y + sag], [cx + half - 8, y + sag * 0.62], [cx + half, y])
    .line([cx + half + 1, y + thickness])
    .cubic(
      [cx + half - 7, y + sag * 0.62 + thickness],
      [cx + corner, y + sag + thickness],
      [cx, y + sag + thickness],
    )
    .cubic(
      [cx - corner, y + sag + thickness],
      [cx - half + 7, y + sag * 0.62 + thickness],
      [cx - half - 1, y + thickness],
    )
    .close();
}

const outlined = (limb: Limb): string => outlineLimb(createPen(), limb).path();

const edge = (limb: Limb, shares: readonly [number, number]): string =>
  outlineEdge(createPen(), limb, [1, limb.length - 1], shares).path();

/** The watering can: handles behind, body, spout, rose, handle in front. */
export function drawCan(): readonly Shape[] {
  const l = layers.can;
  const body = bodyPath();
  const sheen = softClosed(createPen(), [
    [262, 800],
    [286, 790],
    [296, 860],
    [282, 1060],
    [262, 1180],
    [232, 1196],
    [224, 1160],
    [246, 980],
  ]).path();
  const glint = softClosed(createPen(), [
    [330, 806],
    [344, 804],
    [346, 900],
    [334, 960],
    [324, 930],
  ]).path();
  const rightGlow = softClosed(createPen(), [
    [726, 800],
    [738, 800],
    [772, 1080],
    [782, 1240],
    [764, 1250],
    [758, 1090],
  ]).path();
  const rimRing = ellipse(createPen(), [rim.x, rim.y], rim.rx + 9, rim.ry + 8).path();
  const inside = ellipse(createPen(), [rim.x, rim.y - 1], rim.rx - 10, rim.ry - 8).path();
  const water = createPen()
    .move([rim.x - 200, rim.y + 16])
    .cubic([rim.x - 130, rim.y - 4], [rim.x + 130, rim.y - 4], [rim.x + 200, rim.y + 16])
    .cubic([rim.x + 120, rim.y + 44], [rim.x - 120, rim.y + 44], [rim.x - 200, rim.y + 16])
    .close()
    .path();
  const ripple = createPen()
    .move([rim.x - 110, rim.y + 16])
    .quad([rim.x - 20, rim.y + 6], [rim.x + 60, rim.y + 14])
    .move([rim.x - 30, rim.y + 25])
    .quad([rim.x + 40, rim.y + 20], [rim.x + 100, rim.y + 22])
    .path();
  const [rimLeft, rimRight] = [rim.x - rim.rx, rim.x + rim.rx];
  const frontRim = createPen()
    .move([rimLeft, rim.y + 2])
    .cubic([rimLeft + 8, rim.y + 36], [rim.x - 150, rim.y + 50], [rim.x, rim.y + 50])
    .cubic([rim.x + 150, rim.y + 50], [rimRight - 8, rim.y + 36], [rimRight, rim.y + 2])
    .path();
  const rimLight = createPen()
    .move([rimLeft - 5, rim.y])
    .cubic([rimLeft, rim.y + 36], [rim.x - 130, rim.y + 50], [rim.x + 60, rim.y + 51])
    .cubic([rim.x - 130, rim.y + 42], [rimLeft + 14, rim.y + 30], [rimLeft - 5, rim.y])
    .close()
    .path();
  const rivets = createPen();
  const plates = createPen();
  for (const [x, y] of [
    [236, 800],
    [186, 1140],
  ] as const) {
    ellipse(plates, [x + 12, y], 34, 26);
    ellipse(rivets, [x + 2, y - 1], 6, 6);
    ellipse(rivets, [x + 26, y + 2], 6, 6);
  }
  const frontPlate = softClosed(createPen(), [
    [664, 742],
    [720, 742],
    [722, 790],
    [708, 826],
    [692, 834],
    [674, 826],
    [662, 792],
  ]).path();
  ellipse(rivets, [692, 776], 6, 6);
  ellipse(rivets, [692, 806], 6, 6);
  return [
    { r: "can", l: layers.can - 1, d: contactShadow(), f: "canContact" },
    { r: "can", l, d: outlined(gripHandle), f: "canTube" },
    { r: "can", l, d: edge(gripHandle, [0.9, 0.3]), f: "canLight", o: 0.4 },
    { r: "can", l, d: outlined(spout), f: "canSpout" },
    { r: "can", l, d: edge(spout, [-0.8, -0.35]), f: "canLight", o: 0.45 },
    { r: "can", l, d: edge(spout, [0.95, 0.45]), f: "canDark", o: 0.35 },
    { r: "can", l, d: body, f: "canBody" },
    { r: "can", l, d: body, f: "canFloor" },
    { r: "can", l, d: band(createPen(), 1232, 12).path(), f: "canDark", o: 0.35 },
    { r: "can", l, d: band(createPen(), 800, 8).path(), f: "canDark", o: 0.22 },
    { r: "can", l, d: band(createPen(), 808, 4).path(), f: "canLight", o: 0.4 },
    { r: "can", l, d: sheen, f: "canLight", o: 0.42 },
    { r: "can", l, d: glint, f: "canLight", o: 0.26 },
    { r: "can", l, d: rightGlow, f: "canLight", o: 0.22 },
    { r: "can", l, d: rimRing, f: "canRim" },
    { r: "can", l, d: inside, f: "canInside" },
    { r: "can", l, d: water, f: "canWater" },
    { r: "can", l, d: ripple, s: "canLight", w: 3, o: 0.6 },
    { r: "can", l, d: outlined(brace), f: "canTube" },
    { r: "can", l, d: plates.path(), f: "canTube" },
    { r: "can", l, d: outlined(carryHandle), f: "canTube" },
    { r: "can", l, d: edge(carryHandle, [-0.9, -0.3]), f: "canLight", o: 0.42 },
    { r: "can", l, d: frontRim, s: "canRim", w: 17 },
    { r: "can", l, d: rimLight, f: "canLight", o: 0.6 },
    { r: "can", l, d: frontPlate, f: "canTube" },
    { r: "can", l, d: rivets.path(), f: "canLight", o: 0.6 },
    ...drawRose(),
  ];
}

/** The rose: a cone that opens to the upper right, seen a little from the front, with its holes. */
function drawRose(): readonly Shape[] {
  const l = layers.can;
  const cone = createPen()
    .move([944, 776])
    .quad([956, 724], [958, 690])
    .line([1046, 760])
    .quad([1010, 776], [996, 800])
    .close()
    .path();
  const face = rotatedEllipse([1006, 722], 60, 20, 0.67);
  const inner = rotatedEllipse([1008, 720], 51, 14, 0.67);
  const holes = createPen();
  for (const [u, v] of [
    [-34, 0],
    [-17, -5],
    [-16, 5],
    [0, 0],
    [0, -9],
    [17, 5],
    [18, -5],
    [34, 0],
  ] as const) {
    ellipse(holes, turn([1008, 720], u, v, 0.67), 3, 3);
  }
  const collar = createPen().move([940, 786]).quad([968, 792], [996, 806]).path();
  return [
    { r: "can", l, d: cone, f: "canSpout" },
    { r: "can", l, d: collar, s: "canRim", w: 12 },
    { r: "can", l, d: face, f: "canRim" },
    { r: "can", l, d: inner, f: "canRose" },
    { r: "can", l, d: holes.path(), f: "canInside" },
  ];
}

const turn = ([x, y]: Point, u: number, v: number, angle: number): Point => [
  x + u * Math.cos(angle) - v * Math.sin(angle),
  y + u * Math.sin(angle) + v * Math.cos(angle),
];

function rotatedEllipse(centre: Point, rx: number, ry: number, angle: number): string {
  const k = 0.5523;
  const p = (u: number, v: number): Point => turn(centre, u * rx, v * ry, angle);
  return createPen()
    .move(p(-1, 0))
    .cubic(p(-1, -k), p(-k, -1), p(0, -1))
    .cubic(p(k, -1), p(1, -k), p(1, 0))
    .cubic(p(1, k), p(k, 1), p(0, 1))
    .cubic(p(-k, 1), p(-1, k), p(-1, 0))
    .close()
    .path();
}

function contactShadow(): string {
  return ellipse(createPen(), [510, 1316], 460, 20).path();
}
