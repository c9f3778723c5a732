import { participantJoinedSchema } from "../../shared/workshop/api.ts";
import { type BoardOnPaper, createBoardOnPaper } from "./boardOnPaper.ts";
import { boardOfGroup, type Product } from "./product.ts";
import { openRawClient } from "./rawClient.ts";
import { until } from "./testServer.ts";

/** Somebody on a board of the product with the actions of the model, and no screen. */
export type PaperClient = BoardOnPaper & {
  readonly saved: () => Promise<void>;
  readonly close: () => void;
};

export async function joinOnPaper(product: Product, group: number): Promise<PaperClient> {
  const { boardId, key } = boardOfGroup(product, group);
  const answer = await fetch(`${product.address}/api/boards/${boardId}/participants`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
    body: "{}",
  });
  const { participantId } = participantJoinedSchema.parse(await answer.json());
  const clock = { now: Date.now() };
  const board = createBoardOnPaper({ name: participantId, clock });
  const socketUrl = `${product.address.replace("http", "ws").replace("localhost", "127.0.0.1")}/rooms`;
  const client = openRawClient({ socketUrl, boardId, key, doc: board.doc });
  await until("the board is here", () => client.isSynced() && board.watch.view.get().notes.size > 0);
  return {
    ...board,
    saved: () => until("it is saved", () => client.isSaved()),
    close: client.close,
  };
}
