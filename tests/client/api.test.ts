import { expect, test } from "vitest";
import { askAhead, createApi } from "../../client/sync/api.ts";
import { boardIdSchema } from "../../shared/board/ids.ts";

const boardId = boardIdSchema.parse("boardoftests0000");
const key = "k".repeat(22);

function apiThatCounts() {
  const asked: string[] = [];
  const api = createApi((input) => {
    asked.push(String(input));
    return Promise.resolve(new Response("{}", { status: 404 }));
  });
  return { api, asked };
}

test("who opens the board that was asked for ahead gets that answer; whoever asks again asks the server", async () => {
  const { api, asked } = apiThatCounts();

  const ahead = askAhead(api, { boardId, key });
  expect(asked).toEqual([`/api/boards/${boardId}`]);
  expect(await ahead.readBoard(boardId, key)).toEqual({ ok: false, error: { kind: "notFound" } });
  expect(asked).toHaveLength(1);

  await ahead.readBoard(boardId, key);
  expect(asked).toHaveLength(2);
});

test("an answer for one key is nobody else's", async () => {
  const { api, asked } = apiThatCounts();

  await askAhead(api, { boardId, key }).readBoard(boardId, "x".repeat(22));

  expect(asked).toHaveLength(2);
});
