import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { exportTextOf } from "../support/exported.ts";
import {
  addByComposer,
  enterBoard,
  enterBoardAs,
  middleOf,
  noteCount,
  notesOn,
  type Product,
  startProduct,
  until,
  withDebug,
} from "../support/product.ts";

/* Several people on one board of the built product, each in a browser of their own. */

let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product.dispose());

test("[S9] a phone adds a note, and it stands on two other screens, in free space of its zone", {
  timeout: 90_000,
}, async () => {
  const screen = await product.newPage({ width: 1920, height: 1080 });
  const phone = await product.newPage({ width: 360, height: 740, hasTouch: true });
  const wall = await product.newPage({ width: 1024, height: 768 });
  await enterBoard(screen, withDebug(product.link("contribute")));
  await enterBoard(phone, product.link("contribute"));
  await wall.goto(product.link("view"));
  await until("the wall shows the tree", async () => (await noteCount(wall)) === 22);

  const waits: number[] = [];
  for (let index = 0; index < 9; index += 1) {
    const before = await noteCount(screen);
    await phone.locator("#composer-text").fill(`Van de telefoon ${index}`);
    const start = performance.now();
    await phone.locator("#composer-text").press("Enter");
    await until(
      "both screens have it",
      async () => (await noteCount(screen)) > before && (await noteCount(wall)) > before,
    );
    waits.push(performance.now() - start);
  }

  const notes = await notesOn(screen);
  const added = notes.filter(({ text }) => text.startsWith("Van de telefoon"));
  expect(added).toHaveLength(9);
  for (const note of added) {
    expect(note.zone).toBe("roots");
    const covered = notes.filter(
      ({ id, rect }) =>
        id !== note.id &&
        rect.x < note.rect.x + note.rect.width &&
        note.rect.x < rect.x + rect.width &&
        rect.y < note.rect.y + note.rect.height &&
        note.rect.y < rect.y + rect.height,
    );
    expect(covered.map(({ text }) => text)).toEqual([]);
  }
  expect(await wall.locator("#composer-text").count()).toBe(0);
  const median = [...waits].sort((a, b) => a - b)[4];
  console.log(
    `from Enter on the phone to two other screens: median ${Math.round(median ?? 0)} ms, all ${waits.map(Math.round).join(", ")}`,
  );
  await Promise.all([screen.context().close(), phone.context().close(), wall.context().close()]);
});

test("[S10] two people in one note keep each other's words; who loses it while writing decides", {
  timeout: 60_000,
}, async () => {
  const alice = await product.newPage({ width: 1024, height: 768 });
  const bob = await product.newPage({ width: 1280, height: 800 });
  await enterBoardAs(alice, withDebug(product.link("contribute", 1)), "Alice");
  await enterBoardAs(bob, withDebug(product.link("contribute", 1)), "Bob");
  const before = (await notesOn(bob)).length;

  // A double click without words leaves nothing behind.
  await alice.mouse.dblclick(180, 640);
  await alice.keyboard.press("Escape");
  expect((await notesOn(alice)).length).toBe(before);

  await alice.mouse.dblclick(180, 640);
  await alice.keyboard.type("Samen koken");
  await until("Bob sees it grow", async () =>
    (await notesOn(bob)).some(({ text, zone }) => text === "Samen koken" && zone === "roots"),
  );
  const note = (await notesOn(bob)).find(({ text }) => text === "Samen koken");
  if (note === undefined) throw new Error("no note");
  const at = middleOf(note);
  await bob.mouse.dblclick(at.x, at.y);
  await bob.locator(".note-editor textarea").waitFor();
  await bob.keyboard.press("Control+Home");
  await Promise.all([bob.keyboard.type("Graag "), alice.keyboard.type(" met buren")]);
  const whole = "Graag Samen koken met buren";
  for (const person of [alice, bob]) {
    await until(
      "both have all words",
      async () => (await person.locator(".note-editor textarea").inputValue()) === whole,
    );
  }

  await bob.keyboard.press("Escape");
  await bob.keyboard.press("Delete");
  await alice.getByText("Dit briefje is weggehaald terwijl je schreef").waitFor();
  await alice.getByRole("button", { name: "Houden" }).click();
  await alice.keyboard.press("End");
  await alice.keyboard.type("!");
  await until("it is back, with what came after", async () =>
    (await notesOn(bob)).some(({ text }) => text.includes("koken") && text.includes("!")),
  );
  await Promise.all([alice.context().close(), bob.context().close()]);
});

