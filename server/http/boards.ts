import type { FastifyInstance } from "fastify";
import { type BoardAnswer, type BoardChanged, changeBoardSchema } from "../../shared/workshop/api.ts";
import { mayDo } from "../../shared/workshop/permissions.ts";
import { accessToBoard } from "./access.ts";
import type { HttpContext } from "./context.ts";
import { sendInvalid, sendProblem } from "./problems.ts";

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

  server.patch<{ Params: { boardId: string } }>("/api/boards/:boardId", async (request, reply) => {
    const access = await accessToBoard(context, request);
    if (access === null) return sendProblem(reply, "not-found");
    if (!mayDo(access.role, "manage")) return sendProblem(reply, "forbidden");
    const body = changeBoardSchema.safeParse(request.body);
    if (!body.success) return sendInvalid(reply, body.error);
    const { boardId } = access.group.facts;
    // The row first: who opens the board from here on reads it there. What answers is in force.
    const changed = await context.store.setLocked(boardId, body.data.locked);
    if (changed === null) return sendProblem(reply, "not-found");
    context.relay.setLocked(boardId, changed.facts.locked);
    context.relay.workshopChanged(access.workshop.facts.id);
    const answer: BoardChanged = changed.facts;
    return reply.send(answer);
  });
}
