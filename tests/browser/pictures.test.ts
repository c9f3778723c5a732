import { afterAll, beforeAll, expect, test } from "vitest";
import doorn from "../../server/demo/doornTrees.json" with { type: "json" };
import { measureText } from "../../shared/render/textMeasure.ts";
import { type Product, startProduct } from "../support/product.ts";

/* Pictures of a board, as people download them and as the server gives them. */

let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product.dispose());

const doornTexts = doorn.trees.flatMap((tree) => [...tree.roots, ...tree.wateringCan, ...tree.fruits]);

test("[PICTURES1] the table of widths is within two in a hundred of what the browser measures", async () => {
  const page = await product.newPage({ width: 800, height: 600 });
  await page.goto(product.address);
  const turkish = ["Güven ve saygı", "İşbirliği içinde çalışmak", "Ağaç, kök, meyve"];
  const texts = [...doornTexts, ...turkish];

  const measured = await page.evaluate(async (all) => {
    const font = "600 100px 'Atkinson Hyperlegible Next Variable'";
    await document.fonts.load(font, "aĞ");
    const context = document.createElement("canvas").getContext("2d");
    if (context === null) throw new Error("no canvas");
    context.font = font;
    return all.map((text) => context.measureText(text).width);
  }, texts);

  expect(texts.length).toBeGreaterThan(30);
  for (const [index, text] of texts.entries()) {
    expect(Math.abs(measureText(text) / (measured[index] ?? 0) - 1), text).toBeLessThan(0.02);
  }
  await page.context().close();
});
