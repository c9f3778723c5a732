import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fingersOn } from "../support/fingers.ts";
import {
  addByComposer,
  arrowTo,
  enterBoard,
  holdBack,
  middleOf,
  type NoteOnScreen,
  notesOn,
  type Product,
  startProduct,
  until,
  withDebug,
} from "../support/product.ts";

/* Where the keyboard is: in the note that somebody wants to change, in what they asked for, and never nowhere. */

let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product.dispose());

const editorOf = (page: Page) => page.locator(".note-editor textarea, .list-editor textarea");

/** A note of its own that lies free and in sight. */
async function ownNote(page: Page, text: string): Promise<NoteOnScreen> {
  await addByComposer(page, text);
  await until("it is there", async () => (await notesOn(page)).some((note) => note.text === text));
  const note = (await notesOn(page)).find((candidate) => candidate.text === text);
  if (note === undefined) throw new Error("no note");
  await page.getByRole("button", { name: "Hele boom" }).click();
  return note;
}

/** Types at once, as somebody does who sees the editor open: nothing may be lost, and nothing else may happen. */
async function typesInto(page: Page, note: NoteOnScreen, how: string): Promise<void> {
  const before = await notesOn(page);
  await editorOf(page).waitFor();
  await page.keyboard.type(" dx");
  await page.keyboard.press("Backspace");
  expect(await editorOf(page).inputValue(), how).toBe(`${note.text} d`);
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Escape");
  await editorOf(page).waitFor({ state: "detached" });
  const texts = (notes: readonly NoteOnScreen[]) => notes.map(({ id, text }) => `${id} ${text}`).sort();
  expect(texts(await notesOn(page)), how).toEqual(texts(before));
  expect(await page.getByRole("dialog").count(), how).toBe(0);
}

const change = (page: Page) => page.getByRole("menuitem", { name: "Veranderen" });

test("[H20] however a note is opened on the tree, the keyboard is in it, behind its last letter", {
  timeout: 120_000,
}, async () => {
  const page = await product.newPage({ width: 1024, height: 768, hasTouch: true });
  await enterBoard(page, withDebug(product.link("contribute")));
  const note = await ownNote(page, "Elkaar zien");
  const at = middleOf(note);

  await page.mouse.click(at.x, at.y, { button: "right" });
  await change(page).click();
  await typesInto(page, note, "menu, mouse");

  await page.mouse.click(at.x, at.y, { button: "right" });
  await page.getByRole("menu").waitFor();
  await arrowTo(page, change(page));
  await page.keyboard.press("Enter");
  await typesInto(page, note, "menu, keys");

  await page.keyboard.press("Control+k");
  await page.getByPlaceholder(/^Zoek een/).waitFor();
  await page.keyboard.type("verander");
  await page.getByRole("option", { name: "Veranderen" }).waitFor();
  await page.keyboard.press("Enter");
  await typesInto(page, note, "palette");

  await page.mouse.dblclick(at.x, at.y);
  await typesInto(page, note, "double click");

  await page.getByTestId("board-canvas").focus();
  await page.keyboard.press("Enter");
  await typesInto(page, note, "Enter");

  await page.locator(".note-actions").getByRole("button", { name: "Veranderen" }).click();
  await typesInto(page, note, "pencil");
  await page.context().close();
});

test("[H20] with a finger too: a menu and a double tap leave the caret behind the last letter, and select nothing", {
  timeout: 120_000,
}, async () => {
  const page = await product.newPage({ width: 1024, height: 768, hasTouch: true });
  await enterBoard(page, withDebug(product.link("contribute", 1)));
  const note = await ownNote(page, "Vertrouwen");
  const at = middleOf(note);
  const { touch, tapTwice } = await fingersOn(page);

  await touch("touchStart", [at]);
  await page.getByRole("menu").waitFor();
  await touch("touchEnd", []);
  await change(page).tap();
  await typesInto(page, note, "long press");

  await tapTwice(at, editorOf(page));
  await typesInto(page, note, "double tap");
  await page.context().close();
});

