import { afterEach, expect, test, vi } from "vitest";
import { createBackdropPainter, createTreeShapes } from "../../client/canvas/backdropPainter.ts";
import { backdropOf } from "../../shared/render/backdrop.ts";
import { growthOf, neutralGrowth } from "../../shared/render/growth.ts";
import { livingShapes } from "../support/livingShapes.ts";

/** A canvas that keeps a list of the paths that were painted on it, and copies that list along with its picture. */
class FakeCanvas {
  width = 0;
  height = 0;
  painted: string[] = [];
  readonly context = {
    canvas: this,
    save: () => undefined,
    restore: () => undefined,
    beginPath: () => undefined,
    rect: () => undefined,
    clip: () => undefined,
    setTransform: () => undefined,
    createLinearGradient: () => ({ addColorStop: () => undefined }),
    createRadialGradient: () => ({ addColorStop: () => undefined }),
    fill: (path: FakePath) => void this.painted.push(path.d),
    stroke: (path: FakePath) => void this.painted.push(path.d),
    drawImage: (from: FakeCanvas) => void this.painted.push(...from.painted),
  };

  getContext() {
    return this.context;
  }
}

class FakePath {
  readonly d: string;
  constructor(d: string) {
    this.d = d;
  }
}

function openPainter() {
  const canvases: FakeCanvas[] = [];
  vi.stubGlobal("Path2D", FakePath);
  vi.stubGlobal("document", {
    createElement: () => {
      const canvas = new FakeCanvas();
      canvases.push(canvas);
      return canvas;
    },
  });
  const painter = createBackdropPainter(createTreeShapes("individual"), "light", neutralGrowth);
  const [shown] = canvases;
  if (shown === undefined) throw new Error("a painter has a canvas");
  return { painter, shown, canvases };
}

const grownBy = (roots: number, wateringCan = 0) =>
  growthOf({
    notesByZone: {
      roots: new Array(roots).fill({ votes: 0 }),
      wateringCan: new Array(wateringCan).fill({ votes: 0 }),
      fruits: [],
      unplaced: [],
    },
    voting: null,
  });
const camera = { scale: 0.5, x: 10, y: 20 };
/** Beyond the world on every side: the whole picture. */
const wide = { scale: 0.25, x: 1_000, y: 2_000 };

afterEach(() => {
  vi.unstubAllGlobals();
});

test("[T6] the canvas shows the same shapes as a picture", () => {
  const { painter, shown } = openPainter();

  painter.paint(wide, 3_000, 6_000, 1);

  const shapes = [...backdropOf("individual").still, ...livingShapes("individual", neutralGrowth)];
  const expected = new Set(shapes.map(({ d }) => d).filter((d) => d !== ""));
  expect(new Set(shown.painted)).toEqual(expected);
});

test("[T6] what grows lies on the canvas between the same still shapes as in a picture", () => {
  const { painter, shown } = openPainter();
  painter.paint(wide, 3_000, 6_000, 1);

  // A shape may be painted more than once; what is seen is the last time.
  const lastOf = ({ d }: { readonly d: string }) => shown.painted.lastIndexOf(d);
  const { still } = backdropOf("individual");
  const living = livingShapes("individual", neutralGrowth).filter(({ d }) => d !== "");
  const leaves = living.filter(({ r }) => r === "leaf").map(lastOf);
  const fruits = living.filter(({ r }) => r === "fruit").map(lastOf);
  const stillLeaves = still.filter(({ r }) => r === "leaf").map(lastOf);
  expect(Math.max(...stillLeaves)).toBeLessThan(Math.min(...leaves));
  expect(Math.max(...leaves)).toBeLessThan(Math.min(...fruits));
  const roots = living.filter(({ r }) => r.startsWith("root-")).map(lastOf);
  const bark = still.filter(({ r }) => r === "bark").map(lastOf);
  const soil = still.filter(({ r }) => r === "soil").map(lastOf);
  expect(Math.max(...soil)).toBeLessThan(Math.min(...roots));
  expect(Math.max(...roots)).toBeLessThan(Math.min(...bark));
});

test("[T10] a note in the soil paints the roots again, and of the still picture only what lies where they grew", () => {
  const { painter, shown } = openPainter();
  painter.grow(grownBy(0));
  painter.paint(camera, 1_600, 1_000, 1);
  const whole = shown.painted.length;
  shown.painted = [];

  const areas = painter.grow(grownBy(1));

  const roots = new Set(livingShapes("individual", grownBy(1)).map(({ d }) => d));
  const { still } = backdropOf("individual");
  const parts = new Set(shown.painted.map((d) => still.find((shape) => shape.d === d)?.r));
  expect(shown.painted.filter((d) => roots.has(d)).length).toBeGreaterThan(0);
  expect(shown.painted.length).toBeLessThan(whole / 8);
  expect(parts).toContain("soil");
  expect(parts).not.toContain("leaf");
  expect(areas).toHaveLength(1);
  expect(areas[0]?.y).toBeGreaterThan(1_000);
});

test("[T10] growth that nobody could see repaints nothing", () => {
  const { painter, shown } = openPainter();
  painter.grow(grownBy(3, 4));
  painter.paint(camera, 1_600, 1_000, 1);
  shown.painted = [];

  expect(painter.grow(grownBy(3, 4))).toEqual([]);
  expect(shown.painted).toEqual([]);
});

test("[T10] however often the tree grows and the camera moves, there is one canvas, no larger than the screen", () => {
  const { painter, canvases } = openPainter();

  for (let i = 0; i < 20; i += 1) {
    painter.paint({ scale: 0.3 + i / 10, x: -50 * i, y: -40 * i }, 1_600, 1_000, 1);
    painter.grow(grownBy(i, i));
  }

  expect(canvases).toHaveLength(1);
  for (const { width, height } of canvases) expect(width * height).toBeLessThanOrEqual(1_600 * 1_000);
});

test("[T7] a dark room paints the same camera again in other colours", () => {
  const { painter, shown } = openPainter();
  painter.paint(camera, 1_600, 1_000, 1);
  shown.painted = [];

  painter.setScheme("dark");

  expect(shown.painted.length).toBeGreaterThan(100);
  expect(painter.paintedFor()).toEqual(camera);
});
