import * as encoding from "lib0/encoding";
import { Awareness, encodeAwarenessUpdate } from "y-protocols/awareness";
import { writeSyncStep1, writeUpdate } from "y-protocols/sync";
import * as Y from "yjs";
import type { NoteId, ParticipantId } from "../../shared/board/ids.ts";
import { BoardWriter } from "../../shared/board/writeBoard.ts";
import { messageAwareness, messageSync } from "../../shared/protocol/messages.ts";
import { type ReachTracker, trackReach } from "./reach.ts";

/** What one opened page holds: the document, and the means to change it and to be seen. */
export type Page = {
  readonly doc: Y.Doc;
  readonly writer: BoardWriter;
  readonly awareness: Awareness;
  readonly reach: ReachTracker;
};

export type PageOptions = {
  readonly participant: ParticipantId | null;
  readonly now: () => number;
  readonly createNoteId: () => NoteId;
  readonly createClientId: () => number;
};

/** Opens with what the browser kept. Every page is a client of its own, as Yjs has it. */
export function openPage(options: PageOptions, kept: Uint8Array | null): Page {
  // A name of its own would be drawn at random, which takes longer than all the rest here.
  const doc = new Y.Doc({ guid: "page" });
  doc.clientID = options.createClientId();
  if (kept !== null) Y.applyUpdate(doc, kept);
  const writer = new BoardWriter({
    doc,
    now: options.now,
    createNoteId: options.createNoteId,
    actor: () => options.participant,
  });
  const awareness = new Awareness(doc);
  // It looks at the real clock, which stands still here.
  clearInterval(awareness._checkInterval);
  return { doc, writer, awareness, reach: trackReach(doc) };
}

export function questionMessage(doc: Y.Doc): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, messageSync);
  writeSyncStep1(encoder, doc);
  return encoding.toUint8Array(encoder);
}

export function updateMessage(update: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, messageSync);
  writeUpdate(encoder, update);
  return encoding.toUint8Array(encoder);
}

export function presenceMessage({ awareness, doc }: Page): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, messageAwareness);
  encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(awareness, [doc.clientID]));
  return encoding.toUint8Array(encoder);
}

/** Whether the document holds something that it cannot show yet, for want of what that builds on. */
export function isWaiting({ store }: Y.Doc): boolean {
  return store.pendingStructs !== null || store.pendingDs !== null;
}
