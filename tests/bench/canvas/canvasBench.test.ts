import { expect, test } from "vitest";
import { centreOf, overlapArea } from "../../../shared/board/geometry.ts";
import { placementSchema } from "../../../shared/board/placement.ts";
import { frameFiguresOf } from "./frames.ts";
import { dragEvents, joinEvents, panEvents, zoomEvents } from "./gestures.ts";
import { createLayout, movesAt, noteSize, world } from "./layout.ts";
import type { ProductName } from "./products.ts";
import { middleOfScreen, screen, shows } from "./shows.ts";
import { verdictsOf } from "./verdicts.ts";
import type { ShowFigures, Visit } from "./visit.ts";

/* What the benchmark of the canvas stands on: its notes, its hand, its clock and its judgement. */

const boxOf = (corner: { readonly x: number; readonly y: number }) => ({ ...corner, ...noteSize });

test.each([1_000, 5_000])(
  "a board of %i notes is the same every time, and all of it may lie there",
  (count) => {
    const layout = createLayout(count);

    expect(layout).toEqual(createLayout(count));
    expect(layout.notes).toHaveLength(count);
    expect(new Set(layout.notes.map(({ id }) => id)).size).toBe(count);
    for (const { placement } of layout.notes) expect(placementSchema.parse(placement)).toEqual(placement);
  },
);

test.each([1_000, 5_000])(
  "of %i notes about forty are in the near view, and all in the whole view",
  (count) => {
    const { notes } = createLayout(count);
    const seen = (name: string) => {
      const aim = shows.find((show) => show.name === name)?.aim;
      if (aim === undefined) throw new Error(`no show ${name}`);
      const view = {
        x: aim.centre.x - screen.width / 2 / aim.scale,
        y: aim.centre.y - screen.height / 2 / aim.scale,
        width: screen.width / aim.scale,
        height: screen.height / aim.scale,
      };
      return notes.filter(({ placement }) => overlapArea(boxOf(placement), view) > 0).length;
    };

    expect(seen("pan")).toBeGreaterThanOrEqual(35);
    expect(seen("pan")).toBeLessThanOrEqual(50);
    expect(seen("panWhole")).toBe(count);
  },
);

test("nothing lies over the note that is dragged, and others move notes in view, each time elsewhere", () => {
  const { notes, dragged, moved } = createLayout(5_000);
  const centre = centreOf(boxOf(dragged.placement));
  const covering = notes.filter(
    ({ placement }) => overlapArea(boxOf(placement), boxOf(dragged.placement)) > 0,
  );

  expect(covering).toEqual([dragged]);
  expect(Math.hypot(centre.x - world.width / 2, centre.y - world.height / 2)).toBeLessThan(12);
  expect(moved).toHaveLength(30);
  expect(moved).not.toContain(dragged);
  expect(movesAt(moved, 3)).not.toEqual(movesAt(moved, 4));
});

test("no gesture ends where it began", () => {
  const pan = panEvents(4, 300).map((event) => (event.kind === "wheel" ? event : { dx: 0, dy: 0 }));
  const ended = pan.reduce((sum, { dx, dy }) => ({ x: sum.x + dx, y: sum.y + dy }), { x: 0, y: 0 });
  const zoomed = zoomEvents(4).reduce((sum, event) => sum + (event.kind === "wheel" ? event.dy : 0), 0);
  const release = dragEvents(4, middleOfScreen, 150).at(-1);

  expect(Math.hypot(ended.x, ended.y)).toBeGreaterThan(300);
  expect(zoomed).toBeLessThan(-50);
  expect(release?.kind).toBe("release");
  expect(release).not.toMatchObject({ at: middleOfScreen });
});

test("events that have to wait are joined, and lead to the same place", () => {
  const wheel = (dx: number, dy: number, zooms: boolean) => ({ kind: "wheel", dx, dy, zooms }) as const;
  const move = (x: number) => ({ kind: "move", at: { x, y: 0 } }) as const;

  expect(joinEvents(wheel(1, 2, false), wheel(3, 4, false))).toEqual(wheel(4, 6, false));
  expect(joinEvents(wheel(0, 2, false), wheel(0, 4, true))).toBeNull();
  expect(joinEvents(move(1), move(2))).toEqual(move(2));
  expect(joinEvents(move(1), { kind: "release", at: { x: 1, y: 0 } })).toBeNull();
});

test("a frame that misses one beat of the screen is not over 33 ms, one that misses two is", () => {
  const beat = 1_000 / 60;
  const waits = [...Array.from({ length: 18 }, () => beat), 2 * beat, 3 * beat];
  const times = [100];
  for (const wait of waits) times.push((times.at(-1) ?? 0) + wait);

  const figures = frameFiguresOf(times);

  expect(figures.count).toBe(20);
  expect(figures.p50).toBeCloseTo(beat);
  expect(figures.missedABeat).toBeCloseTo(2 / 20);
  expect(figures.over33).toBeCloseTo(1 / 20);
  expect(figures.framesPerSecond).toBeCloseTo(20_000 / (23 * beat));
  expect(() => frameFiguresOf([5])).toThrow("no frames");
});

function visitWith(mainPerFrame: number, p95: number): Visit {
  const figures: ShowFigures = {
    framesPerSecond: 60,
    p50: 16.7,
    p95,
    missedABeat: 0,
    over33: 0,
    count: 240,
    mainPerFrame,
    allPerFrame: mainPerFrame * 2,
    handLateP95: 0,
    others: 0,
  };
  return {
    opening: {
      loadedMs: 400,
      readyMs: 500,
      scripts: { gzip: 300_000, brotli: 250_000 },
      allScripts: { gzip: 330_000, brotli: 280_000 },
      heapReady: 20,
      heapAfter: 25,
      memory: { resident: 250, shared: 150, peak: 300 },
      elsewhere: 0,
    },
    shows: new Map([["pan", figures]]),
    failures: [],
  };
}

test("what was asked is judged by medians, beside the better peer, and not at all where nothing was tried", () => {
  const pan = shows.filter(({ name }) => name === "pan");
  const visits = new Map<ProductName, readonly Visit[]>([
    ["ours", [visitWith(4, 16.7), visitWith(9, 40), visitWith(5, 16.8)]],
    ["tldraw", [visitWith(12, 33)]],
    ["excalidraw", [visitWith(6, 33)]],
    ["naive", [visitWith(1, 17)]],
  ]);
  const judged = (notes: number, made: typeof visits) => verdictsOf([{ notes, visits: made }], pan);
  const failed = (verdicts: ReturnType<typeof judged>) =>
    verdicts.filter(({ holds }) => !holds).map(({ what }) => what);

  // Equally quick to open is not five times as quick.
  expect(failed(judged(1_000, visits))).toEqual(["1000 notes: ready, ms, a fifth of Excalidraw's"]);
  expect(judged(1_000, visits).find(({ what }) => what.includes("main thread"))?.figures).toBe(
    "5.0, below the better peer's 6.0",
  );
  expect(judged(1_000, new Map([["tldraw", [visitWith(1, 17)]]]))).toEqual([]);
  expect(failed(judged(1_000, new Map([["ours", []]])))).toHaveLength(2);
});
