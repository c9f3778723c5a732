import type { FastifyInstance } from "fastify";
import type { JoinCodeAnswer } from "../../shared/workshop/api.ts";
import { joinCodeSchema } from "../../shared/workshop/joinCode.ts";
import { createBudget } from "./budget.ts";
import type { HttpContext } from "./context.ts";
import { sendProblem } from "./problems.ts";

/**
 * Only wrong codes cost: a room of forty behind one address walks in, and someone who guesses has to wait ever
 * again after a few dozen tries. With 31^6 codes that leaves less than one chance in 30,000 a day.
 */
export function addJoinCodeRoutes(server: FastifyInstance, context: HttpContext): void {
  const { settings, store, relay, keyring, now } = context;
  const wrongCodes = createBudget({
    burst: settings.limits.wrongCodesBurst,
    perSecond: 1 / settings.limits.wrongCodeRefillSeconds,
    now,
  });

  server.get<{ Params: { code: string } }>("/api/join/:code", async (request, reply) => {
    const waitSeconds = wrongCodes.isEmpty(request.ip);
    if (waitSeconds !== null) {
      return sendProblem(reply.header("retry-after", waitSeconds), "too-many-requests");
    }
    const code = joinCodeSchema.safeParse(request.params.code);
    const workshop = code.success ? await store.workshopByJoinCode(code.data) : null;
    if (workshop === null) {
      wrongCodes.spend(request.ip, 1);
      return sendProblem(reply, "not-found");
    }
    const { id, title, language, date } = workshop.facts;
    const groups = await store.groupsOf(id);
    const answer: JoinCodeAnswer = {
      workshop: { id, title, language, date },
      groups: groups.map(({ facts: group, ...keyed }) => ({
        id: group.id,
        name: group.name,
        focus: group.focus,
        boardId: group.boardId,
        keys: { contribute: keyring.boardKey("contribute", { facts: group, ...keyed }) },
        connections: relay.live(group.boardId)?.members.size ?? 0,
      })),
    };
    return reply.send(answer);
  });
}
