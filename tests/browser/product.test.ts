import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { boardExportSchema } from "../../shared/export/boardExport.ts";
import { until } from "../support/testServer.ts";

/* The built product in a real browser: several people at once, on the demo workshop. */

const root = fileURLToPath(new URL("../..", import.meta.url));
const dataDir = mkdtempSync(join(tmpdir(), "collaboration-tree-browser-"));
let server: ChildProcess;
let browser: Browser;
let printed = "";
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  server = spawn(process.execPath, ["dist/server/main.js", "--demo"], {
    cwd: root,
    env: { ...process.env, HOST: "127.0.0.1", PORT: "0", DATA_DIR: dataDir, LOG_LEVEL: "error" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  server.stdout?.on("data", (data: Buffer) => {
    printed += data.toString();
  });
  await until("the product is up", () => printed.includes("is ready on"));
  const executablePath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
  browser = await chromium.launch({
    executablePath,
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
});

afterAll(async () => {
  await browser?.close();
  const gone = new Promise((resolve) => server.on("exit", resolve));
  server.kill("SIGTERM");
  await gone;
  rmSync(dataDir, { recursive: true, force: true });
});

function link(kind: "facilitator" | "join" | "contribute" | "view", index = 0): string {
  const found = [...printed.matchAll(new RegExp(`${kind}\\s+(\\S+)`, "g"))][index]?.[1];
  if (found === undefined) throw new Error(`no ${kind} link in what the product printed`);
  return found;
}

async function newPage(width: number, height: number, locale = "nl-NL"): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height }, locale });
  contexts.push(context);
  return await context.newPage();
}

async function enterBoard(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole("button", { name: /Overslaan|Skip/ }).click();
  await page.locator('[data-saved="saved"]').waitFor();
}

const noteCount = async (page: Page) =>
  Number(await page.getByTestId("board-canvas").getAttribute("data-note-count"));

test("a phone adds a note, and it stands on two other screens at once", { timeout: 90_000 }, async () => {
  const screen = await newPage(1920, 1080);
  const phone = await newPage(360, 740);
  const wall = await newPage(1024, 768);
  await enterBoard(screen, link("contribute"));
  await enterBoard(phone, link("contribute"));
  await wall.goto(link("view"));
  await wall.getByTestId("board-canvas").waitFor();
  await until("the wall shows the tree", async () => (await noteCount(wall)) === 22);

  const waits: number[] = [];
  for (let index = 0; index < 5; index += 1) {
    const before = await noteCount(screen);
    await phone.locator("#composer-text").fill(`Van de telefoon ${index}`);
    const start = performance.now();
    await phone.locator("#composer-text").press("Enter");
    await until(
      "both screens have it",
      async () => (await noteCount(screen)) > before && (await noteCount(wall)) > before,
    );
    waits.push(performance.now() - start);
  }

  expect(await wall.locator("#composer-text").count()).toBe(0);
  await phone.getByText("Van de telefoon 4", { exact: true }).waitFor();
  console.log(`from Enter on the phone to two other screens, ms: ${waits.map(Math.round).join(", ")}`);
  await Promise.all([screen.context().close(), phone.context().close(), wall.context().close()]);
});

test("[R3] edits made offline survive a reload without network, and merge afterwards", {
  timeout: 90_000,
}, async () => {
  const traveller = await newPage(360, 740);
  const screen = await newPage(1024, 768);
  await enterBoard(traveller, link("contribute", 1));
  await enterBoard(screen, link("contribute", 1));
  const before = await noteCount(screen);

  // The page itself stays reachable in this browser; everything else is cut off.
  let isCutOff = true;
  await traveller.context().route("**/api/**", (route) => (isCutOff ? route.abort() : route.continue()));
  await traveller.context().routeWebSocket(/rooms/, (socket) => {
    if (isCutOff) socket.close();
    else socket.connectToServer();
  });
  await traveller.reload();
  await traveller.locator("#composer-text").fill("In de trein bedacht");
  await traveller.locator("#composer-text").press("Enter");
  await traveller.getByText("In de trein bedacht", { exact: true }).waitFor();
  await traveller.reload();
  await traveller.getByText("In de trein bedacht", { exact: true }).waitFor();
  expect(await noteCount(screen)).toBe(before);

  isCutOff = false;
  const back = await traveller.context().newPage();
  await back.goto(link("contribute", 1));
  await until("the note arrives, once", async () => (await noteCount(screen)) === before + 1);

  await back.getByText("In de trein bedacht", { exact: true }).waitFor();
  await Promise.all([traveller.context().close(), screen.context().close()]);
});

