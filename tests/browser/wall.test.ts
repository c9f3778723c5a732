import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  cameraOf,
  enterBoard,
  enterBoardAs,
  middleOf,
  noteCount,
  notesOn,
  type Product,
  savedOn,
  startProduct,
  tabTo,
  until,
  withDebug,
} from "../support/product.ts";

/* The wall: presenting on a projector, pointing things out to other screens, and the look of a device. */

let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product.dispose());

/** Counts what the page asks of the screen's lock. */
async function spyOnWakeLock(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const counts = { held: 0, released: 0 };
    Object.assign(window, { wakeLockCounts: counts });
    const request = async () => {
      counts.held += 1;
      const sentinel = Object.assign(new EventTarget(), {
        released: false,
        type: "screen",
        async release() {
          if (!sentinel.released) counts.released += 1;
          sentinel.released = true;
        },
      });
      return sentinel;
    };
    Object.defineProperty(navigator, "wakeLock", { value: { request }, configurable: true });
  });
}

const wakeLockOf = (page: Page) => page.evaluate(() => Reflect.get(window, "wakeLockCounts"));
const stepOf = (page: Page) => page.locator(".present [role=status]").first().textContent();
const scaleOf = async (page: Page) => (await cameraOf(page)).scale;

async function waitForStep(page: Page, words: RegExp): Promise<void> {
  await until(`the step ${words}`, async () => words.test((await stepOf(page)) ?? ""));
}

test("[W4] [W5] [W7] presenting by keys: steps, letters for the back row, still written on, Escape", {
  timeout: 90_000,
}, async () => {
  const page = await product.newPage({ width: 1024, height: 768 });
  await spyOnWakeLock(page);
  await enterBoard(page, withDebug(product.link("contribute")));
  await notesOn(page);
  const before = await noteCount(page);

  await page.keyboard.press("p");
  await waitForStep(page, /Stap 1 van 4: De hele boom/);
  expect(await wakeLockOf(page)).toEqual({ held: 1, released: 0 });
  expect(
    await page.locator(".board-head, .board-foot, .camera-tools").filter({ visible: true }).count(),
  ).toBe(0);
  const shown = await notesOn(page);
  for (const { rect } of shown) {
    expect(rect.x).toBeGreaterThanOrEqual(0);
    expect(rect.y).toBeGreaterThanOrEqual(0);
    expect(rect.x + rect.width).toBeLessThanOrEqual(1024);
    expect(rect.y + rect.height).toBeLessThanOrEqual(768);
  }

  await page.keyboard.press("PageDown");
  await waitForStep(page, /Stap 2 van 4: Wortels, 10 briefjes/);
  await until("the roots are near", async () => (await scaleOf(page)) * 32 >= 18);
  for (const { rect } of (await notesOn(page)).filter(({ zone }) => zone === "roots")) {
    expect(rect.x).toBeGreaterThanOrEqual(0);
    expect(rect.x + rect.width).toBeLessThanOrEqual(1024);
  }
  await page.keyboard.press("ArrowRight");
  await waitForStep(page, /Gieter, 4 briefjes/);
  await page.keyboard.press("End");
  await waitForStep(page, /Vruchten/);
  await page.keyboard.press("PageUp");
  await waitForStep(page, /Gieter/);
  await page.keyboard.press("Home");
  await waitForStep(page, /De hele boom/);

  await page.mouse.dblclick(700, 400);
  await page.locator(".note-editor textarea").waitFor();
  await page.keyboard.type("Op de muur geschreven");
  await page.keyboard.press("ArrowLeft");
  expect(await stepOf(page)).toMatch(/Stap 1/);
  await page.keyboard.press("Escape");
  await page.locator(".note-editor").waitFor({ state: "detached" });
  expect(await noteCount(page)).toBe(before + 1);
  expect(await page.locator(".present").count()).toBe(1);

  await page.mouse.click(30, 300);
  await page.keyboard.press("Escape");
  await page.locator(".present").waitFor({ state: "detached" });
  await page.locator(".board-head").waitFor();
  expect(await wakeLockOf(page)).toEqual({ held: 1, released: 1 });
  await page.context().close();
});

