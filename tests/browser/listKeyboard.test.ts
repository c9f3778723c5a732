import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { watchOutline } from "../../client/model/zoneOutline.ts";
import type { NoteId } from "../../shared/board/ids.ts";
import { zoneIds } from "../../shared/board/placement.ts";
import { treeTemplate } from "../../shared/template/tree.ts";
import type { BoardOnPaper } from "../support/boardOnPaper.ts";
import { exportedOf } from "../support/exported.ts";
import { joinOnPaper, type PaperClient } from "../support/paperClient.ts";
import {
  arrowTo,
  enterBoard,
  notesOn,
  type Product,
  savedOn,
  startProduct,
  tabTo,
  until,
  withDebug,
} from "../support/product.ts";
import { mustWork } from "../support/writers.ts";

/*
 * The list does what the canvas does: every action by keyboard alone on one board, the same actions of the model on
 * another that began equal, and in the end two equal exports.
 */

let product: Product;
const others: PaperClient[] = [];
beforeAll(async () => {
  product = await startProduct();
});
afterEach(() => {
  for (const other of others.splice(0)) other.close();
});
afterAll(() => product.dispose());

async function joinedBy(group: number): Promise<PaperClient> {
  const other = await joinOnPaper(product, group);
  others.push(other);
  return other;
}

/** What of an export does not depend on who did it when: ids, codes and times are gone, notes are sorted by words. */
async function whatIsOnBoard(group: number) {
  const { notes, themes } = await exportedOf(product, group);
  const titleOf = (code: string | null) => themes.find((theme) => theme.id === code)?.title ?? null;
  const plain = notes.map((note) => ({
    text: note.text,
    zone: note.zone,
    position: note.position,
    voice: note.voice,
    theme: titleOf(note.theme),
    votes: note.votes,
    source: note.source,
    revision: note.revision,
    status: note.status,
    isHighlighted: "highlight" in note && note.highlight !== null,
    isNamed: note.enteredBy !== null,
    editors: note.editors.length,
  }));
  const lines = plain.map((note) => JSON.stringify(note));
  return { notes: lines.sort(), themes: themes.map(({ title }) => title).sort() };
}

/** The notes with those words, in the order in which the list shows them. */
function idsOf(board: BoardOnPaper, ...texts: readonly string[]): readonly NoteId[] {
  const outline = watchOutline(board.watch.view, treeTemplate.noteSize).get();
  const ids = zoneIds.flatMap((zone) =>
    [...outline[zone].free, ...outline[zone].themes.flatMap(({ notes }) => notes)].flatMap((note) =>
      texts.includes(note.text) ? [note.id] : [],
    ),
  );
  if (ids.length < texts.length) throw new Error(`not on the board: ${texts.join()}`);
  return ids;
}

function idOf(board: BoardOnPaper, text: string): NoteId {
  const [id] = idsOf(board, text);
  if (id === undefined) throw new Error(`no note ${text}`);
  return id;
}

function themeOf(board: BoardOnPaper, title: string) {
  const theme = [...board.watch.view.get().themes.values()].find((candidate) => candidate.title === title);
  if (theme === undefined) throw new Error(`no theme ${title}`);
  return theme.id;
}

const rowOf = (page: Page, text: string) =>
  page
    .locator(".list-note-body")
    .filter({ has: page.getByText(text, { exact: true }) })
    .first();

const isOnNote = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest("[data-note]") instanceof Element);

async function goTo(page: Page, text: string): Promise<void> {
  if (!(await isOnNote(page))) await tabTo(page, page.locator(".list-note-body[tabindex='0']"));
  await page.keyboard.press("Home");
  await arrowTo(page, rowOf(page, text));
}

