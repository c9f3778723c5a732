import * as decoding from "lib0/decoding";
import type * as Y from "yjs";
import { syncStep2 } from "../../shared/protocol/messages.ts";

/** The update in a sync message that has been read up to its kind, if it answers a question; leaves the decoder there. */
export function answerIn(decoder: decoding.Decoder): Uint8Array | null {
  const { pos } = decoder;
  try {
    return decoding.readVarUint(decoder) === syncStep2 ? decoding.readVarUint8Array(decoder) : null;
  } catch {
    // One that ends early: whoever reads it in earnest will say so.
    return null;
  } finally {
    decoder.pos = pos;
  }
}

/**
 * Puts the relay's answer into a document: `apply` does it. Yjs writes every change anew, as bytes, for those who listen
 * for updates. In an empty document that is the answer itself, and writing a large board again takes longer than
 * reading it: they are handed the answer.
 */
export function takeAnswer(doc: Y.Doc, answer: Uint8Array, apply: () => void): void {
  const isEmpty = doc.store.clients.size === 0 && doc.store.pendingStructs === null;
  const listeners = isEmpty ? doc._observers.get("update") : undefined;
  if (listeners === undefined) {
    apply();
    return;
  }
  const hearAgain = () => void doc._observers.set("update", listeners);
  const changes: Y.Transaction[] = [];
  function onChange(transaction: Y.Transaction): void {
    changes.push(transaction);
    // What somebody writes because of the answer is news like any other.
    if (changes.length > 1) hearAgain();
  }
  doc.on("afterTransaction", onChange);
  doc._observers.delete("update");
  try {
    apply();
  } finally {
    doc.off("afterTransaction", onChange);
    hearAgain();
  }
  const [change] = changes;
  const hasNews = doc.store.clients.size > 0 || doc.store.pendingStructs !== null;
  if (change !== undefined && hasNews) doc.emit("update", [answer, change.origin, doc, change]);
}
