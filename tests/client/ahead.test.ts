import { afterEach, expect, test, vi } from "vitest";
import { askAhead, withAsked } from "../../client/app/ahead.ts";
import { createApi } from "../../client/sync/api.ts";
import { boardIdSchema } from "../../shared/board/ids.ts";

const boardId = boardIdSchema.parse("boardoftests0000");
const key = "k".repeat(22);
const onBoard = { pathname: `/board/${boardId}`, hash: `#${key}` };

function serverThatCounts() {
  const asked: string[] = [];
  const ask: typeof fetch = (input) => {
    asked.push(String(input));
    return Promise.resolve(new Response("{}", { status: 404 }));
  };
  vi.stubGlobal("fetch", ask);
  return { ask, asked };
}

afterEach(() => vi.unstubAllGlobals());

test("who opens the board that was asked for ahead gets that answer; whoever asks again asks the server", async () => {
  const { ask, asked } = serverThatCounts();

  const ahead = askAhead(onBoard);
  expect(asked).toEqual([`/api/boards/${boardId}`]);
  const api = createApi(withAsked(ahead, ask));
  expect(await api.readBoard(boardId, key)).toEqual({ ok: false, error: { kind: "notFound" } });
  expect(asked).toHaveLength(1);

  await api.readBoard(boardId, key);
  expect(asked).toHaveLength(2);
});

test("an answer for one key is nobody else's", async () => {
  const { ask, asked } = serverThatCounts();

  await createApi(withAsked(askAhead(onBoard), ask)).readBoard(boardId, "x".repeat(22));

  expect(asked).toHaveLength(2);
});

test("an answer that never came is news for who opens the board, and for nobody before", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no network")));

  const api = createApi(withAsked(askAhead(onBoard), fetch));

  expect(await api.readBoard(boardId, key)).toEqual({ ok: false, error: { kind: "offline" } });
});

test.each([
  { pathname: "/", hash: "" },
  { pathname: `/board/${boardId}`, hash: "" },
  { pathname: "/board/../workshops", hash: `#${key}` },
  { pathname: `/workshop/${boardId}`, hash: `#${key}` },
])("nothing is asked of the server for $pathname$hash", (address) => {
  const { asked } = serverThatCounts();

  expect(askAhead(address)).toBeNull();
  expect(asked).toHaveLength(0);
});
