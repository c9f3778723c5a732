import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seriousFaults } from "../support/accessibility.ts";
import { exportedOf } from "../support/exported.ts";
import {
  addByComposer,
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

/* The facilitator locks a board and unlocks it; what the others see of it, on the tree and in the list. */

const seenWithinMs = 2_000;

let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product.dispose());

const deskButton = (desk: Page, action: "Op slot zetten" | "Slot eraf", group: string) =>
  desk.getByRole("button", { name: `${action}: ${group}` });

/** By keyboard, as some facilitators work; gives the milliseconds until every screen shows it. */
async function press(
  desk: Page,
  action: "Op slot zetten" | "Slot eraf",
  group: string,
  screens: readonly Page[],
): Promise<number> {
  await tabTo(desk, deskButton(desk, action, group));
  await desk.keyboard.press("Enter");
  const start = performance.now();
  const wanted = action === "Slot eraf" ? "#composer-text" : ".locked-bar";
  await Promise.all(screens.map((screen) => screen.locator(wanted).waitFor()));
  return performance.now() - start;
}

async function expectNothingSerious(page: Page, name: string): Promise<void> {
  expect(await seriousFaults(page), name).toEqual([]);
}

/** How many notes are in hands of others, as their presence says. */
function dragsSeenBy(page: Page): Promise<number> {
  return page.evaluate(() => {
    const handle = Reflect.get(window, "collaborationTreeDebug");
    return handle.others().flatMap((other: { drag: unknown[] }) => other.drag).length;
  });
}

async function textsOnBoard(group: number): Promise<string[]> {
  const { notes } = await exportedOf(product, group);
  return notes.filter(({ status }) => status === "active").map(({ text }) => text);
}

test("[S13] a locked board says so on every screen within two seconds, takes nothing, and comes back as it was", {
  timeout: 90_000,
}, async () => {
  const desk = await product.newPage({ width: 1280, height: 800 });
  const alice = await product.newPage({ width: 1024, height: 768 });
  const bob = await product.newPage({ width: 360, height: 740, hasTouch: true });
  await desk.goto(product.link("facilitator"));
  await enterBoard(alice, withDebug(product.link("contribute")));
  await enterBoard(bob, product.link("contribute"));
  // Alice has something to undo, a half-written note and another note open; Bob writes in the list.
  await addByComposer(alice, "Voor het slot");
  await until("it is on the board", async () => (await textsOnBoard(0)).includes("Voor het slot"));
  await alice.locator("#composer-text").fill("Half geschr");
  const [note] = await notesOn(alice);
  if (note === undefined) throw new Error("no notes");
  const at = middleOf(note);
  await alice.mouse.dblclick(at.x, at.y);
  await alice.locator(".note-editor textarea").press("Control+End");
  await alice.keyboard.type(", en geduld");
  await bob.locator("#composer-text").fill("Ook half");
  await bob.locator("#composer-text").focus();
  await savedOn(alice);
  const before = (await textsOnBoard(0)).sort();

  const lockedAfterMs = await press(desk, "Op slot zetten", "Groep 1", [alice, bob]);

  await deskButton(desk, "Slot eraf", "Groep 1").waitFor();
  await desk.getByText("Op slot", { exact: true }).waitFor();
  for (const page of [alice, bob]) {
    await page.getByText("Dit bord is op slot.", { exact: true }).first().waitFor();
    expect(await page.locator("#composer-text").count()).toBe(0);
    expect(await page.getByRole("button", { name: "Ongedaan maken" }).count()).toBe(0);
  }
  expect(await bob.getByRole("button", { name: /^Wat wil je doen met/ }).count()).toBe(0);
  // The open note stays open with every word, and takes none; nothing else on the tree gives way either.
  await alice.locator(".note-editor").getByText("Op slot. Je tekst blijft staan.").waitFor();
  await alice.keyboard.type("smokkel");
  expect(await alice.locator(".note-editor textarea").inputValue()).toBe(`${note.text}, en geduld`);
  await alice.keyboard.press("Escape");
  await alice.locator(".note-editor").waitFor({ state: "detached" });
  await alice.keyboard.press("Control+z");
  await alice.keyboard.press("Delete");
  await alice.keyboard.press("ArrowRight");
  await alice.keyboard.press("Enter");
  await alice.mouse.move(at.x, at.y);
  await alice.mouse.down();
  await alice.mouse.move(at.x + 60, at.y + 40, { steps: 5 });
  await alice.mouse.up();
  await alice.mouse.dblclick(180, 640);
  expect(await alice.locator(".note-editor, .note-actions").count()).toBe(0);
  await alice.getByRole("button", { name: "Prullenbak" }).click();
  await alice.getByRole("dialog").waitFor();
  expect(await alice.getByRole("button", { name: "Terugzetten" }).count()).toBe(0);
  await alice.keyboard.press("Escape");
  const pages: readonly (readonly [string, Page])[] = [
    ["desk", desk],
    ["tree", alice],
    ["list", bob],
  ];
  for (const [name, page] of pages) await expectNothingSerious(page, name);
  expect((await textsOnBoard(0)).sort()).toEqual(before);
  await savedOn(alice);

  const unlockedAfterMs = await press(desk, "Slot eraf", "Groep 1", [alice, bob]);

  console.log(
    `from the facilitator's key to both screens: locked ${Math.round(lockedAfterMs)} ms, unlocked ${Math.round(unlockedAfterMs)} ms`,
  );
  expect(Math.max(lockedAfterMs, unlockedAfterMs)).toBeLessThan(seenWithinMs);
  expect(await alice.locator("#composer-text").inputValue()).toBe("Half geschr");
  // Bob was writing when the lock came: he goes on without touching anything.
  await bob.keyboard.type(" af");
  await bob.keyboard.press("Enter");
  await alice.locator("#composer-text").press("Enter");
  await until("both notes are on the board", async () => {
    const texts = await textsOnBoard(0);
    return texts.includes("Ook half af") && texts.includes("Half geschr");
  });
  expect((await textsOnBoard(0)).sort()).toEqual([...before, "Half geschr", "Ook half af"].sort());
  await Promise.all(pages.map(([, page]) => page.context().close()));
});

