import { expect, test } from "vitest";
import * as Y from "yjs";
import { noteKeys, notesOf, themesOf } from "../../../shared/board/boardDocument.ts";
import { type NoteId, themeIdSchema } from "../../../shared/board/ids.ts";
import type { Placement } from "../../../shared/board/placement.ts";
import { readBoard } from "../../../shared/board/readBoard.ts";
import { maxThemesPerBoard, maxThemeTitleLength } from "../../../shared/board/writeBoard.ts";
import { createWriter, exchange, mustWork, newNote, noteOf, type Writer } from "../../support/writers.ts";

const trust = themeIdSchema.parse("trust");
const time = themeIdSchema.parse("time");
const here: Placement = { zone: "roots", x: 1500, y: 1400 };
const there: Placement = { zone: "roots", x: 1834, y: 1400 };
const far: Placement = { zone: "fruits", x: 2000, y: 300 };

/** Notes of one board, each with a place of its own. */
function makeNotes(writer: Writer, count: number): readonly NoteId[] {
  return mustWork(
    writer.addNotes(
      Array.from({ length: count }, (_, index) =>
        newNote(`${index}`, { placement: { zone: "wateringCan", x: 100 * index, y: 900 } }),
      ),
    ),
  );
}

function threeNotes(writer: Writer): readonly [NoteId, NoteId, NoteId] {
  const [a, b, c] = makeNotes(writer, 3);
  if (a === undefined || b === undefined || c === undefined) throw new Error("three notes expected");
  return [a, b, c];
}

const placeOf = (writer: Writer, id: NoteId) => noteOf(writer.doc, id).placement;

test("[E19] notes that come under a theme remember where they lay, and go back there when they leave", () => {
  const alice = createWriter();
  const [a, b, c] = threeNotes(alice);
  const before = [a, b, c].map((id) => placeOf(alice, id));

  mustWork(
    alice.addTheme(trust, "Vertrouwen", [
      { note: a, placement: here },
      { note: b, placement: there },
    ]),
  );
  mustWork(alice.placeNotes([{ note: c, placement: here, theme: trust }]));
  // Moved together with its theme: still at home where it first lay.
  mustWork(alice.placeNotes([{ note: a, placement: far }]));
  expect([a, b, c].map((id) => noteOf(alice.doc, id).theme)).toEqual([trust, trust, trust]);
  expect([a, b, c].map((id) => noteOf(alice.doc, id).placeBefore)).toEqual(before);

  mustWork(alice.leaveTheme([a]));
  mustWork(alice.dissolveTheme(trust));

  expect([a, b, c].map((id) => placeOf(alice, id))).toEqual(before);
  for (const id of [a, b, c]) expect(noteOf(alice.doc, id)).toMatchObject({ theme: null, placeBefore: null });
  expect(readBoard(alice.doc).themes.size).toBe(0);
});

test("[E19] a note that is taken away from its theme stays where it was put", () => {
  const alice = createWriter();
  const [a, b] = threeNotes(alice);
  mustWork(
    alice.addTheme(
      trust,
      "Vertrouwen",
      [a, b].map((note) => ({ note, placement: here })),
    ),
  );

  mustWork(alice.placeNotes([{ note: a, placement: far, theme: null }]));
  mustWork(alice.dissolveTheme(trust));

  expect(noteOf(alice.doc, a)).toMatchObject({ theme: null, placeBefore: null, placement: far });
});

test("[E19] who leaves one theme for another goes back to where it lay before the first", () => {
  const alice = createWriter();
  const [a, b] = threeNotes(alice);
  const before = placeOf(alice, a);
  mustWork(
    alice.addTheme(
      trust,
      "Vertrouwen",
      [a, b].map((note) => ({ note, placement: here })),
    ),
  );

  mustWork(alice.addTheme(time, "Tijd", [{ note: a, placement: far }]));
  expect(noteOf(alice.doc, a)).toMatchObject({ theme: time, placeBefore: before, placement: far });
  mustWork(alice.dissolveTheme(time));

  expect(placeOf(alice, a)).toEqual(before);
});

