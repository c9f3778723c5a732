import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import {
  metaKeys,
  metaOf,
  noteKeys,
  notesOf,
  themeKeys,
  themesOf,
} from "../../../shared/board/boardDocument.ts";
import { fillBoard } from "../../../shared/board/fillBoard.ts";
import { readBoard } from "../../../shared/board/readBoard.ts";
import {
  type BoardExport,
  exportFormatVersion,
  type PrivacyLevel,
} from "../../../shared/export/boardExport.ts";
import { parseExport } from "../../../shared/export/fromJson.ts";
import { isContentIntact } from "../../../shared/export/integrity.ts";
import { buildExport } from "../../../shared/export/toJson.ts";
import {
  createDoornDoc,
  createExportInput,
  createExportState,
  createHand,
  createPerson,
  exampleStart,
  importExport,
  writeNote,
} from "../../support/exportBoards.ts";
import { complaintsOfVersion, schemaComplaints } from "../../support/exportSchema.ts";
import { createFullBoard } from "../../support/fullBoard.ts";
import { createMixedBoard } from "../../support/mixedBoard.ts";

/** Through text and back, as a file goes. */
function reexport(exported: BoardExport, privacy: PrivacyLevel): BoardExport {
  const parsed = parseExport(JSON.parse(JSON.stringify(exported)));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  const { board, state } = importExport(parsed.value);
  const doc = new Y.Doc();
  fillBoard(doc, board);
  return buildExport(createExportInput(doc, state, privacy));
}

function sample(): BoardExport {
  const { doc, state } = createMixedBoard();
  return buildExport(createExportInput(doc, state));
}

const boards = { mixed: createMixedBoard, full: createFullBoard } as const;

test.each([
  ["mixed", "named"],
  ["mixed", "pseudonymised"],
  ["full", "named"],
  ["full", "pseudonymised"],
] as const)(
  "[E3] import then export gives equal notes, themes, participants and counts: %s, %s",
  (name, privacy) => {
    const { doc, state } = boards[name]();
    const exported = buildExport(createExportInput(doc, state, privacy));

    const again = reexport(exported, privacy);

    expect(again.notes).toEqual(exported.notes);
    expect(again.themes).toEqual(exported.themes);
    expect(again.participants).toEqual(exported.participants);
    expect(again.counts).toEqual(exported.counts);
    expect(again.board.voting).toEqual(exported.board.voting);
  },
);

test("[E3] a board of which nobody said who wrote what survives the round trip", () => {
  for (const focus of ["individual", "community"] as const) {
    const exported = buildExport(createExportInput(createDoornDoc(focus), createExportState([], focus)));

    expect(reexport(exported, "pseudonymised").notes).toEqual(exported.notes);
  }
});

test("[E3] an anonymous export can be imported; its notes are then nobody's and no longer to be quoted", () => {
  const { doc, state } = createMixedBoard();
  const exported = buildExport(createExportInput(doc, state, "anonymous"));

  const again = reexport(exported, "pseudonymised");

  expect(again.notes.map((note) => note.text)).toEqual(exported.notes.map((note) => note.text));
  expect(again.notes.every((note) => note.author === null && !note.quotable)).toBe(true);
});

test("[E3] more than nine themes of the same second keep their numbers", () => {
  const doc = new Y.Doc();
  const note = writeNote(doc, createHand(doc), { text: "Lef" });
  for (let index = 0; index < 12; index += 1) {
    const theme = new Y.Map<unknown>();
    theme.set(themeKeys.title, new Y.Text(`Thema ${index}`));
    theme.set(themeKeys.createdAt, exampleStart + index);
    themesOf(doc).set(`theme${11 - index}`, theme);
  }
  const entry = notesOf(doc).get(note);
  if (!(entry instanceof Y.Map)) throw new Error("no such note");
  entry.set(noteKeys.theme, "theme10");
  const exported = buildExport(createExportInput(doc, createExportState()));

  const again = reexport(exported, "pseudonymised");

  expect(exported.themes.map((theme) => theme.id).slice(8)).toEqual(["T9", "T10", "T11", "T12"]);
  expect(again.themes).toEqual(exported.themes);
  expect(again.notes).toEqual(exported.notes);
});

