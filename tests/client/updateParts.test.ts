import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { type PartLimits, partLimits, updateParts } from "../../client/sync/updateParts.ts";
import { maxFrameBytes } from "../../shared/protocol/limits.ts";

/* People who write on one board, together and apart, and what one of them has to hand in. */

const people = 4;
const action = fc.record({
  who: fc.nat(people - 1),
  what: fc.constantFrom(
    "write",
    "write",
    "erase",
    "set",
    "set",
    "unset",
    "nest",
    "undo",
    "draw",
    "meet",
    "meet",
  ),
  at: fc.nat(40),
  size: fc.integer({ min: 1, max: 30 }),
});
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never;

type Person = { readonly doc: Y.Doc; readonly undo: Y.UndoManager };

function createPeople(): Person[] {
  return Array.from({ length: people }, (_, index) => {
    const doc = new Y.Doc();
    doc.clientID = 1_000 + index;
    // What can be undone is kept with its content, though it is deleted.
    const undo = new Y.UndoManager([doc.getText("text"), doc.getMap("notes")], { captureTimeout: 0 });
    return { doc, undo };
  });
}

function act({ doc, undo }: Person, everyone: readonly Person[], { what, at, size }: Action): void {
  const text = doc.getText("text");
  const notes = doc.getMap<unknown>("notes");
  const note = notes.get(String(at % 5));
  switch (what) {
    case "write":
      text.insert(Math.min(at, text.length), "é😀x".repeat(size));
      break;
    case "erase":
      if (text.length > at) text.delete(at, Math.min(size, text.length - at));
      break;
    case "set":
      if (note instanceof Y.Map) note.set(String(at % 3), size);
      else notes.set(String(at % 5), size);
      break;
    case "unset":
      notes.delete(String(at % 5));
      break;
    case "nest":
      notes.set(String(at % 5), new Y.Map([["words", new Y.Text("w".repeat(size))]]));
      break;
    case "undo":
      if (at % 3 === 0) undo.redo();
      else undo.undo();
      break;
    case "draw":
      doc.getArray("drawing").insert(0, [Array.from({ length: size }, (_, index) => index * at)]);
      break;
    case "meet": {
      const other = everyone[at % people]?.doc;
      if (other !== undefined) Y.applyUpdate(doc, Y.encodeStateAsUpdate(other, Y.encodeStateVector(doc)));
      break;
    }
  }
}

function contentOf(doc: Y.Doc): unknown {
  return [doc.getText("text").toJSON(), doc.getMap("notes").toJSON(), doc.getArray("drawing").toJSON()];
}

/** A document that has all that this one had, as a relay would keep it. */
function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}

function takeAll(doc: Y.Doc, parts: readonly Uint8Array[]): void {
  doc.getText("text");
  doc.getMap("notes");
  doc.getArray("drawing");
  for (const part of parts) {
    Y.applyUpdate(doc, part);
    expect(doc.store.pendingStructs).toBeNull();
    expect(doc.store.pendingDs).toBeNull();
  }
}

function rangesOf(update: Uint8Array): number {
  return [...Y.decodeUpdate(update).ds.clients.values()].reduce((sum, { length }) => sum + length, 0);
}

function largestStruct(update: Uint8Array): number {
  return Math.max(
    0,
    ...Y.decodeUpdate(update).structs.map((struct) => {
      const encoder = new Y.UpdateEncoderV1();
      struct.write(encoder, 0);
      return encoder.toUint8Array().length;
    }),
  );
}

function expectWithin(parts: readonly Uint8Array[], update: Uint8Array, limits: PartLimits): void {
  for (const part of parts) {
    // One struct that is larger than a part goes alone, with what names it.
    expect(part.length).toBeLessThanOrEqual(Math.max(limits.bytes, largestStruct(update) + 50));
    expect(rangesOf(part)).toBeLessThanOrEqual(limits.deleteRanges);
  }
}

const limitsOf = fc.record({
  bytes: fc.integer({ min: 80, max: 1_500 }),
  deleteRanges: fc.integer({ min: 1, max: 20 }),
});

