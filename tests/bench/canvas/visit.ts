import { cpus } from "node:os";
import { z } from "zod";
import { busySecondsOf, pause } from "../relay/machine.ts";
import { type BenchBrowser, type Memory, openBrowser } from "./benchBrowser.ts";
import { type FrameFigures, frameFiguresOf } from "./frames.ts";
import { type InputEvent, playEvents, sendEvent } from "./gestures.ts";
import { type Layout, type Move, movesAt, movesPerSecond } from "./layout.ts";
import type { OpenedBoard } from "./products.ts";
import { createScriptScale, type ScriptSizes } from "./scriptSizes.ts";
import { type Aim, middleOfScreen, type Show, type ShowName, screen } from "./shows.ts";

/* One visit to one board in a browser of its own: opened, used, weighed, and left. */

export type OpeningFigures = {
  /** From the start of the navigation until every note was there, ms. */
  readonly loadedMs: number;
  /** And until a pan was on the screen. */
  readonly readyMs: number;
  /** Scripts that were asked for until then, and until the end of the visit. */
  readonly scripts: ScriptSizes;
  readonly allScripts: ScriptSizes;
  /** After collecting garbage, MB: when it was ready, and after everything that was done. */
  readonly heapReady: number;
  readonly heapAfter: number;
  /** After everything that was done, garbage and all, MB. */
  readonly memory: Memory;
  readonly elsewhere: number;
};

export type ShowFigures = FrameFigures & {
  /** Processor time per frame, ms. */
  readonly mainPerFrame: number;
  readonly allPerFrame: number;
  /** How late the benchmark's own hand was, ms. */
  readonly handLateP95: number;
  /** Seconds of processor time per second that neither the browser nor the benchmark used: near zero on a quiet machine. */
  readonly others: number;
};

export type Visit = {
  readonly opening: OpeningFigures;
  readonly shows: ReadonlyMap<ShowName, ShowFigures>;
  /** Shows that did not come off, and why. */
  readonly failures: readonly string[];
};

export type VisitOptions = {
  readonly board: OpenedBoard;
  readonly layout: Layout;
  readonly shows: readonly Show[];
  readonly seconds: number;
  /** Processor time that the benchmark itself and its servers have used so far, seconds. */
  readonly ownSeconds: () => number;
  /** Where each show leaves a picture, without its ending; null for none. */
  readonly pictures: string | null;
};

const openPatienceMs = 90_000;
const showPatienceMs = 60_000;
/** What a page does once it is open, such as fetching for later, is mostly behind it. */
const afterReadyMs = 3_000;
const settleMs = 800;
const aimPatience = 150;

const cameraSchema = z.object({ scale: z.number(), x: z.number(), y: z.number() });
const placeSchema = z.object({ x: z.number(), y: z.number() });
const readySchema = z.object({ loadedMs: z.number(), readyMs: z.number() });
const recordedSchema = z.object({ times: z.array(z.number()), cameras: z.array(cameraSchema) });
const metricsSchema = z.object({ metrics: z.array(z.object({ name: z.string(), value: z.number() })) });

const sizesOf = createScriptScale();