const consents = fc.constantFrom(true, false, null);
const anyPerson = fc.record({
  research: consents,
  quote: consents,
  voice: fc.constantFrom("formal", "informal", null),
  affiliation: fc.constantFrom("Utrecht", "Zaandam", null),
  name: fc.constantFrom("Alice", "Bob", null),
});
const anyWho = fc.option(fc.nat({ max: 5 }), { nil: null });
const anyTime = fc.integer({ min: 0, max: 5_000 });
const anyNote = fc.record({
  text: fc.string({ unit: "binary", maxLength: 40 }),
  zone: fc.constantFrom("roots", "wateringCan", "fruits", "unplaced"),
  x: fc.double({ min: -3000, max: 6000, noNaN: true }),
  y: fc.double({ min: -3000, max: 6000, noNaN: true }),
  voice: fc.constantFrom("formal", "informal", "both", "unspecified", "nonsense"),
  author: anyWho,
  enteredBy: anyWho,
  source: fc.constantFrom("screen", "phone", "remote", "import", "fax"),
  createdAt: fc.option(anyTime, { nil: null }),
  colour: fc.constantFrom("#ABCDEF", "#123456", null),
  theme: fc.constantFrom("t1", "t2", "none", null),
  placeBefore: fc.constantFrom(
    undefined,
    null,
    12,
    { zone: "sky", x: 0, y: 0 },
    { zone: "fruits", x: 1 / 3, y: -0 },
    { zone: "roots", x: 1e9, y: Number.NaN },
    { zone: "unplaced", x: -1e9, y: 7 },
  ),
  drawing: fc.constantFrom(
    undefined,
    null,
    [],
    [[1]],
    [[-0, 2]],
    [[1, 2, 3, 2_001]],
    [
      [0, 0, 9, 9],
      [5, 5],
    ],
  ),
  highlight: fc.constantFrom(
    undefined,
    undefined,
    {},
    { at: -1 },
    { at: 5 },
    { at: 6.5 },
    { at: exampleStart },
  ),
  edits: fc.array(fc.record({ who: anyWho, count: fc.nat({ max: 9 }), at: anyTime }), { maxLength: 4 }),
  votes: fc.array(fc.nat({ max: 10 }), { maxLength: 4 }),
  removedAt: fc.option(anyTime, { nil: null }),
  withdrawn: fc.constantFrom(true, false, false, false),
});

test("[E3] for any board: the export is valid, and import then export gives equal notes", () => {
  let attributed = 0;
  let withheld = 0;
  let drawings = 0;
  let highlights = 0;
  fc.assert(
    fc.property(
      // Five rows for six possible people: one is always unknown to the server.
      fc.array(anyPerson, { minLength: 5, maxLength: 5 }),
      fc.uniqueArray(fc.stringMatching(/^[A-Za-z0-9_-]{1,6}$/), { maxLength: 8 }),
      fc.array(anyNote, { minLength: 8, maxLength: 8 }),
      fc.constantFrom("named", "pseudonymised"),
      fc.constantFrom(undefined, { dots: 2, phase: "open" }, { dots: 2, phase: "shown" }, { dots: 0 }),
      (rows, ids, drawn, privacy, voting) => {
        const people = rows.map(({ research, quote, ...row }, index) =>
          createPerson(`person${index}`, [12, 3, 100, 1, 7][index] ?? 50, {
            ...row,
            consent: { research, quote },
          }),
        );
        const doc = new Y.Doc();
        ids.forEach((id, index) => {
          const note = drawn[index];
          if (note !== undefined) writeRaw(doc, id, note);
        });
        for (const id of ["t1", "t2"]) {
          themesOf(doc).set(id, new Y.Map<unknown>([[themeKeys.title, `Thema ${id}`]]));
        }

        if (voting !== undefined) metaOf(doc).set(metaKeys.voting, voting);

        const exported = buildExport(createExportInput(doc, createExportState(people), privacy));
        const again = reexport(exported, privacy);

        expect(schemaComplaints(exported)).toEqual([]);
        expect(again.notes).toEqual(exported.notes);
        expect(again.themes).toEqual(exported.themes);
        expect(again.participants).toEqual(exported.participants);
        attributed += exported.notes.filter((note) => note.author !== null).length;
        withheld += exported.notes.filter((note) => note.status === "withdrawn").length;
        for (const note of exported.notes) {
          if (note.quotable) expect(note.author ?? note.enteredBy).not.toBeNull();
          if (note.status === "withdrawn") {
            expect(note).toMatchObject({ text: "", drawing: null, positionBefore: null, highlighted: false });
          }
          if (exported.board.voting?.phase === "open") expect(note.votes).toBe(0);
          drawings += note.drawing === null ? 0 : 1;
          highlights += note.highlighted ? 1 : 0;
        }
      },
    ),
    { numRuns: 150 },
  );
  expect(attributed).toBeGreaterThan(20);
  expect(withheld).toBeGreaterThan(20);
  expect(drawings).toBeGreaterThan(10);
  expect(highlights).toBeGreaterThan(10);
});

