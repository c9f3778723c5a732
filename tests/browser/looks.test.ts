import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seriousFaults } from "../support/accessibility.ts";
import { enterBoard, type Product, savedOn, startProduct } from "../support/product.ts";

/* Every screen in every look: what reads by day reads by night and with strong contrast. */

let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product.dispose());

const looks = [
  { scheme: "dark", contrast: "normal" },
  { scheme: "light", contrast: "high" },
  { scheme: "dark", contrast: "high" },
] as const;

type Screen = {
  readonly name: string;
  readonly width: number;
  readonly open: (page: Page) => Promise<unknown>;
};

const enter = (page: Page) => enterBoard(page, product.link("contribute"));

function withSheet(name: string, width: number, label: RegExp): Screen {
  return {
    name,
    width,
    async open(page) {
      await enter(page);
      await page.getByRole("button", { name: label }).click();
      await page.getByRole("dialog").waitFor();
    },
  };
}

const screens: readonly Screen[] = [
  {
    name: "home",
    width: 1024,
    async open(page) {
      await page.goto(product.address);
      await page.getByRole("button", { name: "Een werkplaats beginnen" }).click();
      await page.getByRole("button", { name: "Maak de borden" }).click();
    },
  },
  { name: "join code", width: 360, open: (page) => page.goto(product.link("join")) },
  { name: "join", width: 360, open: (page) => page.goto(product.link("contribute")) },
  {
    name: "unknown board",
    width: 360,
    open: (page) => page.goto(`${product.address}/board/unknown0board000#${"k".repeat(32)}`),
  },
  { name: "desk", width: 1920, open: (page) => page.goto(product.link("facilitator")) },
  { name: "tree", width: 1024, open: enter },
  { name: "list", width: 360, open: enter },
  {
    name: "tree and list",
    width: 1280,
    async open(page) {
      await enter(page);
      await page.getByRole("button", { name: "Naast elkaar" }).click();
    },
  },
  withSheet("people", 360, /Wie is er/),
  withSheet("view", 1024, /Weergave/),
  withSheet("bin", 1024, /Prullenbak/),
  withSheet("share", 1024, /Anderen erbij/),
  {
    name: "menu",
    width: 360,
    async open(page) {
      await enter(page);
      await page.locator(".more-tools").getByRole("button").click();
      await page.getByRole("menu").waitFor();
    },
  },
  {
    name: "presenting",
    width: 1024,
    async open(page) {
      await page.goto(product.link("facilitator"));
      await page.getByRole("link", { name: "Bord openen" }).first().click();
      await savedOn(page);
      await page.keyboard.press("p");
      await page.locator(".present-letters").waitFor();
    },
  },
];

test("[W11] axe finds nothing serious on any screen in any look", { timeout: 300_000 }, async () => {
  for (const { name, width, open } of screens) {
    const page = await product.newPage({ width, height: 768 });
    await open(page);
    await page.getByRole("heading").first().waitFor({ state: "attached" });
    for (const look of looks) {
      await show(page, look);
      const faults = await seriousFaults(page, { asksStrongContrast: look.contrast === "high" });
      expect(faults, `${name} ${look.scheme} ${look.contrast}`).toEqual([]);
    }
    await page.context().close();
  }
});

/** The look as the page wears it: everything but the canvas follows these two attributes. */
async function show(page: Page, look: (typeof looks)[number]): Promise<void> {
  await page.evaluate(async ({ scheme, contrast }) => {
    document.documentElement.dataset.scheme = scheme;
    document.documentElement.dataset.contrast = contrast;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    // What fades in has its contrast only when it is there.
    await Promise.allSettled(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY)
        .map(({ finished }) => finished),
    );
  }, look);
}

test("[W11] a look changes nothing but the look: no screen scrolls sideways, with the largest letters either", {
  timeout: 240_000,
}, async () => {
  for (const { name, width, open } of screens) {
    const page = await product.newPage({ width, height: 768 });
    await page.addInitScript(() => {
      localStorage.setItem("collaboration-tree/look", JSON.stringify({ textSize: "largest" }));
    });
    await (name === "tree and list" ? enter(page) : open(page).catch(() => undefined));
    await page.getByRole("heading").first().waitFor({ state: "attached" });

    const tooWide = await page.evaluate(() => {
      const page = document.documentElement;
      if (page.scrollWidth <= page.clientWidth) return [];
      return [...document.querySelectorAll("#root *")]
        .filter((element) => element.getBoundingClientRect().right > page.clientWidth + 1)
        .map((element) => element.outerHTML.slice(0, 120));
    });
    expect(tooWide, name).toEqual([]);
    await page.context().close();
  }
});
