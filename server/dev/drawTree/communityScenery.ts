import { createPen, softClosed } from "../../../shared/render/backdropPen.ts";
import { layers, type PathShape, type Shape } from "./backdrop.ts";
import { drawCommunityPeople } from "./communityPeople.ts";
import { drawFront, drawHedge } from "./houses.ts";
import { bicycle } from "./individualScenery.ts";
import { drawLamps, drawWindowGlow } from "./lamps.ts";

/** Five kinds of house; the street varies them in colour. */
const stepped = { width: 84, height: 196, gable: "step", floors: 2 } as const;
const tall = { width: 78, height: 238, gable: "neck", floors: 3 } as const;
const belled = { width: 96, height: 208, gable: "bell", floors: 2 } as const;
const narrow = { width: 76, height: 226, gable: "step", floors: 3 } as const;
const spouted = { width: 86, height: 186, gable: "spout", floors: 2 } as const;

const street = [
  [2372, stepped, "brickWarm", "doorBlue"],
  [2456, tall, "brickDark", "doorOchre"],
  [2534, belled, "plaster", "doorRed"],
  [2630, narrow, "brick", "door"],
  [2706, spouted, "brickPale", "doorBlue"],
  [2792, tall, "brickBrown", "doorRed"],
  [2870, belled, "brickWarm", "door"],
  [2966, narrow, "plaster", "doorBlue"],
  [3042, spouted, "brick", "doorOchre"],
  [3128, stepped, "brickPale", "door"],
  [3212, belled, "brickBrown", "doorRed"],
] as const;

/** A street of many houses, with many different people meeting in front of them. */
export function drawCommunity(): readonly Shape[] {
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
    ...drawWindowGlow([2820, 1220], 640, 260),
    { r: "scenery", l: layers.groundShadow, d: pavement, f: "path", o: 0.7 },
    ...drawStreet(),
    ...drawHedge(3330, 3560, 1272, 44),
    ...drawLamps([
      [2352, 1286],
      [2586, 1282],
      [2872, 1282],
      [3196, 1286],
    ]),
    ...bicycle([2596, 1274]),
    ...shadowsFirst(drawCommunityPeople()),
  ];
}

const foot = 1264;

const paintOf = (shape: PathShape): string => [shape.f, shape.s, shape.w, shape.o].join();

/** Shapes of one paint become one path with several subpaths; only for shapes that do not cover each other. */
function merge(shapes: readonly PathShape[]): readonly PathShape[] {
  const byPaint = new Map<string, PathShape>();
  for (const shape of shapes) {
    const known = byPaint.get(paintOf(shape));
    byPaint.set(paintOf(shape), known ? { ...known, d: known.d + shape.d } : shape);
  }
  return [...byPaint.values()];
}

/** All walls first, then all bricks, and so on: neighbours only touch, so each step is a handful of paths. */
function drawStreet(): readonly Shape[] {
  const fronts = street.map(([left, kind, wall, door]) =>
    drawFront({ ...kind, at: [left, foot], wall, door }),
  );
  const steps = Math.max(...fronts.map((front) => front.length));
  return Array.from({ length: steps }, (_, step) =>
    merge(fronts.flatMap((front) => front[step] ?? [])),
  ).flat();
}

/** People's shadows lie on the ground, so nobody's shadow covers anybody's feet. */
function shadowsFirst(shapes: readonly PathShape[]): readonly Shape[] {
  const isShadow = (shape: PathShape): boolean => shape.f === "shadow" && shape.o === 0.2;
  return [...merge(shapes.filter(isShadow)), ...shapes.filter((shape) => !isShadow(shape))];
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
    { r: "scenery", l: layers.farScenery, d: windows.path(), f: "farWindow", o: 0.7 },
  ];
}
