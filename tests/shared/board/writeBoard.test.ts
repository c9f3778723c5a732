import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { noteTextOf } from "../../../shared/board/boardDocument.ts";
import { fillBoard } from "../../../shared/board/fillBoard.ts";
import { noteIdSchema, themeIdSchema } from "../../../shared/board/ids.ts";
import { countCodePoints, maxNoteTextLength, normaliseText } from "../../../shared/board/note.ts";
import { readBoard } from "../../../shared/board/readBoard.ts";
import { maxNotesPerBoard, spliceBetween, type WriteError } from "../../../shared/board/writeBoard.ts";
import type { Result } from "../../../shared/result.ts";
import { createWriter, exchange, mustWork, newNote, noteOf, participantOf } from "../../support/writers.ts";

const nowhere = noteIdSchema.parse("nowhere");
const errorOf = (result: Result<unknown, WriteError>) => (result.ok ? null : result.error);

const halfCharacter = /[\uD800-\uDFFF]/u;

/** Letters that differ by one half of a surrogate pair: 😀 and 😁 share the first half, 😀 and 🨀 the second. */
const trickyText = fc.string({ unit: fc.constantFrom("a", "b", "\n", "😀", "😁", "🨀", "é"), maxLength: 12 });
const anyUnits = fc.string({
  unit: fc.oneof(fc.constantFrom("\ud83d", "\ude00", "😀", "a"), fc.string({ unit: "binary", maxLength: 1 })),
  maxLength: 12,
});

function apply(text: string, splice: ReturnType<typeof spliceBetween>): string {
  if (splice === null) return text;
  return text.slice(0, splice.index) + splice.insert + text.slice(splice.index + splice.deleteCount);
}

test("[N6] the splice between any two texts leads from the one to the other", () => {
  fc.assert(
    fc.property(fc.oneof(trickyText, anyUnits), fc.oneof(trickyText, anyUnits), (from, to) => {
      expect(apply(from, spliceBetween(from, to))).toBe(to);
      expect(spliceBetween(from, from)).toBeNull();
    }),
    { numRuns: 3_000 },
  );
});

test("[N6] no splice cuts a character in half, and none touches more than differs", () => {
  fc.assert(
    fc.property(trickyText, trickyText, trickyText, trickyText, (before, removed, added, after) => {
      const from = before + removed + after;
      const splice = spliceBetween(from, before + added + after);
      if (splice === null) return;
      const gone = from.slice(splice.index, splice.index + splice.deleteCount);

      expect(splice.insert).not.toMatch(halfCharacter);
      expect(gone).not.toMatch(halfCharacter);
      expect(splice.insert.length).toBeLessThanOrEqual(added.length);
      expect(gone.length).toBeLessThanOrEqual(removed.length);
    }),
    { numRuns: 3_000 },
  );
});

test("[N6] a note that is reworded reads as was typed, with any characters", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(trickyText, anyUnits), { minLength: 2, maxLength: 6 }), (texts) => {
      const alice = createWriter();
      const id = mustWork(alice.addNote(newNote(texts[0] ?? "")));

      for (const text of texts) {
        mustWork(alice.rewordNote(id, text));

        expect(noteOf(alice.doc, id).text).toBe(normaliseText(text));
      }
    }),
  );
});

test("[N6] two people who reword a note apart keep both of their words", () => {
  const alice = createWriter();
  const bob = createWriter({ name: "bob" });
  const id = mustWork(alice.addNote(newNote("Respect voor 😀")));
  exchange(alice.doc, bob.doc);

  mustWork(alice.rewordNote(id, "Veel respect voor 😀"));
  mustWork(bob.rewordNote(id, "Respect voor 😁 en elkaar"));
  exchange(alice.doc, bob.doc);

  const { text } = noteOf(alice.doc, id);
  expect(noteOf(bob.doc, id).text).toBe(text);
  expect(text).toContain("Veel");
  expect(text).toContain("😁 en elkaar");
});

test("[N6] rewording to the same text changes nothing", () => {
  const alice = createWriter();
  const id = mustWork(alice.addNote(newNote("Respect\nLef")));
  const before = Y.encodeStateVector(alice.doc);

  mustWork(alice.rewordNote(id, "Respect\r\nLef"));

  expect(Y.encodeStateVector(alice.doc)).toEqual(before);
});

