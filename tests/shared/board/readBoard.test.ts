import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { editKey, parseVoteKey, voteKey } from "../../../shared/board/boardDocument.ts";
import { noteIdSchema } from "../../../shared/board/ids.ts";
import { maxVotesPerNote, type Note, timeSchema, voices } from "../../../shared/board/note.ts";
import { zoneIds } from "../../../shared/board/placement.ts";
import {
  type Board,
  compareByAge,
  highlightsOf,
  isSameNote,
  readBoard,
  readHighlights,
  type SetAsideReason,
} from "../../../shared/board/readBoard.ts";
import { createWriter, mustWork, newNote, noteOf, participantOf } from "../../support/writers.ts";

/** What anybody can put into a Yjs map. */
const plainValue = fc.oneof(
  fc.anything({
    withBigInt: false,
    withDate: false,
    withMap: false,
    withSet: false,
    withSparseArray: false,
    withTypedArray: false,
    withNullPrototype: false,
    withObjectString: true,
  }),
  fc.constantFrom("roots", "formal", "#ff0000", "phone", true, 0, -0, Number.NaN, 1e308),
  fc.constantFrom(
    { zone: "roots", x: 1, y: 1 },
    { zone: "roots", x: "1", y: 1 },
    { by: "alice", at: 1 },
    { by: {}, at: -1 },
    { dots: 3, phase: "open" },
    { dots: 0, phase: "shown" },
    { dots: 3, phase: "open", more: 1 },
    [[1, 2]],
    [[1, 2, 3]],
    [[1, Number.NaN]],
    [[1, 1e9]],
    [[], [1, 2]],
    [["1", 2]],
    [{ 0: 1, 1: 2, length: 2 }],
    { length: 1, 0: [1, 2] },
    { count: 1, at: 1 },
    { count: -1, at: 1 },
    { count: 1.5, at: Number.POSITIVE_INFINITY },
  ),
);
/** Made inside the property: a shared type belongs to one document. */
const sharedValue = fc.constantFrom(
  () => new Y.Text("Respect"),
  () => new Y.Text("\ud83d"),
  () => new Y.Map([["zone", "roots"]]),
  () => Y.Array.from(["roots", 1, 1]),
  () => new Y.XmlText("<b>Respect</b>"),
  () => new Y.XmlElement("script"),
  () => new Y.XmlFragment(),
  () => new Uint8Array([1, 2, 3]),
);
const value = fc.oneof(
  plainValue.map((plain) => () => plain),
  sharedValue,
);
const noteKey = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom(
      ...["text", "placement", "voice", "author", "enteredBy", "source", "createdAt", "colour", "theme"],
      ...["placeBefore", "drawing", "highlight"],
      ...["removed", "withdrawn", "title", "edits/alice", "edits/", "edits/unnamed", "edits/__proto__"],
    ),
  },
  { weight: 1, arbitrary: fc.string() },
);
const oddContent = fc.array(fc.tuple(noteKey, value), { maxLength: 12 });
/** What a note cannot do without, so that the rest of it gets read as well. */
const enough: [string, () => unknown][] = [
  ["text", () => new Y.Text("Respect")],
  ["placement", () => ({ zone: "roots", x: 1, y: 1 })],
  ["title", () => "Vertrouwen"],
];
const noteContent = fc
  .tuple(fc.boolean(), oddContent)
  .map(([isEnough, odd]) => (isEnough ? [...odd, ...enough] : odd));
const entryId = fc.oneof(
  { weight: 4, arbitrary: fc.stringMatching(/^[a-z]{1,3}$/) },
  { weight: 1, arbitrary: fc.constantFrom("__proto__", "constructor", "", "a/b", "é", "x".repeat(65)) },
);
/** Content of an entry, or a value that is no entry at all. */
const entry = fc.oneof({ weight: 3, arbitrary: noteContent }, { weight: 1, arbitrary: value });

function expectReadable(note: Note): void {
  expect(noteIdSchema.safeParse(note.id).success).toBe(true);
  expect(note.text).not.toMatch(/[\r\uD800-\uDFFF]/u);
  expect(zoneIds).toContain(note.placement.zone);
  expect(Number.isFinite(note.placement.x + note.placement.y)).toBe(true);
  expect(voices).toContain(note.voice);
  for (const time of [note.createdAt, note.updatedAt, note.removed?.at ?? null]) {
    if (time !== null) expect(timeSchema.safeParse(time).success).toBe(true);
  }
  expect(Number.isInteger(note.revision) && note.revision >= 1).toBe(true);
  expect(Number.isInteger(note.votes) && note.votes >= 0).toBe(true);
  expect(typeof note.withdrawn).toBe("boolean");
  if (note.placeBefore !== null) {
    expect(zoneIds).toContain(note.placeBefore.zone);
    expect(Number.isFinite(note.placeBefore.x + note.placeBefore.y)).toBe(true);
  }
  if (note.highlight !== null) expect(timeSchema.safeParse(note.highlight.at).success).toBe(true);
  for (const stroke of note.drawing ?? []) {
    expect(stroke.length >= 2 && stroke.length % 2 === 0).toBe(true);
    expect(stroke.every((number) => Number.isInteger(number) && number >= 0)).toBe(true);
  }
}

