import type { BoardId } from "../../shared/board/ids.ts";
import { type Result, refuse, succeed } from "../../shared/result.ts";
import { type BoardChanged, boardChangedSchema, type ChangeBoard } from "../../shared/workshop/api.ts";
import type { ApiError } from "../sync/api.ts";

/** What the facilitator changes about a board; the answer is its facts from there on. */
export type BoardChanger = (
  id: BoardId,
  key: string,
  change: ChangeBoard,
) => Promise<Result<BoardChanged, ApiError>>;

export function createBoardChanger(fetchFrom: typeof fetch): BoardChanger {
  return async (id, key, change) => {
    try {
      const response = await fetchFrom(`/api/boards/${id}`, {
        method: "PATCH",
        headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
        body: JSON.stringify(change),
      });
      if (response.status === 404) return refuse({ kind: "notFound" });
      if (response.status === 403) return refuse({ kind: "forbidden" });
      if (!response.ok) return refuse({ kind: "failed" });
      const facts = boardChangedSchema.safeParse(await response.json().catch(() => null));
      return facts.success ? succeed(facts.data) : refuse({ kind: "failed" });
    } catch {
      // fetch rejects when nothing answers.
      return refuse({ kind: "offline" });
    }
  };
}