type DrawnNote = typeof anyNote extends fc.Arbitrary<infer T> ? T : never;

/** Straight into the document, as a peer that follows no rules of ours would. */
function writeRaw(doc: Y.Doc, id: string, note: DrawnNote): void {
  const idOf = (who: number | null) => (who === null ? null : `person${who}`);
  const timeOf = (ms: number) => exampleStart + ms;
  const entry = new Y.Map<unknown>();
  entry.set(noteKeys.text, new Y.Text(note.text));
  entry.set(noteKeys.placement, { zone: note.zone, x: note.x, y: note.y });
  entry.set(noteKeys.voice, note.voice);
  entry.set(noteKeys.enteredBy, idOf(note.enteredBy));
  entry.set(noteKeys.author, idOf(note.author));
  entry.set(noteKeys.source, note.source);
  if (note.createdAt !== null) entry.set(noteKeys.createdAt, timeOf(note.createdAt));
  if (note.colour !== null) entry.set(noteKeys.colour, note.colour);
  if (note.theme !== null) entry.set(noteKeys.theme, note.theme);
  for (const key of ["placeBefore", "drawing", "highlight"] as const) {
    if (note[key] !== undefined) entry.set(noteKeys[key], note[key]);
  }
  if (note.removedAt !== null) entry.set(noteKeys.removed, { by: null, at: timeOf(note.removedAt) });
  if (note.withdrawn) entry.set(noteKeys.withdrawn, true);
  for (const { who, count, at } of note.edits) {
    entry.set(`edits/${idOf(who) ?? "unnamed"}`, { count, at: timeOf(at) });
  }
  notesOf(doc).set(id, entry);
  note.votes.forEach((count, index) => {
    doc.getMap("votes").set(`${id}/person${index}`, count);
  });
}

test("[E3] sums that no single entry can hold are capped, and survive the round trip", () => {
  const doc = new Y.Doc();
  const note = writeNote(doc, createHand(doc), { text: "Lef" });
  const entry = notesOf(doc).get(note);
  if (!(entry instanceof Y.Map)) throw new Error("no such note");
  entry.set("edits/alice", { count: 1_000_000, at: exampleStart });
  entry.set("edits/bob", { count: 1_000_000, at: exampleStart });
  for (const who of ["unnamed", "alice"])
    doc.getMap("votes").set(`${note}/${who}`, who === "alice" ? 10 : 100_000);
  const exported = buildExport(createExportInput(doc, createExportState()));

  expect(exported.notes).toMatchObject([{ revision: 1_000_000, votes: 100_000 }]);
  expect(reexport(exported, "pseudonymised").notes).toEqual(exported.notes);
});

