import type { FastifyInstance } from "fastify";
import { createId, participantIdSchema } from "../../shared/board/ids.ts";
import {
  changeParticipantSchema,
  joinBoardSchema,
  type ParticipantJoined,
} from "../../shared/workshop/api.ts";
import { mayDo } from "../../shared/workshop/permissions.ts";
import { networkOf } from "../relay/networkOf.ts";
import { accessToBoard, type BoardAccess } from "./access.ts";
import { createBudget, type Spent } from "./budget.ts";
import type { HttpContext } from "./context.ts";
import { sendInvalid, sendProblem } from "./problems.ts";

const orNull = (line: string | null | undefined) => (line === undefined || line === "" ? null : line);

/**
 * A room of sixty behind one address joins within a minute, twice over. A flood over one link fills the 1,950 places
 * of a board in seven hours from one address, and in five from many; what one address uses up leaves at least a third
 * of the budget of the board, at once and per minute, to the others.
 */
export function addParticipantRoutes(server: FastifyInstance, context: HttpContext): void {
  const { settings, store, relay, keyring, now, elapsed, randomBytes } = context;
  const { limits } = settings;
  const boardBudget = createBudget({
    burst: limits.peoplePerBoardBurst,
    perSecond: limits.peoplePerBoardPerMinute / 60,
    elapsed,
  });
  const addressBudget = createBudget({
    burst: limits.peoplePerAddressBurst,
    perSecond: limits.peoplePerAddressPerMinute / 60,
    elapsed,
  });

  const payerOf = ({ group }: BoardAccess, address: string) => `${group.facts.boardId} ${networkOf(address)}`;

  /** Who facilitates is let in whatever the others do. */
  function spend(access: BoardAccess, address: string): Spent {
    if (mayDo(access.role, "manage")) return { ok: true };
    const payer = payerOf(access, address);
    const spent = addressBudget.spend(payer, 1);
    if (!spent.ok) return spent;
    const spentOfBoard = boardBudget.spend(access.group.facts.boardId, 1);
    // What others used up is not at the cost of this address.
    if (!spentOfBoard.ok) addressBudget.giveBack(payer, 1);
    return spentOfBoard;
  }

  server.post<{ Params: { boardId: string } }>(
    "/api/boards/:boardId/participants",
    async (request, reply) => {
      const access = await accessToBoard(context, request);
      if (access === null) return sendProblem(reply, "not-found");
      if (!mayDo(access.role, "join")) return sendProblem(reply, "forbidden");
      const body = joinBoardSchema.safeParse(request.body ?? {});
      if (!body.success) return sendInvalid(reply, body.error);
      const spent = spend(access, request.ip);
      if (!spent.ok) {
        return sendProblem(reply.header("retry-after", spent.waitSeconds), "too-many-requests");
      }
      const added = await store.addParticipant(
        {
          id: participantIdSchema.parse(createId(randomBytes)),
          boardId: access.group.facts.boardId,
          role: access.role,
          name: orNull(body.data.name),
          voice: body.data.voice ?? null,
          affiliation: orNull(body.data.affiliation),
          consent: body.data.consent,
        },
        {
          createdAt: new Date(now()).toISOString(),
          draw: new DataView(randomBytes(4).slice().buffer).getUint32(0),
        },
      );
      if (!added.ok) {
        if (!mayDo(access.role, "manage")) addressBudget.giveBack(payerOf(access, request.ip), 1);
        return sendProblem(reply, "unavailable", { detail: "This board has no room for more people." });
      }
      relay.workshopChanged(access.workshop.facts.id);
      const { id, ...rest } = added.value;
      const joined: ParticipantJoined = {
        participantId: id,
        participantToken: keyring.participantToken(rest.boardId, id),
        ...rest,
      };
      return reply.code(201).send(joined);
    },
  );

  server.patch<{ Params: { boardId: string; participantId: string } }>(
    "/api/boards/:boardId/participants/:participantId",
    async (request, reply) => {
      const access = await accessToBoard(context, request);
      if (access === null) return sendProblem(reply, "not-found");
      const { boardId } = access.group.facts;
      const token = request.headers["x-participant-token"];
      const proven = typeof token === "string" ? keyring.participantOfToken(boardId, token) : null;
      if (proven === null || proven !== request.params.participantId) {
        return sendProblem(reply, "not-found");
      }
      const body = changeParticipantSchema.safeParse(request.body ?? {});
      if (!body.success) return sendInvalid(reply, body.error);
      const { name, voice, affiliation, consent } = body.data;
      const changed = await store.changeParticipant(boardId, proven, {
        ...(name === undefined ? {} : { name: orNull(name) }),
        ...(voice === undefined ? {} : { voice }),
        ...(affiliation === undefined ? {} : { affiliation: orNull(affiliation) }),
        ...(consent === undefined ? {} : { consent }),
      });
      if (changed === null) return sendProblem(reply, "not-found");
      relay.workshopChanged(access.workshop.facts.id);
      return reply.send(changed);
    },
  );
}
