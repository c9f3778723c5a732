import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  cameraOf,
  enterBoard,
  middleOf,
  noteCount,
  notesOn,
  type Product,
  startProduct,
  tabTo,
  until,
  withDebug,
} from "../support/product.ts";

/* Rounds of dots, the bin and the keyboard on the tree, on the built product. */

let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product.dispose());

const isInView = (page: Page, selector: string) =>
  page.locator(selector).evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  });

test("[H42] [H40] [W7] a round begins in the menu More and is in sight on the tree, on the wall and in the list", {
  timeout: 120_000,
}, async () => {
  const page = await product.newPage({ width: 1280, height: 800 });
  await enterBoard(page, withDebug(product.link("contribute", 1)));
  const [note] = await notesOn(page);
  if (note === undefined) throw new Error("no notes");
  const chip = page.locator(".voting-chip");
  expect(await chip.count()).toBe(0);

  await page.getByRole("button", { name: "Meer", exact: true }).click();
  await page.getByRole("menuitem", { name: "Stemmen met stippen" }).click();
  const end = page.getByRole("button", { name: "Stoppen", exact: true });
  const begin = page.getByRole("button", { name: "Begin", exact: true });
  await begin.or(end).first().waitFor();
  // The demo has shown dots of its own.
  if (await end.isVisible()) {
    await end.click();
    await page.getByRole("button", { name: "Stoppen, stippen weg" }).click();
  }
  await begin.click();
  await page.keyboard.press("Escape");
  await chip.getByText("Er wordt gestemd, nog 3 stippen").waitFor();

  const scale = async () => (await cameraOf(page)).scale;
  const before = await scale();
  await page.mouse.click(middleOf(note).x, middleOf(note).y);
  await page.keyboard.press("+");
  await chip.getByText("nog 2 stippen").waitFor();
  await page.keyboard.press("-");
  await chip.getByText("nog 3 stippen").waitFor();
  await page.keyboard.press("-");
  for (let dot = 0; dot < 3; dot += 1) await page.keyboard.press("+");
  await chip.getByText("je stippen zijn op").waitFor();
  await page.locator(".note-actions").getByText("Je 3 stippen zijn op.").waitFor();
  expect(await scale()).toBe(before);

  await page.keyboard.press("p");
  await page.locator(".present").waitFor();
  expect(await page.locator(".note-actions").count()).toBe(0);
  expect(await isInView(page, ".voting-chip")).toBe(true);
  // On a phone the bar takes the whole edge: the chip lies above it.
  const size = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 740 });
  await page.mouse.move(180, 300);
  await page.mouse.move(182, 302);
  await until("the chip lies above the bar", async () => {
    const [chipBox, barBox] = await Promise.all(
      [".voting-chip", ".present-bar"].map((part) => page.locator(part).boundingBox()),
    );
    return chipBox != null && barBox != null && chipBox.y + chipBox.height <= barBox.y;
  });
  if (size !== null) await page.setViewportSize(size);
  await page.keyboard.press("Escape");
  await page.locator(".present").waitFor({ state: "detached" });
  await page.keyboard.press("+");
  await until("without a chosen note the tree comes nearer", async () => (await scale()) > before);

  for (const size of [
    { width: 360, height: 640, isPhone: true },
    { width: 1024, height: 600 },
  ]) {
    const listed = await product.newPage(size);
    await enterBoard(listed, product.link("contribute", 1));
    if (size.isPhone !== true) await listed.getByRole("button", { name: "Lijst" }).click();
    await listed.getByText("Nog 3 van 3 stippen").waitFor();
    await listed.locator(".list-note").last().scrollIntoViewIfNeeded();
    expect(await isInView(listed, ".list-voting")).toBe(true);
    await listed.context().close();
  }

  await chip.getByRole("button", { name: "Laat zien" }).click();
  await chip.waitFor({ state: "detached" });
  await page.context().close();
});

test("[H44] who comes to the tree with Tab sees a ring around it, and an arrow chooses a note", {
  timeout: 60_000,
}, async () => {
  const page = await product.newPage({ width: 1280, height: 800 });
  await enterBoard(page, product.link("contribute"));
  const canvas = page.getByTestId("board-canvas");
  const ring = () => canvas.evaluate((element) => getComputedStyle(element, "::after").borderTopStyle);
  expect(await ring()).toBe("none");

  await tabTo(page, canvas);
  expect(await ring()).toBe("solid");
  await page.keyboard.press("ArrowRight");

  await page.locator(".note-actions").waitFor();
  await page.context().close();
});

test("[H43] notes that were removed together come back together, and undo removes them again", {
  timeout: 60_000,
}, async () => {
  const page = await product.newPage({ width: 1280, height: 800 });
  await enterBoard(page, withDebug(product.link("contribute", 2)));
  await notesOn(page);
  const count = await noteCount(page);
  await page.getByTestId("board-canvas").focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await page.getByRole("dialog").getByRole("button", { name: "Weghalen" }).click();
  await until("the tree is empty", async () => (await noteCount(page)) === 0);

  await page.getByRole("button", { name: "Prullenbak" }).click();
  await page.getByRole("button", { name: `Zet alle ${count} terug` }).click();
  await until("all are back", async () => (await noteCount(page)) === count);
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.keyboard.press("Control+z");
  await until("they are gone again", async () => (await noteCount(page)) === 0);
  await page.keyboard.press("Control+z");
  await until("and back", async () => (await noteCount(page)) === count);
  await page.context().close();
});

test("[J40] groups that nobody named follow the language of the boards", { timeout: 60_000 }, async () => {
  const page = await product.newPage({ width: 1280, height: 800 });
  await page.goto(product.address);
  await page.getByRole("button", { name: "Een werkplaats beginnen" }).click();
  const names = () =>
    page
      .locator(".group-row input[type=text]")
      .evaluateAll((fields) => fields.map((field) => (field instanceof HTMLInputElement ? field.value : "")));
  expect(await names()).toEqual(["Groep 1", "Groep 2", "Groep 3"]);
  await page.locator(".group-row input[type=text]").nth(1).fill("De Linde");

  await page.locator("form").getByText("English").click();
  await until("the boards are English", async () => (await names()).join() === "Group 1,De Linde,Group 3");
  await page.locator("form").getByText("Nederlands").click();
  await until("and Dutch again", async () => (await names()).join() === "Groep 1,De Linde,Groep 3");
  await page.context().close();
});