test("[N8] a note takes 2,000 characters, emoji counted as one, and not one more", () => {
  const alice = createWriter();
  const full = "😀".repeat(maxNoteTextLength);

  const id = mustWork(alice.addNote(newNote(full)));

  expect(noteOf(alice.doc, id).text).toBe(full);
  expect(errorOf(alice.addNote(newNote(`${full}!`)))).toEqual({
    kind: "textTooLong",
    limit: maxNoteTextLength,
    length: maxNoteTextLength + 1,
  });
  expect(errorOf(alice.spliceText(id, { index: 0, deleteCount: 0, insert: "!" }))?.kind).toBe("textTooLong");
  expect(errorOf(alice.rewordNote(id, `${full}!`))?.kind).toBe("textTooLong");
  mustWork(alice.spliceText(id, { index: 0, deleteCount: 2, insert: "!" }));
  expect(noteOf(alice.doc, id).text).toBe(`!${full.slice(2)}`);
});

test("[N8] a text that merging made too long may be shortened step by step, and not made longer", () => {
  const alice = createWriter();
  const bob = createWriter({ name: "bob" });
  const id = mustWork(alice.addNote(newNote("a".repeat(1_500))));
  exchange(alice.doc, bob.doc);
  mustWork(alice.spliceText(id, { index: 0, deleteCount: 0, insert: "b".repeat(500) }));
  mustWork(bob.spliceText(id, { index: 1_500, deleteCount: 0, insert: "c".repeat(500) }));
  exchange(alice.doc, bob.doc);
  expect(countCodePoints(noteOf(alice.doc, id).text)).toBe(2_500);

  const longer = alice.spliceText(id, { index: 0, deleteCount: 1, insert: "dd" });
  const shorter = alice.spliceText(id, { index: 0, deleteCount: 2, insert: "d" });
  const equal = alice.spliceText(id, { index: 0, deleteCount: 1, insert: "e" });

  expect(errorOf(longer)?.kind).toBe("textTooLong");
  expect([shorter.ok, equal.ok]).toEqual([true, true]);
  expect(countCodePoints(noteOf(alice.doc, id).text)).toBe(2_499);
});

test("[N8] a refused change leaves the document as it was", () => {
  const alice = createWriter();
  const id = mustWork(alice.addNote(newNote("Respect")));
  const before = Y.encodeStateAsUpdate(alice.doc);

  const tooLong = "x".repeat(maxNoteTextLength + 1);
  const refusals = [
    alice.addNotes([newNote("Lef"), newNote(tooLong)]),
    alice.rewordNote(id, tooLong),
    alice.removeNotes([id, nowhere]),
    alice.restoreNote(nowhere),
    alice.placeNote(nowhere, { zone: "fruits", x: 0, y: 0 }),
    alice.markVoice(nowhere, "both"),
    alice.rewordNote(nowhere, "Lef"),
    alice.spliceText(nowhere, { index: 0, deleteCount: 0, insert: "Lef" }),
    alice.vote(nowhere, participantOf("alice"), 1),
  ];

  expect(refusals.map((refusal) => errorOf(refusal)?.kind)).toEqual([
    ...["textTooLong", "textTooLong"],
    ...Array.from({ length: 7 }, () => "unknownNote"),
  ]);
  expect(Y.encodeStateAsUpdate(alice.doc)).toEqual(before);
});

test("[N8] a board takes 5,000 notes; what does not fit is refused whole", () => {
  const alice = createWriter();
  const almost = Array.from({ length: maxNotesPerBoard - 1 }, (_, index) => newNote(`${index}`));
  mustWork(alice.addNotes(almost));

  const two = alice.addNotes([newNote("Respect"), newNote("Lef")]);
  const one = alice.addNote(newNote("Humor"));
  const another = alice.addNote(newNote("Tijd"));

  expect(errorOf(two)).toEqual({ kind: "boardFull", limit: maxNotesPerBoard });
  expect(one.ok).toBe(true);
  expect(errorOf(another)?.kind).toBe("boardFull");
  expect(readBoard(alice.doc).notes.size).toBe(maxNotesPerBoard);
});

test("[N9] a removed note says who removed it and when, keeps everything, and comes back as it was", () => {
  const clock = { now: 1_000 };
  const alice = createWriter({ clock });
  const bob = createWriter({ name: "bob", doc: alice.doc, clock });
  const id = mustWork(
    alice.addNote(newNote("Respect", { voice: "informal", author: participantOf("chen"), source: "phone" })),
  );
  const before = noteOf(alice.doc, id);

  clock.now = 2_000;
  mustWork(bob.removeNote(id));
  const removed = noteOf(alice.doc, id);
  clock.now = 3_000;
  mustWork(alice.restoreNote(id));
  const restored = noteOf(alice.doc, id);

  expect(removed).toEqual({
    ...before,
    removed: { by: "bob", at: 2_000 },
    updatedAt: 2_000,
    revision: 2,
    editors: ["bob"],
  });
  expect(restored).toEqual({ ...before, updatedAt: 3_000, revision: 3, editors: ["alice", "bob"] });
});

