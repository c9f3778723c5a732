import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fingersOn } from "../support/fingers.ts";
import {
  cameraOf,
  enterBoard,
  enterBoardAs,
  holdBack,
  middleOf,
  type NoteOnScreen,
  notesOn,
  type Product,
  startProduct,
  until,
  withDebug,
} from "../support/product.ts";

/* Hands, keys and clipboard on the built product, with touches as a table or a phone sends them. */

let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product.dispose());

type Rect = NoteOnScreen["rect"];
const overlaps = (a: Rect, b: Rect) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** The two notes that lie furthest apart, as two people would take them. */
async function farApart(page: Page) {
  const notes = await notesOn(page);
  const [first] = notes;
  if (first === undefined) throw new Error("no notes");
  const from = middleOf(first);
  const distance = (note: typeof first) => Math.hypot(middleOf(note).x - from.x, middleOf(note).y - from.y);
  const other = [...notes].sort((a, b) => distance(b) - distance(a))[0];
  if (other === undefined) throw new Error("one note");
  return [first, other] as const;
}

test("[H1] [H2] [H3] two hands drag, one hand pinches, a leaning hand does nothing, a lost finger puts back", {
  timeout: 90_000,
}, async () => {
  const page = await product.newPage({ width: 1024, height: 768, hasTouch: true });
  await enterBoard(page, withDebug(product.link("contribute")));
  const { slide } = await fingersOn(page);
  const rectOf = async (id: string) => (await notesOn(page)).find((note) => note.id === id)?.rect;

  const [one, other] = await farApart(page);
  await slide(
    [middleOf(one), middleOf(other)],
    [
      { x: -60, y: 20 },
      { x: 40, y: -30 },
    ],
  );
  await until("both lie elsewhere", async () => (await rectOf(other.id))?.x !== other.rect.x);
  expect((await rectOf(one.id))?.x).toBeCloseTo(one.rect.x - 60, 0);
  expect((await rectOf(other.id))?.x).toBeCloseTo(other.rect.x + 40, 0);

  const before = await notesOn(page);
  const camera = await cameraOf(page);
  const onNote = middleOf(before[3] ?? one);
  // A pinch over notes: two fingers of one hand, one note under each.
  const neighbour = before.find(
    (note) =>
      note.id !== before[3]?.id && Math.hypot(middleOf(note).x - onNote.x, middleOf(note).y - onNote.y) < 200,
  );
  if (neighbour === undefined) throw new Error("no neighbour");
  await slide(
    [onNote, middleOf(neighbour)],
    [
      { x: -50, y: -20 },
      { x: 50, y: 20 },
    ],
  );
  expect((await cameraOf(page)).scale).not.toBe(camera.scale);
  await page.getByRole("button", { name: "Hele boom" }).click();
  await until("the whole tree is back", async () => (await cameraOf(page)).scale === camera.scale);
  expect(await notesOn(page)).toEqual(before);

  await slide([{ ...middleOf(one), radius: 45 }], [{ x: 200, y: 0 }]);
  const lies = before.find(({ id }) => id === other.id) ?? other;
  await slide([middleOf(lies)], [{ x: -90, y: 0 }], "touchCancel");
  expect(await notesOn(page)).toEqual(before);
  await page.context().close();
});

test("[H4] a long press opens the menu of a note, and one on the ground draws around notes", {
  timeout: 60_000,
}, async () => {
  const page = await product.newPage({ width: 1024, height: 768, hasTouch: true });
  await enterBoard(page, withDebug(product.link("contribute")));
  const { touch } = await fingersOn(page);
  const before = await notesOn(page);
  const note = before.find(({ zone }) => zone === "roots");
  if (note === undefined) throw new Error("no note");

  await touch("touchStart", [middleOf(note)]);
  await page.getByRole("menu").waitFor();
  await touch("touchEnd", []);
  await page.getByRole("menuitem", { name: "Nog een keer" }).click();
  await until("it is there twice", async () => (await notesOn(page)).length === before.length + 1);
  await page.keyboard.press("Control+z");
  await until("once again", async () => (await notesOn(page)).length === before.length);

  // Around everything, from the grass beside the tree.
  const { width, height } = { width: 1024, height: 768 };
  const corners = [
    { x: 20, y: 110 },
    { x: width - 90, y: 110 },
    { x: width - 90, y: height - 130 },
    { x: 20, y: height - 130 },
  ];
  const [start] = corners;
  if (start === undefined) throw new Error("no corner");
  const camera = await cameraOf(page);
  await touch("touchStart", [start]);
  await page.waitForFunction(
    (since) => performance.now() > since + 500,
    await page.evaluate(() => performance.now()),
  );
  for (const corner of corners) await touch("touchMove", [corner]);
  await touch("touchEnd", []);
  expect(await cameraOf(page)).toEqual(camera);
  await page.getByText(/briefjes gekozen/).waitFor();
  await page.context().close();
});