test("[E19] removed notes go back as well, and lie there when they are restored", () => {
  const alice = createWriter();
  const [a, b] = threeNotes(alice);
  const before = placeOf(alice, a);
  mustWork(
    alice.addTheme(
      trust,
      "Vertrouwen",
      [a, b].map((note) => ({ note, placement: here })),
    ),
  );

  mustWork(alice.removeNote(a));
  mustWork(alice.dissolveTheme(trust));
  mustWork(alice.restoreNote(a));

  expect(noteOf(alice.doc, a)).toMatchObject({ theme: null, placement: before, removed: null });
});

test("[E19] leaving without being under a theme changes nothing, and a note named twice changes once", () => {
  const alice = createWriter();
  const [a, b] = threeNotes(alice);
  const before = Y.encodeStateVector(alice.doc);

  mustWork(alice.leaveTheme([a]));
  expect(Y.encodeStateVector(alice.doc)).toEqual(before);
  mustWork(alice.addTheme(trust, "Vertrouwen", [{ note: b, placement: here }]));
  const revision = noteOf(alice.doc, b).revision;
  mustWork(alice.leaveTheme([b, b]));

  expect(noteOf(alice.doc, b).revision).toBe(revision + 1);
});

test("[E19] a theme that one dissolves while another moves its notes ends, and who moved last has moved", () => {
  const alice = createWriter();
  const bob = createWriter({ name: "bob" });
  const [a, b, c] = threeNotes(alice);
  const before = [b, c].map((id) => placeOf(alice, id));
  mustWork(
    alice.addTheme(
      trust,
      "Vertrouwen",
      [a, b, c].map((note) => ({ note, placement: here })),
    ),
  );
  exchange(alice.doc, bob.doc);

  mustWork(alice.dissolveTheme(trust));
  mustWork(bob.placeNotes([{ note: a, placement: far }]));
  exchange(alice.doc, bob.doc);

  expect(readBoard(alice.doc)).toEqual(readBoard(bob.doc));
  for (const id of [a, b, c]) expect(noteOf(alice.doc, id)).toMatchObject({ theme: null, placeBefore: null });
  expect([b, c].map((id) => placeOf(alice, id))).toEqual(before);
  expect([far, { zone: "wateringCan", x: 0, y: 900 }]).toContainEqual(placeOf(alice, a));
});

test("[E19] a note that comes under a theme while somebody takes it out of another still knows its place", () => {
  const alice = createWriter();
  const bob = createWriter({ name: "bob" });
  const [a, b] = threeNotes(alice);
  const before = placeOf(alice, a);
  mustWork(
    alice.addTheme(
      trust,
      "Vertrouwen",
      [a, b].map((note) => ({ note, placement: here })),
    ),
  );
  exchange(alice.doc, bob.doc);

  mustWork(alice.leaveTheme([a]));
  mustWork(bob.addTheme(time, "Tijd", [{ note: a, placement: far }]));
  exchange(alice.doc, bob.doc);
  expect(noteOf(alice.doc, a)).toEqual(noteOf(bob.doc, a));
  expect(noteOf(alice.doc, a)).toMatchObject({ theme: time, placeBefore: before });
  mustWork(alice.leaveTheme([a]));

  expect(placeOf(alice, a)).toEqual(before);
});

test("[E19] a note whose theme somebody else dissolved remembers where it lies now, not where it lay long ago", () => {
  const alice = createWriter();
  const bob = createWriter({ name: "bob" });
  const [a, b] = threeNotes(alice);
  mustWork(alice.addTheme(trust, "Vertrouwen", [{ note: a, placement: here }]));
  exchange(alice.doc, bob.doc);
  mustWork(alice.dissolveTheme(trust));
  mustWork(bob.placeNotes([{ note: b, placement: there, theme: trust }]));
  exchange(alice.doc, bob.doc);
  expect(readBoard(bob.doc).themes.size).toBe(0);

  mustWork(bob.placeNote(b, far));
  mustWork(bob.addTheme(time, "Tijd", [{ note: b, placement: here }]));
  mustWork(bob.leaveTheme([b]));

  expect(placeOf(bob, b)).toEqual(far);
});