test("[H20] a key that is pressed while an open note has lost the keyboard is typed there, and removes nothing", {
  timeout: 60_000,
}, async () => {
  const page = await product.newPage({ width: 1024, height: 768 });
  await enterBoard(page, withDebug(product.link("contribute", 1)));
  const note = await ownNote(page, "Geduld");
  await page.mouse.click(middleOf(note).x, middleOf(note).y, { button: "right" });
  await change(page).click();
  await editorOf(page).waitFor();
  // As when something else took the focus away without anybody leaving the note.
  await editorOf(page).evaluate((area) => {
    const block = (event: Event) => event.stopImmediatePropagation();
    addEventListener("focusout", block, { capture: true });
    if (area instanceof HTMLElement) area.blur();
    removeEventListener("focusout", block, { capture: true });
  });
  expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);

  await typesInto(page, note, "nowhere");
  await page.context().close();
});

test("[L12] however a note is opened in the list, the keyboard is in it, behind its last letter", {
  timeout: 120_000,
}, async () => {
  const page = await product.newPage({ width: 1024, height: 768 });
  await enterBoard(page, withDebug(product.link("contribute", 2)));
  const note = await ownNote(page, "Samen op pad");
  await page.getByRole("button", { name: "Lijst" }).click();
  const row = page.locator(`[data-note="${note.id}"]`);
  async function typesInList(how: string): Promise<void> {
    await editorOf(page).waitFor();
    await page.keyboard.type(" dx");
    await page.keyboard.press("Backspace");
    expect(await editorOf(page).inputValue(), how).toBe(`${note.text} d`);
    await page.keyboard.press("Backspace");
    await page.keyboard.press("Backspace");
    await page.keyboard.press("Escape");
    await editorOf(page).waitFor({ state: "detached" });
    expect(await row.locator(".list-note-text").textContent(), how).toBe(note.text);
    await until("the keyboard is on the note", () =>
      row.locator(".list-note-body").evaluate((body) => body === document.activeElement),
    );
  }

  await row.locator(".list-more").click();
  await change(page).click();
  await typesInList("menu, mouse");

  await page.keyboard.press("m");
  await page.getByRole("menu").waitFor();
  await arrowTo(page, change(page));
  await page.keyboard.press("Enter");
  await typesInList("menu, keys");

  await page.keyboard.press("Enter");
  await typesInList("Enter");

  // On a narrow screen the menu is a tray of its own.
  await page.setViewportSize({ width: 640, height: 900 });
  await row.locator(".list-more").click();
  await change(page).click();
  await typesInList("tray");
  await page.context().close();
});

test("[H21] what is typed while the palette is on its way stands in its field, and does nothing else", {
  timeout: 60_000,
}, async () => {
  const page = await product.newPage({ width: 1024, height: 768, keepsCopies: false });
  const letThrough = await holdBack(page, /\/CommandPalette-[^/]*\.js$/);
  await enterBoard(page, withDebug(product.link("contribute")));
  await notesOn(page);

  await page.keyboard.press("Control+k");
  await page.keyboard.type("pdraagvlakk");
  await page.keyboard.press("Backspace");
  expect(await page.locator(".present").count()).toBe(0);
  letThrough();
  const field = page.getByPlaceholder(/^Zoek een/);
  await field.waitFor();
  await page.keyboard.type("!");

  expect(await field.inputValue()).toBe("pdraagvlak!");
  expect(await page.getByRole("dialog").count()).toBe(1);
  await page.context().close();
});

test("[H21] Escape takes back what was asked for and has not come yet", { timeout: 60_000 }, async () => {
  const page = await product.newPage({ width: 1024, height: 768, keepsCopies: false });
  const letThrough = await holdBack(page, /\/DrawingPad-[^/]*\.js$/);
  await enterBoard(page, withDebug(product.link("contribute")));
  await notesOn(page);
  const isAsked = page.waitForRequest(/\/DrawingPad-[^/]*\.js$/);
  await page.keyboard.press("d");
  await isAsked;

  await page.keyboard.press("Escape");
  letThrough();
  await page.keyboard.press("?");

  await page.getByRole("heading", { name: "Sneltoetsen" }).waitFor();
  expect(await page.getByRole("dialog").count()).toBe(1);
  await page.context().close();
});