test("[E12] people get new ids, keep their codes and consent, and a code of nobody becomes nobody", () => {
  const exported = sample();
  const [first, ...others] = exported.notes;
  if (first === undefined) throw new Error("no notes");

  const { board } = importExport({
    ...exported,
    notes: [{ ...first, author: "P99", enteredBy: "P12" }, ...others],
  });

  expect(board.participants.map(({ code, name, consent }) => ({ code, name, consent }))).toEqual([
    { code: 12, name: null, consent: { research: true, quote: true } },
    { code: 100, name: null, consent: { research: true, quote: false } },
  ]);
  const [alice] = board.participants;
  expect(board.notes.get(first.id)).toMatchObject({ author: null, enteredBy: alice?.id });
  expect(board).toMatchObject({ title: `Groep 1 "9/10"`, focus: "individual" });
});

const savedVersions = [
  { version: "1.0.0", schema: "export-1.0.0.json", notes: 9 },
  { version: "1.1.0", schema: "export-1.json", notes: 11 },
] as const;

test.each([...savedVersions])(
  "[E13] the saved sample of version $version is valid, intact and can be imported",
  ({ version, schema, notes }) => {
    const sampleText = readText(`../../fixtures/exports/export-${version}.json`);
    const value = JSON.parse(sampleText);

    const parsed = parseExport(value);

    const published = JSON.parse(readText(`../../../shared/export/schemas/${schema}`));
    expect(complaintsOfVersion(published, value)).toEqual([]);
    expect(isContentIntact(value)).toBe(true);
    expect(isContentIntact({ ...value, codes: [1] })).toBe(false);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
    expect(schemaComplaints(parsed.value)).toEqual([]);
    const { board, state } = importExport(parsed.value);
    const doc = new Y.Doc();
    fillBoard(doc, board);
    expect(readBoard(doc).notes.size).toBe(notes);
    const again = buildExport(createExportInput(doc, state));
    expect(again.notes).toEqual(parsed.value.notes);
    expect(again.themes).toEqual(parsed.value.themes);
    expect(again.board.voting).toEqual(parsed.value.board.voting);
  },
);

test("[E13] the sample of the version that is written now comes back to the byte", () => {
  const text = readText(`../../fixtures/exports/export-${exportFormatVersion}.json`);

  const parsed = parseExport(JSON.parse(text));

  expect(parsed.ok && `${JSON.stringify(parsed.value, null, 2)}\n`).toBe(text);
});

test("[E13] what an earlier version did not know comes in as nothing, and its own words stay", () => {
  const old = JSON.parse(readText("../../fixtures/exports/export-1.0.0.json"));

  const parsed = parseExport(old);

  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  expect(parsed.value.board.voting).toBeNull();
  expect(parsed.value.notes.map(({ text, votes, theme }) => ({ text, votes, theme }))).toEqual(
    old.notes.map(({ text, votes, theme }: Record<string, unknown>) => ({ text, votes, theme })),
  );
  for (const note of parsed.value.notes) {
    expect(note).toMatchObject({
      drawing: null,
      positionBefore: null,
      highlighted: false,
      highlightOrder: null,
    });
  }
});

test("[E14] a file that calls itself an earlier version may hold anything", () => {
  fc.assert(
    fc.property(
      fc.jsonValue({ maxDepth: 4 }),
      fc.constantFrom("notes", "board", "participants", "themes"),
      (value, key) => {
        const old = { ...sample(), formatVersion: "1.0.0" };
        parseExport({ ...old, [key]: value });
        parseExport({ ...old, notes: [value, ...old.notes] });
        const { [key]: _left, ...lacking } = old;
        expect(parseExport(lacking).ok).toBe(false);
      },
    ),
    { numRuns: 60 },
  );
});

function readText(path: string): string {
  return readFileSync(new URL(path, import.meta.url), "utf8");
}

test("[E13] a version that this program does not know is refused by that name", () => {
  for (const version of ["2.0.0", "1.2.0", "0.9.0", "x".repeat(500)]) {
    const parsed = parseExport({ ...sample(), formatVersion: version });

    expect(parsed).toEqual({
      ok: false,
      error: { kind: "unsupportedVersion", version: version.slice(0, 40), supported: "1.1.0" },
    });
  }
});

