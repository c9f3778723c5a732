import type { FastifyInstance } from "fastify";
import type { BoardAnswer } from "../../shared/workshop/api.ts";
import { accessToBoard } from "./access.ts";
import type { HttpContext } from "./context.ts";
import { sendProblem } from "./problems.ts";

export function addBoardRoutes(server: FastifyInstance, context: HttpContext): void {
  server.get<{ Params: { boardId: string } }>("/api/boards/:boardId", async (request, reply) => {
    const access = await accessToBoard(context, request);
    if (access === null) return sendProblem(reply, "not-found");
    const { boardId } = access.group.facts;
    const state = await context.relay.workshopState(access.workshop.facts.id, boardId);
    if (state === null) return sendProblem(reply, "not-found");
    const answer: BoardAnswer = { ...state, role: access.role, boardId };
    return reply.send(answer);
  });
}
