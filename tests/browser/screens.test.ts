import type { Page, Response } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seriousFaults } from "../support/accessibility.ts";
import {
  arrowTo,
  enterBoard,
  middleOf,
  notesOn,
  type Product,
  savedOn,
  startProduct,
  tabTo,
  until,
  withDebug,
} from "../support/product.ts";

/* Every screen of the built product: by keyboard, for screen readers, on a phone, under its own security headers. */

let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product.dispose());

test("[S6] by keyboard alone: join, add a note, mark its voice, remove and restore it", {
  timeout: 60_000,
}, async () => {
  const page = await product.newPage({ width: 1024, height: 768 });
  await page.goto(product.link("contribute", 1));
  await page.getByRole("heading", { name: /Welkom/ }).waitFor();
  await tabTo(page, page.getByRole("button", { name: "Overslaan en beginnen" }));
  await page.keyboard.press("Enter");
  await savedOn(page);
  await tabTo(page, page.getByRole("button", { name: "Lijst" }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.locator("#composer-text"));
  await page.keyboard.type("Met het toetsenbord");
  await page.keyboard.press("Enter");
  await page.getByText("Met het toetsenbord", { exact: true }).waitFor();

  // Tab comes to the list, arrows go through it, the letter m asks what can be done.
  await tabTo(page, page.locator(".list-note-body[tabindex='0']"));
  const own = page.getByRole("button", { name: /^Wortels, briefje \d+ van \d+, .*Met het toetsenbord/ });
  await arrowTo(page, own);
  await page.keyboard.press("m");
  await page.getByRole("menu").waitFor();
  await arrowTo(page, page.getByRole("menuitem", { name: "Allebei" }));
  await page.keyboard.press("Enter");
  await page.getByRole("menu").waitFor({ state: "detached" });
  await page.getByRole("button", { name: /, allebei, Met het toetsenbord$/ }).waitFor();
  await until("the keyboard is back on the note", () =>
    own.evaluate((row) => row === document.activeElement),
  );
  await page.keyboard.press("Delete");
  await page.getByText("Briefje weggehaald").waitFor();
  await tabTo(page, page.getByRole("button", { name: "Terugzetten" }));
  await page.keyboard.press("Enter");

  await page.getByRole("button", { name: /, allebei, Met het toetsenbord$/ }).waitFor();
  await page.context().close();
});

test("[S7] axe finds nothing serious on any screen, in both languages", { timeout: 300_000 }, async () => {
  const code = /join\/(\w+)/.exec(product.link("join"))?.[1];
  const enter = (page: Page) => enterBoard(page, withDebug(product.link("contribute")));
  const screens: readonly (readonly [name: string, width: number, open: (page: Page) => Promise<unknown>])[] =
    [
      ["home", 1024, (page) => page.goto(product.address)],
      [
        "start a workshop",
        1024,
        async (page) => {
          await page.goto(product.address);
          await page.getByRole("button", { name: /Een werkplaats beginnen|Start a workshop/ }).click();
        },
      ],
      ["join code", 360, (page) => page.goto(`${product.address}/join/${code}`)],
      ["join", 360, (page) => page.goto(product.link("contribute"))],
      [
        "unknown page",
        360,
        (page) => page.goto(`${product.address}/board/unknown0board000#${"k".repeat(32)}`),
      ],
      ["desk", 1920, (page) => page.goto(product.link("facilitator"))],
      ["tree", 1024, enter],
      ["tree, only looking", 1024, (page) => page.goto(product.link("view"))],
      [
        "tree, a note selected",
        1024,
        async (page) => {
          await enter(page);
          const [note] = await notesOn(page);
          if (note === undefined) throw new Error("no notes");
          const { x, y } = middleOf(note);
          await page.mouse.click(x, y);
          await page.locator(".note-actions").waitFor();
        },
      ],
      ["list", 360, enter],
      [
        "actions of a note",
        360,
        async (page) => {
          await enter(page);
          await page.getByRole("button", { name: /“Openstaan”/ }).click();
          await page.getByRole("menu").waitFor();
        },
      ],
      [
        "who is here",
        360,
        async (page) => {
          await enter(page);
          await page.getByRole("button", { name: /Wie is er|Who is here/ }).click();
          await page.getByRole("dialog").waitFor();
        },
      ],
      [
        "invite others",
        1024,
        async (page) => {
          await enter(page);
          await page.getByRole("button", { name: /Anderen erbij|Invite others/ }).click();
          await page.getByRole("dialog").waitFor();
        },
      ],
      [
        "bin",
        1024,
        async (page) => {
          await enter(page);
          await page.getByRole("button", { name: /Prullenbak|Bin/ }).click();
          await page.getByRole("dialog").waitFor();
        },
      ],
    ];
  for (const locale of ["nl-NL", "en-GB"]) {
    for (const [name, width, open] of screens) {
      const page = await product.newPage({ width, height: 768, locale });
      await open(page);
      await page.getByRole("heading").first().waitFor();
      expect(await seriousFaults(page), `${name} ${locale}`).toEqual([]);
      await page.context().close();
    }
  }
});

test("[S8] the phone path brings no Konva and at most 200 kB of compressed JavaScript", {
  timeout: 60_000,
}, async () => {
  const page = await product.newPage({ width: 360, height: 740 });
  const scripts: Response[] = [];
  page.on("response", (response) => {
    if (new URL(response.url()).pathname.endsWith(".js")) scripts.push(response);
  });
  await enterBoard(page, product.link("contribute"));
  // What travelled: browsers ask for Brotli here and over TLS, which is how people join from elsewhere.
  const sizes = await Promise.all(
    scripts.map(async (response) => (await response.request().sizes()).responseBodySize),
  );
  const total = sizes.reduce((sum, size) => sum + size, 0);

  expect(scripts.some((response) => /BoardCanvas|TreePane/.test(response.url()))).toBe(false);
  console.log(`JavaScript of the phone path, bytes: ${total}`);
  expect(total).toBeGreaterThan(20_000);
  expect(total).toBeLessThanOrEqual(200_000);
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth),
  ).toBe(true);
  await page.context().close();
});

