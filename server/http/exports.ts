import type { FastifyInstance } from "fastify";
import * as Y from "yjs";
import { z } from "zod";
import { fillBoard } from "../../shared/board/fillBoard.ts";
import { type BoardId, createId, participantIdSchema } from "../../shared/board/ids.ts";
import { privacyLevels } from "../../shared/export/boardExport.ts";
import { exportToBoard, parseExport } from "../../shared/export/fromJson.ts";
import { exportJsonSchemaText } from "../../shared/export/jsonSchema.ts";
import { exportToJson } from "../../shared/export/toJson.ts";
import { maxImportBytes } from "../../shared/protocol/limits.ts";
import { templates } from "../../shared/template/tree.ts";
import { mayDo } from "../../shared/workshop/permissions.ts";
import { instantSchema, languageSchema } from "../../shared/workshop/workshop.ts";
import { maxParticipantsPerBoard } from "../store/store.ts";
import { accessToBoard, accessToWorkshop } from "./access.ts";
import type { HttpContext } from "./context.ts";
import { createPictureSender, pictureInputOf, pictureViews } from "./pictures.ts";
import { sendInvalid, sendProblem } from "./problems.ts";
import { groupWithKeys, newGroupRecord } from "./workshops.ts";

const querySchema = z.object({
  format: z.enum(["json", "svg"]).default("json"),
  privacy: z.enum(privacyLevels).default("pseudonymised"),
  /** Of a picture only: the whole board or one zone, and the language of the words around it. */
  view: z.enum(pictureViews).default("board"),
  language: languageSchema.optional(),
  /** Given, the same board gives the same bytes. */
  exportedAt: instantSchema.optional(),
});

export function addExportRoutes(server: FastifyInstance, context: HttpContext): void {
  const { store, relay, now, randomBytes, boardsBudget, drawer } = context;
  const sendPicture = createPictureSender(drawer);
  const schemaText = exportJsonSchemaText();

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
    const { format, privacy, exportedAt } = query.data;
    if (privacy === "named" && !mayDo(access.role, "manage")) return sendProblem(reply, "forbidden");
    const template = templates.get(access.group.facts.templateId);
    if (template === undefined) throw new Error(`no template ${access.group.facts.templateId}`);

    const { boardId } = access.group.facts;
    const doc = await documentOf(boardId);
    if (format === "svg") {
      const input = pictureInputOf({ doc, boardId, state }, template, query.data);
      doc.destroy();
      return await sendPicture(reply, boardId, input);
    }
    const text = exportToJson({
      doc,
      boardId,
      state,
      template,
      privacy,
      exportedAt: new Date(exportedAt ?? now()),
      exportedBy: access.role,
    });
    doc.destroy();
    return reply
      .type("application/json; charset=utf-8")
      .header("content-disposition", `attachment; filename="collaboration-tree-${boardId}.json"`)
      .send(text);
  });

  server.post<{ Params: { id: string } }>(
    "/api/workshops/:id/boards",
    { bodyLimit: maxImportBytes },
    async (request, reply) => {
      const access = await accessToWorkshop(context, request);
      if (access === null) return sendProblem(reply, "not-found");
      if (!mayDo(access.role, "manage")) return sendProblem(reply, "forbidden");
      const spent = boardsBudget.spend(request.ip, 1);
      if (!spent.ok) {
        return sendProblem(reply.header("retry-after", spent.waitSeconds), "too-many-requests");
      }
      const parsed = parseExport(request.body);
      if (!parsed.ok) {
        const isVersion = parsed.error.kind === "unsupportedVersion";
        return sendProblem(reply, isVersion ? "unsupported-export-version" : "bad-request", {
          detail: isVersion
            ? "This server reads format version 1 of the export."
            : "This is not an export of a board.",
          ...(parsed.error.kind === "invalid" ? { issues: [...parsed.error.issues] } : {}),
        });
      }
      const imported = exportToBoard(parsed.value, () => participantIdSchema.parse(createId(randomBytes)));
      if (imported.participants.length > maxParticipantsPerBoard) {
        return sendProblem(reply, "bad-request", { detail: "A board takes at most 2,000 people." });
      }
      const group = newGroupRecord(context, access.workshop.facts.id, {
        name: imported.title,
        focus: imported.focus,
      });
      const doc = new Y.Doc();
      fillBoard(doc, imported);
      const { boardId } = group.facts;
      await store.addGroup(group, {
        updates: [{ boardId, participant: null, receivedAt: now(), bytes: Y.encodeStateAsUpdate(doc) }],
        participants: imported.participants.map((row) => ({ ...row, boardId })),
      });
      doc.destroy();
      relay.workshopChanged(access.workshop.facts.id);
      return reply.code(201).send(groupWithKeys(context, group));
    },
  );

  /** The board as it is now, also what is not on disk yet. */
  async function documentOf(boardId: BoardId): Promise<Y.Doc> {
    const doc = new Y.Doc();
    const live = relay.live(boardId);
    if (live !== null) {
      Y.applyUpdate(doc, live.whole());
      return doc;
    }
    const { snapshot, updates } = await store.loadBoard(boardId);
    if (snapshot !== null) Y.applyUpdate(doc, snapshot.bytes);
    for (const update of updates) Y.applyUpdate(doc, update);
    return doc;
  }
}
