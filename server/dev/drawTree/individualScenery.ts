import {
  createPen,
  ellipse,
  softClosed,
  softOpen,
  straightClosed,
} from "../../../shared/render/backdropPen.ts";
import { layers, type Point, type Shape } from "./backdrop.ts";
import { drawFront, drawHedge, drawSide } from "./houses.ts";
import { drawLamps, drawWindowGlow } from "./lamps.ts";
import { drawPerson } from "./people.ts";

/** One family by one house, with a garden, a path and a bicycle against the wall. */
export function drawIndividual(): readonly Shape[] {
  const foot = 1276;
  const path = softClosed(createPen(), [
    [2878, 1274],
    [2906, 1274],
    [2880, 1296],
    [2800, 1316],
    [2720, 1338],
    [2590, 1340],
    [2700, 1312],
    [2850, 1290],
  ]).path();
  const house: readonly Shape[] = [
    {
      r: "scenery",
      l: layers.groundShadow,
      d: ellipse(createPen(), [2960, 1280], 200, 13).path(),
      f: "shadow",
      o: 0.2,
    },
    ...drawSide([2900, foot], 196, 122, 100, "brickBrown"),
    ...drawFront({
      at: [2786, foot],
      width: 132,
      height: 250,
      gable: "bell",
      wall: "brick",
      door: "door",
      floors: 2,
    }),
  ];
  return [
    ...drawWindowGlow([2900, 1215], 330, 240),
    { r: "scenery", l: layers.groundShadow, d: path, f: "path", o: 0.85 },
    ...chimney([3020, 1062]),
    ...house,
    ...sideWindows(foot),
    ...drawHedge(3040, 3180, 1284, 40),
    ...drawHedge(2740, 2800, 1282, 30),
    ...roses(),
    { r: "scenery", l: layers.garden, d: fence([3010, 1300], [3170, 1300], 30, 15), f: "trim", o: 0.95 },
    ...drawLamps([[2756, 1300]]),
    ...bicycle([2976, 1284]),
    ...drawPerson({
      at: [2716, 1296],
      height: 112,
      facing: "left",
      skin: "skin3",
      hair: "scarf",
      hairPaint: "plum",
      garment: "coat",
      top: "sand",
      bottom: "char",
      arms: ["stick", "rest"],
      lean: 4,
      girth: 1.06,
    }),
    ...drawPerson({
      at: [2506, 1310],
      height: 136,
      facing: "right",
      skin: "skin4",
      hair: "short",
      hairPaint: "hairBlack",
      garment: "trousers",
      top: "navy",
      bottom: "sand",
      arms: ["hold", "rest"],
      girth: 1.08,
    }),
    ...drawPerson({
      at: [2552, 1314],
      height: 82,
      facing: "right",
      skin: "skin3",
      hair: "curls",
      hairPaint: "hairBlack",
      garment: "dress",
      top: "ochre",
      bottom: "ochre",
      arms: ["hold", "hold"],
      headShare: 1.28,
    }),
    ...drawPerson({
      at: [2600, 1311],
      height: 128,
      facing: "left",
      skin: "skin3",
      hair: "bun",
      hairPaint: "hairBlack",
      garment: "skirt",
      top: "rust",
      bottom: "wine",
      arms: ["hold", "talk"],
    }),
    ...drawPerson({
      at: [2656, 1306],
      height: 104,
      facing: "left",
      skin: "skin4",
      hair: "short",
      hairPaint: "hairBlack",
      garment: "shorts",
      top: "teal",
      bottom: "denim",
      arms: ["wave", "rest"],
      headShare: 1.12,
    }),
  ];
}

function chimney([x, y]: Point): readonly Shape[] {
  const stack = createPen()
    .move([x, y])
    .line([x, y - 34])
    .line([x + 22, y - 34])
    .line([x + 22, y])
    .close();
  return [{ r: "scenery", l: layers.house - 1, d: stack.path(), f: "brickDark" }];
}

function sideWindows(foot: number): readonly Shape[] {
  const frames = createPen();
  const panes = createPen();
  for (const x of [2946, 3030]) {
    frames
      .move([x, foot - 96])
      .line([x + 40, foot - 96])
      .line([x + 40, foot - 40])
      .line([x, foot - 40])
      .close();
    for (const dx of [4, 22])
      panes
        .move([x + dx, foot - 92])
        .line([x + dx + 14, foot - 92])
        .line([x + dx + 14, foot - 44])
        .line([x + dx, foot - 44])
        .close();
  }
  return [
    { r: "scenery", l: layers.house, d: frames.path(), f: "cream" },
    { r: "scenery", l: layers.house, d: panes.path(), f: "glass" },
  ];
}

/** A climbing rose between the front windows and the door. */
function roses(): readonly Shape[] {
  const stem = softOpen(createPen(), [
    [2790, 1276],
    [2786, 1232],
    [2796, 1196],
    [2788, 1160],
    [2800, 1136],
  ]).path();
  const leaves = createPen();
  const blooms = createPen();
  for (const [x, y] of [
    [2784, 1250],
    [2794, 1226],
    [2787, 1204],
    [2797, 1182],
    [2790, 1160],
    [2800, 1140],
  ] as const) {
    ellipse(leaves, [x + 4, y], 9, 7);
    ellipse(leaves, [x - 6, y + 9], 7, 6);
    ellipse(blooms, [x + 2, y - 4], 4, 4);
  }
  return [
    { r: "scenery", l: layers.garden, d: stem, s: "hedgeDark", w: 3 },
    { r: "scenery", l: layers.garden, d: leaves.path(), f: "hedge" },
    { r: "scenery", l: layers.garden, d: blooms.path(), f: "gardenRose" },
  ];
}

/** A parked Dutch bicycle, seen from the side; the point is halfway between its wheels on the ground. */
export function bicycle([x, y]: Point): readonly Shape[] {
  const wheels = createPen();
  ellipse(wheels, [x - 25, y - 17], 17, 17);
  ellipse(wheels, [x + 25, y - 17], 17, 17);
  const frame = createPen()
    .move([x - 25, y - 17])
    .line([x - 4, y - 17])
    .line([x - 12, y - 44])
    .line([x - 25, y - 17])
    .move([x - 4, y - 17])
    .line([x + 16, y - 42])
    .line([x - 10, y - 36])
    .move([x + 25, y - 17])
    .line([x + 15, y - 54])
    .quad([x + 6, y - 58], [x + 3, y - 52])
    .move([x - 12, y - 44])
    .line([x - 14, y - 50])
    .move([x - 20, y - 51])
    .line([x - 8, y - 51]);
  return [
    { r: "scenery", l: layers.garden, d: wheels.path(), s: "wheel", w: 3 },
    { r: "scenery", l: layers.garden, d: frame.path(), s: "bikeFrame", w: 4 },
  ];
}

/** A small garden fence of pointed pales. */
function fence(from: Point, to: Point, height: number, gap: number): string {
  const pen = createPen();
  const count = Math.round((to[0] - from[0]) / gap);
  for (let i = 0; i <= count; i += 1) {
    const x = from[0] + ((to[0] - from[0]) * i) / count;
    straightClosed(pen, [
      [x - 3, from[1]],
      [x - 3, from[1] - height],
      [x, from[1] - height - 5],
      [x + 3, from[1] - height],
      [x + 3, from[1]],
    ]);
  }
  return straightClosed(pen, [
    [from[0] - 5, from[1] - height * 0.7],
    [to[0] + 5, to[1] - height * 0.7],
    [to[0] + 5, to[1] - height * 0.55],
    [from[0] - 5, from[1] - height * 0.55],
  ]).path();
}