export async function visit(options: VisitOptions): Promise<Visit> {
  const { board, layout, shows, pictures } = options;
  const { url, remembered } = board;
  const browser = await openBrowser({ ...screen, remembered, notes: layout.notes.length });
  try {
    const { page } = browser;
    page.setDefaultTimeout(openPatienceMs);
    await page.goto(url, { waitUntil: "commit" });
    const ready = readySchema.parse(
      await within(openPatienceMs, "the board is ready", page.evaluate("benchProbe.whenReady")),
    );
    const scriptsReady = browser.scripts();
    await pause(afterReadyMs);
    const heapReady = await heapOf(browser);

    const figures = new Map<ShowName, ShowFigures>();
    const failures: string[] = [];
    for (const show of shows) {
      try {
        const played = perform({ ...options, browser, show });
        figures.set(show.name, await within(showPatienceMs, show.title, played));
        if (pictures !== null) await page.screenshot({ path: `${pictures}-${show.name}.png` });
      } catch (error) {
        failures.push(`${show.name}: ${error instanceof Error ? error.message : String(error)}`);
        // What still goes on would spoil the next show.
        if (error instanceof TooLate) break;
      }
    }
    const memory = await browser.memory();
    const opening: OpeningFigures = {
      ...ready,
      scripts: await sizesOf(scriptsReady),
      allScripts: await sizesOf(browser.scripts()),
      heapReady,
      heapAfter: await within(openPatienceMs, "garbage is collected", heapOf(browser)),
      memory,
      elsewhere: browser.elsewhere(),
    };
    return { opening, shows: figures, failures: [...failures, ...browser.complaints()] };
  } catch (error) {
    const said = browser.complaints().join("; ");
    throw new Error(`${error instanceof Error ? error.message : String(error)}${said && ` (${said})`}`);
  } finally {
    await browser.close();
  }
}

type Performance = VisitOptions & { readonly browser: BenchBrowser; readonly show: Show };

async function perform(options: Performance): Promise<ShowFigures> {
  const { browser, board, layout, show, seconds, ownSeconds } = options;
  const { page, cdp } = browser;
  await cdp.send("Input.dispatchMouseEvent", { type: "mouseMoved", ...middleOfScreen });
  await aimAt(browser, show.aim);
  await pause(settleMs);
  await page.evaluate("benchProbe.rest()");
  const stopMoves = show.othersMove ? await startMoves(browser, board, layout) : null;
  const before = await placeOf(browser, layout.dragged.id);

  const work = async () => ({
    ...(await browser.processor()),
    own: ownSeconds(),
    busy: busySeconds(),
    at: performance.now() / 1_000,
  });
  const start = await work();
  await page.evaluate("benchProbe.startFrames()");
  const { lateP95, taken } = await playEvents(cdp, show.events(seconds), middleOfScreen);
  const recorded = recordedSchema.parse(await page.evaluate("benchProbe.stopFrames()"));
  const end = await work();
  await taken();
  const arrived = await stopMoves?.();
  await pause(settleMs);
  const after = await placeOf(browser, layout.dragged.id);
  mustHaveMoved(show.name, {
    // A page that was far behind has come to where it went only now.
    cameras: [...recorded.cameras, await cameraOf(browser)],
    draggedBy: Math.hypot(after.x - before.x, after.y - before.y),
  });
  if (arrived !== undefined) await arrivalOf(browser, arrived);
  const frames = frameFiguresOf(recorded.times);
  return {
    ...frames,
    mainPerFrame: (end.main - start.main) / frames.count,
    allPerFrame: (end.all - start.all) / frames.count,
    handLateP95: lateP95,
    others:
      (end.busy - start.busy - (end.own - start.own) - (end.all - start.all) / 1_000) / (end.at - start.at),
  };
}

/** Of all cores, whoever used them. */
function busySeconds(): number {
  return cpus().reduce((sum, _, core) => sum + busySecondsOf(core), 0);
}

/** By the handle of a peer; by the wheel where there is none. */
async function aimAt(browser: BenchBrowser, aim: Aim): Promise<void> {
  const { page, cdp } = browser;
  if (await page.evaluate(`benchProbe.aim(${JSON.stringify(aim)})`)) return;
  const send = (dx: number, dy: number, zooms: boolean) => {
    const event: InputEvent = { kind: "wheel", dx: Math.round(dx), dy, zooms };
    return sendEvent(cdp, event, middleOfScreen);
  };
  const frame = () => page.evaluate("new Promise((done) => requestAnimationFrame(() => done()))");
  for (let attempt = 0; attempt < aimPatience; attempt += 1) {
    const { scale, x, y } = await cameraOf(browser);
    const ratio = aim.scale / scale;
    const offBy = {
      x: middleOfScreen.x - (aim.centre.x * scale + x),
      y: middleOfScreen.y - (aim.centre.y * scale + y),
    };
    if (Math.abs(ratio - 1) > 0.02) {
      const step = Math.max(-20, Math.min(20, -100 * Math.log(ratio)));
      await send(0, step, true);
    } else if (Math.hypot(offBy.x, offBy.y) > 3) {
      await send(-offBy.x, Math.round(-offBy.y), false);
    } else {
      return;
    }
    await frame();
  }
  throw new Error(
    `the camera does not come to ${JSON.stringify(aim)}: ${JSON.stringify(await cameraOf(browser))}`,
  );
}

