import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { watchBoard } from "../../client/model/boardView.ts";
import { metaKeys, metaOf, noteKeys, notesOf, themesOf, votesOf } from "../../shared/board/boardDocument.ts";
import { noteIdSchema, themeIdSchema } from "../../shared/board/ids.ts";
import { zoneIds } from "../../shared/board/placement.ts";
import { isSameNote, readBoard } from "../../shared/board/readBoard.ts";
import { createWriter, exchange, mustWork, newNote, participantOf, type Writer } from "../support/writers.ts";

const me = participantOf("alice");

const step = fc.record({
  isRemote: fc.boolean(),
  what: fc.constantFrom(
    ...["add", "add", "add", "move", "moveMany", "reword", "voice", "remove", "restore", "vote", "vote"],
    ...[
      "openRound",
      "show",
      "endRound",
      "theme",
      "join",
      "leave",
      "dissolve",
      "rename",
      "highlight",
      "unhighlight",
    ],
    ...["exchange", "exchange", "exchange", "undo", "redo", "garbage", "withdraw", "age", "erase"],
  ),
  pick: fc.nat(1000),
  more: fc.nat(1000),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const garbage: readonly unknown[] = [12, "x", {}, { zone: "roots", x: 1, y: 1 }, null];

/** Everything a person, or a peer that follows no rules, can do to a board. */
function act(writer: Writer, undo: Y.UndoManager, { what, pick, more }: Step, clock: { now: number }): void {
  const { doc } = writer;
  const board = readBoard(doc);
  const ids = [...board.notes.keys()].sort();
  const themes = [...board.themes.keys()].sort();
  const id = ids[pick % Math.max(1, ids.length)];
  const theme = themes[more % Math.max(1, themes.length)];
  const some = ids.filter((_, index) => (index + pick) % 3 === 0);
  const placement = { zone: zoneIds[more % 4] ?? "roots", x: more, y: pick };
  clock.now += (pick % 5) * 100;
  if (what === "add") writer.addNote(newNote(`${pick}`, { placement }));
  else if (what === "undo") undo.undo();
  else if (what === "redo") undo.redo();
  else if (what === "openRound") writer.setVoting({ dots: 1 + (more % 3), phase: "open" });
  else if (what === "show") writer.setVoting({ dots: 1 + (more % 3), phase: "shown" });
  else if (what === "endRound") writer.setVoting(null);
  else if (what === "dissolve") theme !== undefined && writer.dissolveTheme(theme);
  else if (what === "rename") theme !== undefined && writer.renameTheme(theme, `${pick}`);
  else if (what === "garbage") writeGarbage(doc, pick, more);
  if (id === undefined) return;
  const entry = notesOf(doc).get(id);
  if (what === "move") writer.placeNote(id, placement);
  else if (what === "moveMany") writer.placeNotes(some.map((note) => ({ note, placement })));
  else if (what === "reword") writer.rewordNote(id, `${more}`);
  else if (what === "voice") writer.markVoices(some, "both");
  else if (what === "remove") writer.removeNotes(some);
  else if (what === "restore") writer.restoreNotes(some);
  else if (what === "vote") writer.vote(id, more % 2 === 0 ? me : participantOf("bob"), pick % 4);
  else if (what === "theme")
    writer.addTheme(
      themeIdSchema.parse(`t${pick % 5}`),
      "T",
      some.map((note) => ({ note, placement })),
    );
  else if (what === "join" && theme !== undefined) writer.placeNotes([{ note: id, placement, theme }]);
  else if (what === "leave") writer.leaveTheme(some);
  else if (what === "highlight") writer.highlightNote(id);
  else if (what === "unhighlight") writer.unhighlightNote(id);
  else if (entry instanceof Y.Map && what === "withdraw") entry.set(noteKeys.withdrawn, more % 2 === 0);
  else if (entry instanceof Y.Map && what === "age") entry.set(noteKeys.createdAt, more);
  else if (what === "erase") notesOf(doc).delete(id);
}

function writeGarbage(doc: Y.Doc, pick: number, more: number): void {
  const value = garbage[pick % garbage.length];
  const [id] = [...notesOf(doc).keys()].slice(more % 7);
  const entry = id === undefined ? undefined : notesOf(doc).get(id);
  if (more % 5 === 0) notesOf(doc).set(`odd${pick % 3}`, value);
  else if (more % 5 === 1) themesOf(doc).set(`t${pick % 3}`, value);
  else if (more % 5 === 2) votesOf(doc).set(`${id}/bob`, value);
  else if (more % 5 === 3) metaOf(doc).set(metaKeys.voting, value);
  else if (entry instanceof Y.Map) entry.set(pick % 2 === 0 ? noteKeys.placement : noteKeys.highlight, value);
}

/** Maps as lists: their order counts. */
function spelledOut(doc: Y.Doc, watched?: ReturnType<typeof watchBoard>) {
  const watch = watched ?? watchBoard(doc, me);
  const view = watch.view.get();
  if (watched === undefined) watch.stop();
  return {
    ...view,
    notes: [...view.notes],
    themes: [...view.themes].sort(([a], [b]) => (a < b ? -1 : 1)),
    ownDots: [...view.ownDots].sort(([a], [b]) => (a < b ? -1 : 1)),
  };
}

test("[E29] after any play a view that followed every change equals one that is made anew", () => {
  const did = { steps: 0, notes: 0, themes: 0, dots: 0, highlights: 0, aside: 0, kept: 0 };
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 60 }), (steps) => {
      const clock = { now: 1_000 };
      const here = createWriter({ clock });
      const there = createWriter({ name: "bob", clock });
      const undoOf = ({ doc }: Writer, origin: Writer) =>
        new Y.UndoManager([notesOf(doc), votesOf(doc), themesOf(doc)], {
          trackedOrigins: new Set([origin]),
          captureTimeout: 0,
        });
      const undoHere = undoOf(here, here);
      const undoThere = undoOf(there, there);
      const watch = watchBoard(here.doc, me);
      let before = watch.view.get();

      for (const each of steps) {
        if (each.what === "exchange") exchange(here.doc, there.doc);
        else if (each.isRemote) act(there, undoThere, each, clock);
        else act(here, undoHere, each, clock);

        const now = watch.view.get();
        expect(spelledOut(here.doc, watch)).toEqual(spelledOut(here.doc));
        for (const [id, note] of now.notes) {
          const earlier = before.notes.get(id);
          if (earlier === undefined || !isSameNote(earlier, note)) continue;
          expect(note).toBe(earlier);
          did.kept += 1;
        }
        before = now;
        did.steps += 1;
        did.notes += now.notes.size;
        did.themes += now.themes.size;
        did.dots += now.ownDots.size;
        did.highlights += now.highlights.length;
        did.aside += now.setAside.length;
      }
      watch.stop();
      undoHere.destroy();
      undoThere.destroy();
    }),
    { numRuns: 120 },
  );
  // Everything happened often, in whatever play: what comes least comes some hundred and fifty times.
  for (const count of Object.values(did)) expect(count).toBeGreaterThan(40);
});

