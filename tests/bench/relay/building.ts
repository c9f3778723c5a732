import * as Y from "yjs";
import { syncUpdate } from "../../../shared/protocol/messages.ts";
import { openBoard } from "./boardClient.ts";
import {
  type BenchBoard,
  helloMessages,
  pathOf,
  protocolsOf,
  savedCountIn,
  syncMessage,
} from "./dialects.ts";
import { pause } from "./machine.ts";
import { openRawSocket } from "./rawSocket.ts";
import type { Server } from "./servers.ts";

/* Brings a board into a server the way people do: update after update over a connection, no faster than it reads. */

export type BuildOptions = {
  readonly server: Server;
  readonly board: BenchBoard;
  readonly updates: readonly Uint8Array[];
  readonly isComplete: (doc: Y.Doc) => boolean;
};

const updatesInFlight = 100;
const savedPatienceMs = 60_000;
const newcomerPatienceMs = 60_000;
const startOfMessage = 16;

export async function buildBoard({ server, board, updates, isComplete }: BuildOptions): Promise<void> {
  const { dialect, port } = server;
  let saved = 0;
  let heard = 0;
  let isOpen = true;
  const socket = await openRawSocket({
    port,
    path: pathOf(dialect, board),
    protocols: protocolsOf(dialect, board),
    mostKept: startOfMessage,
    onOpen(opened) {
      for (const hello of helloMessages(dialect, board, Uint8Array.of(0))) opened.send(hello);
    },
    onMessage(start) {
      heard += 1;
      if (dialect === "ours") saved = savedCountIn(start) ?? saved;
    },
    onClose() {
      isOpen = false;
    },
  });
  // Before its first answer a server may still be loading, or asking who this is.
  while (heard === 0 && isOpen) await pause(5);
  for (const [index, update] of updates.entries()) {
    socket.send(syncMessage(dialect, board, syncUpdate, update));
    if (index % updatesInFlight === updatesInFlight - 1) await socket.pong();
  }
  await socket.pong();
  const deadline = performance.now() + savedPatienceMs;
  while (dialect === "ours" && saved < updates.length && isOpen && performance.now() < deadline)
    await pause(20);
  if (!isOpen) throw new Error(`${server.name} closed the connection while a board was built`);
  const opened = await openBoard({
    dialect,
    port,
    board,
    doc: new Y.Doc(),
    isComplete,
    patienceMs: newcomerPatienceMs,
  });
  socket.close();
  opened.close();
  if (opened.ms === null) throw new Error(`${server.name} does not show the board that was built`);
}
