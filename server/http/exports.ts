import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import type { BoardId, WorkshopId } from "../../shared/board/ids.ts";
import { zoneIds } from "../../shared/board/placement.ts";
import { privacyLevels } from "../../shared/export/boardExport.ts";
import type { ParseExportError } from "../../shared/export/fromJson.ts";
import { exportJsonSchemaText } from "../../shared/export/jsonSchema.ts";
import { maxImportBytes } from "../../shared/protocol/limits.ts";
import type { BoardImported, Problem } from "../../shared/workshop/api.ts";
import { mayDo } from "../../shared/workshop/permissions.ts";
import { instantSchema, languageSchema } from "../../shared/workshop/workshop.ts";
import { maxParticipantsPerBoard } from "../store/store.ts";
import { accessToBoard, accessToWorkshop } from "./access.ts";
import type { HttpContext } from "./context.ts";
import { sendInvalid, sendProblem } from "./problems.ts";
import { groupWithKeys, newGroupRecord } from "./workshops.ts";

const querySchema = z.strictObject({
  format: z.enum(["json", "svg"]).default("json"),
  privacy: z.enum(privacyLevels).default("pseudonymised"),
  /** Of a picture only: the whole board or one zone, and the language of the words around it. */
  view: z.enum(["board", ...zoneIds]).default("board"),
  language: languageSchema.optional(),
  /** Given, the same board gives the same bytes. */
  exportedAt: instantSchema.optional(),
});

/** Nothing in a picture runs or is fetched; its typeface and its few rules are inside. */
const picturePolicy = "default-src 'none'; style-src 'unsafe-inline'; font-src data:";

/** Written or read at once: each takes a good part of a second for a large board. */
const mostAtWork = 16;
/** Uploaded at once: each is in memory, up to ten megabytes, for as long as its line takes. */
const mostUploads = 8;

export function addExportRoutes(server: FastifyInstance, context: HttpContext): void {
  const { store, relay, now, boardsBudget, exporter } = context;
  const schemaText = exportJsonSchemaText();
  const work = createTurns(mostAtWork);
  const uploads = createTurns(mostUploads);

  server.get("/api/schema/export-1.json", (_request, reply) =>
    reply.type("application/schema+json").header("cache-control", "no-cache").send(schemaText),
  );

  server.get<{ Params: { boardId: string } }>("/api/boards/:boardId/export", async (request, reply) => {
    const access = await accessToBoard(context, request);
    if (access === null) return sendProblem(reply, "not-found");
    const state = await relay.workshopState(access.workshop.facts.id, access.group.facts.boardId);
    if (state === null) return sendProblem(reply, "not-found");
    const query = querySchema.safeParse(request.query);
    if (!query.success) return sendInvalid(reply, query.error);
    const { format, privacy, view, language, exportedAt } = query.data;
    if (privacy === "named" && !mayDo(access.role, "manage")) return sendProblem(reply, "forbidden");
    const { boardId } = access.group.facts;
    return await work.take(reply, async () => {
      const question = { stored: await storedBoard(boardId), boardId, state, privacy };
      const name = (ending: string) => `attachment; filename="collaboration-tree-${boardId}.${ending}"`;
      if (format === "svg") {
        const svg = await exporter.svg({ ...question, view, language: language ?? null });
        return reply
          .type("image/svg+xml")
          .header("content-security-policy", picturePolicy)
          .header("content-disposition", name("svg"))
          .send(svg);
      }
      const json = await exporter.json({
        ...question,
        exportedAt: Date.parse(exportedAt ?? new Date(now()).toISOString()),
        exportedBy: access.role,
      });
      return reply
        .type("application/json; charset=utf-8")
        .header("content-disposition", name("json"))
        .send(json);
    });
  });

  // In a context of its own: what is uploaded is read only for who may, and not on the thread of the relay.
  void server.register(async (routes) => {
    routes.removeAllContentTypeParsers();
    routes.addContentTypeParser("application/json", (_request, payload, done) => done(null, payload));
    routes.post<{ Params: { id: string }; Body: Readable | undefined }>(
      "/api/workshops/:id/boards",
      async (request, reply) => {
        const access = await accessToWorkshop(context, request);
        if (access === null) return sendProblem(reply, "not-found");
        if (!mayDo(access.role, "manage")) return sendProblem(reply, "forbidden");
        const spent = boardsBudget.spend(request.ip, 1);
        if (!spent.ok) {
          return sendProblem(reply.header("retry-after", spent.waitSeconds), "too-many-requests");
        }
        const tooLarge = () => sendProblem(reply.header("connection", "close"), "too-large");
        if (Number(request.headers["content-length"] ?? 0) > maxImportBytes) return tooLarge();
        return await uploads.take(reply, async () => {
          const file = await bytesOf(request.body ?? Readable.from([]), maxImportBytes);
          if (file === null) return tooLarge();
          return await keep(reply, access.workshop.facts.id, file);
        });
      },
    );
  });

  async function keep(reply: FastifyReply, workshopId: WorkshopId, file: Uint8Array): Promise<FastifyReply> {
    const upload = await exporter.read(file);
    if (!upload.ok) {
      const { type, ...extra } = problemOf(upload.error);
      return sendProblem(reply, type, extra);
    }
    const { update, participants, title, focus, report } = upload.value;
    if (participants.length > maxParticipantsPerBoard) {
      return sendProblem(reply, "bad-request", { detail: "A board takes at most 2,000 people." });
    }
    const group = newGroupRecord(context, workshopId, { name: title, focus });
    const { boardId } = group.facts;
    await store.addGroup(group, {
      updates: [{ boardId, participant: null, receivedAt: now(), bytes: update }],
      participants: participants.map((row) => ({ ...row, boardId })),
    });
    relay.workshopChanged(workshopId);
    const answer: BoardImported = { ...groupWithKeys(context, group), report };
    return reply.code(201).send(answer);
  }

  /** The board as it is now, also what is not on disk yet. */
  async function storedBoard(boardId: BoardId): Promise<readonly Uint8Array[]> {
    const live = relay.live(boardId);
    if (live !== null) return [live.whole()];
    const { snapshot, updates } = await store.loadBoard(boardId);
    return snapshot === null ? updates : [snapshot.bytes, ...updates];
  }
}

/** So much is done at once; whoever comes then is asked to come back. */
function createTurns(most: number) {
  let taken = 0;
  return {
    async take(reply: FastifyReply, work: () => Promise<FastifyReply>): Promise<FastifyReply> {
      if (taken >= most) return sendProblem(reply.header("retry-after", 2), "too-many-requests");
      taken += 1;
      try {
        return await work();
      } finally {
        taken -= 1;
      }
    },
  };
}

/** All of a body that has not been read yet; null when it is longer, and then the rest is not waited for. */
async function bytesOf(body: Readable, most: number): Promise<Uint8Array | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  // Ending the stream would end the connection before the answer.
  for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > most) return null;
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

function problemOf(
  error: ParseExportError,
): Pick<Problem, "detail" | "issues"> & { readonly type: "bad-request" | "unsupported-export-version" } {
  if (error.kind === "unsupportedVersion") {
    return {
      type: "unsupported-export-version",
      detail: `This server reads exports up to version ${error.supported}.`,
    };
  }
  return {
    type: "bad-request",
    detail: "This is not an export of a board.",
    ...(error.kind === "invalid" ? { issues: [...error.issues] } : {}),
  };
}