test("[N9] several notes are removed and restored in one change", () => {
  const alice = createWriter({ name: null });
  const ids = mustWork(alice.addNotes([newNote("Respect"), newNote("Lef"), newNote("Humor")]));
  let changes = 0;
  alice.doc.on("update", () => {
    changes += 1;
  });

  mustWork(alice.removeNotes(ids));
  const afterRemoving = ids.map((id) => noteOf(alice.doc, id).removed?.by);
  mustWork(alice.restoreNotes(ids));

  expect(afterRemoving).toEqual([null, null, null]);
  expect(ids.map((id) => noteOf(alice.doc, id).removed)).toEqual([null, null, null]);
  expect(changes).toBe(2);
});

test("[N9] words typed into a note while another removes it are there when it is restored", () => {
  const alice = createWriter();
  const bob = createWriter({ name: "bob" });
  const id = mustWork(alice.addNote(newNote("Respect")));
  exchange(alice.doc, bob.doc);

  mustWork(alice.removeNote(id));
  mustWork(bob.rewordNote(id, "Respect voor elkaar"));
  exchange(alice.doc, bob.doc);
  expect(noteOf(bob.doc, id).removed?.by).toBe("alice");
  mustWork(bob.restoreNote(id));
  exchange(alice.doc, bob.doc);

  expect(noteOf(alice.doc, id)).toMatchObject({ text: "Respect voor elkaar", removed: null });
});

test("[N9] undo takes back one operation at a time, and only this person's own", () => {
  const alice = createWriter();
  const bob = createWriter({ name: "bob", doc: alice.doc });
  const undo = new Y.UndoManager([alice.doc.getMap("notes")], {
    trackedOrigins: new Set([alice]),
    captureTimeout: 0,
  });
  const id = mustWork(alice.addNote(newNote("Respect")));
  mustWork(alice.placeNote(id, { zone: "fruits", x: 5, y: 6 }));
  mustWork(bob.rewordNote(id, "Respect van Bob"));
  mustWork(alice.removeNote(id));

  undo.undo();
  const onceBack = noteOf(alice.doc, id);
  undo.undo();
  const twiceBack = noteOf(alice.doc, id);

  expect(onceBack).toMatchObject({ removed: null, placement: { zone: "fruits", x: 5, y: 6 } });
  expect(twiceBack).toMatchObject({ text: "Respect van Bob", placement: { zone: "roots" } });
  undo.destroy();
});

test("[N10] every change counts once for whoever made it, and typing that goes on counts once", () => {
  const clock = { now: 0 };
  const alice = createWriter({ clock });
  const nobody = createWriter({ name: null, doc: alice.doc, clock });
  const id = mustWork(alice.addNote(newNote("")));
  expect(noteOf(alice.doc, id)).toMatchObject({ revision: 1, editors: [], createdAt: 0, updatedAt: 0 });

  for (const letter of "Respect") {
    clock.now += 1_000;
    mustWork(
      alice.spliceText(id, { index: noteOf(alice.doc, id).text.length, deleteCount: 0, insert: letter }),
    );
  }
  expect(noteOf(alice.doc, id).revision).toBe(2);
  clock.now += 10_000;
  mustWork(alice.rewordNote(id, "Respect en lef"));
  mustWork(nobody.markVoice(id, "both"));

  expect(noteOf(alice.doc, id)).toMatchObject({ revision: 4, editors: ["alice"], updatedAt: clock.now });
});

test("[N10] changes made apart are all counted", () => {
  const alice = createWriter();
  const bob = createWriter({ name: "bob" });
  const id = mustWork(alice.addNote(newNote("Respect")));
  exchange(alice.doc, bob.doc);

  mustWork(alice.markVoice(id, "formal"));
  mustWork(alice.placeNote(id, { zone: "fruits", x: 1, y: 1 }));
  mustWork(bob.placeNote(id, { zone: "wateringCan", x: 2, y: 2 }));
  exchange(alice.doc, bob.doc);

  const note = noteOf(alice.doc, id);
  expect(note).toEqual(noteOf(bob.doc, id));
  expect(note).toMatchObject({ revision: 4, editors: ["alice", "bob"] });
  // One of the two moves, never a mixture.
  expect([
    { zone: "fruits", x: 1, y: 1 },
    { zone: "wateringCan", x: 2, y: 2 },
  ]).toContainEqual(note.placement);
});