test("[W7] the bar comes with a movement, by keyboard too, and its code can be large or away", {
  timeout: 60_000,
}, async () => {
  const page = await product.newPage({ width: 1024, height: 768 });
  await page.goto(product.link("facilitator"));
  await page.getByRole("link", { name: "Bord openen" }).first().click();
  await savedOn(page);
  await page.getByRole("button", { name: "Presenteren" }).click();
  const code = page.locator(".present-letters");
  await code.waitFor();
  expect(product.link("join")).toContain((await code.textContent())?.replace("-", ""));

  await page.locator(".present.still").waitFor();
  await page.mouse.move(300, 300);
  await page.locator(".present.stirring").waitFor();
  await tabTo(page, page.getByRole("button", { name: "Code groot tonen" }));
  await page.keyboard.press("Enter");
  await page.locator(".present-code.large").waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".present-code").waitFor({ state: "detached" });
  await page.keyboard.press("PageDown");
  await waitForStep(page, /Wortels/);
  await tabTo(page, page.getByRole("button", { name: "Stoppen met presenteren" }));
  await page.keyboard.press("Enter");
  await page.locator(".present").waitFor({ state: "detached" });
  await page.context().close();
});

test("[W8] [W9] what the presenter points out is named on a tree and in a list, followed or waved away", {
  timeout: 90_000,
}, async () => {
  const frida = await product.newPage({ width: 1024, height: 768 });
  await enterBoardAs(frida, product.link("contribute", 1), "Frida");
  const alice = await product.newPage({ width: 1024, height: 768 });
  await enterBoard(alice, withDebug(product.link("contribute", 1)));
  const bob = await product.newPage({ width: 360, height: 740 });
  await enterBoard(bob, product.link("contribute", 1));
  await bob.locator("#composer-text").fill("Half geschre");
  await notesOn(alice);
  const scaleBefore = await scaleOf(alice);

  await frida.keyboard.press("p");
  await frida.keyboard.press("PageDown");
  await frida.keyboard.press("s");
  const chip = (page: Page) => page.locator(".spotlight-chip");
  await alice.getByText("Frida wijst iets aan: Wortels").waitFor();
  await bob.getByText("Frida wijst iets aan: Wortels").waitFor();
  await bob.locator(".zone-roots[data-spotlit]").waitFor();
  expect(await scaleOf(alice)).toBe(scaleBefore);
  expect(await bob.locator("#composer-text").inputValue()).toBe("Half geschre");
  expect(await bob.evaluate(() => document.activeElement?.id)).toBe("composer-text");

  await alice.getByRole("button", { name: "Kijk mee" }).click();
  await until("Alice sees the roots near", async () => (await scaleOf(alice)) > scaleBefore * 1.05);
  await bob.getByRole("button", { name: "Niet meer" }).click();
  await bob.locator("[data-spotlit]").waitFor({ state: "detached" });
  await frida.keyboard.press("PageDown");
  await alice.getByText("Je kijkt mee met Frida: Gieter").waitFor();
  await frida.keyboard.press("s");
  await chip(alice).getByText("Frida").waitFor({ state: "detached" });
  for (const page of [frida, alice, bob]) await page.context().close();
});

