import type { FastifyReply } from "fastify";
import type { BoardId } from "../../shared/board/ids.ts";
import { zoneIds } from "../../shared/board/placement.ts";
import { readBoard } from "../../shared/board/readBoard.ts";
import { readVoting } from "../../shared/board/readVotes.ts";
import type { PrivacyLevel } from "../../shared/export/boardExport.ts";
import { notesForPicture } from "../../shared/export/pictureNotes.ts";
import type { ExportInput } from "../../shared/export/toJson.ts";
import type { PictureInput } from "../../shared/render/boardPicture.ts";
import { groupInPicture } from "../../shared/render/pictureOfGroup.ts";
import type { Language, Template } from "../../shared/template/template.ts";
import type { Drawer } from "./drawer.ts";
import { sendProblem } from "./problems.ts";

export const pictureViews = ["board", ...zoneIds] as const;

/** Nothing in a picture runs or is fetched; its typeface and its few rules are inside. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; font-src data:";

export type PictureQuery = {
  readonly privacy: PrivacyLevel;
  readonly view: (typeof pictureViews)[number];
  /** Of the words around the board; without it the language of the workshop. */
  readonly language?: Language | undefined;
};

export function pictureInputOf(
  { doc, boardId, state }: Pick<ExportInput, "doc" | "boardId" | "state">,
  template: Template,
  { privacy, view, language }: PictureQuery,
): PictureInput {
  const board = readBoard(doc);
  const group = groupInPicture(state, boardId);
  return {
    ...group,
    ...notesForPicture(board.notes.values(), state.participants, privacy),
    themes: board.themes,
    voting: readVoting(doc),
    template,
    language: language ?? group.language,
    view,
    aspect: null,
  };
}

/** Asked for at once: each takes a good part of a second on a large board. */
const mostDrawing = 16;

/** Draws and answers; whoever comes when very many are being drawn is asked to come back. */
export function createPictureSender(drawer: Drawer) {
  let drawing = 0;
  return async (reply: FastifyReply, boardId: BoardId, input: PictureInput): Promise<FastifyReply> => {
    if (drawing >= mostDrawing) return sendProblem(reply.header("retry-after", 2), "too-many-requests");
    drawing += 1;
    try {
      const svg = await drawer.draw(input);
      return reply
        .type("image/svg+xml")
        .header("content-security-policy", policy)
        .header("content-disposition", `attachment; filename="collaboration-tree-${boardId}.svg"`)
        .send(svg);
    } finally {
      drawing -= 1;
    }
  };
}