test("[N7] whatever another peer wrote, every entry is a note or set aside, and reading never throws", () => {
  let timesRead = 0;
  let roundsRead = 0;
  const reasons = new Set<SetAsideReason>();
  fc.assert(
    fc.property(
      fc.array(fc.tuple(entryId, entry), { maxLength: 6 }),
      fc.array(fc.tuple(fc.string(), value), { maxLength: 4 }),
      (notes, votes) => {
        const doc = new Y.Doc();
        for (const [id, content] of notes) {
          // What Yjs itself does not take never arrives either.
          tryTo(() => doc.getMap("notes").set(id, madeOf(content)));
          tryTo(() => doc.getMap("themes").set(id, madeOf(content)));
        }
        for (const [key, made] of votes) {
          tryTo(() => doc.getMap("votes").set(key, made()));
          tryTo(() => doc.getMap("meta").set("voting", made()));
        }
        // Read as another peer gets it.
        const heard = new Y.Doc();
        Y.applyUpdate(heard, Y.encodeStateAsUpdate(doc));

        const board = readBoard(heard);

        const asideOf = (kind: "note" | "theme") => board.setAside.filter((aside) => aside.kind === kind);
        expect(board.notes.size + asideOf("note").length).toBe(heard.getMap("notes").size);
        expect(board.themes.size + asideOf("theme").length).toBe(heard.getMap("themes").size);
        for (const note of board.notes.values()) expectReadable(note);
        if (board.voting !== null) {
          expect([board.voting.dots, board.voting.phase]).toEqual([3, "open"]);
          roundsRead += 1;
        }
        expect(readHighlights(heard)).toEqual(highlightsOf(board.notes.values()));
        timesRead += board.notes.size;
        for (const { reason } of board.setAside) reasons.add(reason);
      },
    ),
    { numRuns: 1_500, seed: 11 },
  );
  expect(timesRead).toBeGreaterThan(500);
  expect(roundsRead).toBeGreaterThan(10);
  expect([...reasons].sort()).toEqual(["badId", "badPlacement", "badText", "badTitle", "notAMap"]);
});

function madeOf(content: (() => unknown) | [string, () => unknown][]): unknown {
  if (typeof content === "function") return content();
  const map = new Y.Map<unknown>();
  for (const [key, make] of content) map.set(key, make());
  return map;
}

function tryTo(write: () => void): void {
  try {
    write();
  } catch {
    // Yjs refuses functions, symbols and the like before anybody hears of them.
  }
}

test("[N7] one unreadable entry hides itself and nothing else", () => {
  const alice = createWriter();
  const id = mustWork(alice.addNote(newNote("Respect")));
  const alone = readBoard(alice.doc);
  alice.doc.getMap("notes").set("broken", new Y.Map([["text", "geen plek"]]));

  const board = readBoard(alice.doc);

  expect(board.notes).toEqual(alone.notes);
  expect(board.notes.has(id)).toBe(true);
  expect(board.setAside).toEqual([{ kind: "note", id: "broken", reason: "badPlacement" }]);
});

test("[N7] entries are set aside in the same order whatever order they came in", () => {
  const ids = ["c", "a", "__proto__", "b"];
  const boardOf = (order: readonly string[]): Board => {
    const doc = new Y.Doc();
    for (const id of order) {
      doc.getMap("notes").set(id, 1);
      doc.getMap("themes").set(id, 1);
    }
    return readBoard(doc);
  };

  expect(boardOf(ids).setAside).toEqual(boardOf([...ids].reverse()).setAside);
  expect(boardOf(ids).setAside).toHaveLength(8);
});

test("[N7] what a note can do without becomes unknown", () => {
  const doc = new Y.Doc();
  const odd = new Y.Map<unknown>([
    ["text", "Respect\r\nen lef \ud83d"],
    ["placement", { zone: "roots", x: 1e9, y: 2 }],
    ["voice", "loud"],
    ["author", "a b"],
    ["enteredBy", "unnamed"],
    ["source", "fax"],
    ["createdAt", -1],
    ["colour", "red"],
    ["theme", ""],
    ["placeBefore", { zone: "sky", x: 1, y: 1 }],
    ["drawing", [[1, 2, 3]]],
    ["highlight", { at: "soon" }],
    ["removed", { by: "alice" }],
    ["withdrawn", "yes"],
  ]);
  odd.set("edits/alice", { count: 1e9, at: 1 });
  doc.getMap("notes").set("odd", odd);

  expect(noteOf(doc, noteIdSchema.parse("odd"))).toEqual({
    id: "odd",
    text: "Respect\nen lef \ufffd",
    placement: { zone: "roots", x: 4800, y: 2 },
    voice: "unspecified",
    author: null,
    enteredBy: null,
    source: null,
    createdAt: null,
    updatedAt: null,
    revision: 1,
    editors: [],
    colour: null,
    theme: null,
    placeBefore: null,
    drawing: null,
    highlight: null,
    votes: 0,
    removed: null,
    withdrawn: false,
  });
});

