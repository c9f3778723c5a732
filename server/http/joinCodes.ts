import type { FastifyInstance } from "fastify";
import type { JoinCodeAnswer } from "../../shared/workshop/api.ts";
import { joinCodeSchema } from "../../shared/workshop/joinCode.ts";
import { createBudget } from "./budget.ts";
import { createCodeLine } from "./codeLine.ts";
import type { HttpContext } from "./context.ts";
import { sendProblem } from "./problems.ts";

/** A person behind a full line; whoever waits longer has long pressed again. */
const longestWaitMs = 15_000;
const mostWaiting = 500;

/**
 * Only wrong codes cost: a room of forty behind one address walks in. Someone who guesses gets 40 tries, and then one
 * every three seconds, however many ask at once: 28,840 on the first day of 31^6 = 887,503,681 codes, less than one
 * chance in 30,000 for a code. Meanwhile a right code has to wait as well, for it must not be known by its speed: for
 * the next try, three seconds at most, and then everybody who asks for it comes in. However many guesses wait, two of a
 * room who ask together come in with one of the next two tries, and one alone may have to ask again; so may a sixth of
 * a room when somebody asks four guesses at a time, ten times each. Nobody can tell people behind one address apart: who
 * is out to keep them from joining still can, by asking a new code twice before every try or by keeping the line full.
 */
export function addJoinCodeRoutes(server: FastifyInstance, context: HttpContext): void {
  const { settings, store, relay, keyring, elapsed, after } = context;
  const line = createCodeLine({
    budget: createBudget({
      burst: settings.limits.wrongCodesBurst,
      perSecond: 1 / settings.limits.wrongCodeRefillSeconds,
      elapsed,
    }),
    lookUp: store.workshopByJoinCode,
    after,
    longestWaitMs,
    mostWaiting,
  });

  server.get<{ Params: { code: string } }>("/api/join/:code", async (request, reply) => {
    const code = joinCodeSchema.safeParse(request.params.code);
    // What no code looks like tells nothing about those that there are.
    if (!code.success) return sendProblem(reply, "not-found");
    const asked = await line.ask(request.ip, code.data, (leave) => reply.raw.once("close", leave));
    if (asked.kind === "tooMany") {
      return sendProblem(reply.header("retry-after", asked.waitSeconds), "too-many-requests");
    }
    if (asked.kind === "wrong") return sendProblem(reply, "not-found");
    const workshop = asked.found;
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
