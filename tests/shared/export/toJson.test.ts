import { expect, test } from "vitest";
import * as Y from "yjs";
import { notesOf, themesOf } from "../../../shared/board/boardDocument.ts";
import { compareText } from "../../../shared/board/readBoard.ts";
import { boardExportSchema } from "../../../shared/export/boardExport.ts";
import { isContentIntact } from "../../../shared/export/integrity.ts";
import { buildExport, exportToJson } from "../../../shared/export/toJson.ts";
import {
  createDoornDoc,
  createExportInput,
  createExportState,
  createHand,
  createPerson,
  writeNote,
} from "../../support/exportBoards.ts";
import { schemaComplaints } from "../../support/exportSchema.ts";
import { createFullBoard } from "../../support/fullBoard.ts";
import { createMixedBoard } from "../../support/mixedBoard.ts";
import { mustWork } from "../../support/writers.ts";

test("[E2] the trees of Doorn export whole and valid, in both focuses", () => {
  const counts = { individual: [10, 4, 8], community: [5, 8, 5] } as const;
  for (const focus of ["individual", "community"] as const) {
    const exported = buildExport(createExportInput(createDoornDoc(focus), createExportState([], focus)));

    expect(schemaComplaints(exported)).toEqual([]);
    expect(boardExportSchema.safeParse(exported).error).toBeUndefined();
    const { byZone } = exported.counts;
    expect([byZone.roots, byZone.wateringCan, byZone.fruits]).toEqual(counts[focus]);
    expect(exported.notes.every((note) => note.focus === focus)).toBe(true);
    expect(exported.notes[0]).toMatchObject({ ref: "N01", zone: "roots", text: "Respect voor elkaar" });
  }
});

test("[E2] the questions of the zones are those of the board's focus", () => {
  const questionOf = (focus: "individual" | "community") =>
    buildExport(createExportInput(new Y.Doc(), createExportState([], focus))).template.zones[0]?.question.en;

  expect(questionOf("individual")).toContain("support a family");
  expect(questionOf("community")).toContain("build the community");
});

test("[E2] a board without notes exports, with every key", () => {
  for (const privacy of ["named", "pseudonymised", "anonymous"] as const) {
    const exported = buildExport(createExportInput(new Y.Doc(), createExportState(), privacy));

    expect(schemaComplaints(exported)).toEqual([]);
    expect(exported.counts).toEqual({
      notes: 0,
      byZone: { roots: 0, wateringCan: 0, fruits: 0, unplaced: 0 },
      byVoice: { formal: 0, informal: 0, both: 0, unspecified: 0 },
    });
    expect(exported.board.updatedAt).toBe(exported.board.createdAt);
  }
});

test("[E1] the file has the keys in their order, two spaces and one LF at the end", () => {
  const json = exportToJson(createExportInput(new Y.Doc(), createExportState()));

  expect(json.startsWith('{\n  "$schema": "urn:collaboration-tree:schema:export-1",\n  "format": ')).toBe(
    true,
  );
  expect(json.endsWith("\n}\n")).toBe(true);
  expect(json).not.toContain("\r");
  expect(Object.keys(JSON.parse(json))).toEqual(Object.keys(boardExportSchema.shape));
});

test("[E1] every object has its keys in the order of the schema", () => {
  const { doc, state } = createMixedBoard();
  const exported = buildExport(createExportInput(doc, state));

  // zod rebuilds objects in the order of the schema.
  expect(JSON.stringify(exported)).toBe(JSON.stringify(boardExportSchema.parse(exported)));
});

test("[E4] hostile texts come out verbatim, in a valid file", () => {
  const texts = [
    "👩🏽‍🌾 🌳",
    "احترام متبادل",
    "Işık ığdır İİ",
    '=HYPERLINK("http://evil.example","x")',
    "</Coding>",
    "Tom & Jerry <b>",
    "een\r\ntwee\rdrie",
    "",
    "é".repeat(2000),
    "twee gelijke",
    "twee gelijke",
    'zei "9/10" \\ \u2028 \u0000',
    "half \ud83d paar \udc00",
    "__proto__",
  ];
  const doc = new Y.Doc();
  const hand = createHand(doc);
  for (const text of texts) writeNote(doc, hand, { text, zone: "unplaced" });

  const json = exportToJson(createExportInput(doc, createExportState()));
  const exported: unknown = JSON.parse(json);

  expect(schemaComplaints(exported)).toEqual([]);
  const expected = texts.map((text) =>
    text.replace(/\r\n?/g, "\n").replace("\ud83d p", "\ufffd p").replace("\udc00", "\ufffd"),
  );
  expect(boardExportSchema.parse(exported).notes.map((note) => note.text)).toEqual(expected);
  expect(new TextDecoder("utf-8", { fatal: true }).decode(new TextEncoder().encode(json))).toBe(json);
});

