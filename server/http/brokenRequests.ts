import type { Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { ProblemType } from "../../shared/workshop/api.ts";
import { hangUp } from "../problem.ts";

/** What never becomes a request that a route could answer: no HTTP, headers without end, a body that does not come. */
export type BrokenRequests = {
  readonly watch: (server: Server) => void;
  readonly answer: (error: { readonly code?: string }, socket: Duplex) => void;
};

const types: Readonly<Record<string, ProblemType>> = {
  ERR_HTTP_REQUEST_TIMEOUT: "request-timeout",
  HPE_HEADER_OVERFLOW: "headers-too-large",
};

export function createBrokenRequests(): BrokenRequests {
  const latestAnswers = new WeakMap<Duplex, ServerResponse>();

  /** In the middle of an answer, or behind that to this same request, another one would be taken for a part of it. */
  function hasRoomForAnswer(socket: Duplex): boolean {
    const latest = latestAnswers.get(socket);
    if (latest === undefined || !latest.headersSent) return true;
    return latest.writableFinished && latest.req.complete;
  }

  return {
    watch(server) {
      server.on("request", (request, response) => latestAnswers.set(request.socket, response));
    },
    answer({ code = "" }, socket) {
      if (code === "ECONNRESET" || !hasRoomForAnswer(socket)) socket.destroy();
      else hangUp(socket, types[code] ?? "bad-request");
    },
  };
}