async function startMoves(
  browser: BenchBrowser,
  board: OpenedBoard,
  { moved }: Layout,
): Promise<() => Promise<readonly Move[]>> {
  if (board.startMoves !== null) return await board.startMoves();
  const { page } = browser;
  // A little more than one round, so that the list need not be long.
  const ticks = Array.from({ length: 16 }, (_, tick) => movesAt(moved, tick));
  await page.evaluate(`benchProbe.startMoves(${JSON.stringify(ticks)}, ${1_000 / movesPerSecond})`);
  return async () => {
    await page.evaluate("benchProbe.stopMoves()");
    const latest = movesAt(moved, 0);
    await page.evaluate(`benchProbe.move(${JSON.stringify(latest)})`);
    return latest;
  };
}

async function cameraOf({ page }: BenchBrowser): Promise<z.infer<typeof cameraSchema>> {
  return cameraSchema.parse(await page.evaluate("benchProbe.camera()"));
}

async function placeOf({ page }: BenchBrowser, id: string): Promise<z.infer<typeof placeSchema>> {
  return placeSchema.parse(await page.evaluate(`(({ x, y }) => ({ x, y }))(benchProbe.placeOf("${id}"))`));
}

const leastMove = 20;
/** Little: of events that were joined a product may take no more than of one. */
const leastZoom = 1.05;

type Went = {
  readonly cameras: readonly z.infer<typeof cameraSchema>[];
  readonly draggedBy: number;
};

/** A gesture that a product did not take would be a very quick one. */
function mustHaveMoved(name: ShowName, { cameras, draggedBy }: Went): void {
  const stretchOf = (values: readonly number[]) => ({
    least: Math.min(...values),
    most: Math.max(...values),
  });
  const scale = stretchOf(cameras.map((camera) => camera.scale));
  const [x, y] = [stretchOf(cameras.map((camera) => camera.x)), stretchOf(cameras.map((camera) => camera.y))];
  if (name === "drag") {
    if (draggedBy < leastMove) throw new Error("the note was not dragged");
  } else if (name === "zoom") {
    if (scale.most / scale.least < leastZoom) throw new Error("the board was not zoomed");
  } else if (Math.max(x.most - x.least, y.most - y.least) < leastMove) {
    throw new Error("the board was not panned");
  }
}

const arrivalPatienceMs = 5_000;

/** What others moved must in the end be where they left it. */
async function arrivalOf(browser: BenchBrowser, moves: readonly Move[]): Promise<void> {
  const [first] = moves;
  if (first === undefined) throw new Error("others moved nothing");
  const deadline = performance.now() + arrivalPatienceMs;
  while (performance.now() < deadline) {
    const { x, y } = await placeOf(browser, first.id);
    if (Math.hypot(x - first.x, y - first.y) < 2) return;
    await pause(50);
  }
  throw new Error("what others moved did not arrive");
}

/** Megabytes in use once garbage is collected. */
async function heapOf({ cdp }: BenchBrowser): Promise<number> {
  await cdp.send("HeapProfiler.collectGarbage");
  const { metrics } = metricsSchema.parse(await cdp.send("Performance.getMetrics"));
  const used = metrics.find(({ name }) => name === "JSHeapUsedSize")?.value;
  if (used === undefined) throw new Error("no figure of the heap");
  return used / 2 ** 20;
}

class TooLate extends Error {}

async function within<T>(ms: number, what: string, promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooLate(`not within ${ms / 1_000} s: ${what}`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
