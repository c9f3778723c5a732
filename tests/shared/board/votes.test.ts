import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { metaKeys, metaOf, voteKey, votesOf } from "../../../shared/board/boardDocument.ts";
import type { NoteId } from "../../../shared/board/ids.ts";
import { readBoard, readHighlights } from "../../../shared/board/readBoard.ts";
import { readVotes, readVotesBy, readVoting } from "../../../shared/board/readVotes.ts";
import { createWriter, exchange, mustWork, newNote, noteOf, participantOf } from "../../support/writers.ts";

const alicesId = participantOf("alice");

function boardWithNotes() {
  const alice = createWriter();
  const [a, b, c] = mustWork(alice.addNotes([newNote("a"), newNote("b"), newNote("c")]));
  if (a === undefined || b === undefined || c === undefined) throw new Error("three notes expected");
  return { alice, a, b, c };
}

test("[E22] in a round one gives the dots one has and no more, may take them back and give them elsewhere", () => {
  const { alice, a, b, c } = boardWithNotes();
  mustWork(alice.setVoting({ dots: 3, phase: "open" }));
  mustWork(alice.vote(a, alicesId, 2));
  mustWork(alice.vote(b, alicesId, 1));

  expect(alice.vote(c, alicesId, 1)).toEqual({ ok: false, error: { kind: "noDotsLeft", dots: 3 } });
  expect(alice.vote(a, alicesId, 3).ok).toBe(false);
  mustWork(alice.vote(a, alicesId, 1));
  mustWork(alice.vote(c, alicesId, 1));
  mustWork(alice.vote(c, participantOf("bob"), 3));

  expect(readVotesBy(alice.doc, alicesId)).toEqual(
    new Map([
      [a, 1],
      [b, 1],
      [c, 1],
    ]),
  );
  expect([a, b, c].map((id) => noteOf(alice.doc, id).votes)).toEqual([1, 1, 4]);
  expect(readVotes(alice.doc).voters).toBe(2);
});

test("[E22] dots on a note in the bin are free again; when it comes back no more count than the round gives", () => {
  const { alice, a, b } = boardWithNotes();
  mustWork(alice.setVoting({ dots: 2, phase: "open" }));
  mustWork(alice.vote(b, alicesId, 2));
  mustWork(alice.removeNote(b));
  expect(readVotes(alice.doc)).toMatchObject({ voters: 0 });
  expect(readVotesBy(alice.doc, alicesId).size).toBe(0);

  mustWork(alice.vote(a, alicesId, 2));
  mustWork(alice.restoreNote(b));

  expect([a, b].map((id) => noteOf(alice.doc, id).votes)).toEqual([2, 0]);
  mustWork(alice.vote(a, alicesId, 1));
  expect([a, b].map((id) => noteOf(alice.doc, id).votes)).toEqual([1, 1]);
});

test("[E22] who gives dots on two devices at once gives no more than the round allows, everywhere the same", () => {
  const { alice, a, b, c } = boardWithNotes();
  mustWork(alice.setVoting({ dots: 3, phase: "open" }));
  const phone = createWriter({ name: "phone" });
  exchange(alice.doc, phone.doc);

  mustWork(alice.vote(c, alicesId, 3));
  mustWork(phone.vote(a, alicesId, 2));
  mustWork(phone.vote(b, alicesId, 1));
  exchange(alice.doc, phone.doc);

  expect(readBoard(alice.doc)).toEqual(readBoard(phone.doc));
  expect(readVotes(alice.doc)).toEqual(readVotes(phone.doc));
  const counted = [a, b, c].reduce((sum, id) => sum + noteOf(alice.doc, id).votes, 0);
  expect(counted).toBe(3);
  expect(alice.vote(b, alicesId, 2)).toMatchObject({ ok: false, error: { kind: "noDotsLeft" } });
});

test("[E22] a round that is made smaller counts fewer dots", () => {
  const { alice, a, b } = boardWithNotes();
  mustWork(alice.setVoting({ dots: 5, phase: "open" }));
  mustWork(alice.vote(a, alicesId, 3));
  mustWork(alice.vote(b, alicesId, 2));

  mustWork(alice.setVoting({ dots: 2, phase: "shown" }));

  expect([a, b].map((id) => noteOf(alice.doc, id).votes)).toEqual([2, 0]);
});

