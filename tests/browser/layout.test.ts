import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  cameraOf,
  enterBoard,
  middleOf,
  type NoteOnScreen,
  notesOn,
  type Product,
  startProduct,
  until,
  withDebug,
} from "../support/product.ts";

/* Every screen and every size of letters: all controls in sight, nothing over anything else. */

let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product.dispose());

const textScales = { normal: 1, large: 1.25, largest: 1.5 } as const;
type Size = { readonly width: number; readonly height: number };
type Box = Size & { readonly x: number; readonly y: number };

async function enterView(page: Page, view: "tree" | "both" | "list", group = 0): Promise<void> {
  await page.addInitScript((kept) => localStorage.setItem("collaboration-tree/view", kept), `"${view}"`);
  await enterBoard(page, withDebug(product.link("contribute", group)));
  if (view !== "list") await notesOn(page);
}

/** As the choice of letters does it, on a page that is open. */
async function show(page: Page, size: Size, letters: keyof typeof textScales): Promise<void> {
  await page.setViewportSize(size);
  await page.evaluate(async (scale) => {
    document.documentElement.style.setProperty("--text-scale", String(scale));
    for (let frame = 0; frame < 6; frame += 1) await new Promise(requestAnimationFrame);
  }, textScales[letters]);
}

async function boxOf(found: Locator): Promise<Box> {
  const box = await found.boundingBox();
  if (box === null) throw new Error("not on the page");
  return box;
}

const overlap = (one: Box, other: Box): boolean =>
  one.x + one.width > other.x + 1 &&
  other.x + other.width > one.x + 1 &&
  one.y + one.height > other.y + 1 &&
  other.y + other.height > one.y + 1;

/** Controls that are off the screen, too small for a finger, or under something else. */
const outOfReach = (page: Page, selector: string): Promise<readonly string[]> =>
  page.locator(selector).evaluateAll((all) =>
    all.flatMap((one) => {
      const { left, top, right, bottom, width, height } = one.getBoundingClientRect();
      if (width === 0) return [];
      const name = one.getAttribute("aria-label") ?? one.textContent ?? one.tagName;
      const at = `${name} ${Math.round(left)},${Math.round(top)} ${Math.round(width)}x${Math.round(height)}`;
      if (left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1) {
        return [`outside: ${at}`];
      }
      if (Math.min(width, height) < 43.9) return [`small: ${at}`];
      const above = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      return above !== null && (one.contains(above) || above.contains(one)) ? [] : [`covered: ${at}`];
    }),
  );

/** Words of the zones that stand on two lines, or stick out of their button. */
const brokenWords = (page: Page): Promise<readonly string[]> =>
  page.locator(".composer-zones .choice").evaluateAll((all) =>
    all.flatMap((one) => {
      const text = document.createTreeWalker(one, NodeFilter.SHOW_TEXT).nextNode();
      if (text === null || text.textContent === null) return [];
      const lines = document.createRange();
      lines.selectNodeContents(text);
      const isBroken = lines.getClientRects().length > text.textContent.split(" ").length;
      return isBroken || one.scrollWidth > one.clientWidth + 1 ? [text.textContent] : [];
    }),
  );

const small: readonly Size[] = [
  { width: 360, height: 740 },
  { width: 360, height: 640 },
  { width: 412, height: 915 },
  { width: 512, height: 384 },
  { width: 683, height: 384 },
];
const projector: Size = { width: 1024, height: 768 };

test("[F1] on a phone presenting has its way on, back and out in sight, and going back ends it", {
  timeout: 90_000,
}, async () => {
  for (const locale of ["nl-NL", "en-GB"]) {
    const page = await product.newPage({ width: 360, height: 740, locale });
    await enterView(page, "tree");
    const address = page.url();
    const present = page.locator(".present");
    for (const letters of ["normal", "largest"] as const) {
      await show(page, { width: 360, height: 740 }, letters);
      await page.locator(".more-tools button").click();
      await page.getByRole("menuitem", { name: /Presenteren|Present/ }).click();
      await present.waitFor();
      for (const size of [small[0], small[3]]) {
        if (size === undefined) throw new Error("no size");
        await show(page, size, letters);
        await page.mouse.move(20, 300);
        await page.mouse.move(22, 302);
        expect(await outOfReach(page, ".present-bar button")).toEqual([]);
        expect(await page.locator(".present-bar button").count()).toBe(3);
        expect(await page.locator(".present-part").textContent()).toMatch(/^1 (van|of) \d+$/);
        expect(await page.locator(".present-code").count()).toBe(0);
      }
      await page.locator(".present-bar button").nth(1).click();
      await until("the second step", async () =>
        /^2/.test((await page.locator(".present-part").textContent()) ?? ""),
      );
      if (letters === "normal") await page.goBack();
      else await page.locator(".present-bar button").last().click();
      await present.waitFor({ state: "detached" });
      await page.locator(".board-head").waitFor();
      expect(page.url()).toBe(address);
      await until("no step is left behind", () => page.evaluate(() => history.state === null));
    }
    await page.context().close();
  }
});