test("[S11] a note in somebody's hand moves on the other screen before it is let go", {
  timeout: 60_000,
}, async () => {
  const alice = await product.newPage({ width: 1024, height: 768 });
  const bob = await product.newPage({ width: 1024, height: 768 });
  await enterBoardAs(alice, withDebug(product.link("contribute", 2)), "Alice");
  await enterBoardAs(bob, withDebug(product.link("contribute", 2)), "Bob");
  const note = (await notesOn(alice)).find(({ text }) => text === "Lef");
  if (note === undefined) throw new Error("no note");
  const from = middleOf(note);
  const dragsSeenByBob = () =>
    bob.evaluate(() => {
      const handle = Reflect.get(window, "collaborationTreeDebug");
      return handle.others().flatMap((other: { drag: unknown[] }) => other.drag).length;
    });

  await alice.mouse.move(from.x, from.y);
  await alice.mouse.down();
  await alice.mouse.move(620, 330, { steps: 10 });
  await until("Bob sees it in her hand", async () => (await dragsSeenByBob()) === 1);
  expect((await notesOn(bob)).find(({ id }) => id === note.id)?.zone).toBe("roots");
  await alice.mouse.up();

  await until("it hangs among the fruits", async () =>
    (await notesOn(bob)).some(({ id, zone }) => id === note.id && zone === "fruits"),
  );
  await until("her hand is empty", async () => (await dragsSeenByBob()) === 0);
  await alice.keyboard.press("Control+z");
  await until("undo brings it back", async () =>
    (await notesOn(bob)).some(({ id, zone }) => id === note.id && zone === "roots"),
  );
  await Promise.all([alice.context().close(), bob.context().close()]);
});

test.each([
  ["a browser", ""],
  ["one that takes no pictures of a canvas", "delete globalThis.createImageBitmap"],
])(
  "[C11] in %s what others change is seen on a board that lay still, and so is its return",
  {
    timeout: 60_000,
  },
  async (_browser, lack) => {
    const wall = await product.newPage({ width: 1024, height: 768 });
    await wall.addInitScript(lack);
    const bob = await product.newPage({ width: 1024, height: 768 });
    await enterBoard(wall, withDebug(product.link("contribute", 2)));
    await enterBoard(bob, withDebug(product.link("contribute", 2)));
    await wall.mouse.move(500, 400);
    await wall.mouse.wheel(30, 20);

    const rectOf = async (page: Page, text: string) => {
      const note = (await notesOn(page)).find((candidate) => candidate.text === text);
      if (note === undefined) throw new Error(`no ${text}`);
      return note;
    };
    // Bob's pointer would be a change of its own.
    await calm(wall);
    // Where no message comes to lie over it; and within its edges, for what is below them lives.
    const text = "Minder angst voor elkaar";
    const { rect } = await rectOf(wall, text);
    const { x: left, y: top, width, height } = rect;
    const clip = { x: left + width / 4, y: top + height / 4, width: width / 2, height: height / 2 };
    const looks = async () => (await wall.screenshot({ clip })).toString("base64");
    let before = "";
    await until("it lies still", async () => {
      const earlier = before;
      before = await looks();
      return before === earlier;
    });
    const { x, y } = middleOf(await rectOf(bob, text));
    await bob.mouse.click(x, y);
    await bob.mouse.move(20, 400);
    await bob.keyboard.press("Delete");
    await until("it is gone from the wall", async () => (await looks()) !== before);
    await bob.keyboard.press("Control+z");
    await until("it is back as it was", async () => (await looks()) === before);
    await Promise.all([wall.context().close(), bob.context().close()]);
  },
);

/** Nobody's pointer is drawn, and the tree stays as it is. */
async function calm(page: Page): Promise<void> {
  await until("the canvas is there", () =>
    page.evaluate(() => Reflect.has(window, "collaborationTreeDebug")),
  );
  await page.evaluate(() => {
    const look = { scheme: "light", contrast: "normal", isCalm: true };
    Reflect.get(window, "collaborationTreeDebug").setLook(look);
  });
}

/** How many pixels of two pictures, PNG in base64, differ by more than a fifth in a colour. */
async function pixelsThatDiffer(page: Page, one: string, other: string): Promise<number> {
  return page.evaluate(
    async (pictures) => {
      const [a, b] = await Promise.all(
        pictures.map(async (base64) => {
          const image = new Image();
          image.src = `data:image/png;base64,${base64}`;
          await image.decode();
          const canvas = new OffscreenCanvas(image.width, image.height);
          const context = canvas.getContext("2d");
          context?.drawImage(image, 0, 0);
          return context?.getImageData(0, 0, image.width, image.height).data ?? new Uint8ClampedArray();
        }),
      );
      if (a === undefined || b === undefined || a.length !== b.length) return Number.POSITIVE_INFINITY;
      const differing = new Set<number>();
      a.forEach((value, index) => {
        if (Math.abs(value - (b[index] ?? 0)) > 51) differing.add(index >> 2);
      });
      return differing.size;
    },
    [one, other],
  );
}