test("[N11] one person gives a note none to ten votes; those of several people add up", () => {
  const alice = createWriter();
  const id = mustWork(alice.addNote(newNote("Respect")));
  const votes = (name: string, count: number) => {
    mustWork(alice.vote(id, participantOf(name), count));
    return noteOf(alice.doc, id).votes;
  };

  expect(votes("alice", 3)).toBe(3);
  expect(votes("bob", 99)).toBe(13);
  expect(votes("alice", 1.9)).toBe(11);
  expect(votes("alice", -5)).toBe(10);
  expect(votes("bob", 0)).toBe(0);
});

test("[N12] a board of a later version is shown and not written to", () => {
  const alice = createWriter();
  const id = mustWork(alice.addNote(newNote("Respect")));
  alice.doc.getMap("meta").set("schema", 2);
  const before = Y.encodeStateAsUpdate(alice.doc);

  const refusals = [
    alice.addNote(newNote("Lef")),
    alice.rewordNote(id, "Lef"),
    alice.spliceText(id, { index: 0, deleteCount: 0, insert: "Lef" }),
    alice.placeNote(id, { zone: "fruits", x: 0, y: 0 }),
    alice.markVoice(id, "both"),
    alice.removeNote(id),
    alice.restoreNote(id),
    alice.vote(id, participantOf("alice"), 1),
  ];

  expect(refusals.map(errorOf)).toEqual(refusals.map(() => ({ kind: "newerDocument" })));
  expect(Y.encodeStateAsUpdate(alice.doc)).toEqual(before);
  expect(noteOf(alice.doc, id).text).toBe("Respect");
});

test("[N13] a board that is written into an empty document reads the same", () => {
  const clock = { now: 1_000 };
  const alice = createWriter({ clock });
  const bob = createWriter({ name: "bob", doc: alice.doc, clock });
  const [respect, courage] = mustWork(
    alice.addNotes([newNote("Respect", { author: participantOf("chen") }), newNote("Lef 😀\nen geduld")]),
  );
  if (respect === undefined || courage === undefined) throw new Error("two notes expected");
  clock.now = 2_000;
  mustWork(bob.markVoice(respect, "informal"));
  mustWork(bob.vote(respect, participantOf("bob"), 4));
  mustWork(bob.removeNote(courage));
  const theme = themeIdSchema.parse("trust");
  const board = readBoard(alice.doc);
  const themes = new Map([[theme, { id: theme, title: "Vertrouwen", createdAt: 5 }]]);

  const copy = new Y.Doc();
  fillBoard(copy, { ...board, themes });

  expect(readBoard(copy)).toEqual({ ...board, themes, setAside: [] });
  expect(() => fillBoard(copy, { ...board, themes })).toThrow("only an empty document");
});

test("[N6] words are changed in their place, also between things that are no words", () => {
  const alice = createWriter();
  const id = mustWork(alice.addNote(newNote("Respect")));
  noteTextOf(alice.doc, id)?.insertEmbed(3, { picture: "heart" });

  mustWork(alice.rewordNote(id, "Respect!"));
  mustWork(alice.rewordNote(id, "Veel respect!"));
  mustWork(alice.spliceText(id, { index: 5, deleteCount: 7, insert: "lef" }));

  expect(noteOf(alice.doc, id).text).toBe("Veel lef!");
});

test("[N6] a text that a client wrote as a plain string can be edited like any other", () => {
  const alice = createWriter();
  const id = mustWork(alice.addNote(newNote("")));
  const entry = alice.doc.getMap("notes").get(id);
  if (!(entry instanceof Y.Map)) throw new Error("no note");
  entry.set("text", "Respect");

  mustWork(alice.spliceText(id, { index: 7, deleteCount: 0, insert: " en lef" }));

  expect(noteOf(alice.doc, id).text).toBe("Respect en lef");
});

test("[N10] counting stops at its limit and never starts again", () => {
  const alice = createWriter();
  const id = mustWork(alice.addNote(newNote("Respect")));
  const entry = alice.doc.getMap("notes").get(id);
  if (!(entry instanceof Y.Map)) throw new Error("no note");
  entry.set("edits/alice", { count: 1_000_000, at: 5 });

  mustWork(alice.markVoice(id, "both"));

  expect(noteOf(alice.doc, id).revision).toBe(1_000_000);
});
