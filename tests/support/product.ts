import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { until } from "./testServer.ts";

/** Where the project lies. */
export const projectFolder = fileURLToPath(new URL("../..", import.meta.url));

export type NoteOnScreen = {
  readonly id: string;
  readonly text: string;
  readonly zone: string;
  readonly rect: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
};

export type LinkKind = "facilitator" | "join" | "contribute" | "view";

/** The built product with its demo workshop, and a browser to use it with. */
export type Product = {
  readonly address: string;
  /** The links that the demo prints; `group` counts from 0. */
  readonly link: (kind: LinkKind, group?: number) => string;
  readonly newPage: (options: PageOptions) => Promise<Page>;
  readonly stopServer: () => Promise<void>;
  readonly startServer: () => Promise<void>;
  /** Rejects when a page threw something that nobody caught. */
  readonly dispose: () => Promise<void>;
};

export type PageOptions = {
  readonly width: number;
  readonly height: number;
  readonly locale?: string;
  readonly hasTouch?: boolean;
  /** Fingers only, and a page as wide as the screen. */
  readonly isPhone?: boolean;
  /** False where a test holds back what the page fetches: the copies of a service worker pass it by. */
  readonly keepsCopies?: boolean;
};

export async function startProduct(): Promise<Product> {
  const dataDir = mkdtempSync(join(tmpdir(), "collaboration-tree-browser-"));
  /** What pages threw and nobody caught: a fault whatever a test looks at. */
  const thrown: string[] = [];
  let server: ChildProcess | null = null;
  let printed = "";
  let port = "0";

  async function startServer(): Promise<void> {
    printed = "";
    server = spawn(process.execPath, ["dist/server/main.js", "--demo"], {
      cwd: projectFolder,
      env: { ...process.env, HOST: "127.0.0.1", PORT: port, DATA_DIR: dataDir, LOG_LEVEL: "error" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    server.stdout?.on("data", (data: Buffer) => {
      printed += data.toString();
    });
    await until("the product is up", () => printed.includes("is ready on"));
    // Links and copies on devices name this port: after a stop the product comes back on it.
    port = /is ready on \S+:(\d+)/.exec(printed)?.[1] ?? "0";
  }

  async function stopServer(): Promise<void> {
    const running = server;
    if (running === null) return;
    server = null;
    const gone = new Promise((resolve) => running.on("exit", resolve));
    running.kill("SIGTERM");
    await gone;
  }

  await startServer();
  const browser: Browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });

  return {
    get address() {
      return `http://localhost:${port}`;
    },
    link(kind, group = 0) {
      const found = [...printed.matchAll(new RegExp(`${kind}\\s+(http\\S+)`, "g"))][group]?.[1];
      if (found === undefined) throw new Error(`no ${kind} link in what the product printed`);
      return found;
    },
    async newPage({
      width,
      height,
      locale = "nl-NL",
      isPhone = false,
      hasTouch = isPhone,
      keepsCopies = true,
    }) {
      const context = await browser.newContext({
        viewport: { width, height },
        locale,
        hasTouch,
        isMobile: isPhone,
        serviceWorkers: keepsCopies ? "allow" : "block",
      });
      const page = await context.newPage();
      page.on("pageerror", (error) => thrown.push(`${error.name}: ${error.message}\n${error.stack ?? ""}`));
      return page;
    },
    stopServer,
    startServer,
    async dispose() {
      await browser.close();
      await stopServer();
      rmSync(dataDir, { recursive: true, force: true });
      if (thrown.length > 0) throw new Error(`pages threw:\n${thrown.join("\n")}`);
    },
  };
}

/** The board and the key of a group's link to contribute; `group` counts from 0. */
export function boardOfGroup(
  product: Product,
  group: number,
): { readonly boardId: string; readonly key: string } {
  const [, boardId, key] = /board\/(\w+)#(\S+)/.exec(product.link("contribute", group)) ?? [];
  if (boardId === undefined || key === undefined) throw new Error("no link");
  return { boardId, key };
}

/** Through the door without saying anything, until the board is there and saved. */
export async function enterBoard(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole("button", { name: /Overslaan|Skip/ }).click();
  await savedOn(page);
}

export async function enterBoardAs(page: Page, url: string, name: string): Promise<void> {
  await page.goto(url);
  await page.getByRole("textbox", { name: /Je naam|Your name/ }).fill(name);
  await page.getByRole("button", { name: /Naar de boom|To the tree/ }).click();
  await savedOn(page);
}

export async function savedOn(page: Page): Promise<void> {
  await page.locator('[data-saved="saved"]').waitFor();
}

export async function noteCount(page: Page): Promise<number> {
  return Number(await page.getByTestId("board-canvas").getAttribute("data-note-count"));
}

/** The address of a board that shows programs where its notes are. */
export const withDebug = (url: string) => url.replace("#", "?debug#");

export async function notesOn(page: Page): Promise<readonly NoteOnScreen[]> {
  await until("the canvas is there", () =>
    page.evaluate(() => Reflect.has(window, "collaborationTreeDebug")),
  );
  return await page.evaluate(() => {
    const handle: unknown = Reflect.get(window, "collaborationTreeDebug");
    if (typeof handle !== "object" || handle === null || !("notes" in handle)) throw new Error("no handle");
    if (typeof handle.notes !== "function") throw new Error("no notes");
    return handle.notes();
  });
}

export type CameraOnScreen = { readonly scale: number; readonly x: number; readonly y: number };

export const cameraOf = (page: Page) =>
  page.evaluate<CameraOnScreen>(() => Reflect.get(window, "collaborationTreeDebug").camera());

/** Holds back a file of the page that is asked for later; what it gives lets it through. */
export async function holdBack(page: Page, file: RegExp): Promise<() => void> {
  let letThrough = (): void => undefined;
  const mayCome = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  await page.route(file, async (route) => {
    await mayCome;
    await route.continue();
  });
  return letThrough;
}

export const middleOf = ({ rect }: NoteOnScreen) => ({
  x: rect.x + rect.width / 2,
  y: rect.y + rect.height / 2,
});

export async function addByComposer(page: Page, text: string): Promise<void> {
  await page.locator("#composer-text").fill(text);
  await page.locator("#composer-text").press("Enter");
}

/** Presses Tab until the wanted control has the focus, as somebody without a pointer does. */
export async function tabTo(page: Page, wanted: Locator): Promise<void> {
  for (let presses = 0; presses < 120; presses += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error("Tab never came to the wanted control");
}

/** Goes down through a list or a menu until the wanted part of it has the focus. */
export async function arrowTo(page: Page, wanted: Locator): Promise<void> {
  for (let presses = 0; presses < 400; presses += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("ArrowDown");
  }
  throw new Error("the arrow never came to the wanted control");
}

export { until };
