import * as Y from "yjs";
import { notesOf } from "../../../shared/board/boardDocument.ts";
import { boardIdSchema } from "../../../shared/board/ids.ts";
import { placementAt } from "../../../shared/board/placement.ts";
import { BoardWriter } from "../../../shared/board/writeBoard.ts";
import { syncUpdate } from "../../../shared/protocol/messages.ts";
import { treeTemplate } from "../../../shared/template/tree.ts";
import { participantJoinedSchema } from "../../../shared/workshop/api.ts";
import { mustWork } from "../../support/writers.ts";
import { buildBoard } from "../relay/building.ts";
import { helloMessages, pathOf, protocolsOf, syncMessage } from "../relay/dialects.ts";
import { untilQuiet } from "../relay/machine.ts";
import { openRawSocket } from "../relay/rawSocket.ts";
import { makeBoards, type Server } from "../relay/servers.ts";
import { type Layout, movesAt, movesPerSecond } from "./layout.ts";
import type { OpenedBoard } from "./products.ts";

/* The built product with a board of its own: written through the websocket, and others move notes through it too. */

const notesPerUpdate = 50;
const quietPatienceMs = 10_000;

export async function openOurBoard(server: Server, { notes, moved }: Layout): Promise<OpenedBoard> {
  const [board] = await makeBoards(server, 1);
  if (board === undefined) throw new Error("no board");
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  const keepUpdate = (update: Uint8Array) => void updates.push(update);
  doc.on("update", keepUpdate);
  let made = 0;
  const writer = new BoardWriter({
    doc,
    now: Date.now,
    actor: () => null,
    createNoteId() {
      const note = notes[made];
      if (note === undefined) throw new Error("more notes than planned");
      made += 1;
      return note.id;
    },
  });
  for (let start = 0; start < notes.length; start += notesPerUpdate) {
    const some = notes.slice(start, start + notesPerUpdate);
    mustWork(
      writer.addNotes(
        some.map(({ text, placement }) => ({ text, placement, source: "screen", voice: "unspecified" })),
      ),
    );
  }
  doc.off("update", keepUpdate);
  await buildBoard({ server, board, updates, isComplete: (other) => notesOf(other).size === notes.length });
  const participant = await join(server, board);
  await untilQuiet(server.pid, quietPatienceMs);

  return {
    url: `http://127.0.0.1:${server.port}/board/${board.id}?debug#${board.key}`,
    remembered: { [`collaboration-tree/participant/${board.id}`]: JSON.stringify(participant) },
    async startMoves() {
      const socket = await openRawSocket({
        port: server.port,
        path: pathOf("ours", board),
        protocols: protocolsOf("ours", board),
        mostKept: 0,
        onOpen(opened) {
          const known = Y.encodeStateVector(doc);
          for (const hello of helloMessages("ours", board, known)) opened.send(hello);
        },
        onMessage: () => undefined,
        onClose: () => undefined,
      });
      const send = (update: Uint8Array) => socket.send(syncMessage("ours", board, syncUpdate, update));
      doc.on("update", send);
      let tick = 0;
      let latest = movesAt(moved, tick);
      const timer = setInterval(() => {
        latest = movesAt(moved, tick);
        tick += 1;
        const moves = latest.map(({ id, x, y }) => ({
          note: id,
          placement: placementAt({ x, y }, treeTemplate),
        }));
        mustWork(writer.placeNotes(moves));
      }, 1_000 / movesPerSecond);
      return async () => {
        clearInterval(timer);
        doc.off("update", send);
        await socket.pong();
        socket.close();
        return latest;
      };
    },
    close: async () => doc.destroy(),
  };
}

/** Somebody who has been through the door: what the page would remember of them. */
async function join(server: Server, { id, key }: { readonly id: string; readonly key: string }) {
  const response = await fetch(
    `http://127.0.0.1:${server.port}/api/boards/${boardIdSchema.parse(id)}/participants`,
    {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
      body: "{}",
    },
  );
  const joined = participantJoinedSchema.parse(await response.json());
  return {
    id: joined.participantId,
    token: joined.participantToken,
    voice: joined.voice,
    kind: "screen",
  };
}
