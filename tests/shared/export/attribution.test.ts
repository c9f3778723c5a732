import { expect, test } from "vitest";
import * as Y from "yjs";
import { noteKeys, notesOf } from "../../../shared/board/boardDocument.ts";
import { boardIdSchema } from "../../../shared/board/ids.ts";
import type { BoardExport, PrivacyLevel } from "../../../shared/export/boardExport.ts";
import { buildExport, exportToJson } from "../../../shared/export/toJson.ts";
import {
  createExportInput,
  createExportState,
  createHand,
  createPerson,
  writeNote,
} from "../../support/exportBoards.ts";
import { schemaComplaints } from "../../support/exportSchema.ts";
import { createFullBoard } from "../../support/fullBoard.ts";
import { createMixedBoard, type MixedBoard } from "../../support/mixedBoard.ts";

const levels = ["named", "pseudonymised", "anonymous"] as const;

function exportMixed(privacy: PrivacyLevel): { readonly mixed: MixedBoard; readonly exported: BoardExport } {
  const mixed = createMixedBoard();
  return { mixed, exported: buildExport(createExportInput(mixed.doc, mixed.state, privacy)) };
}

function noteIn(exported: BoardExport, id: string) {
  const note = exported.notes.find((candidate) => candidate.id === id);
  if (note === undefined) throw new Error(`no note ${id}`);
  return note;
}

test("[E6] a note of someone who said yes is exported as theirs", () => {
  const { mixed, exported } = exportMixed("pseudonymised");

  expect(noteIn(exported, mixed.notes.byAlice)).toMatchObject({
    author: "P12",
    enteredBy: "P12",
    voice: "informal",
    affiliation: "Zaandam",
    editors: ["P12", "P100"],
    votes: 8,
    revision: 5,
    quotable: true,
    status: "active",
  });
});

test("[E6] yes to research and no to quotes: theirs, not to be quoted", () => {
  const { mixed, exported } = exportMixed("pseudonymised");

  expect(noteIn(exported, mixed.notes.byDina)).toMatchObject({
    author: "P100",
    affiliation: null,
    quotable: false,
  });
});

test("[E6] a note of someone who was not asked is exported, and not as theirs", () => {
  const { mixed, exported } = exportMixed("pseudonymised");

  expect(noteIn(exported, mixed.notes.byBob)).toMatchObject({
    text: "Afspraken maken",
    author: null,
    enteredBy: null,
    voice: "formal",
    affiliation: null,
    quotable: false,
    status: "active",
  });
});

test("[E6] a note of someone who wants no part in the research keeps its place and loses everything else", () => {
  for (const level of ["named", "pseudonymised"] as const) {
    const { mixed, exported } = exportMixed(level);

    expect(noteIn(exported, mixed.notes.byChen)).toMatchObject({
      text: "",
      author: null,
      enteredBy: null,
      voice: "unspecified",
      affiliation: null,
      editors: [],
      votes: 0,
      theme: null,
      quotable: false,
      status: "withdrawn",
    });
  }
});

test("[E6] who refused is in no export: no text, no code, no count among the notes", () => {
  for (const level of levels) {
    const mixed = createMixedBoard();
    const json = exportToJson(createExportInput(mixed.doc, mixed.state, level));

    expect(json).not.toContain("Geheim");
    if (level !== "named") expect(json).not.toContain("P07");
    expect(json).toContain('"what": "withheldNotes"');
  }
});

test("[E6] author and typist are each named by their own consent, and the author's governs the note", () => {
  const { mixed, exported } = exportMixed("pseudonymised");

  expect(noteIn(exported, mixed.notes.bobTypedForAlice)).toMatchObject({ author: "P12", enteredBy: null });
  expect(noteIn(exported, mixed.notes.chenTypedForAlice)).toMatchObject({
    author: "P12",
    enteredBy: null,
    text: "Reflecteren",
    status: "active",
  });
  expect(noteIn(exported, mixed.notes.aliceTypedForBob)).toMatchObject({
    author: null,
    enteredBy: null,
    quotable: false,
  });
});

test("[E6] without an author the consent of who typed governs", () => {
  const refuser = createPerson("chen", 3, { consent: { research: false, quote: null } });
  const doc = new Y.Doc();
  writeNote(doc, createHand(doc), { text: "Getypt", enteredBy: refuser.id });

  const exported = buildExport(createExportInput(doc, createExportState([refuser])));

  expect(exported.notes).toMatchObject([{ status: "withdrawn", text: "" }]);
});

test("[E6] a participant without a row, or of another board, is nobody", () => {
  const alice = createPerson("alice", 1);
  const doc = new Y.Doc();
  writeNote(doc, createHand(doc), { text: "Lef", enteredBy: alice.id, author: alice.id });
  const elsewhere = { ...alice, boardId: boardIdSchema.parse("board00000000002") };

  for (const rows of [[], [elsewhere]]) {
    const exported = buildExport(createExportInput(doc, createExportState(rows)));
    expect(exported.notes).toMatchObject([{ author: null, enteredBy: null, text: "Lef" }]);
    expect(exported.participants).toEqual([]);
  }
});

test("[E6] a note that its author withdrew stays listed without its text, whatever the document still holds", () => {
  const { doc, state, notes } = createMixedBoard();
  const entry = notesOf(doc).get(notes.byAlice);
  if (!(entry instanceof Y.Map)) throw new Error("no such note");
  entry.set(noteKeys.withdrawn, true);

  const exported = buildExport(createExportInput(doc, state));

  expect(noteIn(exported, notes.byAlice)).toMatchObject({ status: "withdrawn", text: "", author: null });
  expect(JSON.stringify(exported)).not.toContain("Respect");
});