test("[H5] words of an input method arrive whole, and others' words do not break them", {
  timeout: 60_000,
}, async () => {
  const alice = await product.newPage({ width: 1024, height: 768 });
  const bob = await product.newPage({ width: 1024, height: 768 });
  await enterBoardAs(alice, withDebug(product.link("contribute", 1)), "Alice");
  await enterBoardAs(bob, withDebug(product.link("contribute", 1)), "Bob");
  const session = await alice.context().newCDPSession(alice);
  const note = (await notesOn(alice))[0];
  if (note === undefined) throw new Error("no note");
  const at = middleOf(note);
  for (const person of [alice, bob]) {
    await notesOn(person);
    await person.mouse.dblclick(at.x, at.y);
    await person.locator(".note-editor textarea").waitFor();
  }
  await alice.getByText("Bob schrijft mee").waitFor();
  await alice.keyboard.press("Control+End");
  await bob.keyboard.press("Control+Home");

  await session.send("Input.imeSetComposition", { text: "に", selectionStart: 1, selectionEnd: 1 });
  await bob.keyboard.type("Hoi ");
  await session.send("Input.imeSetComposition", { text: "にほ", selectionStart: 2, selectionEnd: 2 });
  await session.send("Input.insertText", { text: "日本" });

  const whole = `Hoi ${note.text}日本`;
  for (const person of [alice, bob]) {
    await until(
      "both have all words",
      async () => (await person.locator(".note-editor textarea").inputValue()) === whole,
    );
  }
  await Promise.all([alice.context().close(), bob.context().close()]);
});

test("[H8] two hundred pasted lines become two hundred notes after one question, and more are refused", {
  timeout: 60_000,
}, async () => {
  const page = await product.newPage({ width: 1024, height: 768 });
  await enterBoard(page, withDebug(product.link("contribute", 2)));
  const before = (await notesOn(page)).length;
  const lines = (count: number) => Array.from({ length: count }, (_, index) => `- regel ${index}`).join("\n");
  const paste = (text: string) =>
    page.evaluate((pasted) => {
      const data = new DataTransfer();
      data.setData("text/plain", pasted);
      document.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
      );
    }, text);

  await paste(lines(201));
  await page.getByText("Dit zijn 201 briefjes. Je kunt er 200 tegelijk plakken.").waitFor();
  await paste(lines(200));
  await page.getByRole("button", { name: "200 briefjes" }).click();
  await until("they are there", async () => (await notesOn(page)).length === before + 200);
  await page.getByText("200 briefjes gekozen").waitFor();

  // What is selected now goes as one, after a question, and comes back as one.
  await page.getByTestId("board-canvas").focus();
  await page.keyboard.press("Delete");
  await page.getByRole("button", { name: "Laten liggen" }).waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Weghalen" }).click();
  await until("they are gone", async () => (await notesOn(page)).length === before);
  await page.keyboard.press("Control+z");
  await until("they are back", async () => (await notesOn(page)).length === before + 200);
  await page.keyboard.press("Control+z");
  await until("as if nothing was pasted", async () => (await notesOn(page)).length === before);
  await page.context().close();
});

test("[H19] carried to the edge, a note goes where the board moves on to; at the end of the board it stops", {
  timeout: 60_000,
}, async () => {
  const page = await product.newPage({ width: 1280, height: 800 });
  await enterBoard(page, withDebug(product.link("contribute", 1)));
  await page.keyboard.press("3");
  const lying = async () =>
    (await notesOn(page)).filter(({ rect }) => rect.x > 100 && rect.y > 120 && rect.y < 600);
  let before = await cameraOf(page);
  // The camera glides there: what is asked on the way would be somewhere else a moment later.
  await until("the roots are near", async () => {
    await page.waitForTimeout(100);
    const now = await cameraOf(page);
    const isStill = now.x === before.x && now.scale === before.scale;
    before = now;
    return isStill && before.x < -50 && (await lying()).length > 0;
  });
  const [note] = await lying();
  if (note === undefined) throw new Error("no note in the middle");
  const from = middleOf(note);

  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(4, from.y, { steps: 10 });
  await until("the board has moved on to its left edge", async () => (await cameraOf(page)).x >= -1, 20_000);
  await page.waitForTimeout(400);
  const { scale, x } = await cameraOf(page);
  await page.mouse.up();

  expect(x).toBeLessThan(40);
  await until("it lies where the hand let go", async () => {
    const moved = (await notesOn(page)).find(({ id }) => id === note.id);
    return moved !== undefined && Math.abs(middleOf(moved).x - 4) < 40 * scale + 6;
  });
  await page.keyboard.press("Control+z");
  await page.context().close();
});

