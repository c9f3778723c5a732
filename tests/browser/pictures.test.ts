import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import doorn from "../../server/demo/doornTrees.json" with { type: "json" };
import { boardToSvg } from "../../shared/render/boardSvg.ts";
import { hyphenationOf } from "../../shared/render/hyphenation.ts";
import { measureText } from "../../shared/render/textMeasure.ts";
import { seriousFaults } from "../support/accessibility.ts";
import { readPdf } from "../support/pdfText.ts";
import { createNote, createPictureInput } from "../support/pictureBoards.ts";
import { boardOfGroup, enterBoard, type Product, startProduct } from "../support/product.ts";

/* Pictures of a board, as people download them and as the server gives them. */

let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product.dispose());

const doornTexts = doorn.trees.flatMap((tree) => [...tree.roots, ...tree.wateringCan, ...tree.fruits]);

test("[P1] the table of widths is within two in a hundred of what the browser measures", async () => {
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

async function openDownloads(group = 0): Promise<Page> {
  const page = await product.newPage({ width: 1280, height: 900 });
  await enterBoard(page, product.link("contribute", group));
  await page.getByRole("button", { name: "Bewaren als bestand" }).click();
  await page.getByRole("button", { name: "Maak een PDF" }).waitFor();
  return page;
}

async function downloadOf(page: Page, button: string): Promise<Buffer> {
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: button }).click();
  const stream = await (await downloading).createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  await page.getByText("Klaar. Het bestand staat bij je downloads.").waitFor();
  return Buffer.concat(chunks);
}

test("[P2] each demo board: the picture of the server and that of the page are the same bytes", {
  timeout: 60_000,
}, async () => {
  for (const group of [0, 1, 2]) {
    const page = await openDownloads(group);
    const fromPage = (await downloadOf(page, "Bewaar als SVG")).toString("utf8");
    const { boardId, key } = boardOfGroup(product, group);
    const answer = await fetch(`${product.address}/api/boards/${boardId}/export?format=svg`, {
      headers: { authorization: `Bearer ${key}` },
    });

    expect(answer.headers.get("content-type")).toBe("image/svg+xml");
    expect(await answer.text()).toBe(fromPage);
    expect(fromPage).toContain("Respect voor elkaar");
    await page.context().close();
  }
});

const hostileTexts = [
  "<script>window.ran = true</script>",
  "]]><script>window.ran = true</script>",
  '"><image href="x" onerror="window.ran = true"/>',
  "\u0000\u001b[31m\uffff\ud800 rood",
  "\u202eneppalk net ned nav\u202c einde",
  "&lt;svg onload=window.ran=true&gt; &#x1; &amp;",
  "lang ".repeat(400),
  "\n\n  \t\u2028regel",
  "javascript:window.ran=true",
];