test("[E22] whatever stands among the votes, nobody counts for more than the round gives", () => {
  const { alice, a, b, c } = boardWithNotes();
  const ids = [a, b, c, "unknown", "a b"];
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          note: fc.constantFrom(...ids),
          who: fc.constantFrom("alice", "bob", "unnamed", "a b", ""),
          count: fc.oneof(fc.integer({ min: -2, max: 12 }), fc.constantFrom(1.5, Number.NaN, "3", null, 1e9)),
        }),
        { maxLength: 20 },
      ),
      fc.constantFrom(null, 1, 3, 10),
      (given, dots) => {
        const doc = new Y.Doc();
        Y.applyUpdate(doc, Y.encodeStateAsUpdate(alice.doc));
        for (const { note, who, count } of given) votesOf(doc).set(`${note}/${who}`, count);
        if (dots !== null) metaOf(doc).set(metaKeys.voting, { dots, phase: "open" });

        const votes = readVotes(doc);

        let named = 0;
        for (const [who, own] of votes.given) {
          expect(["alice", "bob"]).toContain(who);
          const sum = [...own.values()].reduce((total, count) => total + count, 0);
          expect(sum).toBeGreaterThan(0);
          if (dots !== null) expect(sum).toBeLessThanOrEqual(dots);
          for (const count of own.values()) expect(count <= 10).toBe(true);
          named += sum;
        }
        expect(votes.voters).toBe(votes.given.size);
        const unnamed = ids.reduce((sum, id) => {
          const value = votesOf(doc).get(`${id}/unnamed`);
          return id !== "a b" &&
            typeof value === "number" &&
            value >= 1 &&
            value <= 100_000 &&
            value % 1 === 0
            ? sum + value
            : sum;
        }, 0);
        const lost = ["alice", "bob"].reduce((sum, who) => {
          const value = votesOf(doc).get(`unknown/${who}`);
          return typeof value === "number" && value >= 1 && value <= 10 && value % 1 === 0
            ? sum + value
            : sum;
        }, 0);
        expect([...votes.sums.values()].reduce((sum, count) => sum + count, 0)).toBe(named + unnamed + lost);
      },
    ),
    { numRuns: 300 },
  );
});

test("[E23] ending a round takes all dots away, and a round that begins finds none", () => {
  const { alice, a, b } = boardWithNotes();
  votesOf(alice.doc).set(voteKey(a, "unnamed"), 12);
  expect(noteOf(alice.doc, a).votes).toBe(12);

  mustWork(alice.setVoting({ dots: 3, phase: "open" }));
  expect(noteOf(alice.doc, a).votes).toBe(0);
  mustWork(alice.vote(a, alicesId, 3));
  mustWork(alice.vote(b, participantOf("bob"), 1));
  mustWork(alice.setVoting({ dots: 3, phase: "shown" }));
  expect([a, b].map((id) => noteOf(alice.doc, id).votes)).toEqual([3, 1]);
  mustWork(alice.setVoting(null));

  expect(readVoting(alice.doc)).toBeNull();
  expect(votesOf(alice.doc).size).toBe(0);
  expect(readVotes(alice.doc)).toEqual({ sums: new Map(), given: new Map(), voters: 0 });
});

test("[E23] a dot that comes after the end of its round is not in the next one", () => {
  const { alice, a, b } = boardWithNotes();
  mustWork(alice.setVoting({ dots: 1, phase: "open" }));
  const phone = createWriter({ name: "phone" });
  exchange(alice.doc, phone.doc);
  mustWork(phone.vote(a, alicesId, 1));
  mustWork(alice.setVoting(null));
  exchange(alice.doc, phone.doc);

  mustWork(alice.setVoting({ dots: 1, phase: "open" }));
  mustWork(alice.vote(b, alicesId, 1));

  expect([a, b].map((id) => noteOf(alice.doc, id).votes)).toEqual([0, 1]);
});

