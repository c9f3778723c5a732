import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { type Problem, type ProblemType, problemUri } from "../shared/workshop/api.ts";

const titles: Readonly<Record<ProblemType, readonly [status: number, title: string]>> = {
  "not-found": [404, "There is nothing here for this key"],
  forbidden: [403, "This key does not allow that"],
  "bad-request": [400, "The request is not as expected"],
  "request-timeout": [408, "The request did not come whole in time"],
  "headers-too-large": [431, "The headers of the request are too large"],
  "too-large": [413, "The request is too large"],
  "too-many-requests": [429, "Too many requests"],
  "unsupported-media-type": [415, "Only JSON is read here"],
  "method-not-allowed": [405, "This method is not for this address"],
  "unsupported-export-version": [400, "This export is of a version that this server does not know"],
  unavailable: [503, "Not available right now"],
  internal: [500, "Something went wrong"],
};

export const problemMediaType = "application/problem+json";

export type ProblemDetails = Pick<Problem, "detail" | "issues">;

/** RFC 9457. */
export function createProblem(type: ProblemType, extra: ProblemDetails = {}): Problem {
  const [status, title] = titles[type];
  return { type: problemUri(type), title, status, ...extra };
}

/** Says why on a bare socket, where no route answers, and closes it: whoever stays on the line is not waited for. */
export function hangUp(socket: Duplex, type: ProblemType, extra: ProblemDetails = {}): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const problem = createProblem(type, extra);
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    `Content-Type: ${problemMediaType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Cache-Control: no-store",
    "Connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`, () => socket.destroy());
}
