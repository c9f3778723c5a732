import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { type BoardContent, createBoardContent } from "../../server/relay/boardContent.ts";
import { compactBoard } from "../../server/relay/compactor.ts";
import type { StoredBoard } from "../../server/store/store.ts";
import { maxNotesPerBoard } from "../../shared/board/writeBoard.ts";
import { maxDeleteRangesPerUpdate, maxDocumentBytes, maxFrameBytes } from "../../shared/protocol/limits.ts";
import { createWriter, mustWork, newNote, type Writer } from "../support/writers.ts";

const nothing: StoredBoard = { snapshot: null, updates: [], seq: 0 };

function contentOf(stored: StoredBoard, more: { readonly maxBytes?: number } = {}): BoardContent {
  return createBoardContent({
    stored,
    maxBytes: more.maxBytes ?? 1_000_000,
    maxDeleteRanges: 5_000,
    elapsed: () => 0,
  });
}

const frameOf = (bytes: Uint8Array) => ({ bytes, decoded: Y.decodeUpdate(bytes) });

/** What people did, one update each, and the document it came to. */
function story(steps: readonly number[]): { readonly updates: Uint8Array[]; readonly doc: Y.Doc } {
  const writer = createWriter();
  const updates: Uint8Array[] = [];
  writer.doc.on("update", (update: Uint8Array) => updates.push(update));
  const ids = [mustWork(writer.addNote(newNote("vertrouwen")))];
  for (const step of steps) {
    const id = ids[step % ids.length];
    if (id === undefined || step % 4 === 0) ids.push(mustWork(writer.addNote(newNote(`briefje ${step}`))));
    else if (step % 4 === 1) writer.rewordNote(id, `anders gezegd ${step}`);
    else if (step % 4 === 2) writer.removeNote(id);
    else writer.restoreNote(id);
  }
  return { updates, doc: writer.doc };
}

/** Everything that two documents can differ in. */
function stateOf(doc: Y.Doc): unknown {
  const update = Y.decodeUpdate(Y.encodeStateAsUpdate(doc));
  return [
    doc.getMap("notes").toJSON(),
    [...Y.decodeStateVector(Y.encodeStateVector(doc))].sort(([a], [b]) => a - b),
    [...update.ds.clients].sort(([a], [b]) => a - b),
  ];
}

function documentWith(...updates: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  return doc;
}

test("[R10] asleep or awake, from snapshot, log or both, a board gives everybody exactly what they lack", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(99), { minLength: 1, maxLength: 40 }),
      fc.nat(40),
      fc.nat(40),
      (steps, snapshotAt, askedAt) => {
        const { updates, doc } = story(steps);
        const held = updates.slice(0, snapshotAt);
        const stored: StoredBoard = {
          snapshot: held.length === 0 ? null : compactBoard({ snapshot: null, updates: held }),
          updates: updates.slice(held.length),
          seq: updates.length,
        };
        const asker = documentWith(...updates.slice(0, askedAt));
        const asked = Y.encodeStateVector(asker);
        const asleep = contentOf(stored);
        const awake = contentOf(nothing);
        for (const update of updates) expect(awake.take(frameOf(update)).ok).toBe(true);

        for (const content of [asleep, awake]) {
          expect(content.isAwake()).toBe(content === awake);
          Y.applyUpdate(asker, content.missingFrom(asked));
          expect(stateOf(asker)).toEqual(stateOf(doc));
          expect(stateOf(documentWith(content.whole()))).toEqual(stateOf(doc));
          expect(Y.decodeStateVector(content.stateVector())).toEqual(
            Y.decodeStateVector(Y.encodeStateVector(doc)),
          );
          expect(content.has(frameOf(Y.encodeStateAsUpdate(doc)))).toBe(true);
        }
        awake.rest();
        expect(awake.isAwake()).toBe(false);
        expect(stateOf(documentWith(awake.whole()))).toEqual(stateOf(doc));
      },
    ),
    { numRuns: 60, seed: 7 },
  );
});

test("[R10] people who come back with everything, or with nothing, wake nobody up", () => {
  const { updates, doc } = story([1, 2, 5, 6, 4, 8]);
  const content = contentOf({
    snapshot: compactBoard({ snapshot: null, updates }),
    updates: [],
    seq: updates.length,
  });
  const comesBack = Y.encodeStateAsUpdate(doc, content.stateVector());

  const taken = [comesBack, Uint8Array.of(0, 0)].map((bytes) => content.take(frameOf(bytes)));

  expect(taken).toEqual([
    { ok: true, value: { change: null, isWhole: true } },
    { ok: true, value: { change: null, isWhole: true } },
  ]);
  expect(content.isAwake()).toBe(false);
});