test("[E14] JSON that is no export is told apart from a broken export", () => {
  for (const value of [null, 12, "text", [], {}, { format: "other" }, { format: "collaboration-tree" }]) {
    expect(parseExport(value)).toEqual({ ok: false, error: { kind: "notAnExport" } });
  }
  const { notes: _notes, ...withoutNotes } = sample();
  const parsed = parseExport(withoutNotes);
  expect(parsed).toMatchObject({ ok: false, error: { kind: "invalid" } });
  expect(!parsed.ok && parsed.error.kind === "invalid" && parsed.error.issues[0]?.path).toBe("notes");
});

test("[E14] unknown keys, repeated ids and impossible values are refused", () => {
  const exported = sample();
  const [note] = exported.notes;
  if (note === undefined) throw new Error("no notes");
  const withNote = (change: Record<string, unknown>) => ({ ...exported, notes: [{ ...note, ...change }] });
  const broken: readonly unknown[] = [
    { ...exported, extra: 1 },
    { ...exported, notes: [note, note] },
    { ...exported, board: { ...exported.board, group: "" } },
    withNote({ extra: 1 }),
    withNote({ zone: "sky" }),
    withNote({ id: "constructor" }),
    withNote({ createdAt: "yesterday" }),
    withNote({ createdAt: "2025-10-09T19:30:00+02:00" }),
    withNote({ revision: 0 }),
    withNote({ votes: -1 }),
    withNote({ colour: "red" }),
    withNote({ position: { x: Number.POSITIVE_INFINITY, y: 0, width: 1, height: 1 } }),
    withNote({ author: "Alice" }),
    withNote({ drawing: { strokes: [] } }),
    withNote({ drawing: { strokes: [[1, 2, 3]] } }),
    withNote({ drawing: { strokes: [[1, 2.5]] } }),
    withNote({ drawing: { strokes: [[1, 2_001]] } }),
    withNote({ drawing: { strokes: Array.from({ length: 4 }, () => new Array(2_000).fill(1)) } }),
    withNote({ drawing: [[1, 2]] }),
    withNote({ highlighted: 1 }),
    withNote({ highlightOrder: 4 }),
    withNote({ positionBefore: { zone: "sky", x: 0, y: 0 } }),
    { ...exported, board: { ...exported.board, voting: { dots: 11, phase: "open" } } },
    { ...exported, board: { ...exported.board, voting: { dots: 3, phase: "secret" } } },
  ];

  for (const value of broken)
    expect(parseExport(value)).toMatchObject({ ok: false, error: { kind: "invalid" } });
});

test("[E14] deep nesting is refused before anything walks it by recursion", () => {
  let deep: unknown = 1;
  for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];

  const parsed = parseExport({ ...sample(), events: deep });

  expect(parsed).toEqual({ ok: false, error: { kind: "tooDeep", limit: 16 } });
});

test("[E14] an import cannot reach the prototype of anything", () => {
  const text = JSON.stringify(sample());
  const attacks = [
    text.replace('"format":', '"__proto__":{"polluted":1},"format":'),
    text.replace('"ref":', '"__proto__":{"polluted":1},"ref":'),
    text.replace('"ref":', '"constructor":{"prototype":{"polluted":1}},"ref":'),
    text.replace(/"notes":\[\{"id":"[^"]*"/, '"notes":[{"id":"__proto__"'),
    text.replace(
      '"events":[]',
      '"events":[{"seq":1,"at":"2025-10-09T19:30:00Z","actor":null,"type":"note.edit","target":"x","data":{"__proto__":{"polluted":1}}}]',
    ),
  ];

  for (const attack of attacks) {
    expect(attack).not.toBe(text);
    expect(parseExport(JSON.parse(attack))).toMatchObject({ ok: false, error: { kind: "invalid" } });
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  }
});

test("[E14] anything at all is read or refused, and never throws", () => {
  fc.assert(
    fc.property(
      fc.jsonValue({ maxDepth: 6 }),
      fc.constantFrom("notes", "board", "participants", "themes"),
      (value, key) => {
        expect(parseExport(value).ok).toBe(false);
        parseExport({ ...sample(), [key]: value });
      },
    ),
    { numRuns: 60 },
  );
});