test("[F2] [F5] on small screens with any letters each tool is in sight, the foot leaves the board its room, and no word is broken", {
  timeout: 180_000,
}, async () => {
  for (const locale of ["nl-NL", "en-GB"]) {
    for (const view of ["tree", "list"] as const) {
      const page = await product.newPage({ ...projector, locale });
      await enterView(page, view);
      for (const size of [...small, projector]) {
        for (const letters of ["normal", "large", "largest"] as const) {
          const what = `${locale} ${view} ${size.width}x${size.height} ${letters}`;
          await show(page, size, letters);
          const controls =
            ".board-head button, .board-foot button, .board-foot textarea, .camera-tools button";
          expect(await outOfReach(page, controls), what).toEqual([]);
          expect((await boxOf(page.locator(".board-foot"))).height, what).toBeLessThanOrEqual(
            size.height * 0.46,
          );
          expect(await brokenWords(page), what).toEqual([]);
          const isTooWide = await page.evaluate(
            () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
          );
          expect(isTooWide, what).toBe(false);
          const title = await page
            .locator(".board-title h1")
            .evaluate((one) => one.scrollWidth - one.clientWidth);
          expect(title, `${what}: the name of the group`).toBeLessThanOrEqual(0);
        }
      }
      await page.context().close();
    }
  }
});

test("[F2] whoever writes in a folded composer gets its question and its voices, and presses what is under the finger", {
  timeout: 60_000,
}, async () => {
  const page = await product.newPage({ width: 360, height: 640, isPhone: true });
  await enterView(page, "list");
  await show(page, { width: 360, height: 640 }, "large");
  const voices = page.locator(".composer-voices");
  expect(await voices.isVisible()).toBe(false);
  await page.locator(".composer-zones .choice").nth(1).tap();
  await page.locator(".composer.zone-wateringCan").waitFor();
  expect(await voices.isVisible()).toBe(false);

  await page.locator("#composer-text").tap();
  await voices.waitFor();
  await voices.locator(".choice").nth(2).tap();
  await voices.locator(".choice[data-selected]").nth(0).waitFor();
  await page.locator(".composer-zones .choice").nth(2).tap();
  await page.locator(".composer.zone-fruits").waitFor();
  expect(await voices.isVisible()).toBe(true);

  await page.locator(".list-note-body").first().tap();
  await voices.waitFor({ state: "hidden" });
  await page.context().close();
});

test("[F3] a note that is opened in the list of a phone lies above the composer, with its button", {
  timeout: 60_000,
}, async () => {
  for (const letters of ["normal", "largest"] as const) {
    const page = await product.newPage({ width: 360, height: 740 });
    await enterView(page, "list");
    await show(page, { width: 360, height: 740 }, letters);
    const foot = await boxOf(page.locator(".board-foot"));
    for (const at of [1, 4, 9]) {
      await page.locator(".list-note-body").nth(at).dblclick();
      const editor = page.locator(".list-editor");
      await editor.waitFor();
      const { y, height } = await boxOf(editor);

      expect(y, `${letters} ${at}`).toBeGreaterThanOrEqual(0);
      expect(y + height, `${letters} ${at}`).toBeLessThanOrEqual(foot.y);
      expect(await outOfReach(page, ".list-editor button, .list-editor textarea")).toEqual([]);
      await page.keyboard.press("Escape");
      await editor.waitFor({ state: "detached" });
    }
    await page.context().close();
  }
});

test("[F4] a button says its words within its edges, also beside a long text", {
  timeout: 90_000,
}, async () => {
  for (const [size, letters] of [
    [{ width: 360, height: 740 }, "normal"],
    [{ width: 360, height: 740 }, "largest"],
    [projector, "normal"],
  ] as const) {
    const page = await product.newPage(size);
    await enterView(page, "list", 1);
    await show(page, size, letters);
    await page.locator("#composer-text").fill("Een heel lang briefje dat nergens ophoudt ".repeat(6));
    await page.locator("#composer-text").press("Enter");
    const note = page.locator(".list-note-body", { hasText: "nergens ophoudt" }).first();
    await note.focus();
    await page.keyboard.press("Delete");
    await page.locator(".removal").waitFor();
    const spilling = (within: string) =>
      page
        .locator(`${within} .button`)
        .evaluateAll((all) =>
          all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent),
        );
    expect(await spilling(".removal")).toEqual([]);
    expect(await outOfReach(page, ".removal button")).toEqual([]);

    const bin = page.getByRole("button", { name: "Prullenbak" });
    if ((await bin.count()) === 0) {
      await page.locator(".more-tools button").click();
      await page.getByRole("menuitem", { name: "Prullenbak" }).click();
    } else {
      await bin.click();
    }
    await page.locator(".bin-note").first().waitFor();
    expect(await spilling(".bin-note")).toEqual([]);
    const widths = await page
      .locator(".bin-note")
      .evaluateAll((all) => all.map((one) => one.scrollWidth - one.clientWidth));
    expect(Math.max(...widths)).toBeLessThanOrEqual(1);
    await page.context().close();
  }
});

