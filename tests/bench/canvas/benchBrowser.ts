import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type CDPSession, chromium, type Page } from "playwright-core";
import { z } from "zod";
import { cpuSecondsOf, pause, rssMegabytesOf } from "../relay/machine.ts";

/* A browser of its own for one page, what Linux says about its processes, and an end to it that cannot hang. */

export type BenchBrowser = {
  readonly page: Page;
  readonly cdp: CDPSession;
  /** Addresses of scripts that the page asked for so far. */
  readonly scripts: () => readonly string[];
  /** Requests that went to other servers than this machine, which never arrive. */
  readonly elsewhere: () => number;
  /** What the page complained about. */
  readonly complaints: () => readonly string[];
  readonly memory: () => Promise<Memory>;
  /** Processor time so far, milliseconds. */
  readonly processor: () => Promise<ProcessorTime>;
  readonly close: () => Promise<void>;
};

/** Megabytes of the process that draws the page; `shared` counts what it shares with others by its part. */
export type Memory = { readonly resident: number; readonly shared: number; readonly peak: number };

export type ProcessorTime = {
  /** The main thread of the page. */
  readonly main: number;
  /** The whole browser: pages, compositor and all. */
  readonly all: number;
};

export type PageOptions = {
  readonly width: number;
  readonly height: number;
  /** Items of local storage that are there before the page is. */
  readonly remembered: Readonly<Record<string, string>>;
  /** How many notes the board will have. */
  readonly notes: number;
};

const probeFile = fileURLToPath(new URL("./probe.js", import.meta.url));
const processesSchema = z.object({
  processInfo: z.array(z.object({ type: z.string(), id: z.number() })),
});
const closePatienceMs = 8_000;
const workerEndMs = 500;

export async function openBrowser(options: PageOptions): Promise<BenchBrowser> {
  const { width, height, remembered, notes } = options;
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    // Whoever stops the benchmark means all of it; browsers end with the process that started them.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ],
  });
  const browserCdp = await browser.newBrowserCDPSession();
  const processes = async () =>
    processesSchema.parse(await browserCdp.send("SystemInfo.getProcessInfo")).processInfo;
  const browserPid = (await processes()).find(({ type }) => type === "browser")?.id;
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: 1,
    locale: "en-GB",
  });
  await context.addInitScript({ content: `window.benchSetup = ${JSON.stringify({ notes })};` });
  await context.addInitScript({
    content: `for (const [key, value] of ${JSON.stringify(Object.entries(remembered))}) localStorage.setItem(key, value);`,
  });
  await context.addInitScript({ path: probeFile });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send("Performance.enable");

  const scripts = new Set<string>();
  const complaints: string[] = [];
  let elsewhere = 0;
  page.on("request", (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (!protocol.startsWith("http")) return;
    if (hostname !== "127.0.0.1") elsewhere += 1;
    else if (request.resourceType() === "script") scripts.add(request.url());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("crash", () => complaints.push("the page crashed"));

  let found: number | null = null;
  /** A browser also draws itself by a page, and keeps one in reserve, which is small. */
  async function rendererPid(): Promise<number> {
    if (found !== null) return found;
    const [largest] = (await processes())
      .filter(({ type, id }) => type === "renderer" && !commandOf(id).includes("--top-chrome-webui"))
      .map(({ id }) => ({ id, size: sizeOf(id) }))
      .sort((a, b) => b.size - a.size);
    if (largest === undefined) throw new Error("no process draws the page");
    found = largest.id;
    return found;
  }

  /**
   * A browser ends a service worker that had nothing to do for half a minute, but never while a program inspects it,
   * as this one does: then its own heap would count for good.
   */
  async function endIdleWorkers(): Promise<void> {
    await cdp.send("ServiceWorker.enable");
    await cdp.send("ServiceWorker.stopAllWorkers");
    await pause(workerEndMs);
  }

  return {
    page,
    cdp,
    scripts: () => [...scripts],
    elsewhere: () => elsewhere,
    complaints: () => complaints,
    async memory() {
      await endIdleWorkers();
      const pid = await rendererPid();
      return {
        resident: rssMegabytesOf(pid),
        shared: kilobytesIn(`/proc/${pid}/smaps_rollup`, "Pss") / 1_024,
        peak: kilobytesIn(`/proc/${pid}/status`, "VmHWM") / 1_024,
      };
    },
    async processor() {
      const all = (await processes())
        .filter(({ id }) => existsSync(`/proc/${id}/stat`))
        .reduce((sum, { id }) => sum + cpuSecondsOf(id), 0);
      return { main: mainThreadMsOf(await rendererPid()), all: all * 1_000 };
    },
    async close() {
      const closed = browser.close().then(
        () => true,
        () => false,
      );
      if (await Promise.race([closed, pause(closePatienceMs).then(() => false)])) return;
      if (browserPid !== undefined) process.kill(browserPid, "SIGKILL");
    },
  };
}

function sizeOf(pid: number): number {
  try {
    return rssMegabytesOf(pid);
  } catch {
    // One that has just ended: a page before the first has a process of its own.
    return 0;
  }
}

function commandOf(pid: number): string {
  const file = `/proc/${pid}/cmdline`;
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

function kilobytesIn(file: string, name: string): number {
  const found = new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(readFileSync(file, "utf8"))?.[1];
  if (found === undefined) throw new Error(`${file} does not tell ${name}`);
  return Number(found);
}

/** The first thread of a process has its number; the kernel counts its time in nanoseconds. */
function mainThreadMsOf(pid: number): number {
  const [nanoseconds] = readFileSync(`/proc/${pid}/task/${pid}/schedstat`, "utf8").split(" ");
  return Number(nanoseconds) / 1e6;
}