test("[E23] what is no round reads as none", () => {
  const { alice } = boardWithNotes();
  const odd = [0, "open", [], {}, { dots: 3 }, { dots: 0, phase: "open" }, { dots: 11, phase: "open" }];
  for (const value of [...odd, { dots: 1.5, phase: "open" }, { dots: 3, phase: "over" }, new Y.Map()]) {
    metaOf(alice.doc).set(metaKeys.voting, value);
    expect(readVoting(alice.doc)).toBeNull();
  }
  metaOf(alice.doc).set(metaKeys.voting, { dots: 3, phase: "shown", more: 1 });
  expect(readVoting(alice.doc)).toEqual({ dots: 3, phase: "shown" });
});

test("[E24] a group chooses three notes; a fourth is refused until one is free", () => {
  const clock = { now: 1_000 };
  const alice = createWriter({ clock });
  const ids = mustWork(alice.addNotes(["a", "b", "c", "d"].map((text) => newNote(text))));
  const [a, b, c, d] = ids;
  if (a === undefined || b === undefined || c === undefined || d === undefined) throw new Error("four notes");
  for (const id of [c, a, b]) {
    clock.now += 1;
    mustWork(alice.highlightNote(id));
  }
  const refusal = { ok: false, error: { kind: "tooManyHighlights", limit: 3 } };

  expect(readHighlights(alice.doc)).toEqual([c, a, b]);
  expect(alice.highlightNote(d)).toEqual(refusal);
  const before = Y.encodeStateVector(alice.doc);
  mustWork(alice.highlightNote(a));
  mustWork(alice.unhighlightNote(d));
  expect(Y.encodeStateVector(alice.doc)).toEqual(before);
  mustWork(alice.unhighlightNote(c));
  clock.now += 1;
  mustWork(alice.highlightNote(d));

  expect(readHighlights(alice.doc)).toEqual([a, b, d]);
  mustWork(alice.removeNote(a));
  expect(readHighlights(alice.doc)).toEqual([b, d]);
  mustWork(alice.restoreNote(a));
  expect(readHighlights(alice.doc)).toEqual([a, b, d]);
});

test("[E24] of notes that several people choose at once the earliest three count, everywhere the same", () => {
  const clock = { now: 1_000 };
  const alice = createWriter({ clock });
  const bob = createWriter({ name: "bob", clock });
  const ids = mustWork(alice.addNotes(["a", "b", "c", "d", "e"].map((text) => newNote(text))));
  exchange(alice.doc, bob.doc);
  const choose = (writer: typeof alice, index: number, at: number) => {
    clock.now = at;
    for (const id of ids.slice(index, index + 1)) mustWork(writer.highlightNote(id));
  };
  choose(alice, 4, 1_500);
  choose(alice, 3, 1_100);
  choose(alice, 0, 1_400);
  choose(bob, 1, 1_400);
  choose(bob, 2, 1_200);
  exchange(alice.doc, bob.doc);

  const expected = [3, 2, 0].map((index) => ids[index]);
  expect(readHighlights(alice.doc)).toEqual(expected);
  expect(readHighlights(bob.doc)).toEqual(expected);
});

test("[E25] the voice of several notes is marked in one change, or of none", () => {
  const { alice, a, b, c } = boardWithNotes();
  let changes = 0;
  alice.doc.on("update", () => {
    changes += 1;
  });

  mustWork(alice.markVoices([a, b, a], "formal"));
  const refused = alice.markVoices([c, ...unknownNote()], "informal");

  expect(changes).toBe(1);
  expect(refused).toMatchObject({ ok: false, error: { kind: "unknownNote" } });
  expect([a, b, c].map((id) => noteOf(alice.doc, id))).toMatchObject([
    { voice: "formal", revision: 2 },
    { voice: "formal", revision: 2 },
    { voice: "unspecified", revision: 1 },
  ]);
});

function unknownNote(): readonly NoteId[] {
  return mustWork(createWriter({ name: "elsewhere" }).addNotes([newNote("x")]));
}
