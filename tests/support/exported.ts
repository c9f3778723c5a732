import { type BoardExport, boardExportSchema } from "../../shared/export/boardExport.ts";
import { boardOfGroup, type Product } from "./product.ts";

/** The pseudonymised JSON export of a group's board, to the letter as the server gives it; `group` counts from 0. */
export async function exportTextOf(product: Product, group: number): Promise<string> {
  const { boardId, key } = boardOfGroup(product, group);
  const answer = await fetch(
    `${product.address}/api/boards/${boardId}/export?format=json&privacy=pseudonymised`,
    { headers: { authorization: `Bearer ${key}` } },
  );
  return await answer.text();
}

/** The same, read. */
export async function exportedOf(product: Product, group: number): Promise<BoardExport> {
  return boardExportSchema.parse(JSON.parse(await exportTextOf(product, group)));
}
