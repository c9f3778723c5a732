import { createPen, type Pen, softClosed, straightClosed } from "../../../shared/render/backdropPen.ts";
import { layers, type PathShape, type Point } from "./backdrop.ts";

type Gable = "step" | "bell" | "neck" | "spout" | "plain";

/** The front of a house on its foot line: left edge, width, height to the top of the gable. */
export interface Front {
  readonly at: Point;
  readonly width: number;
  readonly height: number;
  readonly gable: Gable;
  readonly wall: string;
  readonly door: string;
  readonly floors: 2 | 3;
  readonly layer?: number;
}

/** Gable outlines in shares of width (0..1) and of gable height (0 eaves, 1 top), left half; the right half mirrors. */
const gables: Readonly<Record<Gable, readonly Point[]>> = {
  step: [
    [0, 0],
    [0, 0.2],
    [0.12, 0.2],
    [0.12, 0.42],
    [0.24, 0.42],
    [0.24, 0.64],
    [0.36, 0.64],
    [0.36, 0.86],
    [0.42, 0.86],
    [0.42, 1],
  ],
  bell: [
    [0, 0],
    [0, 0.08],
    [0.1, 0.16],
    [0.2, 0.34],
    [0.26, 0.66],
    [0.3, 0.8],
    [0.34, 0.84],
    [0.36, 0.94],
    [0.42, 1],
  ],
  neck: [
    [0, 0],
    [0, 0.1],
    [0.16, 0.14],
    [0.26, 0.3],
    [0.29, 0.5],
    [0.29, 0.84],
    [0.26, 0.88],
    [0.5, 1],
  ],
  spout: [
    [0, 0],
    [0, 0.1],
    [0.4, 0.84],
    [0.4, 1],
  ],
  plain: [
    [0, 0],
    [0.5, 1],
  ],
};

/** A house front: gable wall, stone edges, windows with light in them, a door and a step. */
export function drawFront(front: Front): readonly PathShape[] {
  const [x, y] = front.at;
  const layer = front.layer ?? layers.house;
  const eaves = y - front.height * 0.66;
  const gableHeight = front.height * 0.34;
  const half = gables[front.gable].map(([u, v]): Point => [x + u * front.width, eaves - v * gableHeight]);
  const mirrored = half.map(([px, py]): Point => [2 * x + front.width - px, py]).reverse();
  const outline: readonly Point[] = [[x, y], ...half, ...mirrored, [x + front.width, y]];
  const shape = (d: string, f: string, o?: number): PathShape => ({
    r: "scenery",
    l: layer,
    d,
    f,
    ...(o === undefined ? {} : { o }),
  });
  const line = (d: string, s: string, w: number, o: number): PathShape => ({
    r: "scenery",
    l: layer,
    d,
    s,
    w,
    o,
  });

  const frames = createPen();
  const panes = createPen();
  const gleams = createPen();
  const bars = createPen();
  const window = (wx: number, wy: number, w: number, h: number): void => {
    straightClosed(frames, box(wx - 3, wy - 3, w + 6, h + 6));
    straightClosed(panes, box(wx, wy, w, h));
    straightClosed(gleams, [
      [wx, wy],
      [wx + w * 0.55, wy],
      [wx, wy + h * 0.55],
    ]);
    bars
      .move([wx + w / 2, wy])
      .line([wx + w / 2, wy + h])
      .move([wx, wy + h * 0.36])
      .line([wx + w, wy + h * 0.36]);
  };
  const columns = front.width > 92 ? 3 : 2;
  const storey = (front.height * 0.66) / front.floors;
  const w = front.width * (columns === 3 ? 0.17 : 0.23);
  for (let floor = 0; floor < front.floors; floor += 1) {
    for (let column = 0; column < columns; column += 1) {
      const isDoor = floor === 0 && column === columns - 1;
      if (isDoor) continue;
      const cx = x + (front.width * (column + 0.5)) / columns + (columns === 2 ? (column ? -2 : 2) : 0);
      const h = floor === 0 ? storey * 0.6 : storey * 0.56;
      window(cx - w / 2, y - storey * floor - storey * 0.84, w, h);
    }
  }
  window(x + front.width / 2 - w * 0.4, eaves - gableHeight * 0.46, w * 0.8, gableHeight * 0.36);
  const doorX = x + (front.width * (columns - 0.5)) / columns - w * 0.55;
  const doorTop = y - storey * 0.8;
  const door = straightClosed(createPen(), box(doorX, doorTop + 9, w * 1.1, y - doorTop - 12)).path();
  straightClosed(frames, box(doorX - 3, doorTop - 4, w * 1.1 + 6, y - doorTop + 2));
  straightClosed(panes, box(doorX, doorTop - 1, w * 1.1, 8));
  const bricks = createPen();
  for (let row = 0; row < 9; row += 1) {
    const by = y - 8 - row * ((front.height * 0.66) / 9);
    const bx = x + 5 + (((row * 37) % 71) / 71) * (front.width - 26);
    bricks.move([bx, by]).line([bx + 9, by]);
    if (row % 2)
      bricks
        .move([bx + (bx > x + front.width / 2 ? -32 : 30), by - 5])
        .line([bx + (bx > x + front.width / 2 ? -24 : 38), by - 5]);
  }
  const edge = createPen();
  polyline(edge, [...half, ...mirrored]);
  return [
    shape(straightClosed(createPen(), outline).path(), front.wall),
    shape(
      straightClosed(createPen(), [
        [x + front.width * 0.62, y],
        [x + front.width * 0.7, eaves - gableHeight * 0.5],
        ...mirrored.slice(-Math.ceil(mirrored.length * 0.6)),
        [x + front.width, y],
      ]).path(),
      "shadow",
      0.1,
    ),
    line(bricks.path(), "brickDark", 2, 0.35),
    line(edge.path(), "trim", 4, 0.9),
    shape(frames.path(), "trim"),
    shape(panes.path(), "glass"),
    shape(gleams.path(), "glassLight", 0.75),
    line(bars.path(), "trim", 2, 1),
    shape(door, front.door),
    shape(straightClosed(createPen(), box(doorX - 5, y - 4, w * 1.1 + 10, 6)).path(), "sand"),
  ];
}