test("[E20] of two people who make a theme of the same notes at once one wins, everywhere and for all of them", () => {
  for (const [first, second] of [
    [1, 2],
    [2, 1],
  ] as const) {
    const alice = createWriter();
    const bob = createWriter({ name: "bob" });
    alice.doc.clientID = first;
    bob.doc.clientID = second;
    const [a, b, c] = threeNotes(alice);
    const before = [a, b, c].map((id) => placeOf(alice, id));
    exchange(alice.doc, bob.doc);

    mustWork(
      alice.addTheme(
        trust,
        "Vertrouwen",
        [a, b].map((note) => ({ note, placement: here })),
      ),
    );
    mustWork(
      bob.addTheme(
        time,
        "Tijd",
        [b, a, c].map((note) => ({ note, placement: far })),
      ),
    );
    mustWork(bob.placeNotes([{ note: a, placement: there }]));
    exchange(alice.doc, bob.doc);

    const board = readBoard(alice.doc);
    expect(readBoard(bob.doc)).toEqual(board);
    const themes = [a, b, c].map((id) => board.notes.get(id)?.theme);
    expect(themes).toEqual(first > second ? [trust, trust, time] : [time, time, time]);
    expect([a, b, c].map((id) => board.notes.get(id)?.placeBefore)).toEqual(before);

    mustWork(alice.dissolveTheme(trust));
    mustWork(alice.dissolveTheme(time));
    expect([a, b, c].map((id) => placeOf(alice, id))).toEqual(before);
  }
});

test("[E20] undo of a theme puts everything back, and leaves alone what others did meanwhile", () => {
  const alice = createWriter();
  const bob = createWriter({ name: "bob", doc: alice.doc });
  const [a, b] = threeNotes(alice);
  const undo = new Y.UndoManager([notesOf(alice.doc), themesOf(alice.doc)], {
    trackedOrigins: new Set([alice]),
    captureTimeout: 0,
  });
  const before = placeOf(alice, b);
  mustWork(
    alice.addTheme(
      trust,
      "Vertrouwen",
      [a, b].map((note) => ({ note, placement: here })),
    ),
  );
  mustWork(bob.placeNotes([{ note: a, placement: far }]));

  undo.undo();
  expect(readBoard(alice.doc).themes.size).toBe(0);
  expect(noteOf(alice.doc, a)).toMatchObject({ theme: null, placeBefore: null, placement: far });
  expect(noteOf(alice.doc, b)).toMatchObject({ theme: null, placeBefore: null, placement: before });
  undo.redo();

  expect(readBoard(alice.doc).themes.get(trust)?.title).toBe("Vertrouwen");
  expect(noteOf(alice.doc, b)).toMatchObject({ theme: trust, placeBefore: before, placement: here });
  mustWork(alice.dissolveTheme(trust));
  undo.undo();
  expect(noteOf(alice.doc, b)).toMatchObject({ theme: trust, placeBefore: before, placement: here });
  undo.destroy();
});

test("[E20] a theme is never under a theme: a note knows one, and what is unknown is refused whole", () => {
  const alice = createWriter();
  const [a, b] = threeNotes(alice);
  mustWork(alice.addTheme(trust, "Vertrouwen", [{ note: a, placement: here }]));
  const before = Y.encodeStateAsUpdate(alice.doc);

  const refusals = [
    alice.placeNotes([
      { note: b, placement: here, theme: trust },
      { note: a, placement: here, theme: time },
    ]),
    alice.dissolveTheme(time),
    alice.renameTheme(time, "Tijd"),
    alice.addTheme(time, "Tijd", [
      { note: b, placement: here },
      { note: noteIdOf(trust), placement: here },
    ]),
  ];

  expect(refusals.map((refusal) => (refusal.ok ? null : refusal.error.kind))).toEqual([
    ...["unknownTheme", "unknownTheme", "unknownTheme"],
    "unknownNote",
  ]);
  expect(Y.encodeStateAsUpdate(alice.doc)).toEqual(before);
});