test("[R50] parts of any update leave nothing waiting at any step, stay within the limits and make up the whole", {
  timeout: 60_000,
}, () => {
  let inParts = 0;
  let deletions = 0;
  fc.assert(
    fc.property(
      fc.array(action, { minLength: 5, maxLength: 120, size: "max" }),
      fc.nat(120),
      limitsOf,
      (actions, seenUpTo, limits) => {
        const everyone = createPeople();
        const [alice] = everyone;
        if (alice === undefined) return;
        let relay = new Y.Doc();
        actions.forEach((each, index) => {
          if (index === seenUpTo) relay = copyOf(alice.doc);
          const person = everyone[each.who];
          if (person !== undefined) act(person, everyone, each);
        });
        for (const { doc } of everyone) {
          Y.applyUpdate(alice.doc, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(alice.doc)));
        }

        for (const receiver of [new Y.Doc(), relay]) {
          const update = Y.encodeStateAsUpdate(alice.doc, Y.encodeStateVector(receiver));
          const atOnce = copyOf(receiver);
          Y.applyUpdate(atOnce, update);

          const parts = updateParts(update, limits);

          expectWithin(parts, update, limits);
          takeAll(receiver, parts);
          expect(contentOf(receiver)).toEqual(contentOf(alice.doc));
          expect(Y.equalSnapshots(Y.snapshot(receiver), Y.snapshot(atOnce))).toBe(true);
          if (parts.length > 2) inParts += 1;
          deletions += rangesOf(update);
        }
        for (const { doc, undo } of everyone) {
          undo.destroy();
          doc.destroy();
        }
      },
    ),
    { numRuns: 150, endOnFailure: true },
  );
  expect(inParts).toBeGreaterThan(150);
  expect(deletions).toBeGreaterThan(1_000);
});

describe("[R50]", () => {
  test("a small update stays the very same bytes, also one that would not decode", () => {
    const doc = new Y.Doc();
    doc.getText("text").insert(0, "x".repeat(10_000));
    const update = Y.encodeStateAsUpdate(doc);

    expect(updateParts(update)[0]).toBe(update);
    const broken = Uint8Array.of(9, 9, 9);
    expect(updateParts(broken)).toEqual([broken]);
  });

  test("so does one of several tens of kilobytes that deletes little", () => {
    const doc = new Y.Doc();
    doc.getText("text").insert(0, "x".repeat(100_000));
    const update = Y.encodeStateAsUpdate(doc);

    const parts = updateParts(update);

    expect(parts).toHaveLength(1);
    expect(parts[0]).toBe(update);
  });

  test("a change that takes hold of far more than one update may delete goes out in several", () => {
    const doc = new Y.Doc();
    const notes = doc.getMap("notes");
    doc.transact(() => {
      for (let key = 0; key < 6_000; key += 1) notes.set(String(key), 1);
    });
    const relay = copyOf(doc);
    const changes: Uint8Array[] = [];
    doc.on("update", (update: Uint8Array) => changes.push(update));
    doc.transact(() => {
      // Every other one, so that no two deletions are one range.
      for (let key = 0; key < 6_000; key += 2) notes.delete(String(key));
      for (let key = 1; key < 6_000; key += 2) notes.set(String(key), 2);
    });
    const [change] = changes;
    if (change === undefined) throw new Error("nothing changed");
    const limits = { bytes: 20_000, deleteRanges: 1_000 };

    const parts = updateParts(change, limits);

    expectWithin(parts, change, limits);
    takeAll(relay, parts);
    expect(relay.getMap("notes").toJSON()).toEqual(notes.toJSON());
  });

  test("what was removed again shows up with no part, and what replaces something is there before that goes", () => {
    const doc = new Y.Doc();
    const notes = doc.getMap<unknown>("notes");
    for (let key = 0; key < 50; key += 1) notes.set(`old ${key}`, "before");
    const relay = copyOf(doc);
    const undo = new Y.UndoManager(notes, { captureTimeout: 0 });
    for (let key = 0; key < 50; key += 1) {
      notes.set(`new ${key}`, "x".repeat(100));
      undo.undo();
      notes.set(`old ${key}`, "after");
    }
    const shown = new Set<string>();
    relay.getMap("notes").observe(({ target }) => {
      for (const key of target.keys()) shown.add(key);
      expect([...target.keys()].filter((key) => key.startsWith("old"))).toHaveLength(50);
    });

    const parts = updateParts(Y.encodeStateAsUpdate(doc, Y.encodeStateVector(relay)), {
      bytes: 500,
      deleteRanges: 1_000,
    });
    takeAll(relay, parts);

    expect(parts.length).toBeGreaterThan(10);
    expect([...shown].filter((key) => key.startsWith("new"))).toEqual([]);
    undo.destroy();
  });

  test("two who wrote by turns three thousand times are handed in whole", () => {
    const [alice, bob] = [new Y.Doc(), new Y.Doc()];
    for (let turn = 0; turn < 3_000; turn += 1) {
      const [from, to] = turn % 2 === 0 ? [alice, bob] : [bob, alice];
      const before = Y.encodeStateVector(from);
      from.getText("text").insert(turn, "abcdefgh"[turn % 8] ?? "");
      Y.applyUpdate(to, Y.encodeStateAsUpdate(from, before));
    }
    const update = Y.encodeStateAsUpdate(alice);
    const relay = new Y.Doc();

    const parts = updateParts(update, { bytes: 5_000, deleteRanges: 1_000 });

    expect(parts.length).toBeGreaterThan(5);
    takeAll(relay, parts);
    expect(relay.getText("text").toJSON()).toBe(alice.getText("text").toJSON());
  });

  test("a part is far smaller than a frame may be", () => {
    expect(partLimits.bytes).toBeLessThan(maxFrameBytes / 2);
  });
});
