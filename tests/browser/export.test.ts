import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { afterAll, beforeAll, expect, test } from "vitest";
import { boardExportSchema } from "../../shared/export/boardExport.ts";
import { groupWithKeysSchema } from "../../shared/workshop/api.ts";
import { boardOfGroup, enterBoard, type Product, startProduct } from "../support/product.ts";

/* The research export of the demo boards, as a researcher gets it from the page and from the server. */

let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product.dispose());

async function exportOf(boardId: string, key: string, exportedAt?: string): Promise<string> {
  const moment = exportedAt === undefined ? "" : `&exportedAt=${exportedAt}`;
  const answer = await fetch(
    `${product.address}/api/boards/${boardId}/export?format=json&privacy=pseudonymised${moment}`,
    { headers: { authorization: `Bearer ${key}` } },
  );
  expect(answer.status).toBe(200);
  return await answer.text();
}

test("[E1] [E2] each demo board: same bytes from server and page, and valid by the schema that is served", {
  timeout: 90_000,
}, async () => {
  const served: unknown = await (await fetch(`${product.address}/api/schema/export-1.json`)).json();
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  addFormats.default(ajv);
  const isValid = ajv.compile(Object(served));

  for (const [group, count] of [22, 22, 18].entries()) {
    const page = await product.newPage({ width: 1024, height: 768 });
    await enterBoard(page, product.link("contribute", group));
    const downloading = page.waitForEvent("download");
    await page.getByRole("button", { name: "Bewaren als bestand" }).click();
    await page.getByRole("button", { name: "Bewaar als JSON" }).click();
    const stream = await (await downloading).createReadStream();
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(Buffer.from(chunk));
    const fromPage = Buffer.concat(chunks).toString("utf8");
    const exported = boardExportSchema.parse(JSON.parse(fromPage));
    const { boardId, key } = boardOfGroup(product, group);
    const fromServer = await exportOf(boardId, key, exported.provenance.exportedAt);

    expect(fromServer).toBe(fromPage);
    expect(isValid(JSON.parse(fromServer)), JSON.stringify(isValid.errors)).toBe(true);
    expect(exported.counts.notes).toBe(count);
    await page.context().close();
  }
});

test("[E3] each demo board: imported as a new group and exported again, its notes are equal", async () => {
  const [, workshopId, facilitate] = /workshop\/(\w+)#(\S+)/.exec(product.link("facilitator")) ?? [];
  for (const group of [0, 1, 2]) {
    const { boardId, key } = boardOfGroup(product, group);
    const text = await exportOf(boardId, key);
    const answer = await fetch(`${product.address}/api/workshops/${workshopId}/boards`, {
      method: "POST",
      headers: { authorization: `Bearer ${facilitate}`, "content-type": "application/json" },
      body: text,
    });
    expect(answer.status).toBe(201);
    const imported = groupWithKeysSchema.parse(await answer.json());

    const again = boardExportSchema.parse(
      JSON.parse(await exportOf(imported.boardId, imported.keys.contribute)),
    );
    expect(again.notes).toEqual(boardExportSchema.parse(JSON.parse(text)).notes);
  }
});