test("[S13] a lock takes a note out of the hand and a sheet off the screen; a note being made goes on afterwards", {
  timeout: 90_000,
}, async () => {
  const desk = await product.newPage({ width: 1280, height: 800 });
  const alice = await product.newPage({ width: 1024, height: 768 });
  const bob = await product.newPage({ width: 360, height: 740 });
  const chen = await product.newPage({ width: 1024, height: 768 });
  await desk.goto(product.link("facilitator"));
  await enterBoard(alice, withDebug(product.link("contribute", 1)));
  await enterBoard(bob, product.link("contribute", 1));
  await enterBoard(chen, withDebug(product.link("contribute", 1)));
  const [note, other] = await notesOn(alice);
  if (note === undefined || other === undefined) throw new Error("no notes");
  const from = middleOf(note);
  await alice.mouse.move(from.x, from.y);
  await alice.mouse.down();
  await alice.mouse.move(from.x + 80, from.y + 10, { steps: 5 });
  await bob.getByRole("button", { name: `Wat wil je doen met “${other.text}”?` }).click();
  await bob.getByRole("menu").waitFor();
  await chen.mouse.dblclick(180, 640);
  await chen.locator(".note-editor textarea").waitFor();
  await until("Chen sees it in Alice's hand", async () => (await dragsSeenBy(chen)) === 1);

  await press(desk, "Op slot zetten", "Groep 2", [alice, bob, chen]);

  await alice.mouse.move(from.x + 200, from.y - 100, { steps: 5 });
  await alice.mouse.up();
  await until("her hand is empty", async () => (await dragsSeenBy(chen)) === 0);
  await bob.getByRole("dialog").waitFor({ state: "detached" });
  await chen.keyboard.type("smokkel");
  expect(await chen.locator(".note-editor textarea").inputValue()).toBe("");
  const back = (await notesOn(alice)).find(({ id }) => id === note.id);
  expect(back?.rect).toEqual(note.rect);

  await press(desk, "Slot eraf", "Groep 2", [alice, bob, chen]);

  await chen.keyboard.type("Buren");
  await until("Chen's note is on the board", async () => (await textsOnBoard(1)).includes("Buren"));
  expect(await bob.getByRole("dialog").count()).toBe(0);
  expect((await textsOnBoard(1)).filter((text) => text === "smokkel")).toEqual([]);
  await Promise.all([desk, alice, bob, chen].map((page) => page.context().close()));
});

test("[S13] a board that was locked is so after a reload and a restart, and the facilitator unlocks it right there", {
  timeout: 90_000,
}, async () => {
  const desk = await product.newPage({ width: 1280, height: 800 });
  const alice = await product.newPage({ width: 360, height: 740 });
  const frida = await product.newPage({ width: 1024, height: 768 });
  await desk.goto(product.link("facilitator"));
  await enterBoard(alice, product.link("contribute", 2));
  await alice.locator("#composer-text").fill("Blijft liggen");
  await press(desk, "Op slot zetten", "Groep 3", [alice]);

  await product.stopServer();
  await product.startServer();
  await alice.reload();
  await alice.locator(".locked-bar").waitFor();
  await alice.getByText(/Wat je schreef, blijft bewaard/).waitFor();
  expect(await alice.getByRole("button", { name: "Slot eraf" }).count()).toBe(0);
  const [, key] = /#(\S+)/.exec(product.link("facilitator")) ?? [];
  await frida.goto(product.link("contribute", 2).replace(/#.*/, `#${key}`));
  await tabTo(frida, frida.getByRole("button", { name: "Slot eraf" }));
  await frida.keyboard.press("Enter");
  await alice.locator("#composer-text").waitFor();

  expect(await alice.locator("#composer-text").inputValue()).toBe("Blijft liggen");
  await alice.locator("#composer-text").press("Enter");
  await until("it is on the board", async () => (await textsOnBoard(2)).includes("Blijft liggen"));
  await frida.locator("#composer-text").waitFor();
  await Promise.all([desk, alice, frida].map((page) => page.context().close()));
});

test("[J18] what was written without a connection waits for the board to be unlocked, and says so", {
  timeout: 90_000,
}, async () => {
  const desk = await product.newPage({ width: 1280, height: 800 });
  const alice = await product.newPage({ width: 360, height: 740 });
  await desk.goto(product.link("facilitator"));
  await enterBoard(alice, product.link("contribute", 1));
  await alice.context().setOffline(true);
  await alice.locator('[data-saved="offline"]').waitFor();
  await addByComposer(alice, "Onderweg");
  await press(desk, "Op slot zetten", "Groep 2", []);
  await deskButton(desk, "Slot eraf", "Groep 2").waitFor();

  await alice.context().setOffline(false);
  await alice.locator(".locked-bar").waitFor();
  await alice.locator('[data-saved="notAccepted"]').waitFor();
  await alice.getByText("Onderweg", { exact: true }).waitFor();
  expect(await textsOnBoard(1)).not.toContain("Onderweg");
  await press(desk, "Slot eraf", "Groep 2", [alice]);
  await savedOn(alice);

  expect((await textsOnBoard(1)).filter((text) => text === "Onderweg")).toHaveLength(1);
  await Promise.all([desk, alice].map((page) => page.context().close()));
});