test("[E5] entries that cannot be read are set aside by name, and harm nothing", () => {
  const doc = createDoornDoc("individual");
  const notes = notesOf(doc);
  notes.set("garbage", 12);
  notes.set("__proto__", new Y.Map());
  notes.set("half \ud800", new Y.Map());
  notes.set("no-text", new Y.Map([["placement", { zone: "roots", x: 1, y: 1 }]]));
  notes.set(
    "nowhere",
    new Y.Map<unknown>([
      ["text", "x"],
      ["placement", { zone: "sky", x: 0, y: 0 }],
    ]),
  );
  notes.set("x".repeat(5_000), new Y.Map());
  themesOf(doc).set("untitled", new Y.Map());

  const exported = buildExport(createExportInput(doc, createExportState()));

  expect(schemaComplaints(exported)).toEqual([]);
  expect(exported.counts.notes).toBe(22);
  expect(exported.setAside).toEqual([
    { kind: "note", id: "__proto__", reason: "badId" },
    { kind: "note", id: "garbage", reason: "notAMap" },
    { kind: "note", id: "half \ufffd", reason: "badId" },
    { kind: "note", id: "no-text", reason: "badText" },
    { kind: "note", id: "nowhere", reason: "badPlacement" },
    { kind: "note", id: "x".repeat(64), reason: "badId" },
    { kind: "theme", id: "untitled", reason: "badTitle" },
  ]);
  expect(Object.hasOwn(Object.prototype, "text")).toBe(false);
});

test("[E1] two peers that merged in different order export the same bytes", () => {
  const alice = createPerson("alice", 2);
  const bob = createPerson("bob", 1, { consent: { research: true, quote: false } });
  const aliceDoc = new Y.Doc();
  const bobDoc = new Y.Doc();
  const aliceHand = createHand(aliceDoc, "a");
  const bobHand = createHand(bobDoc, "b");
  for (let index = 0; index < 20; index += 1) {
    writeNote(aliceDoc, aliceHand, { text: `a${index}`, author: alice.id });
    writeNote(bobDoc, bobHand, { text: `b${index}`, author: bob.id, zone: "fruits" });
  }
  const fromAlice = Y.encodeStateAsUpdate(aliceDoc);
  const fromBob = Y.encodeStateAsUpdate(bobDoc);
  const thirdDoc = new Y.Doc();

  Y.applyUpdate(aliceDoc, fromBob);
  Y.applyUpdate(bobDoc, fromAlice);
  Y.applyUpdate(thirdDoc, Y.mergeUpdates([fromBob, fromAlice]));

  for (const privacy of ["named", "pseudonymised", "anonymous"] as const) {
    const first = exportToJson(createExportInput(aliceDoc, createExportState([alice, bob]), privacy));
    expect(exportToJson(createExportInput(bobDoc, createExportState([bob, alice]), privacy))).toBe(first);
    expect(exportToJson(createExportInput(thirdDoc, createExportState([alice, bob]), privacy))).toBe(first);
  }
});

test("[E1] notes are in the order of their zones, then age, then id; positions have two decimals and no minus zero", () => {
  const doc = new Y.Doc();
  const { writer } = createHand(doc);
  const place = (zone: "roots" | "fruits", x: number) =>
    writer.addNote({ text: zone, placement: { zone, x, y: -0.001 }, source: "phone", voice: "both" });
  place("fruits", 1 / 3);
  place("roots", -0);
  place("roots", 99.999);

  const { notes } = buildExport(createExportInput(doc, createExportState()));

  expect(notes.map((note) => [note.zone, note.ref, note.position.x])).toEqual([
    ["roots", "N02", 0],
    ["roots", "N03", 100],
    ["fruits", "N01", 0.33],
  ]);
  expect(notes.every((note) => Object.is(note.position.x + note.position.y, Math.abs(note.position.x)))).toBe(
    true,
  );
});

test("[E9] references and ids of notes stay when notes are added, removed and restored", () => {
  const { doc, state, notes } = createMixedBoard();
  const refsNow = () =>
    new Map(buildExport(createExportInput(doc, state)).notes.map((note) => [note.id, note.ref]));
  const before = refsNow();

  const hand = createHand(doc, "later", Date.parse("2025-10-10T08:00:00Z"));
  writeNote(doc, hand, { text: "Later", zone: "roots" });
  hand.writer.removeNote(notes.byAlice);
  hand.writer.restoreNote(notes.removed);

  const after = refsNow();
  expect(after.size).toBe(before.size + 1);
  for (const [id, ref] of before) expect(after.get(id)).toBe(ref);
});

test("[E9] themes are numbered by age and list their notes", () => {
  const { doc, state, notes } = createMixedBoard();

  const exported = buildExport(createExportInput(doc, state));

  expect(exported.themes.map(({ id, title, notes: members }) => ({ id, title, members }))).toEqual([
    { id: "T1", title: "Vertrouwen", members: [notes.byAlice, notes.byBob].sort(compareText) },
    { id: "T2", title: "Tijd", members: [] },
  ]);
});