const box = (x: number, y: number, w: number, h: number): readonly Point[] => [
  [x, y],
  [x + w, y],
  [x + w, y + h],
  [x, y + h],
];

function polyline(pen: Pen, points: readonly Point[]): Pen {
  points.forEach((point, i) => {
    if (i === 0) pen.move(point);
    else pen.line(point);
  });
  return pen;
}

/** A tiled roof that runs back from a front, seen from the side; the side wall lies in shade. */
export function drawSide(
  at: Point,
  length: number,
  wallHeight: number,
  roofHeight: number,
  wall: string,
): readonly PathShape[] {
  const [x, y] = at;
  const layer = layers.house;
  const tiles = createPen();
  for (let row = 1; row < 6; row += 1) {
    const ty = y - wallHeight - (roofHeight * row) / 6;
    tiles.move([x + 2, ty]).quad([x + length / 2, ty + 2], [x + length - row * 3, ty]);
  }
  return [
    {
      r: "scenery",
      l: layer,
      d: straightClosed(createPen(), box(x, y - wallHeight, length, wallHeight)).path(),
      f: wall,
    },
    {
      r: "scenery",
      l: layer,
      d: straightClosed(createPen(), box(x, y - wallHeight, length, wallHeight)).path(),
      f: "shadow",
      o: 0.2,
    },
    {
      r: "scenery",
      l: layer,
      d: straightClosed(createPen(), [
        [x - 40, y - wallHeight - roofHeight],
        [x + length - 22, y - wallHeight - roofHeight],
        [x + length + 8, y - wallHeight + 6],
        [x - 4, y - wallHeight + 6],
      ]).path(),
      f: "roof",
    },
    { r: "scenery", l: layer, d: tiles.path(), s: "brickDark", w: 2, o: 0.4 },
  ];
}

/** A clipped hedge or a shrub: a soft heap with a lit top. */
export function drawHedge(from: number, to: number, foot: number, height: number): readonly PathShape[] {
  const heap = (lift: number, inset: number): readonly Point[] => {
    const points: Point[] = [[from + inset, foot - inset * 0.6]];
    const count = Math.max(3, Math.round((to - from) / 26));
    for (let i = 0; i <= count; i += 1) {
      const x = from + inset + ((to - from - 2 * inset) * i) / count;
      points.push([x, foot - height - lift + (i % 2 ? -5 : 4)]);
    }
    points.push([to - inset, foot - inset * 0.6]);
    return points;
  };
  return [
    { r: "scenery", l: layers.garden, d: softClosed(createPen(), heap(0, 0)).path(), f: "hedgeDark" },
    {
      r: "scenery",
      l: layers.garden,
      d: softClosed(
        createPen(),
        heap(-2, 8).map(([x, y]): Point => [x - 4, y - height * 0.16]),
      ).path(),
      f: "hedge",
      o: 0.85,
    },
  ];
}