test("[P5] hostile texts are words in the picture and nothing else: as a document and as an image", {
  timeout: 60_000,
}, async () => {
  const notes = hostileTexts.map((text, index) =>
    createNote(`hostile00000000${index}`, {
      text,
      placement: { zone: "unplaced", x: 60 + (index % 3) * 340, y: 60 + Math.floor(index / 3) * 220 },
    }),
  );
  const svg = boardToSvg(
    createPictureInput("individual", {
      notes,
      groupName: "<script>window.ran = true</script>",
      workshopTitle: "</title></svg><script>window.ran = true</script>",
    }),
    await hyphenationOf("nl"),
  );
  const page = await product.newPage({ width: 1920, height: 1080 });
  const told: string[] = [];
  const asked: string[] = [];
  page.on("dialog", (dialog) => void dialog.dismiss().then(() => told.push("dialog")));
  page.on("console", (message) => told.push(message.text()));
  page.on("pageerror", (error) => told.push(String(error)));
  page.on("request", (request) => asked.push(request.url()));
  const address = `${product.address}/hostile.svg`;
  // Without our own headers: the file has to be harmless wherever it lies.
  await page.route("**/hostile.svg", (route) => route.fulfill({ contentType: "image/svg+xml", body: svg }));

  await page.goto(address);
  const document_ = await page.evaluate(() => ({
    root: document.documentElement.tagName,
    ran: Reflect.has(window, "ran"),
    scripts: document.querySelectorAll("script, image, foreignObject, a, use").length,
    handlers: [...document.querySelectorAll("*")].flatMap((element) =>
      [...element.attributes].filter(({ name }) => /^on|href/i.test(name)),
    ).length,
    words: document.documentElement.textContent ?? "",
    drawn: [...document.querySelectorAll("text")].map((element) => element.textContent ?? "").join(" "),
  }));
  await page.goto("about:blank");
  const size = await page.evaluate(async (source) => {
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(source)}`;
    await image.decode();
    return { width: image.naturalWidth, ran: Reflect.has(window, "ran") };
  }, svg);

  expect(document_).toMatchObject({ root: "svg", ran: false, scripts: 0, handlers: 0 });
  expect(document_.words).toContain("<script>window.ran = true</script>");
  expect(document_.words).toContain("&lt;svg onload=window.ran=true&gt; &#x1; &amp;");
  expect(document_.drawn).toContain("rood");
  expect(size).toMatchObject({ ran: false });
  expect(size.width).toBeGreaterThan(1000);
  expect(told).toEqual([]);
  expect(asked.filter((url) => url !== address && !url.startsWith("data:") && url !== "about:blank")).toEqual(
    [],
  );
  await page.context().close();
});

test("[P9] PNG as large as asked, a PDF with a page for each part, and a copy in the clipboard", {
  timeout: 90_000,
}, async () => {
  const page = await openDownloads();
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const widthOf = (png: Buffer) => png.readUInt32BE(16);

  const png = await downloadOf(page, "Bewaar als PNG");
  expect(png.subarray(1, 4).toString("latin1")).toBe("PNG");
  expect(widthOf(png)).toBeGreaterThanOrEqual(3200);

  await page.getByText("Extra groot").click();
  const large = await downloadOf(page, "Bewaar als PNG");
  expect(widthOf(large)).toBeGreaterThanOrEqual(1.9 * widthOf(png));
  expect(Math.max(widthOf(large), large.readUInt32BE(20))).toBeLessThanOrEqual(8192);

  const onePage = readPdf(await downloadOf(page, "Maak een PDF"));
  expect(onePage.pageCount).toBe(1);
  expect(onePage.words.join(" ")).toContain("Respect voor");
  await page.getByText("Een blad voor elk deel").click();
  await page.getByText("A0", { exact: true }).click();
  const pages = readPdf(await downloadOf(page, "Maak een PDF"));
  expect(pages.pageCount).toBe(3);
  expect(pages.words).toContain("Groep 1: Wortels");
  expect(((pages.mediaBox[2] ?? 0) * 25.4) / 72).toBeCloseTo(1189, 0);

  await page.getByRole("button", { name: "Kopieer het plaatje" }).click();
  await page.getByText("Gekopieerd. Plak het plaatje waar je wilt.").waitFor();
  const copied = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const blob = await item?.getType("image/png");
    return blob === undefined ? 0 : (await createImageBitmap(blob)).width;
  });
  expect(copied).toBe(widthOf(png));
  await page.context().close();
});

test("[P9] a browser that gives no clipboard says so, and what to do instead", async () => {
  const page = await product.newPage({ width: 1280, height: 900 });
  await page.addInitScript(() => Reflect.deleteProperty(window, "ClipboardItem"));
  await enterBoard(page, product.link("contribute"));
  await page.getByRole("button", { name: "Bewaren als bestand" }).click();

  await page.getByRole("button", { name: "Kopieer het plaatje" }).click();

  await page.getByText("Deze browser kan het plaatje niet kopiëren. Bewaar het als PNG.").waitFor();
  await page.context().close();
});

test("[P9] the sheet of downloads has nothing serious against it, on a laptop and on a phone", {
  timeout: 60_000,
}, async () => {
  for (const size of [
    { width: 1024, height: 768 },
    { width: 320, height: 640 },
  ]) {
    const page = await product.newPage(size);
    await enterBoard(page, product.link("contribute"));
    if (size.width < 992) {
      // Where there is no room for it, it is in the menu.
      await page.getByRole("button", { name: "Meer", exact: true }).click();
      await page.getByRole("menuitem", { name: "Bewaren als bestand" }).click();
    } else {
      await page.getByRole("button", { name: "Bewaren als bestand" }).click();
    }
    await page.getByRole("button", { name: "Bewaar als JSON" }).scrollIntoViewIfNeeded();
    const faults = await seriousFaults(page, { within: "[role=dialog]" });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );

    expect(faults).toEqual([]);
    expect(overflow).toBeLessThanOrEqual(0);
    await page.context().close();
  }
});
