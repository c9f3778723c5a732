import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { noteIdSchema, participantIdSchema, themeIdSchema } from "../../shared/board/ids.ts";
import { nextFreeSpot, zoneIds } from "../../shared/board/placement.ts";
import { readBoard, readHighlights } from "../../shared/board/readBoard.ts";
import { readVotes } from "../../shared/board/readVotes.ts";
import { BoardWriter } from "../../shared/board/writeBoard.ts";
import { canonicalJson } from "../../shared/export/canonicalJson.ts";
import { treeTemplate } from "../../shared/template/tree.ts";
import { failingSeeds } from "./failingSeeds.ts";

/*
 * Random play: people write, draw, move, make themes, choose, vote, remove and undo while they are cut off, hear things late and in another
 * order, or reload; in the end all have heard everything, and their documents must be equal to the last byte that
 * matters: JSON, state vector and delete set.
 */

type Player = {
  doc: Y.Doc;
  writer: BoardWriter;
  undo: Y.UndoManager;
  readonly inbox: Uint8Array[];
  isCutOff: boolean;
};

const step = fc.record({
  who: fc.nat(5),
  what: fc.constantFrom(
    "add",
    "add",
    "splice",
    "reword",
    "move",
    "voice",
    "remove",
    "restore",
    "vote",
    "moveMany",
    "draw",
    "theme",
    "join",
    "leave",
    "dissolve",
    "rename",
    "highlight",
    "unhighlight",
    "round",
    "undo",
    "redo",
    "cutOff",
    "reconnect",
    "hearOne",
    "reload",
  ),
  pick: fc.nat(1000),
  text: fc.string({ maxLength: 12, unit: "grapheme" }),
});