test("[C12] after many changes a board that lay still looks as on a page that is opened then", {
  timeout: 90_000,
}, async () => {
  const open = async () => {
    const page = await product.newPage({ width: 1024, height: 768 });
    await enterBoard(page, withDebug(product.link("contribute", 1)));
    await calm(page);
    return page;
  };
  // Within the tools and bars around it, which say other things on a page that is new.
  const looks = async (page: Page) =>
    (await page.screenshot({ clip: { x: 20, y: 90, width: 900, height: 540 } })).toString("base64");
  const placesOn = async (page: Page) =>
    (await notesOn(page)).map(({ id, rect: { x, y } }) => `${id} ${Math.round(x)} ${Math.round(y)}`).sort();
  const wall = await open();
  const bob = await open();

  await bob.locator(".board-canvas").focus();
  await bob.keyboard.press("Control+a");
  for (let round = 0; round < 4; round += 1) {
    await bob.keyboard.press("Shift+ArrowUp");
    await bob.keyboard.press("ArrowLeft");
    const places = await placesOn(bob);
    await until("the wall has it", async () => (await placesOn(wall)).join() === places.join());
    // Notes that others moved lie down a moment later.
    await wall.waitForTimeout(700);
  }

  const fresh = await open();
  let now = "";
  await until("what is new is sharp", async () => {
    const earlier = now;
    now = await looks(fresh);
    return now === earlier;
  });
  // Edges that are painted in another order are smoothed a little differently: up to a sixth, in a few pixels.
  await until(
    "the wall looks the same",
    async () => (await pixelsThatDiffer(fresh, await looks(wall), now)) < 20,
  );
  await Promise.all([wall, bob, fresh].map((page) => page.context().close()));
});

test("[J14] what was said at the door can be changed later, and the export follows", {
  timeout: 60_000,
}, async () => {
  const page = await product.newPage({ width: 360, height: 740 });
  await enterBoardAs(page, product.link("contribute", 2), "Chen");
  await addByComposer(page, "Alleen voor de groep");
  await page.getByText("Alleen voor de groep", { exact: true }).waitFor();
  const exported = () => exportTextOf(product, 2);
  expect(await exported()).toContain("Alleen voor de groep");

  await page.getByRole("button", { name: /Wie is er/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Nee, laat mijn briefjes weg").click();
  await dialog.getByRole("button", { name: "Bewaren" }).click();
  await dialog.getByText("Bewaard.").waitFor();

  expect(await exported()).not.toContain("Alleen voor de groep");
  await dialog.getByText("Ja, gebruik mijn briefjes").click();
  await dialog.getByRole("button", { name: "Bewaren" }).click();
  await dialog.getByText("Bewaard.").waitFor();
  expect(await exported()).toContain("Alleen voor de groep");
  await page.context().close();
});

test("[N2] pasting several lines asks how many notes it is to be, and Shift+Enter stays one note", {
  timeout: 60_000,
}, async () => {
  const page = await product.newPage({ width: 1024, height: 768 });
  await enterBoard(page, withDebug(product.link("contribute", 2)));
  const before = (await notesOn(page)).length;
  const paste = (text: string) =>
    page.locator("#composer-text").evaluate((area, pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", pasted);
      area.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }, text);

  await paste("- Samen eten\n- Elkaar bellen\n- Geduld");
  await page.getByRole("dialog").getByRole("button", { name: "3 briefjes" }).click();
  await until("three notes", async () => (await notesOn(page)).length === before + 3);
  await paste("Eerst luisteren\nDan praten");
  await page.getByRole("dialog").getByRole("button", { name: "1 briefje" }).click();
  await page.locator("#composer-text").press("Enter");
  await until("one note of two lines", async () =>
    (await notesOn(page)).some(({ text }) => text === "Eerst luisteren\nDan praten"),
  );
  await page.locator("#composer-text").focus();
  await page.keyboard.type("Boven");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("onder");
  await page.keyboard.press("Enter");
  await until("its lines stay together", async () =>
    (await notesOn(page)).some(({ text }) => text === "Boven\nonder"),
  );

  expect((await notesOn(page)).length).toBe(before + 5);
  expect(await page.locator("#composer-text").inputValue()).toBe("");
  await page.context().close();
});
