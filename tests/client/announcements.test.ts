import { createInstance, type TFunction } from "i18next";
import { expect, test } from "vitest";
import nl from "../../client/i18n/nl.json" with { type: "json" };
import { announcementWords, type ChangeWordsOptions, changeWords } from "../../client/list/changeWords.ts";
import {
  type Announcement,
  announcementPauseMs,
  type BoardChange,
  changesBetween,
  createAnnouncements,
  type FeedEntry,
  longestWaitMs,
  maxFeedEntries,
  quietMs,
} from "../../client/model/announcements.ts";
import { createSource } from "../../client/model/observable.ts";
import { noteIdSchema } from "../../shared/board/ids.ts";
import { zoneOf } from "../../shared/template/template.ts";
import { treeTemplate } from "../../shared/template/tree.ts";
import { type BoardOnPaper, createBoardOnPaper } from "../support/boardOnPaper.ts";
import { createManualClock } from "../support/manualClock.ts";
import { mustWork, newNote, participantOf } from "../support/writers.ts";

async function dutch(): Promise<TFunction> {
  return await createInstance().init({ lng: "nl", resources: { nl: { translation: nl } } });
}

function createNews() {
  return {
    feed: createSource<readonly FeedEntry[]>([]),
    spoken: createSource<Announcement | null>(null),
  };
}

/** Alice listens, Bob works; the clock is moved by hand. */
async function createRoom() {
  const clock = createManualClock();
  const alice = createBoardOnPaper({ name: "alice" });
  const bob = createBoardOnPaper({ name: "bob" });
  const news = createNews();
  const announcer = createAnnouncements({ ...clock, ...news });
  alice.watch.onOthersChange((before, after) => announcer.hear(changesBetween(before, after, alice.me)));
  const t = await dutch();
  const options = (): ChangeWordsOptions => ({
    t,
    board: alice.watch.view.get(),
    zoneTitle: (zone) => zoneOf(treeTemplate, zone).title.nl,
    nameOf: (id) => (id === participantOf("bob") ? "Bob" : null),
  });
  const told: string[] = [];
  const times: number[] = [];
  news.spoken.subscribe(() => {
    told.push(announcementWords(news.spoken.get()?.changes ?? [], options()));
    times.push(clock.now());
  });
  const feed = () => news.feed.get().map(({ change }) => changeWords(change, options()));
  const hearBob = () => alice.hear(bob.doc);
  return { clock, alice, bob, news, told, times, feed, hearBob };
}

async function bothHave(
  room: { alice: BoardOnPaper; bob: BoardOnPaper; clock: { advance: (ms: number) => Promise<void> } },
  texts: readonly string[],
) {
  const ids = texts.map((text) => room.alice.add(text, "roots"));
  room.bob.hear(room.alice.doc);
  await room.clock.advance(60_000);
  return ids;
}

test("[L2] one change of somebody else is told in a sentence, with who and where; an own change is not told", async () => {
  const { clock, alice, bob, told, hearBob } = await createRoom();

  alice.add("Van mijzelf", "roots");
  bob.add("Elkaar vertrouwen", "roots");
  hearBob();
  await clock.advance(60_000);

  expect(told).toEqual(["Bob voegde toe bij Wortels: Elkaar vertrouwen"]);
});

test("[L2] many changes at once are summed up in one message", async () => {
  const room = await createRoom();
  const { clock, bob, told, hearBob } = room;
  const [first, second] = await bothHave(room, ["een", "twee", "drie"]);
  if (first === undefined || second === undefined) throw new Error("no notes");

  for (let index = 0; index < 5; index += 1) bob.add(`nieuw ${index}`, "fruits");
  mustWork(bob.arranging.moveNotesToZone([first, second], "wateringCan"));
  hearBob();
  await clock.advance(60_000);

  expect(told).toEqual(["5 briefjes erbij, 2 verplaatst"]);
});

test("[L2] there are five seconds between two messages, however busy it is, and nothing is lost in between", async () => {
  const { clock, bob, told, times, news, hearBob } = await createRoom();

  for (let second = 0; second < 60; second += 1) {
    bob.add(`briefje ${second}`, "roots");
    hearBob();
    await clock.advance(1_000);
  }
  await clock.advance(60_000);

  const pauses = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(announcementPauseMs);
  expect(told.length).toBeGreaterThan(5);
  const counted = told.map((words) => Number(/^(\d+) briefjes erbij$/.exec(words)?.[1] ?? 1));
  expect(counted.reduce((sum, count) => sum + count, 0)).toBe(60);
  expect(news.feed.get()).toHaveLength(maxFeedEntries);
});

test("[L2] a note is told when it is written, not by its first letter", async () => {
  const { clock, bob, told, times, hearBob } = await createRoom();
  const start = clock.now();
  const id = mustWork(bob.writer.addNote(newNote("")));
  hearBob();
  await clock.advance(quietMs * 2);
  expect(told).toEqual([]);

  for (const text of ["L", "Le", "Lef", "Lef tonen"]) {
    mustWork(bob.writer.rewordNote(id, text));
    hearBob();
    await clock.advance(400);
  }
  await clock.advance(60_000);

  expect(told).toEqual(["De groep voegde toe bij Wortels: Lef tonen"]);
  expect((times[0] ?? 0) - start).toBeLessThan(longestWaitMs);
});