/** With the menu of the note on which the keyboard is. */
async function choose(page: Page, what: string): Promise<void> {
  // Where a theme or a dialog was, the keyboard comes back to a note a moment after it has gone.
  await until("the keyboard is on a note", () => isOnNote(page));
  await page.keyboard.press("m");
  const menu = page.getByRole("menu");
  // On a busy machine the keyboard may still be on its way; a person would press once more.
  await menu.waitFor({ timeout: 8_000 }).catch(() => page.keyboard.press("m"));
  await menu.waitFor();
  await arrowTo(page, page.getByRole("menuitem", { name: what, exact: true }));
  await page.keyboard.press("Enter");
  await page.getByRole("menu").waitFor({ state: "detached" });
}

async function isBackOn(page: Page, text: string): Promise<void> {
  await until(`the keyboard is on ${text}`, () =>
    rowOf(page, text).evaluate((row) => row === document.activeElement),
  );
}

async function pick(page: Page, ...texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    await goTo(page, text);
    await page.keyboard.press("Space");
  }
}

async function nameTheme(page: Page, title: string): Promise<void> {
  const field = page.getByRole("dialog").getByRole("textbox");
  await tabTo(page, field);
  await page.keyboard.press("Control+a");
  await page.keyboard.type(title);
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

async function withTheme(page: Page, title: string, what: string): Promise<void> {
  await tabTo(page, page.getByRole("button", { name: `Wat wil je doen met thema “${title}”?` }));
  await page.keyboard.press("Enter");
  await page.getByRole("menu").waitFor();
  await arrowTo(page, page.getByRole("menuitem", { name: what }));
  await page.keyboard.press("Enter");
  await page.getByRole("menu").waitFor({ state: "detached" });
}

test("[L7] every action through the list by keyboard alone leaves the board as the canvas would", {
  timeout: 240_000,
}, async () => {
  const page = await product.newPage({ width: 1024, height: 768 });
  // Which of the nearest free spots a new note takes is chance: here it is always the first.
  await page.addInitScript(() => Object.assign(Math, { random: () => 0 }));
  await enterBoard(page, product.link("contribute", 0));
  await tabTo(page, page.getByRole("button", { name: "Lijst" }));
  await page.keyboard.press("Enter");
  const facilitator = await joinedBy(0);
  const paper = await joinedBy(1);
  const { writer, arranging, separately, undoManager } = paper;
  expect(await whatIsOnBoard(0)).toEqual(await whatIsOnBoard(1));

  // Create.
  await tabTo(page, page.locator("#composer-text"));
  await page.keyboard.type("Met toetsen");
  await page.keyboard.press("Enter");
  await page.getByText("Met toetsen", { exact: true }).waitFor();
  paper.add("Met toetsen", "roots");

  // Edit, and say who speaks.
  await goTo(page, "Openstaan");
  await page.keyboard.press("Enter");
  await page.locator(".list-editor textarea").press("End");
  await page.keyboard.type(" en zien");
  await page.keyboard.press("Enter");
  await isBackOn(page, "Openstaan en zien");
  await choose(page, "Informeel");
  await isBackOn(page, "Openstaan en zien");
  separately(() => mustWork(writer.rewordNote(idOf(paper, "Openstaan"), "Openstaan en zien")));
  separately(() => mustWork(writer.markVoice(idOf(paper, "Openstaan en zien"), "informal")));

  // Move to another part, and earlier and later.
  await goTo(page, "Afspraken maken");
  await choose(page, "Naar Gieter");
  await isBackOn(page, "Afspraken maken");
  mustWork(arranging.moveNotesToZone([idOf(paper, "Afspraken maken")], "wateringCan"));
  await goTo(page, "Goede communicatie");
  await page.keyboard.press("Alt+ArrowDown");
  await page.keyboard.press("Alt+ArrowDown");
  await page.keyboard.press("Alt+ArrowUp");
  await isBackOn(page, "Goede communicatie");
  for (const by of [1, 1, -1] as const) {
    mustWork(arranging.moveInOrder(idOf(paper, "Goede communicatie"), by));
  }
  await choose(page, "Later");
  await isBackOn(page, "Goede communicatie");
  mustWork(arranging.moveInOrder(idOf(paper, "Goede communicatie"), 1));

  // Themes: make, join, leave, rename, dissolve.
  const pair = ["Erkenning van elkaars positie", "Erkenning van elkaars deskundigheid"] as const;
  await pick(page, ...pair);
  await choose(page, "Bij een thema…");
  await nameTheme(page, "Erkenning");
  await page.locator("h3", { hasText: "Erkenning" }).waitFor();
  mustWork(arranging.makeTheme(idsOf(paper, ...pair), "Erkenning"));
  await goTo(page, pair[1]);
  await page.keyboard.press("Escape");
  await goTo(page, "Met toetsen");
  await choose(page, "Bij een thema…");
  await tabTo(page, page.getByRole("dialog").getByRole("button", { name: "Erkenning" }));
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await isBackOn(page, "Met toetsen");
  mustWork(arranging.joinTheme([idOf(paper, "Met toetsen")], themeOf(paper, "Erkenning")));
  await goTo(page, pair[0]);
  await choose(page, "Uit het thema");
  await isBackOn(page, pair[0]);
  separately(() => mustWork(writer.leaveTheme([idOf(paper, pair[0])])));
  await withTheme(page, "Erkenning", "Andere naam");
  await nameTheme(page, "Elkaar zien");
  separately(() => mustWork(writer.renameTheme(themeOf(paper, "Erkenning"), "Elkaar zien")));
  const fruits = ["Beter hulp op maat", "Samenwerking als rolmodel"] as const;
  await pick(page, ...fruits);
  await choose(page, "Bij een thema…");
  await nameTheme(page, "Even samen");
  mustWork(arranging.makeTheme(idsOf(paper, ...fruits), "Even samen"));
  await page.locator("h3", { hasText: "Even samen" }).waitFor();
  await withTheme(page, "Even samen", "Thema opheffen");
  await page.locator("h3", { hasText: "Even samen" }).waitFor({ state: "detached" });
  mustWork(arranging.dissolveTheme(themeOf(paper, "Even samen")));

  // Several at once; highlight on and off; duplicate.
  await choose(page, "Formeel");
  mustWork(writer.markVoices(idsOf(paper, ...fruits), "formal"));
  await page.keyboard.press("Escape");
  for (const what of ["Uitlichten", "Niet meer uitlichten", "Uitlichten"]) {
    await goTo(page, fruits[0]);
    await choose(page, what);
    await isBackOn(page, fruits[0]);
  }
  const chosen = idOf(paper, fruits[0]);
  mustWork(writer.highlightNote(chosen));
  mustWork(writer.unhighlightNote(chosen));
  mustWork(writer.highlightNote(chosen));
  await goTo(page, "Samen feestdagen vieren");
  await choose(page, "Nog een keer");
  await until(
    "it is there twice",
    async () => (await page.getByText("Samen feestdagen vieren", { exact: true }).count()) === 2,
  );
  separately(() =>
    mustWork(writer.addNotes(arranging.copiesOf([idOf(paper, "Samen feestdagen vieren")], "remote"))),
  );

  // Dots: somebody opens a round.
  for (const { writer: opener } of [facilitator, paper]) {
    mustWork(opener.setVoting({ dots: 3, phase: "open" }));
  }
  await page.getByText("Nog 3 van 3 stippen").waitFor();
  await goTo(page, "Respect voor elkaar");
  await page.keyboard.press("+");
  await page.keyboard.press("+");
  await page.keyboard.press("-");
  await page.getByText("Nog 2 van 3 stippen").waitFor();
  await choose(page, "Uitlichten");
  await page.keyboard.press("m");
  await arrowTo(page, page.getByRole("menuitem", { name: /^Stip erbij/ }));
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await page.getByText("Nog 0 van 3 stippen").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("menu").waitFor({ state: "detached" });
  const respect = idOf(paper, "Respect voor elkaar");
  mustWork(writer.highlightNote(respect));
  for (const count of [1, 2, 1, 2, 3]) separately(() => mustWork(writer.vote(respect, paper.me, count)));

  // Remove and restore from the bin; remove, undo, redo.
  await goTo(page, "Gezamenlijke visie");
  await page.keyboard.press("Delete");
  await page.getByText("Gezamenlijke visie", { exact: true }).waitFor({ state: "detached" });
  await tabTo(page, page.getByRole("button", { name: "Prullenbak" }));
  await page.keyboard.press("Enter");
  const bin = page.getByRole("dialog");
  await tabTo(page, bin.getByRole("button", { name: "Terugzetten" }));
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  // The pressed button is gone, and the keyboard comes back into the bin a moment later.
  await bin.waitFor({ state: "detached", timeout: 5_000 }).catch(() => page.keyboard.press("Escape"));
  await bin.waitFor({ state: "detached" });
  const vision = idOf(paper, "Gezamenlijke visie");
  separately(() => mustWork(writer.removeNote(vision)));
  separately(() => mustWork(writer.restoreNote(vision)));
  await goTo(page, "Het proces wordt begeleid");
  await choose(page, "Weghalen");
  await page.getByText("Het proces wordt begeleid", { exact: true }).waitFor({ state: "detached" });
  await page.keyboard.press("Control+z");
  await page.getByText("Het proces wordt begeleid", { exact: true }).waitFor();
  await page.keyboard.press("Control+y");
  await page.getByText("Het proces wordt begeleid", { exact: true }).waitFor({ state: "detached" });
  separately(() => mustWork(writer.removeNote(idOf(paper, "Het proces wordt begeleid"))));
  undoManager.undo();
  undoManager.redo();

  await savedOn(page);
  await paper.saved();
  const done = await whatIsOnBoard(0);
  expect(done).toEqual(await whatIsOnBoard(1));
  expect(done.themes).toEqual(["Elkaar zien"]);
  await page.context().close();
});

test("[L9] what is chosen in the list is chosen on the canvas, and a note that others move keeps the keyboard", {
  timeout: 60_000,
}, async () => {
  const page = await product.newPage({ width: 1024, height: 768 });
  await enterBoard(page, withDebug(product.link("contribute", 2)));
  const [first] = await notesOn(page);
  if (first === undefined) throw new Error("no notes");
  await page.mouse.click(first.rect.x + first.rect.width / 2, first.rect.y + first.rect.height / 2);
  await page.getByRole("button", { name: "Lijst" }).click();

  expect(await rowOf(page, first.text).getAttribute("aria-pressed")).toBe("true");
  const other = await joinedBy(2);
  await rowOf(page, first.text).focus();
  mustWork(other.arranging.moveNotesToZone([idOf(other, first.text)], "unplaced"));
  await page.locator(`.zone-unplaced [data-note="${first.id}"]`).waitFor();
  await isBackOn(page, first.text);
  const gone = idOf(other, first.text);
  mustWork(other.writer.removeNote(gone));
  await page.locator(`[data-note="${first.id}"]`).waitFor({ state: "detached" });

  expect(await page.evaluate(() => document.activeElement?.className)).toContain("list-note-body");
  await page.context().close();
});

test("[L2] others' changes are said in the list, read back in its feed, and can be silenced for good", {
  timeout: 60_000,
}, async () => {
  const page = await product.newPage({ width: 360, height: 740 });
  await enterBoard(page, product.link("contribute", 2));
  const other = await joinedBy(2);

  other.add("Van iemand anders", "fruits");

  await page
    .locator("[aria-live=polite]", { hasText: "Iemand voegde toe bij Vruchten: Van iemand anders" })
    .waitFor({
      state: "attached",
    });
  await page.getByText("Wat er gebeurt").click();
  await page.locator(".list-feed li", { hasText: "Van iemand anders" }).waitFor();
  await page.getByText("Zeg wat anderen doen").click();
  expect(await page.locator("[aria-live=polite]", { hasText: "Iemand" }).count()).toBe(0);
  await page.reload();
  await savedOn(page);
  await page.getByText("Wat er gebeurt").click();
  await until("silence is remembered", async () => !(await page.getByRole("checkbox").isChecked()));
  await page.context().close();
});