test("[N7] an empty document is an empty board, and reading writes nothing", () => {
  const doc = new Y.Doc();

  const board = readBoard(doc);

  expect(board).toEqual({ notes: new Map(), themes: new Map(), voting: null, setAside: [] });
  expect(Y.encodeStateAsUpdate(doc)).toEqual(Y.encodeStateAsUpdate(new Y.Doc()));
});

test("[N9] a withdrawn note stays withdrawn when it is changed, removed and restored", () => {
  const alice = createWriter();
  const bob = createWriter({ name: "bob", doc: alice.doc });
  const id = mustWork(alice.addNote(newNote("Respect")));
  const inDocument = alice.doc.getMap("notes").get(id);
  if (!(inDocument instanceof Y.Map)) throw new Error("a note expected");
  inDocument.set("withdrawn", true);

  mustWork(bob.removeNote(id));
  mustWork(bob.restoreNote(id));
  mustWork(bob.placeNote(id, { zone: "fruits", x: 1, y: 1 }));

  expect(noteOf(alice.doc, id)).toMatchObject({ withdrawn: true, removed: null });
});

test("[N10] a change that cannot be read counts for nobody, and the sum of all stays within bounds", () => {
  const alice = createWriter();
  const id = mustWork(alice.addNote(newNote("Respect")));
  const inDocument = alice.doc.getMap("notes").get(id);
  if (!(inDocument instanceof Y.Map)) throw new Error("a note expected");
  inDocument.set(editKey(participantOf("bob")), { count: 1_000_000, at: 5 });
  inDocument.set(editKey(participantOf("chen")), { count: 1_000_000, at: 5 });
  inDocument.set("edits/dina", { count: -1, at: 5 });
  inDocument.set("edits/a b", { count: 0, at: 5 });

  expect(noteOf(alice.doc, id)).toMatchObject({ revision: 1_000_000, editors: ["bob", "chen"] });
});

test("[N11] votes that cannot be counted count as none", () => {
  const alice = createWriter();
  const id = mustWork(alice.addNote(newNote("Respect")));
  const votes = alice.doc.getMap("votes");
  votes.set(voteKey(id, participantOf("alice")), 2);
  for (const [index, odd] of [0, -3, 1.5, Number.NaN, "4", null, maxVotesPerNote + 1, 1e12].entries()) {
    votes.set(voteKey(id, participantOf(`odd${index}`)), odd);
  }
  for (const key of ["", "/", `${id}`, `${id}/`, "/alice"]) votes.set(key, 1);

  expect(noteOf(alice.doc, id).votes).toBe(2);
});

test("[N11] a vote names one note and one person, or nothing", () => {
  fc.assert(
    fc.property(fc.string(), (key) => {
      const parsed = parseVoteKey(key);
      if (parsed === null) return;

      expect(parsed.note).not.toBe("");
      expect(parsed.note).not.toContain("/");
      expect(parsed.participant).not.toBe("");
      expect(`${parsed.note}/${parsed.participant}`).toBe(key);
    }),
  );
});

test("[N1] notes have one order on every screen: by age, then by id", () => {
  const aged = fc.record({
    createdAt: fc.option(fc.nat(3)),
    id: fc.stringMatching(/^[a-zA-Z]{1,2}$/),
  });
  fc.assert(
    fc.property(fc.uniqueArray(aged, { selector: ({ id }) => id }), (notes) => {
      const sorted = [...notes].sort(compareByAge);

      expect([...notes].reverse().sort(compareByAge)).toEqual(sorted);
      for (const [index, note] of sorted.entries()) {
        const next = sorted[index + 1];
        if (next !== undefined) expect(compareByAge(note, next)).toBeLessThanOrEqual(0);
      }
    }),
  );
});

test("[N1] a note that was read twice is the same note until something changes", () => {
  const alice = createWriter();
  const id = mustWork(alice.addNote(newNote("Respect")));
  const first = noteOf(alice.doc, id);

  expect(isSameNote(first, noteOf(alice.doc, id))).toBe(true);
  mustWork(alice.placeNote(id, { ...first.placement, x: first.placement.x + 1 }));
  expect(isSameNote(first, noteOf(alice.doc, id))).toBe(false);
});

test("[N7] a text of a kind that cannot be read is set aside", () => {
  const doc = new Y.Doc();
  const note = new Y.Map<unknown>([["placement", { zone: "roots", x: 1, y: 1 }]]);
  const text = new Y.XmlText("abc");
  note.set("text", text);
  doc.getMap("notes").set("bad", note);
  const unprintable = JSON.parse('{ "toString": 1, "valueOf": 1 }');
  text.insertEmbed(0, unprintable);
  text.format(0, 2, { b: { x: unprintable } });

  expect(readBoard(doc).setAside).toEqual([{ kind: "note", id: "bad", reason: "badText" }]);
});
