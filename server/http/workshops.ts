import type { FastifyInstance } from "fastify";
import {
  boardIdSchema,
  createId,
  groupIdSchema,
  type WorkshopId,
  workshopIdSchema,
} from "../../shared/board/ids.ts";
import {
  type AddGroup,
  addGroupSchema,
  createWorkshopSchema,
  type GroupWithKeys,
  type WorkshopAnswer,
  type WorkshopCreated,
} from "../../shared/workshop/api.ts";
import { joinCodeAlphabet, joinCodeLength } from "../../shared/workshop/joinCode.ts";
import { mayDo } from "../../shared/workshop/permissions.ts";
import type { WorkshopFacts } from "../../shared/workshop/workshop.ts";
import type { GroupRecord, WorkshopRecord } from "../store/store.ts";
import { accessToWorkshop } from "./access.ts";
import type { HttpContext } from "./context.ts";
import { sendInvalid, sendProblem } from "./problems.ts";

export function addWorkshopRoutes(server: FastifyInstance, context: HttpContext): void {
  const { store, relay, keyring, boardsBudget } = context;

  server.post("/api/workshops", async (request, reply) => {
    const body = createWorkshopSchema.safeParse(request.body);
    if (!body.success) return sendInvalid(reply, body.error);
    const spent = boardsBudget.spend(request.ip, body.data.groups.length);
    if (!spent.ok) {
      return sendProblem(reply.header("retry-after", spent.waitSeconds), "too-many-requests");
    }
    const workshop = newWorkshopRecord(context, body.data);
    const groups = body.data.groups.map((group) => newGroupRecord(context, workshop.facts.id, group));
    const kept = await store.createWorkshop(workshop, groups);
    // One chance in hundreds of millions; the person just presses again.
    if (!kept.ok) return sendProblem(reply, "unavailable");
    const created: WorkshopCreated = {
      workshop: { ...workshop.facts, joinCode: workshop.joinCode },
      keys: { facilitate: keyring.facilitateKey(workshop) },
      groups: groups.map((group) => groupWithKeys(context, group)),
    };
    return reply.code(201).send(created);
  });

  server.get<{ Params: { id: string } }>("/api/workshops/:id", async (request, reply) => {
    const access = await accessToWorkshop(context, request);
    if (access === null) return sendProblem(reply, "not-found");
    const state = await relay.workshopState(access.workshop.facts.id, access.of);
    if (state === null) return sendProblem(reply, "not-found");
    if (!mayDo(access.role, "manage")) return reply.send({ ...state, role: access.role });
    const answer: WorkshopAnswer = {
      ...state,
      role: access.role,
      workshop: { ...state.workshop, joinCode: access.workshop.joinCode },
      groups: access.groups.map((group) => groupWithKeys(context, group)),
    };
    return reply.send(answer);
  });

  server.post<{ Params: { id: string } }>("/api/workshops/:id/groups", async (request, reply) => {
    const access = await accessToWorkshop(context, request);
    if (access === null) return sendProblem(reply, "not-found");
    if (!mayDo(access.role, "manage")) return sendProblem(reply, "forbidden");
    const body = addGroupSchema.safeParse(request.body);
    if (!body.success) return sendInvalid(reply, body.error);
    const spent = boardsBudget.spend(request.ip, 1);
    if (!spent.ok) {
      return sendProblem(reply.header("retry-after", spent.waitSeconds), "too-many-requests");
    }
    const group = newGroupRecord(context, access.workshop.facts.id, body.data);
    await store.addGroup(group, { participants: [], updates: [] });
    relay.workshopChanged(access.workshop.facts.id);
    return reply.code(201).send(groupWithKeys(context, group));
  });
}

export function groupWithKeys({ keyring }: Pick<HttpContext, "keyring">, group: GroupRecord): GroupWithKeys {
  return {
    ...group.facts,
    keys: { contribute: keyring.boardKey("contribute", group), view: keyring.boardKey("view", group) },
  };
}

export function newGroupRecord(
  { now, randomBytes }: Pick<HttpContext, "now" | "randomBytes">,
  workshopId: WorkshopId,
  { name, focus }: AddGroup,
): GroupRecord {
  return {
    facts: {
      id: groupIdSchema.parse(createId(randomBytes)),
      name,
      focus,
      boardId: boardIdSchema.parse(createId(randomBytes)),
      templateId: "tree",
      createdAt: new Date(now()).toISOString(),
      locked: false,
    },
    workshopId,
    generation: 1,
  };
}

export function newWorkshopRecord(
  { now, randomBytes }: Pick<HttpContext, "now" | "randomBytes">,
  { title, language, date }: Pick<WorkshopFacts, "title" | "language" | "date">,
): WorkshopRecord {
  let joinCode = "";
  while (joinCode.length < joinCodeLength) {
    for (const byte of randomBytes(16)) {
      // 248 is the largest multiple of 31 in a byte.
      if (byte < 248 && joinCode.length < joinCodeLength) {
        joinCode += joinCodeAlphabet.charAt(byte % joinCodeAlphabet.length);
      }
    }
  }
  return {
    facts: {
      id: workshopIdSchema.parse(createId(randomBytes)),
      title,
      language,
      date,
      createdAt: new Date(now()).toISOString(),
      retentionUntil: null,
    },
    joinCode,
    generation: 1,
  };
}