/** How far the tree is from being under its tools: notes that lie under them, by their words. */
async function underTools(page: Page): Promise<readonly string[]> {
  const tools = await boxOf(page.locator(".camera-tools"));
  const canvas = await boxOf(page.locator(".board-canvas"));
  const onPage = ({ rect }: NoteOnScreen) => ({ ...rect, x: rect.x + canvas.x, y: rect.y + canvas.y });
  return (await notesOn(page)).filter((note) => overlap(onPage(note), tools)).map(({ text }) => text);
}

const scaleOf = async (page: Page) => (await cameraOf(page)).scale;

test("[F6] the whole tree lies beside its tools, wherever a line ends and however large the letters are", {
  timeout: 90_000,
}, async () => {
  const page = await product.newPage(projector);
  await enterView(page, "tree");
  for (const direction of ["ltr", "rtl"]) {
    await page.evaluate((dir) => {
      document.documentElement.dir = dir;
    }, direction);
    for (const size of [...small, projector, { width: 1920, height: 1080 }]) {
      for (const letters of ["normal", "largest"] as const) {
        await show(page, { ...size, height: size.height - 1 }, letters);
        await show(page, size, letters);
        const world = await page.evaluate(() => {
          const { scale, x } = Reflect.get(window, "collaborationTreeDebug").camera();
          return { left: x, right: x + 3200 * scale };
        });
        const tools = await boxOf(page.locator(".camera-tools"));
        const what = `${direction} ${size.width}x${size.height} ${letters}`;
        expect(await underTools(page), what).toEqual([]);
        if (size.width < size.height) continue;
        if (direction === "ltr") expect(world.right, what).toBeLessThanOrEqual(tools.x);
        else expect(world.left, what).toBeGreaterThanOrEqual(tools.x + tools.width);
      }
    }
  }
  await page.context().close();
});

test("[F6] the largest letters on a projector leave all tools, and the tree nearly as large", {
  timeout: 60_000,
}, async () => {
  const page = await product.newPage(projector);
  await enterView(page, "tree");
  const [before, tools] = [await scaleOf(page), await page.locator(".camera-tools button").count()];
  await show(page, projector, "largest");

  expect(await page.locator(".camera-tools button").filter({ visible: true }).count()).toBe(tools);
  expect(await scaleOf(page)).toBeGreaterThan(before * 0.85);
  await page.context().close();
});

test("[F7] what can be done with a note floats beside the tools, never on them", {
  timeout: 90_000,
}, async () => {
  for (const [view, size] of [
    ["tree", projector],
    ["both", projector],
    ["tree", { width: 683, height: 384 }],
    ["tree", { width: 360, height: 740 }],
  ] as const) {
    const page = await product.newPage(size);
    await enterView(page, view);
    const canvas = await boxOf(page.locator(".board-canvas"));
    const byEnd = [...(await notesOn(page))].sort((one, other) => other.rect.x - one.rect.x);
    for (const note of byEnd.slice(0, 3)) {
      const { x, y } = middleOf(note);
      await page.mouse.click(x + canvas.x, y + canvas.y);
      const bar = page.locator(".note-actions");
      await bar.waitFor();
      const what = `${view} ${size.width} ${note.text}`;
      const [actions, tools] = [await boxOf(bar), await boxOf(page.locator(".camera-tools"))];
      expect(overlap(actions, tools), what).toBe(false);
      expect(await outOfReach(page, ".note-actions button"), what).toEqual([]);
      await page.keyboard.press("Escape");
      await bar.waitFor({ state: "detached" });
    }
    await page.context().close();
  }
});

test("[F8] a notice lies above the bars one works with", { timeout: 60_000 }, async () => {
  const page = await product.newPage({ width: 683, height: 384 });
  await enterView(page, "tree", 2);
  const highlight = page.getByRole("button", { name: /^Uitlichten|Highlight/ });
  const notice = page.locator(".hands-notice > span");
  for (const note of await notesOn(page)) {
    const { x, y } = middleOf(note);
    await page.mouse.click(x, y);
    await page.locator(".note-actions").waitFor();
    if ((await highlight.count()) > 0) await highlight.click();
    if ((await notice.count()) > 0) break;
    await page.keyboard.press("Escape");
  }
  await notice.waitFor();

  const said = await boxOf(notice);
  expect(overlap(said, await boxOf(page.locator(".note-actions")))).toBe(false);
  expect(said.y).toBeGreaterThanOrEqual(0);
  await page.context().close();
});
