import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { answerIn, takeAnswer } from "../../client/sync/wholeAnswer.ts";
import { syncStep2, syncUpdate } from "../../shared/protocol/messages.ts";

type Heard = { readonly update: Uint8Array; readonly origin: unknown; readonly isLocal: boolean };

function listening() {
  const doc = new Y.Doc();
  const heard: Heard[] = [];
  doc.on("update", (update: Uint8Array, origin: unknown, _doc: Y.Doc, { local }: Y.Transaction) => {
    heard.push({ update, origin, isLocal: local });
  });
  return { doc, heard };
}

function boardWith(...words: readonly string[]): Y.Doc {
  const doc = new Y.Doc();
  for (const word of words) doc.getMap("notes").set(word, word);
  return doc;
}

function take(doc: Y.Doc, answer: Uint8Array): void {
  takeAnswer(doc, answer, () => Y.applyUpdate(doc, answer, "relay"));
}

test("an empty document hands its listeners the answer itself, once, as a change of others", () => {
  const { doc, heard } = listening();
  const answer = Y.encodeStateAsUpdate(boardWith("a", "b"));

  take(doc, answer);

  expect(doc.getMap("notes").toJSON()).toEqual({ a: "a", b: "b" });
  expect(heard).toEqual([{ update: answer, origin: "relay", isLocal: false }]);
  expect(heard[0]?.update).toBe(answer);
});

test("what was handed on rebuilds the document, also one that waits for missing parts", () => {
  const other = boardWith("a");
  const before = Y.encodeStateVector(other);
  other.getMap("notes").set("b", "b");
  const { doc, heard } = listening();

  take(doc, Y.encodeStateAsUpdate(other, before));

  const copy = new Y.Doc();
  for (const { update } of heard) Y.applyUpdate(copy, update);
  expect(heard).toHaveLength(1);
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(boardWith()));
  for (const each of [doc, copy]) Y.applyUpdate(each, Y.encodeStateAsUpdate(other));
  expect(copy.getMap("notes").toJSON()).toEqual({ a: "a", b: "b" });
  expect(doc.getMap("notes").toJSON()).toEqual({ a: "a", b: "b" });
});

test("an answer without anything is no change", () => {
  const { doc, heard } = listening();

  take(doc, Y.encodeStateAsUpdate(new Y.Doc()));

  expect(heard).toEqual([]);
});

test("a document that has something hears of what is new to it, and no more", () => {
  const { doc, heard } = listening();
  const other = boardWith("a");
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(other), "copy");
  other.getMap("notes").set("b", "b");
  const answer = Y.encodeStateAsUpdate(other);

  take(doc, answer);

  expect(heard).toHaveLength(2);
  expect(heard[1]?.update.length).toBeLessThan(answer.length);
});

test("what somebody writes because of the answer is heard as well", () => {
  const { doc, heard } = listening();
  doc.getMap("notes").observe(({ transaction }) => {
    if (!transaction.local) doc.getMap("notes").set("reply", "here");
  });
  const other = boardWith("a");

  take(doc, Y.encodeStateAsUpdate(other));

  expect(heard.map(({ isLocal }) => isLocal).sort()).toEqual([false, true]);
  for (const { update } of heard) Y.applyUpdate(other, update);
  expect(other.getMap("notes").toJSON()).toEqual({ a: "a", reply: "here" });
});

test("who listens goes on listening, whatever the answer was", () => {
  const { doc, heard } = listening();
  const broken = new Uint8Array([1, 1, 1]);

  expect(() => take(doc, broken)).toThrow();
  take(doc, Y.encodeStateAsUpdate(boardWith("a")));
  doc.getMap("notes").set("b", "b");

  expect(heard.map(({ isLocal }) => isLocal)).toEqual([false, true]);
});

test("only an answer is taken for one, and it is still to be read", () => {
  const message = (kind: number, update: Uint8Array) => {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, kind);
    encoding.writeVarUint8Array(encoder, update);
    return decoding.createDecoder(encoding.toUint8Array(encoder));
  };
  const update = new Uint8Array([7, 8, 9]);

  const answer = message(syncStep2, update);
  expect(answerIn(answer)).toEqual(update);
  expect(answer.pos).toBe(0);
  expect(answerIn(message(syncUpdate, update))).toBeNull();
  expect(answerIn(decoding.createDecoder(new Uint8Array([syncStep2, 40, 1])))).toBeNull();
  expect(answerIn(decoding.createDecoder(new Uint8Array([])))).toBeNull();
});