test("[H16] [H41] a note dropped on another asks for the name of a theme, and Escape lays it beside the other", {
  timeout: 60_000,
}, async () => {
  const page = await product.newPage({ width: 1280, height: 800 });
  await enterBoard(page, withDebug(product.link("contribute")));
  const [one, two] = (await notesOn(page)).filter(({ zone }) => zone === "fruits");
  if (one === undefined || two === undefined) throw new Error("no notes");
  const from = middleOf(one);
  const to = middleOf(two);
  const dragOver = async () => {
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x + 3, to.y + 2, { steps: 12 });
    await page.mouse.up();
  };

  await dragOver();
  const name = page.getByRole("textbox", { name: "Hoe heet het thema?" });
  await name.waitFor();
  await page.keyboard.press("Escape");
  expect(await name.count()).toBe(0);
  await until("it lies in sight, on free ground", async () => {
    const notes = await notesOn(page);
    const dropped = notes.find(({ id }) => id === one.id);
    return (
      dropped !== undefined && notes.every((note) => note.id === one.id || !overlaps(dropped.rect, note.rect))
    );
  });
  // The drop and where it came to lie then are one step.
  await page.keyboard.press("Control+z");
  await until("it is back", async () =>
    (await notesOn(page)).some(({ id, rect }) => id === one.id && Math.abs(rect.x - one.rect.x) < 1),
  );

  await dragOver();
  await name.fill("Samen sterk");
  await page.keyboard.press("Enter");
  await until("they lie beside each other", async () => {
    const rects = (await notesOn(page))
      .filter(({ id }) => id === one.id || id === two.id)
      .map(({ rect }) => rect);
    return (
      rects.length === 2 &&
      Math.abs((rects[0]?.x ?? 0) - (rects[1]?.x ?? 0)) + Math.abs((rects[0]?.y ?? 0) - (rects[1]?.y ?? 0)) >
        40
    );
  });
  await page.context().close();
});

test("[H16] a question that comes late is not asked any more: who writes a note meanwhile keeps the keyboard", {
  timeout: 60_000,
}, async () => {
  const page = await product.newPage({ width: 1280, height: 800, keepsCopies: false });
  const letThrough = await holdBack(page, /\/ThemeNamer-[^/]*\.js$/);
  // It may also be fetched beforehand: held back it is all the same.
  const isAsked = page.waitForRequest(/\/ThemeNamer-[^/]*\.js$/);
  await enterBoard(page, withDebug(product.link("contribute", 1)));
  const [one, two, third] = (await notesOn(page)).filter(({ zone }) => zone === "fruits");
  if (one === undefined || two === undefined || third === undefined) throw new Error("too few notes");
  await page.mouse.move(middleOf(one).x, middleOf(one).y);
  await page.mouse.down();
  await page.mouse.move(middleOf(two).x + 3, middleOf(two).y + 2, { steps: 12 });
  await page.mouse.up();
  await isAsked;

  await page.mouse.dblclick(middleOf(third).x, middleOf(third).y);
  const editor = page.locator(".note-editor");
  await editor.waitFor();
  const hasCome = page.waitForResponse(/\/ThemeNamer-[^/]*\.js$/);
  letThrough();
  await (await hasCome).finished();
  // What it would do it does within the next frames.
  await page.evaluate(
    () =>
      new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 100)))),
  );
  expect(await page.locator(".theme-namer").count()).toBe(0);
  await page.keyboard.press("End");
  await page.keyboard.type(" en verder");
  await page.keyboard.press("Escape");
  await until("what was typed is in the note", async () =>
    (await notesOn(page)).some(({ id, text }) => id === third.id && text.includes(" en verder")),
  );
  await page.context().close();
});

test("[H17] [H11] the palette finds notes and actions by keyboard alone", {
  timeout: 60_000,
}, async () => {
  const page = await product.newPage({ width: 1024, height: 768 });
  await enterBoard(page, withDebug(product.link("contribute")));
  const before = await notesOn(page);
  const note = before.find(({ zone }) => zone === "wateringCan");
  if (note === undefined) throw new Error("no note");

  await page.keyboard.press("Control+k");
  await page.getByPlaceholder(/^(Zoek een|Search a)/).waitFor();
  await page.keyboard.type(note.text.slice(0, 12));
  await page.getByRole("option", { name: note.text }).waitFor();
  await page.getByRole("option", { name: note.text }).click();
  await until("it is looked at", async () => (await cameraOf(page)).scale > 0.8);
  await page.keyboard.press("Control+k");
  await page.getByPlaceholder(/^(Zoek een|Search a)/).waitFor();
  await page.keyboard.type("nog een");
  await page.keyboard.press("Enter");
  await until("it is there twice", async () => (await notesOn(page)).length === before.length + 1);
  await page.keyboard.press("?");
  await page.getByRole("heading", { name: "Sneltoetsen" }).waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("0");
  await until("the whole tree", async () => (await cameraOf(page)).scale < 0.5);
  await page.context().close();
});
