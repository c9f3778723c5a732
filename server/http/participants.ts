import type { FastifyInstance } from "fastify";
import { createId, participantIdSchema } from "../../shared/board/ids.ts";
import {
  changeParticipantSchema,
  joinBoardSchema,
  type ParticipantJoined,
} from "../../shared/workshop/api.ts";
import { mayDo } from "../../shared/workshop/permissions.ts";
import { accessToBoard } from "./access.ts";
import type { HttpContext } from "./context.ts";
import { sendInvalid, sendProblem } from "./problems.ts";

const orNull = (line: string | null | undefined) => (line === undefined || line === "" ? null : line);

export function addParticipantRoutes(server: FastifyInstance, context: HttpContext): void {
  const { store, relay, keyring, now, randomBytes } = context;

  server.post<{ Params: { boardId: string } }>(
    "/api/boards/:boardId/participants",
    async (request, reply) => {
      const access = await accessToBoard(context, request);
      if (access === null) return sendProblem(reply, "not-found");
      if (!mayDo(access.role, "join")) return sendProblem(reply, "forbidden");
      const body = joinBoardSchema.safeParse(request.body ?? {});
      if (!body.success) return sendInvalid(reply, body.error);
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
      if (!added.ok)
        return sendProblem(reply, "unavailable", { detail: "This board has no room for more people." });
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