test("[E21] a title takes 200 characters, emoji counted as one, and two people keep both of their words", () => {
  const alice = createWriter();
  const bob = createWriter({ name: "bob" });
  const [a] = threeNotes(alice);
  const full = "😀".repeat(maxThemeTitleLength);
  mustWork(alice.addTheme(trust, full, [{ note: a, placement: here }]));
  const tooLong = { ok: false, error: { kind: "textTooLong", limit: 200, length: 201 } };

  expect(alice.renameTheme(trust, `${full}!`)).toEqual(tooLong);
  expect(alice.addTheme(time, `${full}!`, [{ note: a, placement: here }])).toEqual(tooLong);
  mustWork(alice.renameTheme(trust, "Vertrouwen"));
  exchange(alice.doc, bob.doc);
  mustWork(alice.renameTheme(trust, "Veel vertrouwen"));
  mustWork(bob.renameTheme(trust, "Vertrouwen\r\nen lef"));
  exchange(alice.doc, bob.doc);

  const title = readBoard(alice.doc).themes.get(trust)?.title;
  expect(readBoard(bob.doc).themes.get(trust)?.title).toBe(title);
  expect(title).toContain("Veel");
  expect(title).toContain("\nen lef");
});

test("[E21] a board takes 200 themes; those that all notes have left make room", () => {
  const alice = createWriter();
  const ids = makeNotes(alice, maxThemesPerBoard + 1);
  const themeAt = (index: number) => themeIdSchema.parse(`theme${index}`);
  const add = (index: number) =>
    alice.addTheme(
      themeAt(index),
      `${index}`,
      ids.slice(index, index + 1).map((note) => ({ note, placement: here })),
    );
  for (let index = 0; index < maxThemesPerBoard; index += 1) mustWork(add(index));

  expect(add(maxThemesPerBoard)).toEqual({ ok: false, error: { kind: "boardFull", limit: 200 } });
  mustWork(alice.leaveTheme(ids.slice(7, 8)));
  mustWork(add(maxThemesPerBoard));

  const { themes } = readBoard(alice.doc);
  expect(themes.size).toBe(maxThemesPerBoard);
  expect(themes.has(themeAt(7))).toBe(false);
  expect(themes.has(themeAt(maxThemesPerBoard))).toBe(true);
});

test("[E19] a place before that nobody can read is forgotten, and harms nothing", () => {
  for (const odd of [
    12,
    null,
    "roots",
    { zone: "sky", x: 0, y: 0 },
    { zone: "roots", x: Number.NaN, y: 0 },
    [],
  ]) {
    const alice = createWriter();
    const [a, b] = threeNotes(alice);
    mustWork(
      alice.addTheme(
        trust,
        "Vertrouwen",
        [a, b].map((note) => ({ note, placement: here })),
      ),
    );
    const entry = notesOf(alice.doc).get(a);
    if (!(entry instanceof Y.Map)) throw new Error("a note expected");
    entry.set(noteKeys.placeBefore, odd);

    expect(noteOf(alice.doc, a).placeBefore).toBeNull();
    mustWork(alice.leaveTheme([a]));

    expect(noteOf(alice.doc, a)).toMatchObject({ theme: null, placeBefore: null, placement: here });
  }
});

function noteIdOf(theme: string): NoteId {
  const alice = createWriter({ name: theme });
  return mustWork(alice.addNote(newNote("elsewhere")));
}
