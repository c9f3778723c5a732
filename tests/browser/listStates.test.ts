import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seriousFaults } from "../support/accessibility.ts";
import { joinOnPaper, type PaperClient } from "../support/paperClient.ts";
import { enterBoard, type Product, startProduct } from "../support/product.ts";
import { mustWork } from "../support/writers.ts";

/* The list in every state it can be in: for screen readers, on narrow screens, with fingers. */

let product: Product;
const others: PaperClient[] = [];
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => {
  for (const other of others) other.close();
  return product.dispose();
});

async function joinedBy(group: number): Promise<PaperClient> {
  const other = await joinOnPaper(product, group);
  others.push(other);
  return other;
}

/** A state of the list: the way to it from the list alone, and the way back. */
type ListState = {
  readonly name: string;
  readonly open: (page: Page) => Promise<unknown>;
  readonly leave: (page: Page) => Promise<unknown>;
};

async function escapeFrom(page: Page, what: string): Promise<void> {
  await page.keyboard.press("Escape");
  await page.locator(what).waitFor({ state: "detached" });
}

async function openMenu(page: Page): Promise<void> {
  await page.locator(".list-more").first().click();
  await page.getByRole("menu").waitFor();
}

const list: ListState = { name: "list", open: async () => undefined, leave: async () => undefined };
const menu: ListState = {
  name: "menu",
  open: openMenu,
  leave: (page) => escapeFrom(page, "[role=menu]"),
};
const menuOfTheme: ListState = {
  name: "menu of a theme",
  async open(page) {
    await page.locator(".theme-section header .list-key").first().click();
    await page.getByRole("menu").waitFor();
  },
  leave: menu.leave,
};
const dialogOfThemes: ListState = {
  name: "dialog of themes",
  async open(page) {
    await openMenu(page);
    await page.getByRole("menuitem", { name: /Bij een thema|Under a theme/ }).click();
    await page.getByRole("dialog").waitFor();
  },
  leave: (page) => escapeFrom(page, "[role=dialog]"),
};
const noteOpen: ListState = {
  name: "note open",
  async open(page) {
    await page.locator(".list-note-body").first().dblclick();
    await page.locator(".list-editor").waitFor();
  },
  leave: (page) => escapeFrom(page, ".list-editor"),
};
const whatHappens: ListState = {
  name: "what happens",
  async open(page) {
    await page.getByText(/Wat er gebeurt|What happens/).click();
    await page.getByRole("checkbox").waitFor();
  },
  leave: (page) => page.getByText(/Wat er gebeurt|What happens/).click(),
};
const severalChosen: ListState = {
  name: "several chosen",
  async open(page) {
    await page.getByText(/Kies er meer|Choose several/).click();
    await page.locator(".list-note-body").nth(0).click();
    await page.locator(".list-note-body").nth(1).click();
  },
  leave: async () => undefined,
};

const justTheList: ReadonlyMap<number, readonly ListState[]> = new Map([
  [320, [list]],
  [1440, [list]],
]);
const statesByWidth: ReadonlyMap<number, readonly ListState[]> = new Map([
  ...justTheList,
  [360, [menu, dialogOfThemes, noteOpen, whatHappens, severalChosen]],
  [1024, [menu, menuOfTheme]],
]);

test("[L8] axe finds nothing serious in any state of the list, in both languages", {
  timeout: 240_000,
}, async () => {
  const other = await joinedBy(1);
  const [a, b, c] = [...other.watch.view.get().notesByZone.fruits].map(({ id }) => id);
  if (a === undefined || b === undefined || c === undefined) throw new Error("no notes");
  mustWork(other.arranging.makeTheme([a, b], "Samen sterk"));
  mustWork(other.writer.highlightNote(c));
  await other.saved();
  for (const phase of ["open", "shown"] as const) {
    mustWork(other.writer.setVoting({ dots: 3, phase }));
    mustWork(other.writer.vote(c, other.me, phase === "open" ? 2 : 1));
    await other.saved();
    for (const locale of ["nl-NL", "en-GB"]) {
      for (const [width, states] of phase === "open" ? statesByWidth : justTheList) {
        const page = await product.newPage({ width, height: 768, locale });
        await enterBoard(page, product.link("contribute", 1));
        const toList = page.getByRole("button", { name: /^(Lijst|List)$/ });
        if ((await toList.count()) > 0) await toList.click();
        await page.locator(".list-voting").waitFor();
        for (const { name, open, leave } of states) {
          await open(page);
          expect(await seriousFaults(page), `${name} ${width} ${locale} ${phase}`).toEqual([]);
          const isTooWide = await page.evaluate(
            () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
          );
          expect(isTooWide, `${name} ${width} scrolls sideways`).toBe(false);
          await leave(page);
        }
        await page.context().close();
      }
    }
  }
});

test("[L8] headings go board, zone, theme, and a note says its place, its voice and its words", {
  timeout: 60_000,
}, async () => {
  const other = await joinedBy(2);
  const [a, b] = [...other.watch.view.get().notesByZone.roots].map(({ id }) => id);
  if (a === undefined || b === undefined) throw new Error("no notes");
  mustWork(other.arranging.makeTheme([a, b], "Basis"));
  mustWork(other.writer.markVoice(b, "informal"));
  await other.saved();
  const page = await product.newPage({ width: 360, height: 740 });
  await enterBoard(page, product.link("contribute", 2));
  await page.locator("h3", { hasText: "Basis" }).waitFor();

  const levels = await page.getByRole("heading").evaluateAll((all) => all.map(({ tagName }) => tagName));
  expect(levels[0]).toBe("H1");
  expect(levels.indexOf("H3")).toBe(levels.indexOf("H2") + 1);
  const total = other.watch.view.get().notesByZone.roots.length;
  const text = other.watch.view.get().notes.get(b)?.text ?? "";
  await page
    .getByRole("button", { name: new RegExp(`^Wortels, briefje \\d+ van ${total}, informeel, ${text}`) })
    .waitFor();
  const sizes = await page
    .locator(".note-list button, .note-list summary")
    .evaluateAll((all) =>
      all.map((one) => one.getBoundingClientRect()).map(({ width, height }) => Math.min(width, height)),
    );
  expect(Math.min(...sizes.filter((size) => size > 0))).toBeGreaterThanOrEqual(44);
  await page.context().close();
});