test("[S16] who comes in by keyboard stands at the board, and Tab goes on in it", {
  timeout: 60_000,
}, async () => {
  const page = await product.newPage({ width: 1024, height: 768 });
  await page.goto(product.link("contribute"));
  await page.getByRole("textbox", { name: "Je naam" }).press("Enter");
  await savedOn(page);

  expect(await page.evaluate(() => document.activeElement?.id)).toBe("board-main");
  await page.keyboard.press("Tab");
  const isInside = () =>
    document.activeElement?.closest("#board-main") !== null && document.activeElement !== null;
  expect(await page.evaluate(isInside)).toBe(true);
  await page.context().close();
});

test("[J25] two quick taps at the door make one person, also on a slow line", {
  timeout: 60_000,
}, async () => {
  const page = await product.newPage({ width: 360, height: 740 });
  let joins = 0;
  await page.route("**/participants", async (route) => {
    joins += 1;
    await new Promise((resolve) => setTimeout(resolve, 800));
    await route.continue();
  });
  await page.goto(product.link("contribute"));
  const enter = page.getByRole("button", { name: "Naar de boom" });

  await enter.dblclick();
  await savedOn(page);

  expect(joins).toBe(1);
  await page.context().close();
});

test("[S15] each page names the scripts and styles of its first look, and the board asks for its facts beside them", {
  timeout: 60_000,
}, async () => {
  const board = new URL(product.link("contribute"));
  for (const address of ["/", board.pathname + board.hash]) {
    const page = await product.newPage({ width: 360, height: 740 });
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    const response = await page.goto(new URL(address, board).href);
    await page.getByRole("heading").first().waitFor();
    const html = (await response?.text()) ?? "";
    const named = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, name]) => name);
    const parts = asked.filter((path) => /^\/assets\/.*\.(js|css)$/.test(path));
    // Words are in the language of the browser, which the page cannot know.
    const unnamed = parts.filter((path) => !named.includes(path) && !/\/(nl|en)-/.test(path));

    expect(named.length).toBeGreaterThan(5);
    expect(unnamed, address).toEqual([]);
    await page.context().close();
  }
  const page = await product.newPage({ width: 360, height: 740 });
  let isHeld = true;
  const held: (() => void)[] = [];
  await page.route(/\/assets\/base-[^/]*\.js$/, async (route) => {
    if (isHeld) await new Promise<void>((resolve) => held.push(resolve));
    await route.continue();
  });
  const facts = page.waitForRequest(/\/api\/boards\/[^/]+$/);
  await page.goto(board.href, { waitUntil: "commit" });
  await facts;
  expect(held).toHaveLength(1);
  isHeld = false;
  for (const release of held) release();
  await page.getByRole("heading").first().waitFor();
  await page.context().close();
});

test("[S14] who scrolled down the questions at the door begins at the top of the board", {
  timeout: 60_000,
}, async () => {
  const page = await product.newPage({ width: 360, height: 740, isPhone: true });
  await page.goto(product.link("contribute"));
  const enter = page.getByRole("button", { name: "Naar de boom" });
  await enter.waitFor();
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  expect(await page.evaluate(() => scrollY)).toBeGreaterThan(100);
  await enter.tap();
  await savedOn(page);

  await page.locator(".list-note-body").first().waitFor();
  expect(await page.evaluate(() => scrollY)).toBe(0);
  await page.context().close();
});

test("[S12] pages ask nothing of other servers and break none of their own security headers", {
  timeout: 60_000,
}, async () => {
  const page = await product.newPage({ width: 1024, height: 768 });
  const complaints: string[] = [];
  const elsewhere: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== product.address && protocol.startsWith("http")) elsewhere.push(request.url());
  });

  await page.goto(product.address);
  await page.getByRole("button", { name: "Een werkplaats beginnen" }).click();
  await page.goto(product.link("facilitator"));
  await page.getByRole("heading", { name: "Onderzoekswerkplaats Doorn" }).waitFor();
  await enterBoard(page, withDebug(product.link("contribute", 2)));
  const [note] = await notesOn(page);
  if (note === undefined) throw new Error("no notes");
  const { x, y } = middleOf(note);
  await page.mouse.dblclick(x, y);
  await page.locator(".note-editor textarea").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Anderen erbij" }).click();
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("button", { name: "List" }).click();
  await page.getByRole("heading", { name: /Roots/ }).waitFor();

  expect(complaints).toEqual([]);
  expect(elsewhere).toEqual([]);
  await page.context().close();
});
