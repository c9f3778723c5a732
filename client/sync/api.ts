import type { z } from "zod";
import type { BoardId, ParticipantId, WorkshopId } from "../../shared/board/ids.ts";
import { type Result, refuse, succeed } from "../../shared/result.ts";
import {
  type AddGroup,
  type BoardAnswer,
  type BoardImported,
  boardAnswerSchema,
  boardImportedSchema,
  type createWorkshopSchema,
  type GroupWithKeys,
  groupWithKeysSchema,
  type JoinBoard,
  type JoinCodeAnswer,
  joinCodeAnswerSchema,
  type ParticipantJoined,
  participantJoinedSchema,
  problemSchema,
  problemUri,
  type WorkshopAnswer,
  type WorkshopCreated,
  workshopAnswerSchema,
  workshopCreatedSchema,
} from "../../shared/workshop/api.ts";
import { type ParticipantFacts, participantFactsSchema } from "../../shared/workshop/workshop.ts";

export type ApiError = {
  readonly kind: "offline" | "notFound" | "forbidden" | "tooMany" | "invalid" | "newerVersion" | "failed";
};

type Answer<T> = Promise<Result<T, ApiError>>;

/** The server's interfaces as functions; every answer is read by its schema before anyone sees it. */
export type Api = {
  readonly createWorkshop: (request: z.input<typeof createWorkshopSchema>) => Answer<WorkshopCreated>;
  readonly readWorkshop: (id: WorkshopId, key: string) => Answer<WorkshopAnswer>;
  readonly addGroup: (id: WorkshopId, key: string, group: AddGroup) => Answer<GroupWithKeys>;
  readonly importBoard: (id: WorkshopId, key: string, text: string) => Answer<BoardImported>;
  readonly readBoard: (id: BoardId, key: string) => Answer<BoardAnswer>;
  readonly joinBoard: (id: BoardId, key: string, facts: JoinBoard) => Answer<ParticipantJoined>;
  readonly changeParticipant: (
    who: {
      readonly boardId: BoardId;
      readonly key: string;
      readonly id: ParticipantId;
      readonly token: string;
    },
    facts: JoinBoard,
  ) => Answer<ParticipantFacts>;
  readonly lookUpJoinCode: (code: string) => Answer<JoinCodeAnswer>;
  readonly exportText: (id: BoardId, key: string) => Answer<string>;
};

export function createApi(fetchFrom: typeof fetch): Api {
  async function ask(path: string, options: RequestInit): Answer<Response> {
    try {
      const response = await fetchFrom(path, options);
      return response.ok ? succeed(response) : refuse(await errorOf(response));
    } catch {
      // fetch rejects when nothing answers.
      return refuse({ kind: "offline" });
    }
  }

  async function askJson<T>(path: string, schema: z.ZodType<T>, options: RequestInit): Answer<T> {
    const response = await ask(path, options);
    if (!response.ok) return response;
    try {
      const parsed = schema.safeParse(await response.value.json());
      return parsed.success ? succeed(parsed.data) : refuse({ kind: "failed" });
    } catch {
      // A proxy that answers with a page of its own.
      return refuse({ kind: "failed" });
    }
  }

  const withKey = (key: string) => ({ authorization: `Bearer ${key}` });
  const posting = (key: string | null, body: string): RequestInit => ({
    method: "POST",
    headers: { "content-type": "application/json", ...(key === null ? {} : withKey(key)) },
    body,
  });

  return {
    createWorkshop: (request) =>
      askJson("/api/workshops", workshopCreatedSchema, posting(null, JSON.stringify(request))),
    readWorkshop: (id, key) =>
      askJson(`/api/workshops/${id}`, workshopAnswerSchema, { headers: withKey(key) }),
    addGroup: (id, key, group) =>
      askJson(`/api/workshops/${id}/groups`, groupWithKeysSchema, posting(key, JSON.stringify(group))),
    importBoard: (id, key, text) =>
      askJson(`/api/workshops/${id}/boards`, boardImportedSchema, posting(key, text)),
    readBoard: (id, key) => askJson(`/api/boards/${id}`, boardAnswerSchema, { headers: withKey(key) }),
    joinBoard: (id, key, facts) =>
      askJson(`/api/boards/${id}/participants`, participantJoinedSchema, posting(key, JSON.stringify(facts))),
    changeParticipant: ({ boardId, key, id, token }, facts) =>
      askJson(`/api/boards/${boardId}/participants/${id}`, participantFactsSchema, {
        method: "PATCH",
        headers: { "content-type": "application/json", "x-participant-token": token, ...withKey(key) },
        body: JSON.stringify(facts),
      }),
    lookUpJoinCode: (code) => askJson(`/api/join/${code}`, joinCodeAnswerSchema, {}),
    async exportText(id, key) {
      const response = await ask(`/api/boards/${id}/export?format=json&privacy=pseudonymised`, {
        headers: withKey(key),
      });
      if (!response.ok) return response;
      try {
        return succeed(await response.value.text());
      } catch {
        // The connection broke in the middle of it.
        return refuse({ kind: "offline" });
      }
    },
  };
}

async function errorOf(response: Response): Promise<ApiError> {
  if (response.status === 404) return { kind: "notFound" };
  if (response.status === 403) return { kind: "forbidden" };
  if (response.status === 429) return { kind: "tooMany" };
  if (response.status !== 400) return { kind: "failed" };
  const problem = problemSchema.safeParse(await response.json().catch(() => null));
  const isVersion = problem.success && problem.data.type === problemUri("unsupported-export-version");
  return { kind: isVersion ? "newerVersion" : "invalid" };
}