test("[R10] a crowd that asks alike is answered with the same bytes, made once", () => {
  const { updates, doc } = story([1, 2, 3, 4, 5, 6, 7, 8]);
  const content = contentOf(nothing);
  for (const update of updates) content.take(frameOf(update));
  const asked = Y.encodeStateVector(documentWith(...updates.slice(0, 3)));

  const answers = Array.from({ length: 40 }, () => content.missingFrom(asked.slice()));
  const before = content.whole();
  const change = newChange(doc);
  content.take(frameOf(change));

  expect(new Set(answers).size).toBe(1);
  expect(content.whole()).not.toBe(before);
  expect(stateOf(documentWith(content.whole()))).toEqual(stateOf(doc));
});

function newChange(doc: Y.Doc, name = "later"): Uint8Array {
  const before = Y.encodeStateVector(doc);
  doc.getMap("notes").set(name, new Y.Map());
  return Y.encodeStateAsUpdate(doc, before);
}

test("[R7] a change that builds on something unknown leaves a sleeping board as it was", () => {
  const { updates, doc } = story([1, 2, 3]);
  const content = contentOf({ snapshot: compactBoard({ snapshot: null, updates }), updates: [], seq: 4 });
  const whole = content.whole();
  newChange(doc, "lost on the way");
  const gap = newChange(doc, "arrives");

  expect(content.take(frameOf(gap))).toEqual({ ok: false, error: { kind: "gap" } });
  expect(stateOf(documentWith(content.whole()))).toEqual(stateOf(documentWith(whole)));
});

test("[R28] a full board takes what only deletes", () => {
  const doc = new Y.Doc();
  doc.getText("long").insert(0, "x".repeat(3_000));
  const stored = { snapshot: null, updates: [Y.encodeStateAsUpdate(doc)], seq: 1 };
  const content = contentOf(stored, { maxBytes: 2_000 });
  const more = newChange(doc);
  const elsewhere = documentWith(...stored.updates);
  const before = Y.encodeStateVector(elsewhere);
  elsewhere.getText("long").delete(0, 2_000);

  expect(content.take(frameOf(more))).toEqual({ ok: false, error: { kind: "full" } });
  expect(content.take(frameOf(Y.encodeStateAsUpdate(elsewhere, before))).ok).toBe(true);
});

test("[E32] somebody who takes hold of everything on a full board is not refused", () => {
  const clock = { now: 1_760_000_000_000 };
  const alice = createWriter({ name: "abcdefghijklmnop", clock });
  const ids = mustWork(
    alice.addNotes(Array.from({ length: maxNotesPerBoard }, (_, index) => newNote(`briefje ${index}`))),
  );
  // Every value was written at another time than its neighbours, so that no two deletions are one range.
  for (const id of ids) mustWork(alice.placeNote(id, { zone: "roots", x: 1, y: 1 }));
  for (const id of ids) mustWork(alice.markVoice(id, "formal"));
  const content = createBoardContent({
    stored: nothing,
    maxBytes: maxDocumentBytes,
    maxDeleteRanges: maxDeleteRangesPerUpdate,
    elapsed: () => 0,
  });
  mustWork(content.take(frameOf(Y.encodeStateAsUpdate(alice.doc))));
  const acts: readonly ((writer: Writer) => unknown)[] = [
    (writer) =>
      writer.placeNotes(
        ids.map((note, index) => ({ note, placement: { zone: "wateringCan", x: 1_234.5, y: index } })),
      ),
    (writer) => writer.markVoices(ids, "informal"),
    (writer) => writer.removeNotes(ids),
    (writer) => writer.restoreNotes(ids),
  ];

  for (const act of acts) {
    const updates: Uint8Array[] = [];
    const listen = (update: Uint8Array) => void updates.push(update);
    alice.doc.on("update", listen);
    act(alice);
    alice.doc.off("update", listen);
    const [update] = updates;
    if (update === undefined || updates.length > 1) throw new Error("one update expected");

    expect(update.length).toBeLessThan(maxFrameBytes);
    expect(content.take(frameOf(update)).ok).toBe(true);
  }
  content.close();
});