test("[E10] removed notes are listed as removed and not counted", () => {
  const { doc, state, notes } = createMixedBoard();

  const exported = buildExport(createExportInput(doc, state));

  expect(exported.notes.find((note) => note.id === notes.removed)).toMatchObject({
    status: "removed",
    text: "Goede communicatie",
  });
  expect(exported.notes).toHaveLength(9);
  expect(exported.counts.notes).toBe(7);
});

test("[E11] the hash of the content is equal a year later and differs after a change", () => {
  const { doc, state, notes } = createMixedBoard();
  const input = createExportInput(doc, state);
  const now = buildExport(input);
  const nextYear = buildExport({
    ...input,
    exportedAt: new Date("2026-10-10T09:00:00Z"),
    exportedBy: "view",
  });

  expect(nextYear.integrity).toEqual(now.integrity);
  expect(nextYear.provenance.stateVectorSha256).toBe(now.provenance.stateVectorSha256);
  expect(isContentIntact(now)).toBe(true);

  createHand(doc, "x", Date.parse("2026-10-10T09:00:00Z")).writer.rewordNote(notes.byAlice, "Anders");
  const changed = buildExport(input);
  expect(changed.integrity.content).not.toBe(now.integrity.content);
  const forged = { ...now, notes: changed.notes };
  expect(isContentIntact(forged)).toBe(false);
});

test.each(["named", "pseudonymised", "anonymous"] as const)(
  "[E17] while a round of dots goes on no export tells what a note got: %s",
  (privacy) => {
    const { doc, state, notes } = createFullBoard({ dots: 4, phase: "open" });
    const open = buildExport(createExportInput(doc, state, privacy));
    mustWork(createHand(doc).writer.setVoting({ dots: 4, phase: "shown" }));
    const shown = buildExport(createExportInput(doc, state, privacy));

    const given = shown.notes.reduce((sum, { votes }) => sum + votes, 0);
    expect(schemaComplaints(open)).toEqual([]);
    expect(open.notes.every(({ votes }) => votes === 0)).toBe(true);
    expect(open.board.voting).toEqual({ dots: 4, phase: "open" });
    expect(open.privacy.removed.find(({ what }) => what === "secretVotes")).toEqual({
      what: "secretVotes",
      count: given,
    });
    // Nothing else is different.
    expect(open.notes).toEqual(shown.notes.map((note) => ({ ...note, votes: 0 })));
    expect(shown.notes.find(({ id }) => id === notes.byAlice)?.votes).toBe(4);
    expect(shown.privacy.removed.some(({ what }) => what === "secretVotes")).toBe(false);
    expect(shown.board.voting).toEqual({ dots: 4, phase: "shown" });
  },
);

test("[E18] drawings, highlights in their order and places before a theme are in the export", () => {
  const { doc, state, notes, placeBefore } = createFullBoard();

  const exported = buildExport(createExportInput(doc, state));

  expect(schemaComplaints(exported)).toEqual([]);
  const drawn = exported.notes.filter(({ drawing }) => drawing !== null);
  expect(drawn).toMatchObject([
    {
      text: "",
      drawing: {
        strokes: [
          [0, 0, 12, 2_000],
          [3, 4],
        ],
      },
    },
  ]);
  expect(
    exported.notes
      .filter(({ highlighted }) => highlighted)
      .map(({ id, highlightOrder }) => [highlightOrder, id])
      .sort(),
  ).toEqual([
    [1, notes.byDina],
    [2, notes.byAlice],
  ]);
  expect(exported.notes.find(({ id }) => id === notes.byDina)).toMatchObject({
    theme: "T3",
    positionBefore: placeBefore,
  });
  expect(exported.notes.filter(({ positionBefore }) => positionBefore !== null)).toHaveLength(1);
});

test("[E11] provenance says who, when and from which state", () => {
  const { doc, state } = createMixedBoard();

  const { provenance, board } = buildExport(createExportInput(doc, state));

  expect(provenance).toMatchObject({
    app: { name: "collaboration-tree" },
    exportedAt: "2025-10-10T09:00:00Z",
    exportedBy: "facilitate",
    historyComplete: false,
  });
  expect(provenance.stateAt).toBe(board.updatedAt);
  expect(board.updatedAt > board.createdAt).toBe(true);
});

test("[E15] exporting changes nothing in the document", () => {
  const { doc, state } = createMixedBoard();
  const before = Y.encodeStateAsUpdate(doc);

  exportToJson(createExportInput(doc, state));

  expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
});

test("a board that is no part of the state is a bug", () => {
  const state = { ...createExportState(), groups: [] };

  expect(() => buildExport(createExportInput(new Y.Doc(), state))).toThrow("no group");
});
