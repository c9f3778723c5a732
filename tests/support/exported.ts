import { type BoardExport, boardExportSchema } from "../../shared/export/boardExport.ts";
import { boardOfGroup, type Product } from "./product.ts";

/** The pseudonymised JSON export of a group's board, as the server gives it; `group` counts from 0. */
export async function exportedOf(product: Product, group: number): Promise<BoardExport> {
  const { boardId, key } = boardOfGroup(product, group);
  const answer = await fetch(
    `${product.address}/api/boards/${boardId}/export?format=json&privacy=pseudonymised`,
    { headers: { authorization: `Bearer ${key}` } },
  );
  return boardExportSchema.parse(await answer.json());
}