test("[S17] a button that works on a file keeps the keyboard, and Escape closes the sheet afterwards", {
  timeout: 60_000,
}, async () => {
  const page = await product.newPage({ width: 1024, height: 768 });
  await enterBoard(page, product.link("contribute"));
  await page.getByRole("button", { name: "Bewaren als bestand" }).click();
  const save = page.getByRole("button", { name: "Bewaar als JSON" });
  const downloading = page.waitForEvent("download");
  await save.focus();
  await page.keyboard.press("Enter");
  await downloading;
  await page.getByText("Klaar. Het bestand staat bij je downloads.").waitFor();

  expect(await save.evaluate((button) => button === document.activeElement)).toBe(true);
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.context().close();
});

test("[W13] who stops presenting stands where they began, else at the board", {
  timeout: 60_000,
}, async () => {
  const page = await product.newPage({ width: 1280, height: 800 });
  await enterBoard(page, product.link("contribute"));
  const present = page.getByRole("button", { name: "Presenteren" });
  await page.locator(".board-canvas").waitFor();

  await present.focus();
  await page.keyboard.press("Enter");
  await page.locator(".present").waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".present").waitFor({ state: "detached" });
  await until("the keyboard is on the button", () =>
    present.evaluate((button) => button === document.activeElement),
  );

  await page.locator("#board-main").focus();
  await page.keyboard.press("p");
  await page.locator(".present").waitFor();
  await page.mouse.move(600, 400);
  await page.getByRole("button", { name: "Stoppen" }).click();
  await page.locator(".present").waitFor({ state: "detached" });
  await until("the keyboard is at the board", () =>
    page.evaluate(() => document.activeElement?.id === "board-main"),
  );
  await page.context().close();
});

test("[S18] a form that misses something brings the first field that does into sight, with the keyboard", {
  timeout: 60_000,
}, async () => {
  const page = await product.newPage({ width: 360, height: 640, isPhone: true });
  await page.goto(product.address);
  await page.getByRole("button", { name: "Een werkplaats beginnen" }).tap();
  const title = page.getByRole("textbox", { name: "Hoe heet de werkplaats?" });
  await title.waitFor();
  await title.blur();

  await page.locator(".sheet-form button[type=submit]").tap();

  await page.locator(".sheet-form .error").waitFor();
  expect(await title.evaluate((field) => field === document.activeElement)).toBe(true);
  for (const shown of [title, page.locator(".sheet-form .error")]) {
    const box = await shown.boundingBox();
    expect(box?.y ?? -1).toBeGreaterThanOrEqual(0);
    expect((box?.y ?? 999) + (box?.height ?? 0)).toBeLessThanOrEqual(640);
  }
  await page.context().close();
});

test("[H22] who waves the question about pasted lines away loses none of them", {
  timeout: 60_000,
}, async () => {
  const page = await product.newPage({ width: 1024, height: 768 });
  await enterBoard(page, withDebug(product.link("contribute", 2)));
  const before = (await notesOn(page)).length;
  const field = page.locator("#composer-text");
  const paste = (selector: string) =>
    page.locator(selector).evaluate((element) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", "- Samen eten\n- Elkaar bellen");
      element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    });

  await field.fill("Wij willen graag");
  await page.keyboard.press("Home");
  for (let letter = 0; letter < 4; letter += 1) await page.keyboard.press("ArrowRight");
  await paste("#composer-text");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  expect(await field.inputValue()).toBe("Wij Samen eten\nElkaar bellenwillen graag");
  await until("the keyboard is in the field", () =>
    field.evaluate((area) => area === document.activeElement),
  );

  await field.fill("Half geschreven");
  await paste("#composer-text");
  await page.getByRole("dialog").getByRole("button", { name: "2 briefjes" }).click();
  await until("two notes", async () => (await notesOn(page)).length === before + 2);
  expect(await field.inputValue()).toBe("Half geschreven");
  await page.getByRole("dialog").waitFor({ state: "detached" });

  await page.getByTestId("board-canvas").focus();
  await paste(".board-canvas");
  await page.getByRole("dialog").waitFor();
  const many = page.getByRole("dialog").getByRole("button", { name: "2 briefjes" });
  expect(await many.evaluate((button) => button === document.activeElement)).toBe(true);
  await page.keyboard.press("Escape");
  await page.getByText("Er is niets geplakt. Plak nog een keer om het opnieuw te kiezen.").waitFor();
  expect((await notesOn(page)).length).toBe(before + 2);
  await page.context().close();
});
