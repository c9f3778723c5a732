import { type BoardId, boardIdSchema, type WorkshopId, workshopIdSchema } from "../../shared/board/ids.ts";
import { keySchema } from "../../shared/workshop/api.ts";
import { joinCodeSchema } from "../../shared/workshop/joinCode.ts";

export type Route =
  | { readonly page: "home" }
  | { readonly page: "join"; readonly code: string }
  | { readonly page: "board"; readonly boardId: BoardId; readonly key: string }
  | { readonly page: "workshop"; readonly workshopId: WorkshopId; readonly key: string }
  | { readonly page: "unknown" };

/** A key stands only behind `#`, which browsers never send. */
export function parseRoute(location: { readonly pathname: string; readonly hash: string }): Route {
  const [first, second, ...rest] = location.pathname.split("/").filter((part) => part !== "");
  if (rest.length > 0) return { page: "unknown" };
  if (first === undefined) return { page: "home" };
  const key = keySchema.safeParse(location.hash.slice(1));
  if (first === "join") {
    const code = joinCodeSchema.safeParse(second);
    return code.success ? { page: "join", code: code.data } : { page: "unknown" };
  }
  if (first === "board" && key.success) {
    const boardId = boardIdSchema.safeParse(second);
    if (boardId.success) return { page: "board", boardId: boardId.data, key: key.data };
  }
  if (first === "workshop" && key.success) {
    const workshopId = workshopIdSchema.safeParse(second);
    if (workshopId.success) return { page: "workshop", workshopId: workshopId.data, key: key.data };
  }
  return { page: "unknown" };
}

export function boardPath(boardId: BoardId, key: string): string {
  return `/board/${boardId}#${key}`;
}

export function workshopPath(workshopId: WorkshopId, key: string): string {
  return `/workshop/${workshopId}#${key}`;
}

export function joinPath(code: string): string {
  return `/join/${code}`;
}