test("[W8] a chosen note is pointed out from the menu, and Escape lets go of it", {
  timeout: 60_000,
}, async () => {
  const alice = await product.newPage({ width: 1024, height: 768 });
  await enterBoardAs(alice, withDebug(product.link("contribute", 2)), "Alice");
  const bob = await product.newPage({ width: 1024, height: 768 });
  await enterBoard(bob, product.link("contribute", 2));
  const [note] = await notesOn(alice);
  if (note === undefined) throw new Error("no notes");
  const { x, y } = middleOf(note);
  await alice.mouse.click(x, y);
  await alice.getByRole("button", { name: "Meer" }).click();
  await alice.getByRole("menuitem", { name: /Het gekozen briefje/ }).click();

  await bob.getByText(`Alice wijst iets aan: ${note.text}`).waitFor();
  await alice.getByText(`Je wijst dit aan voor iedereen: ${note.text}`).waitFor();
  await alice.keyboard.press("Escape");
  await bob.getByText("Alice wijst iets aan").waitFor({ state: "detached" });
  for (const page of [alice, bob]) await page.context().close();
});

test("[W1] dark, strong contrast and the side of the board survive a reload", {
  timeout: 60_000,
}, async () => {
  const page = await product.newPage({ width: 1280, height: 800 });
  await enterBoard(page, product.link("contribute"));
  await page.getByRole("button", { name: "Weergave" }).click();
  await page.getByRole("radio", { name: "Donker" }).check({ force: true });
  await page.getByRole("radio", { name: "Sterk" }).check({ force: true });
  await page.getByRole("radio", { name: "Heel groot" }).check({ force: true });
  await page.getByRole("radio", { name: "Gewoon" }).last().check({ force: true });
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Naast elkaar" }).click();
  await page.reload();
  await savedOn(page);

  const shown = () => page.evaluate(() => ({ ...document.documentElement.dataset }));
  expect(await shown()).toMatchObject({ scheme: "dark", contrast: "high", room: "wide" });
  expect(await page.locator(".both-layout .note-list").count()).toBe(1);
  await page.context().close();
});

test("[W2] a device in the dark gets a dark page without asking for it", { timeout: 60_000 }, async () => {
  const page = await product.newPage({ width: 1024, height: 768 });
  await page.emulateMedia({ colorScheme: "dark", contrast: "more" });
  await page.goto(product.address);
  await page.getByRole("heading").first().waitFor();
  const shown = () => page.evaluate(() => ({ ...document.documentElement.dataset }));

  expect(await shown()).toMatchObject({ scheme: "dark", contrast: "high" });
  await page.emulateMedia({ colorScheme: "light", contrast: "no-preference" });
  await until("the page is light", async () => (await shown()).scheme === "light");
  expect(await shown()).toMatchObject({ contrast: "normal" });
  await page.context().close();
});

test("[W12] on a projector the whole tree and every tool are in sight, in both languages", {
  timeout: 60_000,
}, async () => {
  for (const locale of ["nl-NL", "en-GB"]) {
    const page = await product.newPage({ width: 1024, height: 768, locale });
    await enterBoard(page, withDebug(product.link("contribute")));
    const notes = await notesOn(page);
    const boxes = await page
      .locator(".board-head button, .board-foot button, .board-foot textarea, .camera-tools button")
      .evaluateAll((elements) =>
        elements.map((element) => {
          const { left, top, right, bottom } = element.getBoundingClientRect();
          return { left, top, right, bottom, isShown: right > left };
        }),
      );
    const head = await page.locator(".board-head").boundingBox();
    const foot = await page.locator(".board-foot").boundingBox();

    expect(boxes.length).toBeGreaterThan(15);
    for (const { left, top, right, bottom, isShown } of boxes) {
      if (!isShown) continue;
      expect(left).toBeGreaterThanOrEqual(0);
      expect(top).toBeGreaterThanOrEqual(0);
      expect(right).toBeLessThanOrEqual(1024);
      expect(bottom).toBeLessThanOrEqual(768);
    }
    for (const { rect } of notes) {
      expect(rect.y).toBeGreaterThanOrEqual((head?.height ?? 0) - 1);
      expect(rect.y + rect.height).toBeLessThanOrEqual((foot?.y ?? 0) + 1);
    }
    expect(head?.height).toBeLessThan(80);
    await page.context().close();
  }
});