function play(
  seed: number,
  runs: number,
): { readonly steps: number; readonly notes: number; readonly cuts: number; readonly themes: number } {
  const did = { steps: 0, notes: 0, cuts: 0, themes: 0 };
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 6 }),
      fc.array(step, { minLength: 20, maxLength: 100 }),
      (count, steps) => {
        let made = 0;
        let clock = 1_760_000_000_000;
        const players: Player[] = [];

        function outfit(doc: Y.Doc, index: number): Pick<Player, "doc" | "writer" | "undo"> {
          const writer = new BoardWriter({
            doc,
            now: () => {
              clock += 7_000;
              return clock;
            },
            createNoteId: () => {
              made += 1;
              return noteIdSchema.parse(`note${made}`);
            },
            actor: () => participantIdSchema.parse(`person${index}`),
          });
          doc.on("update", (update: Uint8Array, origin: unknown) => {
            if (origin !== "network")
              for (const other of players) if (other.doc !== doc) other.inbox.push(update);
          });
          const undo = new Y.UndoManager(
            ["notes", "themes", "votes"].map((name) => doc.getMap(name)),
            {
              trackedOrigins: new Set([writer]),
              captureTimeout: 0,
            },
          );
          return { doc, writer, undo };
        }
        for (let index = 0; index < count; index += 1) {
          players.push({ ...outfit(new Y.Doc(), index), inbox: [], isCutOff: false });
        }

        for (const { who, what, pick, text } of steps) {
          const player = players[who % count];
          if (player === undefined) continue;
          did.steps += 1;
          const ids = [...readBoard(player.doc).notes.keys()].sort();
          const id = ids[pick % Math.max(1, ids.length)];
          if (what === "add") {
            const zone = zoneIds[pick % zoneIds.length] ?? "roots";
            const placement = nextFreeSpot(zone, [], treeTemplate, (pick % 100) / 100);
            player.writer.addNote({ text, placement, source: "remote", voice: "unspecified" });
            did.notes += 1;
          } else if (what === "draw") {
            const drawing = [[pick, 5, 5, pick]];
            const placement = { zone: "unplaced", x: pick, y: 5 } as const;
            player.writer.addNote({ text, drawing, placement, source: "phone", voice: "formal" });
          } else if (what === "round") {
            const phase = pick % 3 === 0 ? "shown" : "open";
            player.writer.setVoting(pick % 5 === 0 ? null : { dots: 1 + (pick % 4), phase });
          } else if (what === "cutOff") {
            player.isCutOff = true;
            did.cuts += 1;
          } else if (what === "reconnect") {
            player.isCutOff = false;
          } else if (what === "hearOne" && !player.isCutOff) {
            const [heard] = player.inbox.splice(pick % Math.max(1, player.inbox.length), 1);
            if (heard !== undefined) Y.applyUpdate(player.doc, heard, "network");
          } else if (what === "reload") {
            const doc = new Y.Doc();
            Y.applyUpdate(doc, Y.encodeStateAsUpdate(player.doc), "network");
            Object.assign(player, outfit(doc, who % count));
          } else if (what === "undo") {
            player.undo.undo();
          } else if (what === "redo") {
            player.undo.redo();
          } else if (id !== undefined) {
            if (what === "splice") player.writer.spliceText(id, { index: 0, deleteCount: 0, insert: text });
            if (what === "reword") player.writer.rewordNote(id, text);
            if (what === "move") player.writer.placeNote(id, { zone: "fruits", x: pick, y: pick });
            if (what === "voice") player.writer.markVoice(id, "both");
            if (what === "remove") player.writer.removeNote(id);
            if (what === "restore") player.writer.restoreNote(id);
            const some = ids.slice(pick % ids.length).slice(0, 4);
            const placement = { zone: "roots", x: pick, y: 7 } as const;
            const moves = some.map((note) => ({ note, placement }));
            const themes = [...readBoard(player.doc).themes.keys()].sort();
            const theme = themes[pick % Math.max(1, themes.length)];
            if (what === "moveMany") player.writer.placeNotes(moves);
            if (what === "theme") {
              made += 1;
              did.themes += 1;
              player.writer.addTheme(themeIdSchema.parse(`theme${made}`), text, moves);
            }
            if (theme !== undefined) {
              if (what === "join") player.writer.placeNotes([{ note: id, placement, theme }]);
              if (what === "dissolve") player.writer.dissolveTheme(theme);
              if (what === "rename") player.writer.renameTheme(theme, text);
            }
            if (what === "leave") player.writer.leaveTheme(some);
            if (what === "highlight") player.writer.highlightNote(id);
            if (what === "unhighlight") player.writer.unhighlightNote(id);
            if (what === "vote")
              player.writer.vote(id, participantIdSchema.parse(`person${who % count}`), pick % 4);
          }
        }

        for (const from of players) {
          for (const to of players)
            Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc)), "network");
        }
        for (const from of players) {
          for (const to of players) Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc), "network");
        }
        const [first, ...others] = players.map(({ doc }) => summaryOf(doc));
        for (const other of others) expect(other).toEqual(first);
      },
    ),
    { seed, numRuns: runs },
  );
  return did;
}

function summaryOf(doc: Y.Doc) {
  const board = readBoard(doc);
  const deleted = Y.createDeleteSetFromStructStore(doc.store);
  return {
    notes: [...board.notes.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    themes: [...board.themes.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    voting: board.voting,
    votes: [...readVotes(doc).sums].sort(([a], [b]) => (a < b ? -1 : 1)),
    highlights: readHighlights(doc),
    setAside: board.setAside,
    raw: ["meta", "notes", "themes", "votes"].map((name) => canonicalJson(doc.getMap(name).toJSON())),
    stateVector: [...Y.decodeStateVector(Y.encodeStateVector(doc))].sort(([a], [b]) => a - b),
    deleted: [...deleted.clients].sort(([a], [b]) => a - b),
    pending: doc.store.pendingStructs,
  };
}

test("[N1] after any play all documents are equal", { timeout: 120_000 }, () => {
  const did = play(20_261_124, 240);

  expect(did.steps).toBeGreaterThan(2_000);
  expect(did.notes).toBeGreaterThan(200);
  expect(did.cuts).toBeGreaterThan(50);
  expect(did.themes).toBeGreaterThan(80);
});

test.each([...failingSeeds])("[N1] seed $seed, which once failed: $cause", ({ seed }) => {
  expect(play(seed, 20).steps).toBeGreaterThan(100);
});
