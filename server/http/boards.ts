import type { FastifyInstance } from "fastify";
import type { BoardAnswer } from "../../shared/workshop/api.ts";
import { accessToBoard } from "./access.ts";
import type { HttpContext } from "./context.ts";
import { sendProblem } from "./problems.ts";

export function addBoardRoutes(server: FastifyInstance, context: HttpContext): void {
  server.get<{ Params: { boardId: string } }>("/api/boards/:boardId", async (request, reply) => {
    const access = await accessToBoard(context, request);
    const state = access === null ? null : await context.relay.workshopState(access.workshop.facts.id);
    if (access === null || state === null) return sendProblem(reply, "not-found");
    const answer: BoardAnswer = { ...state, role: access.role, boardId: access.group.facts.boardId };
    return reply.send(answer);
  });
}
