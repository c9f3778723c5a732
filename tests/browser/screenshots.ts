import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Page } from "playwright-core";
import { WebSocket } from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { noteIdSchema } from "../../shared/board/ids.ts";
import { nextFreeSpot, type ZoneId } from "../../shared/board/placement.ts";
import { BoardWriter } from "../../shared/board/writeBoard.ts";
import { boardExportSchema } from "../../shared/export/boardExport.ts";
import { subprotocolKeyPrefix, subprotocolStock } from "../../shared/protocol/messages.ts";
import { treeTemplate } from "../../shared/template/tree.ts";
import { type WorkshopCreated, workshopCreatedSchema } from "../../shared/workshop/api.ts";
import { enterBoard, type Product, projectFolder, savedOn, startProduct, until } from "../support/product.ts";
import { createSeededRandom } from "../support/random.ts";

/*
 * Pictures of every screen of the built product: `npm run screenshots`, or with `-- --only board-full --to /tmp/pictures`
 * for some of them. WebP, so that all of them together stay small.
 */

const { values } = parseArgs({
  options: {
    /** PNG, for programs that know nothing newer. */
    png: { type: "boolean", default: false },
    only: { type: "string", default: "" },
    to: { type: "string", default: join(projectFolder, "docs/screenshots") },
  },
});
const only = new RegExp(values.only);

const sizes = [
  { width: 1024, height: 768 },
  { width: 1920, height: 1080 },
  { width: 3840, height: 2160 },
  { width: 360, height: 740 },
] as const;
type Size = (typeof sizes)[number];
type LookName = "light" | "dark" | "high" | "highDark";
type Languages = "nl" | "en";

const looks: Readonly<Record<LookName, object>> = {
  light: { scheme: "light", contrast: "normal" },
  dark: { scheme: "dark", contrast: "normal" },
  high: { scheme: "light", contrast: "high" },
  highDark: { scheme: "dark", contrast: "high" },
};

type Screen = {
  readonly name: string;
  readonly open: (page: Page) => Promise<void>;
  /** Where this screen makes sense; everywhere unless said. */
  readonly at?: readonly Size["width"][];
};

const shortWords =
  "samen vertrouwen luisteren afspraken ontmoeten respect buurt school ouders tijd open warm durven delen".split(
    " ",
  );

/** Notes as people write them, on free spots, by a stock client. */
async function fillBoard(
  product: Product,
  workshop: WorkshopCreated,
  at: number,
  count: number,
): Promise<void> {
  const group = workshop.groups[at];
  if (group === undefined) throw new Error("no such group");
  const random = createSeededRandom(count);
  const below = (limit: number) => Math.floor(random() * limit);
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(
    product.address.replace("http", "ws").concat("/rooms"),
    group.boardId,
    doc,
    {
      protocols: [subprotocolStock, subprotocolKeyPrefix + group.keys.contribute],
      WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
      disableBc: true,
    },
  );
  await until("the board is open", () => provider.synced);
  let made = 0;
  const writer = new BoardWriter({
    doc,
    now: () => Date.parse("2026-03-05T19:00:00Z") + made * 4_000,
    createNoteId: () => {
      made += 1;
      return noteIdSchema.parse(`note${String(made).padStart(12, "0")}`);
    },
    actor: () => null,
  });
  const zones: readonly ZoneId[] = ["roots", "roots", "wateringCan", "fruits", "fruits"];
  const voices = ["formal", "informal", "both", "unspecified"] as const;
  const taken: { x: number; y: number }[] = [];
  for (let start = 0; start < count; start += 50) {
    const notes = Array.from({ length: Math.min(50, count - start) }, (_, index) => {
      const zone = zones[(start + index) % zones.length] ?? "roots";
      const placement = nextFreeSpot(zone, taken, treeTemplate, random());
      taken.push(placement);
      const length = 1 + below(6);
      const words = Array.from({ length }, () => shortWords[below(shortWords.length)]).join(" ");
      const text = words.charAt(0).toUpperCase() + words.slice(1);
      return { text, placement, voice: voices[below(4)] ?? "unspecified", source: "phone" as const };
    });
    const added = writer.addNotes(notes);
    if (!added.ok) throw new Error(added.error.kind);
    // A board takes a bounded amount of news at once.
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  const [first, second] = [noteIdSchema.parse("note000000000004"), noteIdSchema.parse("note000000000009")];
  for (const id of [first, second]) writer.highlightNote(id);
  await until("the notes are on the server", async () => {
    const answer = await fetch(`${product.address}/api/boards/${group.boardId}/export?format=json`, {
      headers: { authorization: `Bearer ${group.keys.contribute}` },
    });
    return boardExportSchema.parse(await answer.json()).counts.notes === count;
  });
  provider.destroy();
  doc.destroy();
}

async function makeWorkshop(product: Product): Promise<WorkshopCreated> {
  const answer = await fetch(`${product.address}/api/workshops`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      title: "Onderzoekswerkplaats Utrecht",
      language: "nl",
      groups: [
        { name: "Groep 1", focus: "individual" },
        { name: "Groep 2", focus: "individual" },
        { name: "Groep 3", focus: "community" },
      ],
    }),
  });
  return workshopCreatedSchema.parse(await answer.json());
}

/** How often a page is looked at until it stays as it is. */
const mostLooks = 20;

