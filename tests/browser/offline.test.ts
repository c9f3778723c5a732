import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { exportedOf } from "../support/exported.ts";
import {
  addByComposer,
  enterBoard,
  noteCount,
  type Product,
  savedOn,
  startProduct,
  until,
} from "../support/product.ts";

/* Without a connection: the page opens, work goes on, and everything meets again afterwards. */

let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product.dispose());

/** The page and its parts are kept on the device: from here on it opens by itself. */
async function pageIsKept(page: Page): Promise<void> {
  await until("the page is kept", () =>
    page.evaluate(
      async () => (await caches.match("/")) !== undefined && navigator.serviceWorker.controller !== null,
    ),
  );
}

async function openMenuOf(page: Page, text: string): Promise<void> {
  await page.getByRole("button", { name: `Wat wil je doen met “${text}”?` }).click();
  await page.getByRole("menu").waitFor();
}

async function doWith(page: Page, text: string, what: string): Promise<void> {
  await openMenuOf(page, text);
  await page.getByRole("menuitem", { name: what }).click();
}

async function removeNote(page: Page, text: string): Promise<void> {
  await doWith(page, text, "Weghalen");
}

async function moveNote(page: Page, text: string, zone: string): Promise<void> {
  await doWith(page, text, `Naar ${zone}`);
}

async function addToNote(page: Page, text: string, more: string): Promise<void> {
  await doWith(page, text, "Veranderen");
  await page.locator(".list-editor textarea").press("End");
  await page.keyboard.type(more);
  await page.keyboard.press("Escape");
}

test("[R3] ten minutes' worth of edits offline, with a reload: nothing lost, doubled or revived", {
  timeout: 120_000,
}, async () => {
  const alice = await product.newPage({ width: 360, height: 740 });
  const bob = await product.newPage({ width: 360, height: 740 });
  await enterBoard(alice, product.link("contribute"));
  await enterBoard(bob, product.link("contribute"));
  await pageIsKept(alice);
  // Sheets and export come when it is quiet; offline they must be there already.
  await openMenuOf(alice, "Openstaan");
  await alice.keyboard.press("Escape");

  await alice.context().setOffline(true);
  await alice.locator('[data-saved="offline"]').waitFor();
  for (let index = 0; index < 30; index += 1) await addByComposer(alice, `Onderweg ${index}`);
  await removeNote(alice, "Afspraken maken");
  await removeNote(alice, "Onderweg 3");
  await moveNote(alice, "Openstaan", "Gieter");
  await addToNote(alice, "Respect voor elkaar", " en geduld");
  // Meanwhile the others go on: with the same notes, too.
  await removeNote(bob, "Openstaan");
  await addToNote(bob, "Afspraken maken", " en nakomen");
  await addToNote(bob, "Goede communicatie", " in eigen taal");
  for (let index = 0; index < 10; index += 1) await addByComposer(bob, `In de zaal ${index}`);
  await savedOn(bob);

  await alice.reload();
  await alice.getByText("Onderweg 29", { exact: true }).waitFor();
  expect(await alice.getByText("Onderweg 3", { exact: true }).count()).toBe(0);
  for (let index = 30; index < 60; index += 1) await addByComposer(alice, `Onderweg ${index}`);
  await removeNote(alice, "Onderweg 31");
  await addToNote(alice, "Goede communicatie", " en humor");

  await alice.context().setOffline(false);
  await savedOn(alice);
  await bob.getByText("Onderweg 59", { exact: true }).waitFor();

  const { notes } = await exportedOf(product, 0);
  const standing = notes.filter(({ status }) => status === "active").map(({ text }) => text);
  const expected = [
    ...Array.from({ length: 60 }, (_, index) => `Onderweg ${index}`).filter(
      (text) => text !== "Onderweg 3" && text !== "Onderweg 31",
    ),
    ...Array.from({ length: 10 }, (_, index) => `In de zaal ${index}`),
    "Respect voor elkaar en geduld",
  ];
  for (const text of expected) expect(standing.filter((other) => other === text)).toEqual([text]);
  const communication = standing.filter((text) => text.startsWith("Goede communicatie"));
  expect(communication).toHaveLength(1);
  expect(communication[0]).toContain(" in eigen taal");
  expect(communication[0]).toContain(" en humor");
  const gone = notes.filter(({ status }) => status === "removed").map(({ text }) => text);
  expect(gone.sort()).toEqual(["Afspraken maken en nakomen", "Onderweg 3", "Onderweg 31", "Openstaan"]);
  expect(standing).toHaveLength(22 - 2 + 58 + 10);
  await Promise.all([alice.context().close(), bob.context().close()]);
});

test("[R23] a reload while the server is away opens the tree from this device, and merges when it is back", {
  timeout: 60_000,
}, async () => {
  const page = await product.newPage({ width: 1024, height: 768 });
  await enterBoard(page, product.link("contribute", 1));
  await pageIsKept(page);
  await page.getByTestId("board-canvas").waitFor();

  await product.stopServer();
  await page.reload();
  await until("the tree is there", async () => (await noteCount(page)) === 22);
  await addByComposer(page, "Zonder server");
  await page.getByText(/Geen verbinding: 1 verandering/).waitFor();
  await product.startServer();
  await savedOn(page);

  const { notes } = await exportedOf(product, 1);
  expect(notes.filter(({ text }) => text === "Zonder server")).toHaveLength(1);
  await page.context().close();
});

test("[R49] a device whose database never answers opens the board all the same, and says that it keeps nothing", {
  timeout: 60_000,
}, async () => {
  const page = await product.newPage({ width: 1024, height: 768 });
  await page.addInitScript(() => {
    // What a browser hands out when its database hangs: a request of which nothing is ever heard.
    IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest;
  });
  await enterBoard(page, product.link("contribute", 2));
  await page.reload();
  await page.getByText("Deze browser bewaart niets. Houd deze pagina open.").waitFor();
  await savedOn(page);
  await addByComposer(page, "Zonder kopie");
  await savedOn(page);

  const { notes } = await exportedOf(product, 2);
  expect(notes.filter(({ text }) => text === "Zonder kopie")).toHaveLength(1);
  await page.context().close();
});