test("[E6] what somebody withheld leaves neither a drawing nor a highlight nor a place before", () => {
  for (const level of levels) {
    const full = createFullBoard();
    const entry = notesOf(full.doc).get(full.notes.byDina);
    if (!(entry instanceof Y.Map)) throw new Error("no such note");
    entry.set(noteKeys.withdrawn, true);

    const exported = buildExport(createExportInput(full.doc, full.state, level));

    const withheld = exported.notes.filter(({ status }) => status === "withdrawn");
    // Two of Chen, who refused, and the one that Dina withdrew.
    expect(withheld).toHaveLength(level === "anonymous" ? 0 : 3);
    for (const note of withheld) {
      expect(note).toMatchObject({
        text: "",
        drawing: null,
        positionBefore: null,
        highlighted: false,
        highlightOrder: null,
        votes: 0,
        theme: null,
      });
    }
    // Chen's drawing is the one with a stroke to 7.
    expect(JSON.stringify(exported)).not.toContain("[0,0,7,2000]");
    expect(JSON.stringify(exported)).toContain("[0,0,12,2000]");
    const chosen = exported.notes.filter(({ highlighted }) => highlighted);
    expect(chosen).toMatchObject([{ id: full.notes.byAlice, highlightOrder: 1 }]);
  }
});

test("[E7] pseudonymised lists who agreed, without names, and says what is missing", () => {
  const { exported } = exportMixed("pseudonymised");

  expect(exported.participants).toEqual([
    {
      id: "P12",
      role: "contribute",
      name: null,
      voice: "informal",
      affiliation: "Zaandam",
      consent: { research: true, quote: true },
    },
    {
      id: "P100",
      role: "contribute",
      name: null,
      voice: "informal",
      affiliation: null,
      consent: { research: true, quote: false },
    },
  ]);
  expect(exported.privacy).toEqual({
    level: "pseudonymised",
    timestampPrecision: "second",
    removed: [
      { what: "names", count: 3 },
      { what: "participants", count: 2 },
      { what: "unattributedNotes", count: 2 },
      { what: "withheldNotes", count: 1 },
    ],
  });
});

test("[E7] named lists everyone with the name they typed; what they refused is still withheld", () => {
  const { exported } = exportMixed("named");

  expect(exported.participants.map(({ id, name }) => [id, name])).toEqual([
    ["P01", "Bob Berk"],
    ["P07", "Chen Ceder"],
    ["P12", "Alice Appel"],
    ["P100", null],
  ]);
  expect(exported.privacy.removed.map(({ what }) => what)).toEqual(["unattributedNotes", "withheldNotes"]);
});

test("[E8] anonymous holds only what may be quoted, of nobody, by day", () => {
  const { mixed, exported } = exportMixed("anonymous");

  expect(schemaComplaints(exported)).toEqual([]);
  expect(exported.participants).toEqual([]);
  expect(exported.notes.map((note) => note.id).sort()).toEqual(
    [mixed.notes.byAlice, mixed.notes.bobTypedForAlice, mixed.notes.chenTypedForAlice].sort(),
  );
  for (const note of exported.notes) {
    expect(note).toMatchObject({
      author: null,
      enteredBy: null,
      editors: [],
      affiliation: null,
      createdAt: "2025-10-09T00:00:00Z",
      updatedAt: "2025-10-09T00:00:00Z",
    });
  }
  expect(exported.board.createdAt).toBe("2025-10-09T00:00:00Z");
  expect(exported.provenance.stateAt).toBe("2025-10-09T00:00:00Z");
  expect(exported.themes.map((theme) => theme.id)).toEqual(["T1"]);
  expect(exported.privacy).toEqual({
    level: "anonymous",
    timestampPrecision: "day",
    removed: [
      { what: "affiliations", count: 3 },
      { what: "names", count: 3 },
      { what: "participants", count: 4 },
      { what: "removedNotes", count: 1 },
      { what: "unquotableNotes", count: 4 },
      { what: "withheldNotes", count: 1 },
    ],
  });
});

test("[E7] no name is in an export that is not named", () => {
  for (const level of ["pseudonymised", "anonymous"] as const) {
    const mixed = createMixedBoard();
    const json = exportToJson(createExportInput(mixed.doc, mixed.state, level));

    for (const word of ["Appel", "Berk", "Ceder", "alice", "bob", "chen", "dina"])
      expect(json).not.toContain(word);
  }
});

test("[E8] an anonymous export shows affiliations only when five people share every voice and affiliation", () => {
  const five = Array.from({ length: 5 }, (_, index) =>
    createPerson(`person${index}`, index + 1, { voice: "informal", affiliation: "Utrecht" }),
  );
  const alone = createPerson("alone", 9, { voice: "formal", affiliation: "Zaandam" });
  const doc = new Y.Doc();
  const hand = createHand(doc);
  for (const person of five) writeNote(doc, hand, { text: "Lef", author: person.id, voice: "informal" });
  const spokeAsFormal = five[0];
  if (spokeAsFormal === undefined) throw new Error("nobody");
  const other = writeNote(doc, hand, { text: "Tijd", author: spokeAsFormal.id, voice: "formal" });

  const enough = buildExport(createExportInput(doc, createExportState(five), "anonymous"));
  const tooFew = buildExport(createExportInput(doc, createExportState([...five, alone]), "anonymous"));

  expect(enough.notes.filter((note) => note.affiliation === "Utrecht")).toHaveLength(5);
  expect(noteIn(enough, other).affiliation).toBeNull();
  expect(tooFew.notes.every((note) => note.affiliation === null)).toBe(true);
  expect(tooFew.privacy.removed).toContainEqual({ what: "affiliations", count: 6 });
});