/** The camera came to rest, what fades in is there, and everything is painted: two looks, and nothing changed. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.waitForLoadState("networkidle");
  let before: Buffer = Buffer.alloc(0);
  for (let look = 0; look < mostLooks; look += 1) {
    await page.waitForTimeout(700);
    const now = await page.screenshot();
    if (now.equals(before)) return;
    before = now;
  }
  console.warn("not at rest");
}

async function picture(page: Page, id: string): Promise<void> {
  const file = join(values.to, `${id}.${values.png ? "png" : "webp"}`);
  if (values.png) return void (await page.screenshot({ path: file }));
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 82 });
  writeFileSync(file, Buffer.from(data, "base64"));
  await session.detach();
}

const product = await startProduct();
try {
  const workshop = await makeWorkshop(product);
  await fillBoard(product, workshop, 1, 150);
  await fillBoard(product, workshop, 2, 1_000);
  const boardOf = (at: number) => {
    const group = workshop.groups[at];
    return `${product.address}/board/${group?.boardId}#${group?.keys.contribute}`;
  };
  const code = /join\/(\w+)/.exec(product.link("join"))?.[1];
  const wide = [1024, 1920, 3840] as const;
  const button = (page: Page, name: RegExp) => page.getByRole("button", { name });
  const enter = (url: string) => async (page: Page) => {
    await enterBoard(page, url);
    await page.mouse.move(2, 300);
  };
  const demo = product.link("contribute");
  const sheet = (name: RegExp) => async (page: Page) => {
    await enterBoard(page, demo);
    await button(page, name).first().click();
    await page.getByRole("dialog").waitFor();
  };
  const layout = (name: RegExp) => async (page: Page) => {
    await enterBoard(page, demo);
    await button(page, name).click();
  };
  const present = (steps: number) => async (page: Page) => {
    await page.goto(product.link("facilitator"));
    await page
      .getByRole("link", { name: /Open bord|Bord openen|Open board/ })
      .first()
      .click();
    await savedOn(page);
    await page.keyboard.press("p");
    for (let step = 0; step < steps; step += 1) await page.keyboard.press("PageDown");
    await page.waitForTimeout(3_300);
  };
  const screens: readonly Screen[] = [
    { name: "home", open: async (page) => void (await page.goto(product.address)) },
    {
      name: "home-start",
      async open(page) {
        await page.goto(product.address);
        await button(page, /Een werkplaats beginnen|Start a workshop/).click();
      },
    },
    { name: "join-code", open: async (page) => void (await page.goto(`${product.address}/join/${code}`)) },
    { name: "join", open: async (page) => void (await page.goto(demo)) },
    { name: "desk", open: async (page) => void (await page.goto(product.link("facilitator"))) },
    { name: "board-demo", open: enter(demo) },
    { name: "board-demo-community", open: enter(product.link("contribute", 2)) },
    { name: "board-empty", open: enter(boardOf(0)) },
    { name: "board-full", open: enter(boardOf(1)) },
    { name: "board-very-full", open: enter(boardOf(2)) },
    {
      name: "board-view-only",
      open: async (page) => void (await page.goto(product.link("view"))),
      at: [1024, 360],
    },
    { name: "tree-on-phone", open: layout(/^(Boom|Tree)$/), at: [360] },
    { name: "list", open: layout(/^(Lijst|List)$/) },
    { name: "both", open: layout(/Naast elkaar|Side by side/), at: wide },
    { name: "people", open: sheet(/Wie is er|Who is here/), at: [1024, 360] },
    { name: "share", open: sheet(/Anderen erbij|Invite others/), at: [1024, 360] },
    { name: "view", open: sheet(/Weergave|View/), at: [1024, 360] },
    { name: "bin", open: sheet(/Prullenbak|Bin/), at: [1024] },
    { name: "present-tree", open: present(0), at: wide },
    { name: "present-roots", open: present(1), at: wide },
    { name: "present-fruits", open: present(3), at: wide },
    {
      name: "refused",
      open: async (page) =>
        void (await page.goto(`${product.address}/board/unknown0board000#${"k".repeat(32)}`)),
      at: [1024, 360],
    },
    {
      name: "not-found",
      open: async (page) => void (await page.goto(`${product.address}/nowhere`)),
      at: [1024, 360],
    },
    {
      name: "offline",
      async open(page) {
        await page.goto(product.address);
        await settled(page);
        await page.context().setOffline(true);
        await page.getByRole("textbox", { name: /Code/ }).fill("abc-def");
        await page.keyboard.press("Enter");
      },
      at: [1024, 360],
    },
    {
      name: "loading",
      async open(page) {
        await page.route("**/api/**", () => undefined);
        await page.goto(demo);
      },
      at: [1024, 360],
    },
  ];

  mkdirSync(values.to, { recursive: true });
  for (const size of sizes) {
    for (const language of ["nl", "en"] satisfies readonly Languages[]) {
      for (const look of ["light", "dark", "high", "highDark"] satisfies readonly LookName[]) {
        for (const { name, open, at } of screens) {
          if (at !== undefined && !at.includes(size.width)) continue;
          const id = `${name}-${size.width}-${language}-${look}`;
          if (!only.test(id)) continue;
          const locale = language === "nl" ? "nl-NL" : "en-GB";
          const page = await product.newPage({ ...size, locale, isPhone: size.width < 600 });
          await page.addInitScript((wanted) => {
            localStorage.setItem("collaboration-tree/look", JSON.stringify(wanted));
          }, looks[look]);
          await open(page);
          await settled(page).catch(() => undefined);
          await picture(page, id);
          console.log(id);
          await page.context().close();
        }
      }
    }
  }
} finally {
  await product.dispose();
}
