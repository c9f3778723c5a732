import { layers, type Shape } from "./backdrop.ts";
import { drawFront, drawHedge } from "./houses.ts";
import { bicycle } from "./individualScenery.ts";
import { createPen, softClosed } from "./pen.ts";
import { drawPerson, drawWheelchairUser } from "./people.ts";

/** A street of many houses, with many different people meeting in front of them. */
export function drawCommunity(): readonly Shape[] {
  const foot = 1264;
  const pavement = softClosed(createPen(), [
    [2300, 1262],
    [3000, 1258],
    [3700, 1262],
    [3760, 1282],
    [3000, 1300],
    [2290, 1290],
  ]).path();
  return [
    ...farStreet(),
    { r: "scenery", l: layers.groundShadow, d: pavement, f: "path", o: 0.7 },
    ...drawFront({
      at: [2372, foot],
      width: 84,
      height: 186,
      gable: "step",
      wall: "brickWarm",
      door: "doorBlue",
      floors: 2,
    }),
    ...drawFront({
      at: [2456, foot],
      width: 78,
      height: 226,
      gable: "neck",
      wall: "brickDark",
      door: "doorOchre",
      floors: 3,
    }),
    ...drawFront({
      at: [2534, foot],
      width: 96,
      height: 204,
      gable: "bell",
      wall: "plaster",
      door: "doorRed",
      floors: 2,
    }),
    ...drawFront({
      at: [2630, foot],
      width: 76,
      height: 238,
      gable: "step",
      wall: "brick",
      door: "door",
      floors: 3,
    }),
    ...drawFront({
      at: [2706, foot],
      width: 86,
      height: 196,
      gable: "spout",
      wall: "brickPale",
      door: "doorBlue",
      floors: 2,
    }),
    ...drawFront({
      at: [2792, foot],
      width: 80,
      height: 246,
      gable: "bell",
      wall: "brickBrown",
      door: "doorRed",
      floors: 3,
    }),
    ...drawFront({
      at: [2872, foot],
      width: 94,
      height: 212,
      gable: "step",
      wall: "brickWarm",
      door: "door",
      floors: 2,
    }),
    ...drawFront({
      at: [2966, foot],
      width: 78,
      height: 232,
      gable: "neck",
      wall: "plaster",
      door: "doorBlue",
      floors: 3,
    }),
    ...drawFront({
      at: [3044, foot],
      width: 92,
      height: 200,
      gable: "spout",
      wall: "brick",
      door: "doorOchre",
      floors: 2,
    }),
    ...drawFront({
      at: [3136, foot],
      width: 82,
      height: 226,
      gable: "step",
      wall: "brickDark",
      door: "door",
      floors: 3,
    }),
    ...drawFront({
      at: [3218, foot],
      width: 90,
      height: 196,
      gable: "bell",
      wall: "brickPale",
      door: "doorRed",
      floors: 2,
    }),
    ...drawHedge(3330, 3560, 1272, 44),
    ...bicycle([2596, 1274]),
    ...people(),
  ];
}

/** The street goes on, small and pale, towards the horizon left of the trunk. */
function farStreet(): readonly Shape[] {
  const walls = createPen();
  const roofs = createPen();
  const windows = createPen();
  const heights = [58, 72, 54, 66, 60, 76, 56, 64, 52];
  heights.forEach((height, i) => {
    const w = 36 - i * 0.8;
    const x = 1930 - (i + 1) * 37;
    const y = 1216 - i * 1.5;
    walls
      .move([x, y])
      .line([x, y - height])
      .line([x + w, y - height])
      .line([x + w, y])
      .close();
    roofs
      .move([x - 2, y - height])
      .line([x + w / 2, y - height - 24])
      .line([x + w + 2, y - height])
      .close();
    for (const [dx, dy] of [
      [7, 0.8],
      [20, 0.8],
      [7, 0.42],
      [20, 0.42],
    ] as const) {
      windows
        .move([x + dx, y - height * dy])
        .line([x + dx + 7, y - height * dy])
        .line([x + dx + 7, y - height * dy + 12])
        .line([x + dx, y - height * dy + 12])
        .close();
    }
  });
  const steeple = createPen()
    .move([1588, 1212])
    .line([1588, 1104])
    .line([1601, 1046])
    .line([1614, 1104])
    .line([1614, 1212])
    .close();
  return [
    { r: "scenery", l: layers.farScenery, d: steeple.path(), f: "farRoof" },
    { r: "scenery", l: layers.farScenery, d: walls.path(), f: "farWall" },
    { r: "scenery", l: layers.farScenery, d: roofs.path(), f: "farRoof" },
    { r: "scenery", l: layers.farScenery, d: windows.path(), f: "trim", o: 0.7 },
  ];
}