test("[E29] one moved note leaves every other note, theme and dot the same object", () => {
  const alice = createWriter();
  const [a, b, c] = mustWork(alice.addNotes(["a", "b", "c"].map((text) => newNote(text))));
  if (a === undefined || b === undefined || c === undefined) throw new Error("three notes expected");
  const theme = themeIdSchema.parse("trust");
  const placement = { zone: "roots", x: 1, y: 1 } as const;
  mustWork(alice.addTheme(theme, "Vertrouwen", [{ note: a, placement }]));
  mustWork(alice.setVoting({ dots: 3, phase: "open" }));
  mustWork(alice.vote(a, me, 2));
  const { view, stop } = watchBoard(alice.doc, me);
  const before = view.get();

  mustWork(alice.placeNote(c, { zone: "fruits", x: 9, y: 9 }));
  const after = view.get();

  expect(after).not.toBe(before);
  expect(after.notes.get(a)).toBe(before.notes.get(a));
  expect(after.notes.get(b)).toBe(before.notes.get(b));
  expect(after.themes.get(theme)).toBe(before.themes.get(theme));
  expect(after.ownDots).toBe(before.ownDots);
  stop();
  mustWork(alice.placeNote(a, { zone: "fruits", x: 9, y: 9 }));
  expect(view.get()).toBe(after);
});

test("[E29] what changes nothing that is shown makes no news", () => {
  const alice = createWriter();
  const id = mustWork(alice.addNote(newNote("a")));
  mustWork(alice.setVoting({ dots: 2, phase: "open" }));
  mustWork(alice.vote(id, participantOf("bob"), 2));
  const { view, stop } = watchBoard(alice.doc, me);
  let news = 0;
  view.subscribe(() => {
    news += 1;
  });

  mustWork(alice.vote(id, participantOf("bob"), 2));
  metaOf(alice.doc).set("colour", "red");
  votesOf(alice.doc).set("nothing/chen", "x");
  expect(news).toBe(0);
  mustWork(alice.vote(id, me, 1));
  expect(news).toBe(1);
  expect(view.get()).toMatchObject({ voters: 2, ownDots: new Map([[noteIdSchema.parse(id), 1]]) });
  stop();
});
