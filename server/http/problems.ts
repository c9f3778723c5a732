import type { FastifyReply } from "fastify";
import type { ZodError } from "zod";
import type { ProblemType } from "../../shared/workshop/api.ts";
import { createProblem, type ProblemDetails, problemMediaType } from "../problem.ts";

/** Answers with `application/problem+json` (RFC 9457). */
export function sendProblem(
  reply: FastifyReply,
  type: ProblemType,
  extra: ProblemDetails = {},
): FastifyReply {
  const problem = createProblem(type, extra);
  return reply.code(problem.status).type(problemMediaType).send(JSON.stringify(problem));
}

export function sendInvalid(reply: FastifyReply, error: ZodError): FastifyReply {
  const issues = error.issues
    .slice(0, 20)
    .map((issue) => ({ path: issue.path.join("."), message: issue.message }));
  return sendProblem(reply, "bad-request", { issues });
}