function people(): readonly Shape[] {
  return [
    ...drawPerson({
      at: [2700, 1286],
      height: 112,
      facing: "left",
      skin: "skin1",
      hair: "long",
      hairPaint: "hairFair",
      garment: "trousers",
      top: "lightBlue",
      bottom: "denim",
      arms: ["rest", "hip"],
    }),
    ...drawPerson({
      at: [3092, 1288],
      height: 114,
      facing: "right",
      skin: "skin5",
      hair: "cap",
      hairPaint: "rust",
      garment: "trousers",
      top: "sage",
      bottom: "char",
      arms: ["rest", "rest"],
    }),
    ...drawPerson({
      at: [2426, 1306],
      height: 130,
      facing: "right",
      skin: "skin2",
      hair: "scarf",
      hairPaint: "teal",
      garment: "dress",
      top: "plum",
      bottom: "plum",
      arms: ["talk", "rest"],
    }),
    ...drawPerson({
      at: [2486, 1310],
      height: 138,
      facing: "left",
      skin: "skin5",
      hair: "short",
      hairPaint: "hairBlack",
      garment: "trousers",
      top: "ochre",
      bottom: "navy",
      arms: ["talk", "hip"],
      girth: 1.06,
    }),
    ...drawPerson({
      at: [2534, 1304],
      height: 126,
      facing: "left",
      skin: "skin1",
      hair: "bun",
      hairPaint: "hairRed",
      garment: "skirt",
      top: "cream",
      bottom: "moss",
      arms: ["clasp", "rest"],
    }),
    ...drawPerson({
      at: [2624, 1314],
      height: 80,
      facing: "right",
      skin: "skin4",
      hair: "curls",
      hairPaint: "hairBlack",
      garment: "shorts",
      top: "rust",
      bottom: "denim",
      arms: ["hold", "wave"],
      headShare: 1.28,
    }),
    ...drawPerson({
      at: [2670, 1312],
      height: 132,
      facing: "left",
      skin: "skin4",
      hair: "curls",
      hairPaint: "hairBlack",
      garment: "dress",
      top: "teal",
      bottom: "teal",
      arms: ["hold", "rest"],
    }),
    ...drawWheelchairUser({
      at: [2768, 1312],
      height: 124,
      skin: "skin2",
      hair: "short",
      hairPaint: "hairBrown",
      top: "wine",
      bottom: "char",
    }),
    ...drawPerson({
      at: [2830, 1310],
      height: 134,
      facing: "left",
      skin: "skin3",
      hair: "short",
      hairPaint: "hairBlack",
      garment: "coat",
      top: "navy",
      bottom: "char",
      arms: ["talk", "rest"],
    }),
    ...drawPerson({
      at: [2908, 1308],
      height: 118,
      facing: "right",
      skin: "skin1",
      hair: "bald",
      hairPaint: "hairGrey",
      garment: "coat",
      top: "sand",
      bottom: "char",
      arms: ["stick", "rest"],
      lean: 5,
      girth: 1.08,
    }),
    ...drawPerson({
      at: [2966, 1312],
      height: 126,
      facing: "left",
      skin: "skin3",
      hair: "scarf",
      hairPaint: "rose",
      garment: "coat",
      top: "denim",
      bottom: "char",
      arms: ["clasp", "rest"],
    }),
    ...drawPerson({
      at: [3034, 1314],
      height: 70,
      facing: "right",
      skin: "skin1",
      hair: "short",
      hairPaint: "hairFair",
      garment: "trousers",
      top: "lightBlue",
      bottom: "navy",
      arms: ["hold", "rest"],
      headShare: 1.32,
    }),
    ...drawPerson({
      at: [3072, 1313],
      height: 136,
      facing: "left",
      skin: "skin1",
      hair: "short",
      hairPaint: "hairBrown",
      garment: "trousers",
      top: "moss",
      bottom: "denim",
      arms: ["hold", "rest"],
      girth: 1.04,
    }),
    ...drawPerson({
      at: [3144, 1308],
      height: 128,
      facing: "left",
      skin: "skin4",
      hair: "bun",
      hairPaint: "hairBlack",
      garment: "skirt",
      top: "rose",
      bottom: "plum",
      arms: ["rest", "hip"],
      girth: 1.12,
    }),
  ];
}