test("[A1] the exports of server and browser are the same bytes and fit the schema", {
  timeout: 60_000,
}, async () => {
  const page = await newPage(1024, 768);
  await enterBoard(page, link("contribute", 2));
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Bewaren als bestand" }).click();
  const stream = await (await downloading).createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  const fromBrowser = Buffer.concat(chunks).toString("utf8");
  const exported = boardExportSchema.parse(JSON.parse(fromBrowser));

  const [, boardId, key] = /board\/(\w+)#(\S+)/.exec(link("contribute", 2)) ?? [];
  const address = new URL(link("contribute", 2)).origin;
  const answer = await fetch(
    `${address}/api/boards/${boardId}/export?format=json&privacy=pseudonymised&exportedAt=${exported.provenance.exportedAt}`,
    { headers: { authorization: `Bearer ${key}` } },
  );

  expect(await answer.text()).toBe(fromBrowser);
  expect(exported.counts.notes).toBe(18);
  await page.context().close();
});

test("[L6] by keyboard alone: join, add a note, mark its voice, remove and restore it", {
  timeout: 60_000,
}, async () => {
  const page = await newPage(1024, 768);
  await page.goto(link("contribute", 1));
  await page.getByRole("button", { name: "Overslaan en beginnen" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Lijst" }).focus();
  await page.keyboard.press("Enter");
  await page.locator("#composer-text").focus();
  await page.keyboard.type("Met het toetsenbord");
  await page.keyboard.press("Enter");
  await page.getByText("Met het toetsenbord", { exact: true }).waitFor();

  await page.getByRole("button", { name: /Wat wil je doen met “Met het toetsenbord”/ }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").getByRole("radio", { name: "Niet gezegd" }).focus();
  await page.keyboard.press("ArrowLeft");
  await page.getByRole("dialog").getByRole("button", { name: "Weghalen" }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("Briefje weggehaald").waitFor();
  await page.getByRole("button", { name: "Terugzetten" }).focus();
  await page.keyboard.press("Enter");

  await page.getByText(/Allebei: Met het toetsenbord/).waitFor();
  await page.context().close();
});

test("axe finds nothing serious on any screen, in both languages", { timeout: 120_000 }, async () => {
  const code = /join\/(\w+)/.exec(link("join"))?.[1];
  const address = new URL(link("join")).origin;
  for (const locale of ["nl-NL", "en-GB"]) {
    for (const [name, url, width, act] of [
      ["home", address, 1024, null],
      ["join code", `${address}/join/${code}`, 360, null],
      ["join", link("contribute"), 360, null],
      ["desk", link("facilitator"), 1920, null],
      ["tree", link("contribute"), 1024, "enter"],
      ["list", link("contribute"), 360, "enter"],
    ] as const) {
      const page = await newPage(width, 768, locale);
      if (act === "enter") await enterBoard(page, url);
      else await page.goto(url);
      await page.getByRole("heading").first().waitFor();
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      expect(
        serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
        `${name} ${locale}`,
      ).toEqual([]);
      await page.context().close();
    }
  }
});

test("the phone path brings no Konva and at most 200 kB of compressed JavaScript", {
  timeout: 60_000,
}, async () => {
  const page = await newPage(360, 740);
  const scripts: string[] = [];
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.endsWith(".js")) scripts.push(pathname);
  });
  await enterBoard(page, link("contribute"));
  // Gzip, the larger of the two forms that are served.
  const sizes = [...new Set(scripts)].map((path) => statSync(join(root, "dist/client", `${path}.gz`)).size);
  const total = sizes.reduce((sum, size) => sum + size, 0);

  expect(scripts.some((path) => path.includes("BoardCanvas"))).toBe(false);
  console.log(`JavaScript of the phone path, bytes: ${total}`);
  expect(total).toBeGreaterThan(20_000);
  expect(total).toBeLessThanOrEqual(200_000);
  await page.context().close();
});
