import type { FastifyReply } from "fastify";
import type { ZodError } from "zod";
import { type Problem, type ProblemType, problemUri } from "../../shared/workshop/api.ts";

const titles: Readonly<Record<ProblemType, readonly [status: number, title: string]>> = {
  "not-found": [404, "There is nothing here for this key"],
  forbidden: [403, "This key does not allow that"],
  "bad-request": [400, "The request is not as expected"],
  "too-large": [413, "The request is too large"],
  "too-many-requests": [429, "Too many requests"],
  "unsupported-media-type": [415, "Only JSON is read here"],
  "method-not-allowed": [405, "This method is not for this address"],
  "unsupported-export-version": [400, "This export is of a version that this server does not know"],
  unavailable: [503, "Not available right now"],
  internal: [500, "Something went wrong"],
};

/** Answers with `application/problem+json` (RFC 9457). */
export function sendProblem(
  reply: FastifyReply,
  type: ProblemType,
  extra: Pick<Problem, "detail" | "issues"> = {},
): FastifyReply {
  const [status, title] = titles[type];
  const problem: Problem = { type: problemUri(type), title, status, ...extra };
  return reply.code(status).type("application/problem+json").send(JSON.stringify(problem));
}

export function sendInvalid(reply: FastifyReply, error: ZodError): FastifyReply {
  const issues = error.issues
    .slice(0, 20)
    .map((issue) => ({ path: issue.path.join("."), message: issue.message }));
  return sendProblem(reply, "bad-request", { issues });
}