test("[L2] what came and went within a moment, and moves inside a zone, are not told", async () => {
  const room = await createRoom();
  const { clock, bob, told, hearBob } = room;
  const [first, second] = await bothHave(room, ["een", "twee"]);
  if (first === undefined || second === undefined) throw new Error("no notes");

  const passing = bob.add("Even", "roots");
  hearBob();
  mustWork(bob.writer.removeNote(passing));
  mustWork(bob.arranging.moveInOrder(first, 1));
  hearBob();
  await clock.advance(60_000);

  expect(told).toEqual([]);
});

test("[L3] no word of a removed or withdrawn note is told, also not when it goes after it was told", async () => {
  const room = await createRoom();
  const { clock, bob, alice, feed, told, hearBob } = room;
  const id = bob.add("Een geheim", "roots");
  hearBob();
  await clock.advance(60_000);
  expect(feed().join()).toContain("Een geheim");

  mustWork(bob.writer.removeNote(id));
  hearBob();
  await clock.advance(60_000);

  expect(alice.watch.view.get().notes.size).toBe(0);
  expect(feed().join()).not.toContain("geheim");
  expect(feed()[0]).toBe("Bob haalde een briefje weg bij Wortels");
  // The bar that puts it back has said so already.
  expect(told).toHaveLength(1);
});

test("[L3] who gave dots to what is never told; that a round opens and is shown is", async () => {
  const room = await createRoom();
  const { clock, bob, told, feed, hearBob } = room;
  const [id] = await bothHave(room, ["een"]);
  if (id === undefined) throw new Error("no note");

  mustWork(bob.writer.setVoting({ dots: 3, phase: "open" }));
  hearBob();
  await clock.advance(60_000);
  mustWork(bob.writer.vote(id, bob.me, 2));
  hearBob();
  await clock.advance(60_000);
  mustWork(bob.writer.setVoting({ dots: 3, phase: "shown" }));
  hearBob();
  await clock.advance(60_000);

  expect(told).toEqual(["Je kunt nu stippen geven.", "De stippen zijn te zien."]);
  expect(feed()).toEqual([...told].reverse());
});

test("[L2] every kind of change has its sentence", async () => {
  const room = await createRoom();
  const { clock, bob, told, hearBob } = room;
  const ids = await bothHave(room, ["een", "twee"]);
  const [first, second] = ids;
  if (first === undefined || second === undefined) throw new Error("no notes");
  async function tell(act: () => unknown): Promise<void> {
    act();
    hearBob();
    await clock.advance(60_000);
  }

  await tell(() => mustWork(bob.writer.rewordNote(first, "een en meer")));
  await tell(() => mustWork(bob.writer.markVoice(first, "informal")));
  await tell(() => mustWork(bob.writer.highlightNote(first)));
  const theme = mustWork(bob.arranging.makeTheme([first], "Samen"));
  await tell(() => undefined);
  await tell(() => mustWork(bob.writer.renameTheme(theme, "Samen doen")));
  await tell(() => mustWork(bob.arranging.dissolveTheme(theme)));
  await tell(() => mustWork(bob.arranging.moveNotesToZone([second], "fruits")));
  mustWork(bob.writer.removeNote(second));
  await tell(() => undefined);
  await tell(() => mustWork(bob.writer.restoreNote(second)));

  expect(told).toEqual([
    "Veranderd bij Wortels: een en meer",
    "Stem veranderd: een en meer",
    "Uitgelicht: een en meer",
    "Bij thema Samen: een en meer",
    "Een thema heet nu: Samen doen",
    "Uit het thema: een en meer",
    "Verplaatst naar Vruchten: twee",
    "Teruggezet bij Vruchten: twee",
  ]);
});

test("[L2] a long note is told by its beginning", async () => {
  const { clock, bob, told, hearBob } = await createRoom();

  bob.add("lang ".repeat(200), "roots");
  hearBob();
  await clock.advance(60_000);

  expect(told[0]?.length).toBeLessThan(200);
  expect(told[0]).toMatch(/…$/);
});

test("[L2] five thousand notes that come in at once are one message, in time", () => {
  const clock = createManualClock();
  const news = createNews();
  const announcer = createAnnouncements({ ...clock, ...news });
  const many = Array.from({ length: 5000 }, (_, index): BoardChange => {
    const note = newNoteId(index);
    return { kind: "added", note, zone: "roots", by: null, source: null };
  });
  const start = performance.now();

  announcer.hear(many);
  announcer.hear(many);

  expect(performance.now() - start).toBeLessThan(500);
  expect(news.feed.get()).toHaveLength(0);
});

function newNoteId(index: number) {
  return noteIdSchema.parse(`n${index}`);
}
