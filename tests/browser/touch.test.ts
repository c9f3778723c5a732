import { afterAll, beforeAll, expect, test } from "vitest";
import { fingersOn } from "../support/fingers.ts";
import {
  cameraOf,
  enterBoard,
  middleOf,
  notesOn,
  type Product,
  startProduct,
  until,
  withDebug,
} from "../support/product.ts";

/* Real touches, as a table or a phone sends them. */

let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product.dispose());

test("[S1] [S2] two fingers drag two notes, a pinch moves none, a double tap makes room for a new one", {
  timeout: 60_000,
}, async () => {
  const page = await product.newPage({ width: 1024, height: 768, hasTouch: true });
  await enterBoard(page, withDebug(product.link("contribute")));
  const { tap, slide, tapTwice } = await fingersOn(page);
  const scale = async () => (await cameraOf(page)).scale;

  const [one, , , , , , , , , , other] = await notesOn(page);
  if (one === undefined || other === undefined) throw new Error("no notes");
  await slide(
    [middleOf(one), middleOf(other)],
    [
      { x: -80, y: 24 },
      { x: 64, y: -40 },
    ],
  );
  const rectOf = async (id: string) => (await notesOn(page)).find((note) => note.id === id)?.rect;
  await until("both lie elsewhere", async () => (await rectOf(one.id))?.x !== one.rect.x);
  expect((await rectOf(one.id))?.x).toBeCloseTo(one.rect.x - 80, 0);
  expect((await rectOf(other.id))?.x).toBeCloseTo(other.rect.x + 64, 0);
  // They came to lie on others, and the question that follows comes in a file of its own: it goes when the board is touched.
  const namer = page.locator(".theme-namer");
  await namer.waitFor();
  await tap({ x: 120, y: 640 });
  await namer.waitFor({ state: "detached" });
  // Whoever wants no theme finds what they dropped beside what it hid.
  const dropped = [one, other].map(({ id, rect }, index) => ({ id, x: rect.x + (index === 0 ? -80 : 64) }));
  await until("what was dropped last lies beside the other", async () => {
    const places = await Promise.all(dropped.map(async ({ id, x }) => ((await rectOf(id))?.x ?? x) - x));
    return places.some((moved) => Math.abs(moved) > 5);
  });

  const before = await notesOn(page);
  const fitted = await scale();
  const onNote = middleOf(before[3] ?? one);
  await slide(
    [onNote, { x: onNote.x + 150, y: onNote.y - 160 }],
    [
      { x: -40, y: 40 },
      { x: 40, y: -40 },
    ],
  );
  expect(await scale()).toBeGreaterThan(fitted * 1.2);
  await page.getByRole("button", { name: "Hele boom" }).click();
  await until("the whole tree is back", async () => (await scale()) === fitted);
  expect(await notesOn(page)).toEqual(before);

  const editor = page.locator(".note-editor textarea");
  await tapTwice({ x: 120, y: 640 }, editor);
  await editor.waitFor();
  expect(await notesOn(page)).toHaveLength(before.length);
  await page.context().close();
});
